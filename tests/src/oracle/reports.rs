//! What can be looked up: passbook, registrations, history, bill.

use serde_json::{Value, json};

use super::{
    actions::{RegistrationSearch, Search},
    days::{Day, hour_of, rfc3339},
    model::{Expected, Issue, Oracle, Registration, Who, api},
};

/// Rows of a page.
const PAGE: usize = 50;

impl Oracle {
    pub(super) fn passbook(&self, site: &'static str, user_id: &str) -> Expected {
        let nth = self.authenticated(site, user_id)?;
        // One row for each campaign and day.
        let mut pending: Vec<(String, &str, u64)> = Vec::new();
        for issue in &self.issues {
            if issue.who != Who::Member(nth) || self.state(issue) != "held" {
                continue;
            }
            let (day, campaign) = (issue.deposit_on.to_string(), issue.campaign);
            match pending
                .iter_mut()
                .find(|row| row.0 == day && row.1 == campaign)
            {
                Some(row) => row.2 += issue.miles,
                None => pending.push((day, campaign, issue.miles)),
            }
        }
        pending.sort_unstable();
        let rows = pending.iter().map(
            |(day, campaign, miles)| json!({ "miles": miles, "deposit_on": day, "campaign_id": campaign }),
        );
        Ok(json!({
            "balance": self.balance_of(nth),
            "pending_total": pending.iter().map(|(_, _, miles)| miles).sum::<u64>(),
            "pending": rows.collect::<Vec<Value>>(),
        }))
    }

    /// What became of a file or of rows by hand; without a kind, of a file first.
    pub(super) fn find_registration(&self, site: &str, tran: &str, kind: Option<&str>) -> Expected {
        let calls = match kind {
            Some("csv") => &["file"][..],
            Some(_) => &["by hand"],
            None => &["file", "by hand"],
        };
        let mut answers = calls
            .iter()
            .filter_map(|call| self.first_answer(call, site, tran));
        Ok(match answers.next() {
            None => json!({ "tran_id": tran, "found": false }),
            Some(Err(code)) => json!({
                "tran_id": tran,
                "found": true,
                "refused": { "table": code.table, "code": code.number },
            }),
            Some(Ok(first)) => {
                let name = first["registration_id"].as_str();
                let number = name.and_then(|id| id.split(':').nth(1));
                let number = number.and_then(|n| n.parse().ok());
                let view = self.registration(number.unwrap_or(usize::MAX))?;
                json!({ "tran_id": tran, "found": true, "registration": view })
            }
        })
    }

    /// Registrations of the past three months, the newest first, 50 a page.
    pub(super) fn search(&self, site: &str, search: &RegistrationSearch) -> Expected {
        if let Some(campaign) = &search.campaign {
            self.own_campaign(site, campaign)?;
        }
        if search.page == 0 {
            return Err(api("bad_request"));
        }
        let first = self.today().plus_months(-3);
        let fits = |nth: usize, r: &Registration| {
            let day = Day::at(r.accepted);
            r.site == site
                && day >= first
                && search.campaign.as_ref().is_none_or(|c| c == r.campaign)
                && search.registration.is_none_or(|one| one == nth)
                && search.kind.is_none_or(|kind| kind == r.kind)
                && search.from.is_none_or(|from| day >= from)
                && search.to.is_none_or(|to| day <= to)
        };
        let all = self.registrations.iter().enumerate();
        let mut found: Vec<usize> = all.filter(|(n, r)| fits(*n, r)).map(|(n, _)| n).collect();
        found.reverse();
        let shown = found.iter().skip((search.page - 1) * PAGE).take(PAGE);
        let shown: Result<Vec<Value>, _> = shown.map(|nth| self.registration(*nth)).collect();
        Ok(json!({
            "total": found.len(),
            "page": search.page,
            "pages": found.len().div_ceil(PAGE).max(1),
            "registrations": shown?,
        }))
    }

    pub(super) fn history(&self, site: &str, campaign: &str, search: &Search) -> Expected {
        let campaign = self.own_campaign(site, campaign)?;
        let ours: Vec<(usize, &Issue)> = self
            .issues
            .iter()
            .enumerate()
            .filter(|(_, i)| i.campaign == campaign.id && i.who != Who::Test)
            .collect();
        let (today, first) = (self.today(), self.today().plus_months(-3));
        let fits = |issue: &Issue| {
            let (day, hour) = (issue.on, hour_of(issue.at));
            day < today
                && day >= first
                && search.key.as_ref().is_none_or(|key| *key == issue.key)
                && search.from.is_none_or(|from| hour >= hour_of(from))
                && search.to.is_none_or(|to| hour <= hour_of(to))
                && search.miles_from.is_none_or(|least| issue.miles >= least)
                && search.miles_to.is_none_or(|most| issue.miles <= most)
                && search.state.is_none_or(|state| self.state(issue) == state)
        };
        let mut rows: Vec<Value> = ours
            .iter()
            .filter(|(_, issue)| fits(issue))
            .map(|(nth, issue)| {
                json!({
                    "issuance_id": format!("#issue:{nth}"),
                    "issued_at": rfc3339(issue.at),
                    "designated_key": issue.key,
                    "miles": issue.miles,
                    "deposit_on": issue.deposit_on.to_string(),
                    "state": self.state(issue),
                })
            })
            .collect();
        rows.reverse();
        let cancelled = ours.iter().filter(|(_, i)| i.cancelled.is_some()).count();
        let shown: Vec<Value> = rows
            .iter()
            .skip((search.page - 1) * PAGE)
            .take(PAGE)
            .cloned()
            .collect();
        Ok(json!({
            "head": {
                "campaign_name": campaign.name,
                "miles_issued": ours.iter().map(|(_, i)| i.miles).sum::<u64>(),
                "issued": ours.len(),
                "valid": ours.len() - cancelled,
                "cancelled": cancelled,
            },
            "total": rows.len(),
            "page": search.page,
            "pages": rows.len().div_ceil(PAGE).max(1),
            "rows": shown,
        }))
    }

    pub(super) fn bill(&self, site: &str, month: &str) -> Expected {
        let (mut issued, mut cancelled) = (0_i64, 0_i64);
        let mut campaigns = Vec::new();
        for campaign in self.world.campaigns.iter().filter(|c| c.site == site) {
            let (mut plus, mut minus) = (0_i64, 0_i64);
            for issue in &self.issues {
                if issue.campaign != campaign.id || issue.who == Who::Test {
                    continue;
                }
                let miles = i64::try_from(issue.miles).unwrap_or(i64::MAX);
                if issue.on.month_text() == month {
                    plus += miles;
                }
                if issue
                    .cancelled
                    .is_some_and(|at| Day::at(at).month_text() == month)
                {
                    minus += miles;
                }
            }
            if plus + minus > 0 {
                campaigns.push(json!({
                    "campaign_id": campaign.id,
                    "issued_miles": plus,
                    "cancelled_miles": minus,
                    "billed_miles": plus - minus,
                    "yen": plus - minus,
                }));
            }
            (issued, cancelled) = (issued + plus, cancelled + minus);
        }
        Ok(json!({
            "month": month,
            "issued_miles": issued,
            "cancelled_miles": cancelled,
            "billed_miles": issued - cancelled,
            "yen": issued - cancelled,
            "campaigns": campaigns,
        }))
    }
}
