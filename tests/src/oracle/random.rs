//! Random actions, the same for the same seed.

use md5::{Digest, Md5};

use super::{
    actions::{Action, Deposit, HandRow, Mailing, RegistrationSearch, Search},
    days::{DAY, Day},
    model::Oracle,
    tables::{Method, TEST_ADDRESS},
};

/// `param3` of the published tag: it holds no secret.
#[must_use]
pub fn tag_check(site: &str, campaign: &str) -> String {
    let digest = Md5::digest(format!("{site}:{campaign}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The last issues of those that are known.
fn recent(known: &[usize]) -> &[usize] {
    known.get(known.len().saturating_sub(60)..).unwrap_or(known)
}

/// A generator of actions.
#[derive(Debug)]
pub struct Actions {
    state: u64,
    counter: u64,
    batches: Vec<(String, u64)>,
    fetched: Vec<Action>,
    /// The issue to whose last days the clock was moved.
    aimed_at: Option<usize>,
}

const SHOP: &str = "8763";
const OTHER: &str = "9001";

impl Actions {
    /// A generator; the seed decides everything.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            state: seed,
            counter: 0,
            batches: Vec::new(),
            fetched: Vec::new(),
            aimed_at: None,
        }
    }

    /// A number below `below`, which is at least 1 (SplitMix64).
    fn below(&mut self, below: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        let below = u64::try_from(below.max(1)).unwrap_or(1);
        usize::try_from(z % below).unwrap_or(0)
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        let at = self.below(items.len());
        items.get(at).cloned()
    }

    fn text(&mut self, items: &[&str]) -> String {
        self.pick(items).unwrap_or_default().to_owned()
    }

    fn fresh(&mut self, kind: &str) -> String {
        self.counter += 1;
        format!("{kind}-{}", self.counter)
    }

    fn site(&mut self) -> &'static str {
        if self.one_in(25) { OTHER } else { SHOP }
    }

    fn campaign(&mut self) -> String {
        match self.below(30) {
            0..=6 => "46255".to_owned(),
            7..=12 => "46256".to_owned(),
            13 | 14 => "46257".to_owned(),
            15 | 16 => "46258".to_owned(),
            17..=19 => "46264".to_owned(),
            20..=22 => "46265".to_owned(),
            23 | 24 => "46266".to_owned(),
            25 => self.text(&["46259", "46260", "46261"]),
            26 => self.text(&["46262", "46263"]),
            27 => "50001".to_owned(),
            28 => self.text(&["99999", "46267"]),
            _ => "46255".to_owned(),
        }
    }

    fn key(&mut self) -> String {
        match self.below(40) {
            0 => String::new(),
            1 => "K".repeat(256),
            2 => self.text(&["顧客1", "a b", "key!", "ｋ１"]),
            3 => "K".repeat(255),
            4..=6 => "C1".to_owned(),
            _ => {
                self.counter += 1;
                format!("C{}", self.counter)
            }
        }
    }

    /// How a member is named, and the name.
    fn who(&mut self, oracle: &Oracle, by: Method) -> String {
        if self.one_in(20) {
            return self.text(match by {
                Method::Mail => &[
                    "nobody",
                    "a@",
                    "@example.jp",
                    "a b@example.jp",
                    "ai@docomo.example",
                ],
                Method::Mobile => &["ai@example.jp", "ai@@docomo.example", "@docomo.example"],
                Method::UserId => &["NM99999999", "nobody"],
            });
        }
        if self.one_in(20) {
            return self.text(match by {
                Method::Mail => &["nobody@example.jp", TEST_ADDRESS],
                Method::Mobile => &["nobody@docomo.example"],
                Method::UserId => &["NM99999998"],
            });
        }
        // Most members are in good standing: the first six.
        let most = if self.one_in(6) { 10 } else { 6 };
        let nth = self.below(most);
        let member = oracle.world().members.get(nth).cloned();
        let name = member.and_then(|m| match by {
            Method::Mail => Some(m.mail),
            Method::Mobile => m.mobile.or(Some("ai@docomo.example")),
            Method::UserId => Some(m.user_id),
        });
        name.unwrap_or_default().to_owned()
    }

    fn method(&mut self) -> Method {
        match self.below(10) {
            0..=5 => Method::Mail,
            6 | 7 => Method::Mobile,
            _ => Method::UserId,
        }
    }

    fn mailing(&mut self, by: Method) -> Mailing {
        let deposit = match self.below(12) {
            0 => Deposit::AtOnce,
            1 => Deposit::After(0),
            2..=4 => Deposit::After(i64::try_from(self.below(60)).unwrap_or(1)),
            5 => Deposit::After(365),
            _ => Deposit::Campaign,
        };
        let wrong = self.one_in(40);
        let mail = (by == Method::Mobile) == wrong;
        let text = if mail && self.one_in(2) {
            "ありがとうございます。"
        } else {
            ""
        };
        Mailing {
            deposit,
            mail,
            text: text.to_owned(),
        }
    }

    fn miles(&mut self) -> u64 {
        match self.below(24) {
            0 => 0,
            1 => 999_999_999,
            2 => 9,
            3 => 501,
            4 => 10,
            5 => 500,
            6..=8 => u64::try_from(self.below(50)).unwrap_or(0) + 1,
            _ => 100,
        }
    }

    fn advance(&mut self, oracle: &Oracle, known: &[usize]) -> Action {
        let now = oracle.now();
        let midnight = oracle.today().plus_days(1).starts() - now;
        let long = |n: usize| i64::try_from(n).unwrap_or(0);
        let seconds = match self.below(100) {
            0..=49 => long(self.below(90 * 60)) + 1,
            50..=69 => long(self.below(20 * 3_600)) + 1,
            70..=76 => midnight - 1,
            77..=83 => midnight,
            84..=93 => long(self.below(6 * 86_400)) + 1,
            94..=97 => {
                // To the days around the end of a cancel period.
                let issue = self.pick(recent(known));
                let day = issue.and_then(|nth| oracle.issued_on(nth));
                let day = day.map(|day| match self.below(5) {
                    0 => day.plus_days(90),
                    1 => day.plus_days(91),
                    2 => day.plus_months(3).plus_days(-1),
                    _ => day.plus_months(3),
                });
                let to = day.map_or(0, Day::starts) - now;
                if (1..=100 * DAY).contains(&to) {
                    self.aimed_at = issue;
                    to
                } else {
                    3_600
                }
            }
            _ => long(self.below(100)) * DAY + 1,
        };
        Action::Advance(seconds.max(1))
    }

    /// The next action. `known` are the issues whose id at the mock is known.
    pub fn next(&mut self, oracle: &Oracle, known: &[usize]) -> Action {
        if let Some(issue) = self.aimed_at.take() {
            return Action::Cancel {
                site: oracle.site_of(issue),
                tran: self.fresh("c"),
                issues: vec![issue],
                reason: "other".to_owned(),
            };
        }
        match self.below(100) {
            0..=11 => self.advance(oracle, known),
            12..=32 => self.issue(oracle),
            33..=35 => self.by_hand(oracle),
            36..=40 => self.upload(oracle),
            41..=49 => self.published(oracle),
            50..=56 => self.signed(oracle),
            57..=60 => {
                let by = if self.one_in(2) {
                    Method::Mail
                } else {
                    Method::UserId
                };
                let (site, nth) = (self.site(), self.below(11));
                let member = oracle.world().members.get(nth).cloned();
                let who = member.map_or("nobody@example.jp", |m| {
                    if by == Method::Mail {
                        m.mail
                    } else {
                        m.user_id
                    }
                });
                let by = if who.contains('@') { Method::Mail } else { by };
                let who = who.to_owned();
                Action::Verify { site, by, who }
            }
            61..=65 => {
                let (site, user_id) = (self.site(), self.who(oracle, Method::UserId));
                if self.one_in(4) {
                    Action::Member { site, user_id }
                } else {
                    Action::Passbook { site, user_id }
                }
            }
            67..=74 => self.cancel(known),
            75..=78 => self.decide(oracle),
            79..=82 => self.history(oracle),
            83 => self.bill(oracle),
            84 => self.search(oracle),
            85..=89 => self.registration(oracle),
            90 | 91 => self.find(oracle),
            92 | 93 => self.spend(oracle),
            94 | 95 => self.exchange(oracle),
            66 | 96 => self.fetch(oracle),
            97 => Action::Break,
            _ => self.again(oracle),
        }
    }

    fn issue(&mut self, oracle: &Oracle) -> Action {
        let by = self.method();
        Action::Issue {
            site: self.site(),
            tran: self.fresh("i"),
            campaign: self.campaign(),
            by,
            who: self.who(oracle, by),
            key: self.key(),
            miles: if self.one_in(8) {
                None
            } else {
                Some(self.miles())
            },
            mailing: self.mailing(by),
        }
    }

    fn by_hand(&mut self, oracle: &Oracle) -> Action {
        let rows = (0..=self.below(11))
            .map(|_| HandRow {
                mail: self.who(oracle, Method::Mail),
                key: self.key(),
                miles: self.miles(),
            })
            .collect();
        Action::ByHand {
            site: self.site(),
            tran: self.fresh("h"),
            campaign: self.campaign(),
            rows,
            mailing: self.mailing(Method::Mail),
        }
    }

    fn upload(&mut self, oracle: &Oracle) -> Action {
        let by = self.method();
        let rows: Vec<[String; 3]> = (0..self.below(8))
            .map(|_| {
                let miles = match self.below(12) {
                    0 => self.text(&["1,000", "", "-1", "１００", "1e2", "100mile"]),
                    _ => self.miles().to_string(),
                };
                [self.who(oracle, by), self.key(), miles]
            })
            .collect();
        let again = if self.one_in(4) {
            self.pick(&self.batches.clone())
        } else {
            None
        };
        let (batch, first_row) = match again {
            // On the last row of what is there, or right behind it.
            Some((batch, next)) => (batch, (next - u64::from(self.one_in(3))).max(1)),
            None => (self.fresh("b"), 1),
        };
        let next = first_row + u64::try_from(rows.len()).unwrap_or(0);
        self.batches.push((batch.clone(), next));
        let bytes = self.file("メールアドレス,指定キー,マイル発行数", &rows);
        Action::Upload {
            site: self.site(),
            campaign: self.campaign(),
            batch,
            first_row,
            by,
            rows,
            bytes,
            mailing: self.mailing(by),
        }
    }

    /// A file in the merchant's drop: a new one, one that was fetched before, or other bytes under its name.
    fn fetch(&mut self, oracle: &Oracle) -> Action {
        let before = self.pick(&self.fetched.clone());
        if let Some(mut action) = before.filter(|_| self.one_in(2)) {
            let Action::Fetched {
                site, name, bytes, ..
            } = &mut action
            else {
                return action;
            };
            match self.below(4) {
                0 => bytes.extend_from_slice(b"\n"),
                1 => {}
                _ => {
                    return Action::Result {
                        site,
                        name: std::mem::take(name),
                    };
                }
            }
            return action;
        }
        let rows: Vec<[String; 3]> = (0..self.below(9))
            .map(|_| {
                let by = if self.one_in(2) {
                    Method::Mail
                } else {
                    Method::UserId
                };
                let miles = match self.below(12) {
                    0 => self.text(&["1,000", "", "-1", "１００", "1000001"]),
                    _ => self.miles().to_string(),
                };
                [self.who(oracle, by), self.key(), miles]
            })
            .collect();
        self.counter += 1;
        let (site, minute) = (self.site(), 202_600_000_000 + self.counter);
        let name = match self.below(20) {
            0 => format!("NMEXC_1_{minute}.csv"),
            1 => format!("NMEXC_{site}_{minute}0.csv"),
            _ => format!("NMEXC_{site}_{minute}.csv"),
        };
        let bytes = self.file("NetMileユーザID,指定キー,交換マイル数", &rows);
        let action = Action::Fetched {
            site,
            name,
            rows,
            bytes,
        };
        self.fetched.push(action.clone());
        action
    }

    /// What became of a call that may have been made.
    fn find(&mut self, oracle: &Oracle) -> Action {
        let site = self.site();
        let number = self.below(usize::try_from(self.counter).unwrap_or(1));
        match self.below(8) {
            0 | 1 => Action::FindIssue {
                site,
                tran: format!("i-{number}"),
            },
            2..=4 => {
                let exchanged = oracle
                    .remembered()
                    .into_iter()
                    .filter_map(|action| match action {
                        Action::Exchange { tran, .. } => Some(tran.clone()),
                        _ => None,
                    });
                let before = self.pick(&exchanged.collect::<Vec<_>>());
                let tran = before.filter(|_| !number.is_multiple_of(4));
                Action::FindExchange {
                    site,
                    tran: tran.unwrap_or(format!("x-{number}")),
                }
            }
            5 => Action::FindRegistration {
                site,
                tran: format!("h-{number}"),
                kind: self.pick(&[None, Some("csv"), Some("by_hand")]).flatten(),
            },
            _ => {
                let batch = self.pick(&self.batches.clone());
                let tran = batch.map_or_else(String::new, |(batch, _)| format!("{batch}:1"));
                let kind = self.pick(&[None, Some("csv"), Some("by_hand")]).flatten();
                Action::FindRegistration { site, tran, kind }
            }
        }
    }

    fn search(&mut self, oracle: &Oracle) -> Action {
        let sometimes = |this: &mut Self| this.one_in(3);
        let back = |days: usize| oracle.today().plus_days(-i64::try_from(days).unwrap_or(0));
        let most = oracle.registrations();
        Action::Registrations {
            site: self.site(),
            search: RegistrationSearch {
                campaign: sometimes(self).then(|| self.campaign()),
                registration: self
                    .one_in(6)
                    .then(|| most.saturating_sub(self.below(most.min(200) + 1))),
                kind: sometimes(self).then(|| self.pick(&["csv", "by_hand"]).unwrap_or("csv")),
                from: sometimes(self).then(|| back(self.below(120))),
                to: sometimes(self).then(|| back(self.below(60))),
                page: if self.one_in(30) {
                    0
                } else {
                    1 + self.below(3)
                },
            },
        }
    }

    /// Rows as a file: with and without header, in both encodings, with both line ends, quoted or not.
    fn file(&mut self, header: &str, rows: &[[String; 3]]) -> Vec<u8> {
        let (end, quotes) = (self.text(&["\r\n", "\n"]), self.one_in(3));
        let mut text = String::new();
        if self.one_in(2) {
            text += &format!("{header}{end}");
        }
        for row in rows {
            let cells = row.each_ref().map(|cell| {
                if quotes || cell.contains(',') {
                    format!("\"{cell}\"")
                } else {
                    cell.clone()
                }
            });
            text += &format!("{}{end}", cells.join(","));
        }
        if self.one_in(2) {
            return encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
        }
        [b"\xef\xbb\xbf", text.as_bytes()].concat()
    }

    /// Site and campaign of a tag: mostly such that belong together.
    fn tagged(&mut self) -> (String, String) {
        match self.below(30) {
            0 => ("1".to_owned(), "46255".to_owned()),
            1 => (OTHER.to_owned(), "46255".to_owned()),
            2 => (OTHER.to_owned(), "50001".to_owned()),
            _ => (SHOP.to_owned(), self.campaign()),
        }
    }

    fn tag_mail(&mut self, oracle: &Oracle) -> String {
        let by = if self.one_in(5) {
            Method::Mobile
        } else {
            Method::Mail
        };
        if self.one_in(5) {
            let provisional = oracle.world().members.get(6 + self.below(4)).cloned();
            return provisional.map_or("", |m| m.mail).to_owned();
        }
        self.who(oracle, by)
    }

    fn mile(&mut self) -> String {
        match self.below(4) {
            0 | 1 => String::new(),
            2 => "100".to_owned(),
            _ => match self.below(5) {
                0 => self.text(&["0", "501", "9", "abc", "-5", "1,0"]),
                _ => (10 + self.below(491)).to_string(),
            },
        }
    }

    fn published(&mut self, oracle: &Oracle) -> Action {
        let (site, campaign) = self.tagged();
        let check = if self.one_in(25) {
            "0".repeat(32)
        } else {
            tag_check(&site, &campaign)
        };
        Action::Published {
            site,
            campaign,
            check,
            key: self.key(),
            mile: self.mile(),
            mail: self.tag_mail(oracle),
        }
    }

    fn signed(&mut self, oracle: &Oracle) -> Action {
        let (site, campaign) = self.tagged();
        let tran = if self.one_in(20) {
            "e-again".to_owned()
        } else {
            self.fresh("e")
        };
        Action::Signed {
            site,
            campaign,
            key: self.key(),
            mile: self.mile(),
            tran,
            expires: oracle.now() + if self.one_in(20) { -1 } else { 600 },
            honest: !self.one_in(25),
            mail: self.tag_mail(oracle),
        }
    }

    fn cancel(&mut self, known: &[usize]) -> Action {
        let mut issues = Vec::new();
        for _ in 0..=self.below(4) {
            // Half of them from the last ones: those can still be cancelled.
            let from = if self.one_in(4) { known } else { recent(known) };
            issues.extend(self.pick(from));
        }
        if issues.is_empty() || self.one_in(20) {
            issues.push(usize::MAX);
        }
        let reason = if self.one_in(40) {
            "because".to_owned()
        } else {
            self.text(&[
                "duplicate",
                "condition_not_met",
                "returned_goods",
                "wrong_amount",
                "other",
            ])
        };
        Action::Cancel {
            site: self.site(),
            tran: self.fresh("c"),
            issues,
            reason,
        }
    }

    fn decide(&mut self, oracle: &Oracle) -> Action {
        let Some((cancellation, issue)) = self.pick(&oracle.applications()) else {
            let tran = format!(
                "c-{}",
                self.below(usize::try_from(self.counter).unwrap_or(1))
            );
            return Action::Cancellation { site: SHOP, tran };
        };
        let approve = !self.one_in(4);
        Action::Decide {
            cancellation,
            issue,
            approve,
        }
    }

    fn history(&mut self, oracle: &Oracle) -> Action {
        let now = oracle.now();
        let back = |days: usize| now - i64::try_from(days).unwrap_or(0) * DAY / 4;
        let sometimes = |this: &mut Self| this.one_in(4);
        Action::History {
            site: self.site(),
            campaign: self.campaign(),
            search: Search {
                key: sometimes(self).then(|| "C1".to_owned()),
                from: sometimes(self).then(|| back(self.below(400))),
                to: sometimes(self).then(|| back(self.below(200))),
                miles_from: sometimes(self).then_some(50),
                miles_to: sometimes(self).then_some(300),
                state: match self.below(8) {
                    0 => Some("held"),
                    1 => Some("valid"),
                    2 => Some("cancelled"),
                    _ => None,
                },
                page: 1 + self.below(2),
            },
        }
    }

    fn bill(&mut self, oracle: &Oracle) -> Action {
        let back = i64::try_from(self.below(5)).unwrap_or(0);
        Action::Bill {
            site: self.site(),
            month: oracle.today().plus_months(-back).month_text(),
        }
    }

    fn registration(&mut self, oracle: &Oracle) -> Action {
        let most = oracle.registrations();
        if most == 0 {
            return self.issue(oracle);
        }
        let nth = most - 1 - self.below(most.min(80));
        match self.below(9) {
            0..=3 => Action::Registration(nth),
            4..=7 => Action::Lists(nth),
            _ => Action::DeleteLists(nth),
        }
    }

    fn spend(&mut self, oracle: &Oracle) -> Action {
        let member = oracle.world().members.get(self.below(8)).cloned();
        let login = member.map_or("", |m| m.login);
        let balance = oracle.balance(login);
        // All of it, now and then: then a cancel application finds too little.
        let miles = if self.one_in(2) { balance } else { balance / 2 };
        Action::Spend { login, miles }
    }

    fn exchange(&mut self, oracle: &Oracle) -> Action {
        let by = if self.one_in(2) {
            Method::Mail
        } else {
            Method::UserId
        };
        Action::Exchange {
            site: self.site(),
            tran: self.fresh("x"),
            by,
            who: self.who(oracle, by),
            key: self.key(),
            miles: self.miles(),
        }
    }

    /// A call that was made before: the same, or another one under its `tran_id`.
    fn again(&mut self, oracle: &Oracle) -> Action {
        let before: Vec<Action> = oracle.remembered().into_iter().cloned().collect();
        let Some(mut action) = self.pick(&before) else {
            return self.issue(oracle);
        };
        if self.one_in(3) {
            match &mut action {
                Action::Issue { key, .. } | Action::Exchange { key, .. } => key.push('X'),
                Action::ByHand { rows, .. } => rows.truncate(1),
                Action::Upload { mailing, .. } => mailing.deposit = Deposit::After(364),
                Action::Cancel { reason, .. } => "other".clone_into(reason),
                _ => {}
            }
        }
        action
    }
}

#[cfg(test)]
mod tests {
    use super::{Actions, tag_check};
    use crate::oracle::{Oracle, tables::World};

    #[test]
    fn the_printed_example_of_the_guides() {
        assert_eq!(
            tag_check("8763", "46255"),
            "82fcba5e430abc31e186339d188416f5"
        );
    }

    #[test]
    fn a_seed_decides_everything() {
        let oracle = Oracle::new(World::of_the_oracle());
        let (mut one, mut two) = (Actions::new(7), Actions::new(7));
        for _ in 0..100 {
            assert_eq!(one.next(&oracle, &[]), two.next(&oracle, &[]));
        }
    }
}
