//! 期間短縮: the time to the deposit gets shorter while a campaign runs.
//!
//! Source: docs/mock-miles.md.

use std::sync::Arc;

use super::{
    days,
    refusal::Refusal,
    state::Office,
    terms::{CampaignState, IssuingCampaign, Usable},
};

impl Office {
    /// Makes the miles that are issued from now on usable sooner. What was issued before keeps its day.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such campaign, it is over, or the miles would not be usable sooner.
    pub(crate) fn usable_sooner(
        &mut self,
        campaign_id: &str,
        usable: &Usable,
        now: i64,
    ) -> Result<(), Refusal> {
        let number = self.terms.campaign_number(campaign_id);
        let number = number.ok_or(Refusal::NotFound)?;
        let campaign = self.terms.campaign(number).ok_or(Refusal::NotFound)?;
        if campaign.terms.state != CampaignState::Running || days::of(now) > campaign.until {
            return Err(Refusal::bad("campaign_id", "a campaign that runs"));
        }
        let was = &campaign.terms.usable;
        if was == usable {
            return Ok(());
        }
        let day = |text: &str| days::parse(text);
        let sooner = match (was, usable) {
            (Usable::AfterDays { .. } | Usable::On { .. }, Usable::AtOnce) => true,
            (Usable::AfterDays { days: was }, Usable::AfterDays { days }) => {
                (1..*was).contains(days)
            }
            (Usable::On { date: was }, Usable::On { date }) => {
                day(date).is_some() && day(date) < day(was)
            }
            _ => false,
        };
        if !sooner {
            return Err(Refusal::bad("usable", "sooner than before"));
        }
        if let Some(campaign) = Arc::make_mut(&mut self.terms).campaign_mut(number) {
            campaign.terms.usable = usable.clone();
            campaign.on = match usable {
                Usable::On { date } => day(date),
                _ => None,
            };
        }
        self.changed = true;
        Ok(())
    }

    /// The campaigns of a site as they are now.
    pub(crate) fn campaigns_of(&self, site_id: &str) -> Vec<IssuingCampaign> {
        let all = self.terms.campaigns.iter();
        let own = all.filter(|campaign| campaign.terms.site_id == site_id);
        own.map(|campaign| campaign.terms.clone()).collect()
    }
}
