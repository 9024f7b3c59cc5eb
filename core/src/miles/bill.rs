//! What a month costs (請求マイル).

use super::issue::read_id;
use crate::error::Result;
use crate::money::Miles;
use crate::operation::Read;
use crate::reference::{Draft, Function, Object};
use crate::schedule::YearMonth;

/// Most campaigns of one bill.
const MAX_CAMPAIGNS: usize = 10_000;

/// Miles issued and cancelled in a month, and what they cost: 1 yen for each mile of the difference. Test users do not
/// count. A cancel counts in the month in which it is done, so a month can be below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Billed {
    /// Miles issued (当月発行マイル).
    pub issued: Miles,
    /// Miles cancelled (当月取消マイル).
    pub cancelled: Miles,
    /// The difference (請求マイル).
    pub miles: i64,
    /// Yen.
    pub yen: i64,
}

/// The bill of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// The month.
    pub month: YearMonth,
    /// All campaigns together.
    pub total: Billed,
    /// The same for each campaign.
    pub campaigns: Vec<(String, Billed)>,
}

/// Asks for the bill of a month.
pub struct GetBill(pub YearMonth);

impl Function for GetBill {
    const KIND: &'static str = "miles.bill";
    type Answer = Bill;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        Ok(Draft::get(&["bills", &self.0.to_string()]))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Bill> {
        answer.require("month", &self.0.to_string())?;
        let total = billed(answer)?;
        let mut campaigns = Vec::new();
        let mut sum: Option<i64> = Some(0);
        for campaign in answer.objects("campaigns", MAX_CAMPAIGNS)? {
            let part = billed(&campaign)?;
            sum = sum.and_then(|sum| sum.checked_add(part.yen));
            campaigns.push((read_id(&campaign, "campaign_id")?, part));
        }
        if sum != Some(total.yen) {
            return Err(answer.malformed("yen", "must be the sum of the campaigns"));
        }
        Ok(Bill {
            month: self.0,
            total,
            campaigns,
        })
    }
}

fn billed(object: &Object<'_>) -> Result<Billed> {
    let issued = object.miles("issued_miles")?;
    let cancelled = object.miles("cancelled_miles")?;
    let miles = object.signed("billed_miles")?;
    let yen = object.signed("yen")?;
    let difference = i128::from(issued.get()) - i128::from(cancelled.get());
    if i128::from(miles) != difference || yen != miles {
        return Err(object.malformed("yen", "must be 1 for each mile issued and not cancelled"));
    }
    Ok(Billed {
        issued,
        cancelled,
        miles,
        yen,
    })
}
