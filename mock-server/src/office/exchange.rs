//! Points of a merchant become miles.

use super::{
    issue::{Manner, Wanted},
    record::{Became, Call, NO_REGISTRATION},
    refusal::Refusal,
    request::{Deposit, ExchangeRequest},
    state::{EXCHANGE, Office, check_tran_id, digest, id},
    user::Method,
    views::{Exchanged, FoundExchange},
};
use crate::clock;

/// How exchanged points enter the books, one by one or by file.
pub(crate) const MANNER: Manner = Manner {
    registration: NO_REGISTRATION,
    deposit: Deposit::Campaign,
    mail: false,
};

impl Office {
    pub(crate) fn exchange_campaign(&self, site: u16) -> Result<u16, Refusal> {
        let id = self
            .terms
            .site(site)
            .and_then(|site| site.exchange_campaign.as_deref());
        let number = id.and_then(|id| self.terms.campaign_number(id));
        number.ok_or(Refusal::NotFound)
    }

    /// Issues the miles that a merchant's points are worth, by the checks of the manual table.
    ///
    /// # Errors
    /// [`Refusal`]; a code is final for the `tran_id`.
    pub fn exchange(
        &mut self,
        site_id: &str,
        request: &ExchangeRequest,
        now: i64,
    ) -> Result<Exchanged, Refusal> {
        let site = self.own_site(site_id)?;
        check_tran_id(&request.tran_id)?;
        let method = request.user.method();
        if method == Method::MobileMail {
            return Err(Refusal::bad("user", "mail or user_id"));
        }
        let digest = digest(request);
        let tran_id = request.tran_id.as_str();
        match self.before(site, Call::Exchange, tran_id, &digest)? {
            Some(Became::Issued(number)) => return self.exchanged(tran_id, number),
            Some(Became::Refused(code)) => return Err(Refusal::Code(code)),
            _ => {}
        }
        let campaign = self.exchange_campaign(site)?;
        let wanted = Wanted {
            site,
            campaign,
            method,
            user: request.user.value(),
            key: &request.designated_key,
            miles: Some(request.miles),
        };
        let once = (Call::Exchange, tran_id, digest);
        let (number, _) = self.give_once(once, wanted, MANNER, now)?;
        self.exchanged(tran_id, number)
    }

    fn exchanged(&self, tran_id: &str, number: u32) -> Result<Exchanged, Refusal> {
        let issuance = self.issuance(number).ok_or(Refusal::NotFound)?;
        Ok(Exchanged {
            tran_id: tran_id.to_owned(),
            exchange_id: id(EXCHANGE, number),
            user_id: self.terms.people.user_id(issuance.person).into_owned(),
            miles: u64::from(issuance.miles),
            issued_at: clock::rfc3339(issuance.issued_at),
        })
    }

    /// What became of the `tran_id` of an exchange.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such site.
    pub fn find_exchange(&self, site_id: &str, tran_id: &str) -> Result<FoundExchange, Refusal> {
        let site = self.own_site(site_id)?;
        let mut found = FoundExchange {
            tran_id: tran_id.to_owned(),
            found: true,
            exchange: None,
            refused: None,
        };
        match self.tran(site, Call::Exchange, tran_id) {
            Some(Became::Issued(number)) => {
                found.exchange = Some(self.exchanged(tran_id, number)?);
            }
            Some(Became::Refused(code)) => found.refused = Some(code.into()),
            _ => found.found = false,
        }
        Ok(found)
    }
}
