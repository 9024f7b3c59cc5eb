//! What the book needs of a scenario.

use super::terms::ApiRules;
use crate::{
    periods::RecurringRules,
    scenario::{Merchant, Rules, Scenario},
};

/// What the book needs of a scenario.
#[derive(Debug, Clone)]
pub struct Config {
    /// Merchants with their API contracts.
    pub merchants: Vec<Merchant>,
    /// Rules of the API type.
    pub api: ApiRules,
    /// Rules shared with the link type: windows, refund months, the 1 % return.
    pub rules: Rules,
    /// Rules of recurring contracts, shared with the link type.
    pub recurring: RecurringRules,
}

impl From<&Scenario> for Config {
    fn from(scenario: &Scenario) -> Self {
        Self {
            merchants: scenario.merchants.clone(),
            api: scenario.api.clone(),
            rules: scenario.rules.clone(),
            recurring: scenario.recurring.clone(),
        }
    }
}
