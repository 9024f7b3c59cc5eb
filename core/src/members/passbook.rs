//! The passbook (マイル通帳).

use crate::error::Result;
use crate::money::Miles;
use crate::operation::Read;
use crate::reference::{Day, Draft, Function, Object, UserId};

/// Most deposits of one passbook that are read.
const MAX_PENDING: usize = 10_000;

/// What a member has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passbook {
    /// Deposited miles (残高).
    pub balance: Miles,
    /// Miles that are still to be deposited (振込予定).
    pub pending_total: Miles,
    /// The same, one by one.
    pub pending: Vec<PendingDeposit>,
}

/// Miles that are still to be deposited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingDeposit {
    /// How many.
    pub miles: Miles,
    /// When.
    pub deposit_on: Day,
    /// From which campaign.
    pub campaign_id: String,
}

/// Asks for the passbook of a member that this site has authenticated.
pub struct GetPassbook(pub UserId);

impl Function for GetPassbook {
    const KIND: &'static str = "members.passbook";
    type Answer = Passbook;
    type Effect = Read;

    fn draft(&self) -> Result<Draft> {
        Ok(Draft::get(&["members", self.0.as_str(), "passbook"]))
    }

    fn read(&self, answer: &Object<'_>) -> Result<Passbook> {
        let pending_total = answer.miles("pending_total")?;
        let mut sum = Miles::default();
        let mut pending = Vec::new();
        for deposit in answer.objects("pending", MAX_PENDING)? {
            let miles = deposit.miles("miles")?;
            sum = sum
                .checked_add(miles)
                .map_err(|_| answer.malformed("pending", "must add up to pending_total"))?;
            pending.push(PendingDeposit {
                miles,
                deposit_on: deposit.day("deposit_on")?,
                campaign_id: deposit.text("campaign_id", 64)?.to_owned(),
            });
        }
        if sum != pending_total {
            return Err(answer.malformed("pending", "must add up to pending_total"));
        }
        Ok(Passbook {
            balance: answer.miles("balance")?,
            pending_total,
            pending,
        })
    }
}
