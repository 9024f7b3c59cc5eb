//! The moment money moves: once, in one transaction, then the merchant is told.

use sqlx::SqliteConnection;

use crate::{
    gateway::Gateway,
    link::{fields::Function, request::Request, rules},
    notify::{
        compose::Res,
        send::{self, Draft, Told},
    },
    options::MockError,
    scenario::Billing,
    store::{
        self, contracts, ledger,
        ledger::NewEntry,
        payments::{self, Payment},
        sessions::{self, Done, Session, State},
    },
};

/// What came of an attempt to settle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    /// Done, or done before: the session's page shows what came of it.
    Ended,
    /// Method, member, amount or balance changed since the page was shown.
    Changed,
    /// The miles do not suffice.
    Short,
    /// The customer has not chosen a method or logged in.
    NotReady,
    /// The contract to be ended has ended in the meantime, or is another member's.
    Gone,
}

/// How the customer pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Means {
    /// Miles alone, or the method's stand-in.
    Whole,
    /// All whole-yen miles, the rest by the PayPal stand-in.
    RestByPayPal,
}

/// How much of which means a purchase takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Split {
    /// Miles spent.
    pub(crate) miles: i64,
    /// Part for PayPal in yen.
    pub(crate) paypal_yen: i64,
    /// Miles that return: floor(miles / 100) from the scenario's smallest NetMile part.
    pub(crate) returned: i64,
}

impl Split {
    /// Splits `yen` over a balance; 2 miles are 1 yen. `None` when the means do not suffice.
    pub(crate) fn of(yen: i64, balance: i64, means: Means, return_from: u64) -> Option<Self> {
        let usable = balance.max(0) / 2;
        let by_miles = yen.min(usable);
        if by_miles < yen && means == Means::Whole {
            return None;
        }
        let miles = by_miles.checked_mul(2)?;
        let from = i64::try_from(return_from).unwrap_or(i64::MAX);
        Some(Self {
            miles,
            paypal_yen: yen - by_miles,
            returned: if by_miles >= from { miles / 100 } else { 0 },
        })
    }
}

/// The page's view of method, member, amount and balance; a differing one means the customer saw
/// something else.
pub(crate) fn revision(session: &Session, balance: Option<i64>) -> String {
    let method = session.method.as_deref().unwrap_or_default();
    let amount = session.amount();
    match (&session.member, balance) {
        (Some(member), Some(balance)) => format!("{method}-{member}-{amount}-{balance}"),
        _ => format!("{method}-{amount}"),
    }
}

impl Gateway {
    /// Settles a session and tells the merchant. Safe against double clicks, tabs, reloads and
    /// parallel requests: the session leaves `open` once, in the transaction that moves the money.
    pub(crate) async fn settle(
        &self,
        id: &str,
        means: Means,
        seen: Option<String>,
    ) -> Result<Settled, MockError> {
        let lock = self.session_lock(id);
        let _held = lock.lock().await;
        self.settle_alone(id, means, seen).await
    }

    async fn settle_alone(
        &self,
        id: &str,
        means: Means,
        seen: Option<String>,
    ) -> Result<Settled, MockError> {
        let mut tx = self.begin().await?;
        let Some(session) = sessions::get(&mut tx, id).await? else {
            return Err(MockError::NotFound {
                what: "session",
                id: id.to_owned(),
            });
        };
        if session.state != State::Open {
            return Ok(Settled::Ended);
        }
        let (Some(method), true) = (
            session.method.clone(),
            !session.is_netmile() || session.member.is_some(),
        ) else {
            return Ok(Settled::NotReady);
        };
        let balance = match &session.member {
            Some(member) if session.is_netmile() => Some(ledger::balance(&mut tx, member).await?),
            _ => None,
        };
        if seen.is_some_and(|seen| seen != revision(&session, balance)) {
            return Ok(Settled::Changed);
        }
        let tracking_id = self.tracking_id(&mut tx).await?;
        let act = Act {
            gateway: self,
            session: &session,
            method: &method,
            tracking_id: &tracking_id,
            now: self.clock.now(),
        };
        let (done, res) = match act.run(&mut tx, means, balance).await? {
            Ok(outcome) => outcome,
            Err(settled) => return Ok(settled),
        };
        if !sessions::step(&mut tx, id, State::Open, State::Settling).await? {
            return Ok(Settled::Ended);
        }
        sessions::set_done(&mut tx, id, &tracking_id, done, &res.fields).await?;
        tx.commit().await?;

        let draft = Draft {
            session: id.to_owned(),
            tracking_id: tracking_id.clone(),
            request: session.request.clone(),
            res: res.fields,
        };
        let told = self.tell(&draft).await?;
        let mut tx = self.begin().await?;
        if told == Told::Failed {
            let code = &self.scenario.codes.notice_refused;
            sessions::set_error(&mut tx, id, code).await?;
            sessions::step(&mut tx, id, State::Settling, State::NoticeFailed).await?;
            if let Some(payment) = payments::get(&mut tx, &tracking_id).await? {
                // A contract stays what it is: only its application's notice failed.
                if payment.status == "paid" {
                    payments::set_status(&mut tx, &tracking_id, "notice_failed").await?;
                }
            }
        } else {
            sessions::step(&mut tx, id, State::Settling, State::Done).await?;
        }
        tx.commit().await?;
        Ok(Settled::Ended)
    }
}

