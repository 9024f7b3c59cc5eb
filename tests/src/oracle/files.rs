//! Files: accepted at once, processed later, listed until the lists are deleted.

#![expect(
    clippy::indexing_slicing,
    reason = "JSON of the model itself; a missing field reads as null"
)]

use serde_json::{Value, json};

use super::{
    actions::{Action, Deposit},
    days::rfc3339,
    manual::miles_in,
    model::{Expected, Oracle, Registration, api},
    tables::{Code, MOST_ROWS},
};

pub(super) const fn file(number: &'static str) -> Code {
    let table = "file";
    Code { table, number }
}

impl Oracle {
    pub(super) fn upload(&mut self, action: &Action) -> Expected {
        let Action::Upload {
            site,
            campaign,
            batch,
            first_row,
            by,
            rows,
            mailing,
            ..
        } = action
        else {
            return Err(api("bad_request"));
        };
        let campaign = self.own_campaign(site, campaign)?;
        Self::settings(&campaign, *by, mailing)?;
        if rows.len() > MOST_ROWS {
            return Err(file("too_many_rows"));
        }
        if rows.is_empty() {
            return Err(file("malformed"));
        }
        let taken = |r: &Registration| {
            let Some((name, first)) = &r.file else {
                return false;
            };
            let (theirs, ours) = (first + r.rows.len() as u64, first_row + rows.len() as u64);
            r.site == *site && name == batch && *first < ours && *first_row < theirs
        };
        if self.registrations.iter().any(taken) {
            return Err(api("conflict"));
        }
        let nth = self.register(&campaign, *by, rows.clone(), mailing, false);
        if let Some(registration) = self.registrations.get_mut(nth) {
            registration.kind = "csv";
            registration.file = Some((batch.clone(), *first_row));
        }
        Ok(json!({
            "tran_id": format!("{batch}:{first_row}"),
            "registration_id": format!("#registration:{nth}"),
            "state": "accepted",
        }))
    }

    /// Moves the clock; files are processed at their instant, not at the end of the move.
    pub(super) fn advance(&mut self, seconds: i64) {
        let until = self.now + seconds;
        for nth in 0..self.registrations.len() {
            let Some(r) = self.registrations.get(nth).cloned() else {
                continue;
            };
            let at = r.accepted + self.world.processing;
            if r.finished.is_some() || at > until {
                continue;
            }
            let Some(campaign) = self.campaign(r.campaign) else {
                continue;
            };
            let mut results = Vec::new();
            for [who, key, miles] in &r.rows {
                let miles = Some(miles_in(miles).unwrap_or(0));
                let fits = self.manual_rules(&campaign, (r.by, who), key, miles, at);
                results.push(fits.map(|(found, miles)| {
                    self.put(&campaign, found, key, miles, r.mailing.deposit, at)
                }));
            }
            self.finish(nth, results, at);
        }
        self.now = until;
    }

    pub(super) fn registration(&self, nth: usize) -> Expected {
        let r = self.registrations.get(nth).ok_or(api("not_found"))?;
        let name = self.campaign(r.campaign).map_or("", |c| c.name);
        let deposit = match r.mailing.deposit {
            Deposit::Campaign => json!({ "kind": "campaign" }),
            Deposit::AtOnce => json!({ "kind": "at_once" }),
            Deposit::After(days) => json!({ "kind": "after_days", "days": days }),
        };
        let mut view = json!({
            "registration_id": format!("#registration:{nth}"),
            "kind": r.kind,
            "campaign_id": r.campaign,
            "campaign_name": name,
            "method": r.by.name(),
            "file_name": r.file.as_ref().map(|(batch, _)| format!("{batch}.csv")),
            "batch_id": r.file.as_ref().map(|(batch, _)| batch),
            "first_row": r.file.as_ref().map(|(_, first)| first),
            "accepted_at": rfc3339(r.accepted),
            "finished_at": r.finished.map(rfc3339),
            "records": r.rows.len(),
            "deposit": deposit,
            "deposit_mail": r.mailing.mail,
            "inserted_text": r.mailing.text,
            "member_registration": "no",
            "password_generation": "no",
        });
        if r.finished.is_none() {
            view["state"] = json!("#unfinished");
            view["lists"] = json!("none");
            (view["errors"], view["miles_issued"], view["miles_refused"]) =
                (json!(0), json!(0), json!(0));
            view["breakdown"] = json!([]);
            return Ok(view);
        }
        let (mut issued, mut refused, mut errors) = (0, 0, 0);
        let mut breakdown: Vec<(&str, u64)> = Vec::new();
        for (cells, result) in r.rows.iter().zip(&r.results) {
            let [_, _, miles] = cells;
            match result {
                Ok(issue) => issued += self.issues.get(*issue).map_or(0, |i| i.miles),
                Err(code) => {
                    errors += 1;
                    refused += miles_in(miles).unwrap_or(0);
                    match breakdown.iter_mut().find(|(c, _)| *c == code.number) {
                        Some((_, count)) => *count += 1,
                        None => breakdown.push((code.number, 1)),
                    }
                }
            }
        }
        breakdown.sort_unstable();
        let told = breakdown
            .iter()
            .map(|(code, count)| json!({ "code": code, "count": count }));
        view["breakdown"] = told.collect();
        view["state"] = json!("finished");
        (view["errors"], view["miles_issued"], view["miles_refused"]) =
            (json!(errors), json!(issued), json!(refused));
        let lists = match (r.single, r.deleted) {
            (true, _) => "none",
            (_, true) => "deleted",
            _ => "available",
        };
        view["lists"] = json!(lists);
        Ok(view)
    }

    /// Both lists, header and rows. A list that is not there is the code of its refusal.
    pub(super) fn lists(&self, nth: usize) -> Expected {
        let r = self.registrations.get(nth).ok_or(api("not_found"))?;
        let mut head = vec![
            "メールアドレス・ユーザーID",
            "指定キー",
            "マイル発行数",
            "パスワード",
            "氏名(氏)",
            "氏名(名)",
        ];
        let mut completed = vec![json!(head)];
        head.push("エラー");
        let mut errors = vec![json!(head)];
        for (cells, result) in r.rows.iter().zip(&r.results) {
            let [who, key, miles] = cells;
            match result {
                Ok(_) => completed.push(json!([who, key, miles, "", "", ""])),
                Err(code) => errors.push(json!([who, key, miles, "", "", "", code.number])),
            }
        }
        let given = |there: bool, rows: Vec<Value>| {
            if !there || r.single || r.finished.is_none() {
                json!("not_found")
            } else if r.deleted {
                json!("deleted")
            } else {
                json!(rows)
            }
        };
        Ok(json!({
            "completed": given(true, completed),
            "errors": given(r.kind == "csv", errors),
        }))
    }

    pub(super) fn delete_lists(&mut self, nth: usize) -> Expected {
        let r = self.registrations.get_mut(nth).ok_or(api("not_found"))?;
        if r.single || r.finished.is_none() {
            return Err(api("not_found"));
        }
        r.deleted = true;
        Ok(json!({}))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables::World;

    #[test]
    fn the_world_has_a_campaign_for_every_rule() {
        let world = World::of_the_oracle();
        let text = world.scenario(&[("k1", "s"), ("k2", "s")]);
        assert_eq!(
            text.matches("[[issuing_campaigns]]").count(),
            world.campaigns.len()
        );
    }
}