struct Act<'a> {
    gateway: &'a Gateway,
    session: &'a Session,
    method: &'a str,
    tracking_id: &'a str,
    now: i64,
}

type Acted = Result<(Done, Res), Settled>;

impl Act<'_> {
    async fn run(
        &self,
        conn: &mut SqliteConnection,
        means: Means,
        balance: Option<i64>,
    ) -> Result<Acted, MockError> {
        let request = &self.session.request;
        match request.function {
            Function::Customer => self.store_customer(conn).await.map(Ok),
            Function::CustomerDelete => self.delete_customer(conn).await.map(Ok),
            _ if rules::ends_contract(request) => self.end_contract(conn).await,
            _ => self.pay(conn, means, balance).await,
        }
    }

    fn res(&self) -> Res {
        send::settled_res(self.method, self.tracking_id, self.now)
    }

    async fn record(
        &self,
        conn: &mut SqliteConnection,
        kind: &str,
        status: &str,
        amount: i64,
        split: Split,
    ) -> Result<(), MockError> {
        let payment = Payment {
            tracking_id: self.tracking_id.to_owned(),
            session: self.session.id.clone(),
            merchant_id: self.session.merchant_id.clone(),
            service_id: self.session.service_id.clone(),
            order_id: self.session.order_id.clone(),
            kind: kind.to_owned(),
            method: self.method.to_owned(),
            member: self.session.member.clone(),
            amount,
            miles: split.miles,
            paypal_yen: split.paypal_yen,
            returned_miles: split.returned,
            status: status.to_owned(),
            paid_at: self.now,
            refunded_at: None,
        };
        payments::insert(conn, &payment).await
    }

    async fn pay(
        &self,
        conn: &mut SqliteConnection,
        means: Means,
        balance: Option<i64>,
    ) -> Result<Acted, MockError> {
        let request = &self.session.request;
        let applies_only = !rules::charges_at_once(request);
        let recurring = rules::billing(request) != Some(Billing::OneTime);
        let yen = if applies_only {
            0
        } else {
            i64::try_from(self.session.amount()).unwrap_or(i64::MAX)
        };
        let mut split = Split {
            miles: 0,
            paypal_yen: 0,
            returned: 0,
        };
        if let Some(balance) = balance {
            let from = self.gateway.scenario.rules.return_from_yen;
            // A recurring contract takes miles only: PayPal pays the rest of a purchase.
            let means = if recurring { Means::Whole } else { means };
            match Split::of(yen, balance, means, from) {
                Some(enough) => split = enough,
                None => return Ok(Err(Settled::Short)),
            }
        }
        if yen > 0 {
            self.enter(conn, yen, split).await?;
        }
        let shop = self.now;
        if recurring {
            self.record(conn, "contract", "active", yen, split).await?;
            self.open_contract(conn).await?;
            sessions::note(conn, &self.session.id, shop, "contract_started", "").await?;
        } else {
            self.record(conn, "purchase", "paid", yen, split).await?;
            sessions::note(conn, &self.session.id, shop, "paid", &yen.to_string()).await?;
        }
        let after = match &self.session.member {
            Some(member) if balance.is_some() => Some(ledger::balance(conn, member).await?),
            _ => None,
        };
        let done = if applies_only {
            Done::Applied
        } else {
            Done::Paid {
                miles: split.miles,
                paypal_yen: split.paypal_yen,
                returned: split.returned,
                balance: after,
            }
        };
        Ok(Ok((done, self.res())))
    }

    async fn enter(
        &self,
        conn: &mut SqliteConnection,
        yen: i64,
        split: Split,
    ) -> Result<(), MockError> {
        let base = NewEntry {
            at: self.now,
            member: self.session.member.as_deref(),
            order_id: Some(&self.session.order_id),
            tracking_id: Some(self.tracking_id),
            detail: self.method,
            ..NewEntry::default()
        };
        let by_method = yen - split.paypal_yen;
        if by_method > 0 {
            let entry = NewEntry {
                miles: -split.miles,
                yen: by_method,
                kind: "payment",
                ..base
            };
            ledger::add(conn, entry).await?;
        }
        if split.paypal_yen > 0 {
            let entry = NewEntry {
                yen: split.paypal_yen,
                kind: "paypal",
                ..base
            };
            ledger::add(conn, entry).await?;
        }
        if split.returned > 0 {
            let entry = NewEntry {
                miles: split.returned,
                kind: "return",
                ..base
            };
            ledger::add(conn, entry).await?;
        }
        Ok(())
    }

    async fn open_contract(&self, conn: &mut SqliteConnection) -> Result<(), MockError> {
        let request = &self.session.request;
        let pay_type = match request.get("pay_type") {
            "" => "2",
            given => given,
        };
        let contract = contracts::Contract {
            tracking_id: self.tracking_id.to_owned(),
            merchant_id: self.session.merchant_id.clone(),
            service_id: self.session.service_id.clone(),
            cust_code: request.get("cust_code").to_owned(),
            pay_type: pay_type.to_owned(),
            amount: request.get("amount").to_owned(),
            method: self.method.to_owned(),
            last_month: request.get("last_charge_month").to_owned(),
            active: true,
            started_at: self.now,
            ended_at: None,
            ended_by: None,
        };
        contracts::insert(conn, &contract).await
    }

    async fn end_contract(&self, conn: &mut SqliteConnection) -> Result<Acted, MockError> {
        let target = self.session.request.get("tracking_id");
        let owner = payments::get(conn, target).await?.and_then(|p| p.member);
        if owner.is_some() && owner != self.session.member {
            return Ok(Err(Settled::Gone));
        }
        if !contracts::end(conn, target, "request", self.now).await? {
            return Ok(Err(Settled::Gone));
        }
        let nothing = Split {
            miles: 0,
            paypal_yen: 0,
            returned: 0,
        };
        self.record(conn, "contract_end", "ended", 0, nothing)
            .await?;
        sessions::note(conn, &self.session.id, self.now, "contract_ended", target).await?;
        Ok(Ok((Done::ContractEnded, self.res())))
    }

    async fn store_customer(&self, conn: &mut SqliteConnection) -> Result<(Done, Res), MockError> {
        let request = &self.session.request;
        let key = customer_key(request);
        let known = contracts::customer(conn, key).await?;
        let (customer, payment) = match known {
            Some((customer, payment, _)) => (customer, payment),
            None => {
                let number = store::next(conn, "customer").await?;
                (
                    format!("{:012}", 100_000_000_000 + number),
                    "001".to_owned(),
                )
            }
        };
        contracts::store_customer(conn, key, (&customer, &payment), self.method).await?;
        let res = Res::default()
            .set("res_pay_method", self.method)
            .set("res_result", "OK")
            .set("res_sps_cust_no", customer)
            .set("res_sps_payment_no", payment);
        Ok((Done::Stored, res))
    }

    async fn delete_customer(&self, conn: &mut SqliteConnection) -> Result<(Done, Res), MockError> {
        let key = customer_key(&self.session.request);
        let (customer, payment, _) = contracts::customer(conn, key).await?.unwrap_or_default();
        contracts::delete_customer(conn, key).await?;
        let res = Res::default()
            .set("res_pay_method", self.method)
            .set("res_result", "OK")
            .set("res_sps_cust_no", customer)
            .set("res_sps_payment_no", payment);
        Ok((Done::Deleted, res))
    }
}

/// Key of a customer's stored payment data.
pub(crate) fn customer_key(request: &Request) -> (&str, &str, &str) {
    (
        request.get("merchant_id"),
        request.get("service_id"),
        request.get("cust_code"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_and_its_neighbours() {
        let whole = |yen, balance| Split::of(yen, balance, Means::Whole, 100);
        assert_eq!(whole(300, 400), None);
        let paid = whole(300, 600).unwrap();
        assert_eq!((paid.miles, paid.paypal_yen, paid.returned), (600, 0, 6));
        assert_eq!(whole(99, 400).unwrap().returned, 0);
        assert_eq!(whole(100, 400).unwrap().returned, 2);
        assert_eq!(whole(10, 19), None);
        let mixed = Split::of(300, 401, Means::RestByPayPal, 100).unwrap();
        assert_eq!(
            (mixed.miles, mixed.paypal_yen, mixed.returned),
            (400, 100, 4)
        );
        let most = Split::of(9_999_999_999, 19_999_999_998, Means::Whole, 100).unwrap();
        assert_eq!(most.miles, 19_999_999_998);
    }
}
