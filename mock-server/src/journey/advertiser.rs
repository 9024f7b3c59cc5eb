//! Registrations: kept at NetMile, handed to the advertiser, rewarded.
//!
//! The call itself is our own reference protocol (assumed): the real one is not public.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    clock,
    gateway::{Gateway, Logged},
    link::fields::Provenance,
    options::MockError,
    scenario::{Campaign, IssueMode},
    store::{
        ledger::{self, NewEntry},
        registrations::{self, HandOver, Registration},
        sessions,
    },
    wire::form::Fields,
};

/// Largest answer of an advertiser that is read, in bytes.
const ANSWER_BYTES: usize = 16 * 1024;

#[derive(Serialize)]
struct Call<'a> {
    registration_id: &'a str,
    campaign_id: &'a str,
    #[serde(flatten)]
    person: std::collections::BTreeMap<&'a str, &'a str>,
    registered_at: String,
}

#[derive(Deserialize)]
struct Answer {
    result: String,
    #[serde(default)]
    reason: Option<String>,
}

enum Said {
    Accepted,
    Rejected(Option<String>),
    Nothing,
}

impl Gateway {
    /// Keeps a registration and hands it over. `None` when the member has one already.
    pub(crate) async fn register(
        &self,
        session: &str,
        member: &str,
        campaign: &Campaign,
        fields: Fields,
    ) -> Result<Option<Registration>, MockError> {
        let now = self.clock.now();
        let mut tx = self.begin().await?;
        let taken = registrations::of_member(&mut tx, Some(member))
            .await?
            .iter()
            .any(|r| {
                r.campaign == campaign.id
                    && !matches!(r.state, HandOver::Rejected | HandOver::Unanswered)
            });
        if taken {
            return Ok(None);
        }
        let on_input = campaign.api.is_none() || campaign.issue == IssueMode::OnInput;
        let registration = Registration {
            id: self.opaque_id(&mut tx, "registration").await?,
            session: session.to_owned(),
            member: member.to_owned(),
            campaign: campaign.id.clone(),
            miles: i64::try_from(campaign.miles).unwrap_or(i64::MAX),
            state: if on_input {
                HandOver::BatchPending
            } else {
                HandOver::Sending
            },
            tries: 0,
            next_at: None,
            reason: None,
            at: now,
            fields,
        };
        registrations::insert(&mut tx, &registration).await?;
        sessions::note(&mut tx, session, now, "campaign_joined", &campaign.id).await?;
        if on_input {
            credit(&mut tx, &registration, now).await?;
        }
        tx.commit().await?;
        if on_input {
            return Ok(Some(registration));
        }
        self.hand_over(registration, campaign).await.map(Some)
    }

    /// Calls the advertiser once and books what it says.
    pub(crate) async fn hand_over(
        &self,
        mut registration: Registration,
        campaign: &Campaign,
    ) -> Result<Registration, MockError> {
        let said = self.call(&registration, campaign).await;
        registration.tries += 1;
        registration.next_at = None;
        let outcome = match said {
            Said::Accepted => {
                registration.state = HandOver::Accepted;
                "accepted"
            }
            Said::Rejected(reason) => {
                registration.state = HandOver::Rejected;
                registration.reason = reason.map(|r| r.chars().take(200).collect());
                "rejected"
            }
            Said::Nothing => {
                let waits = &self.scenario.rules.advertiser_retry_seconds;
                let tried = usize::try_from(registration.tries - 1).unwrap_or(usize::MAX);
                match waits.get(tried) {
                    Some(wait) => {
                        registration.state = HandOver::Confirming;
                        registration.next_at = Some(self.clock.now() + i64::from(*wait));
                    }
                    None => registration.state = HandOver::Unanswered,
                }
                "no answer"
            }
        };
        let mut tx = self.begin().await?;
        // Miles go out in the transaction that decides the registration, hence once.
        if registrations::update(&mut tx, &registration).await?
            && registration.state == HandOver::Accepted
        {
            credit(&mut tx, &registration, self.clock.now()).await?;
        }
        self.log(
            &mut tx,
            Logged {
                direction: "out",
                peer: "advertiser",
                message: "registration",
                merchant_id: "",
                order_id: "",
                fields: &registration.fields,
                provenance: Provenance::Assumed,
                outcome,
            },
        )
        .await?;
        tx.commit().await?;
        Ok(registration)
    }

    async fn call(&self, registration: &Registration, campaign: &Campaign) -> Said {
        let url = match campaign.api.as_deref() {
            Some("builtin") => format!(
                "{}/advertiser/{}/registrations",
                self.own_url(),
                campaign.advertiser
            ),
            Some(url) => url.to_owned(),
            None => return Said::Nothing,
        };
        let call = Call {
            registration_id: &registration.id,
            campaign_id: &campaign.id,
            person: registration
                .fields
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect(),
            registered_at: clock::rfc3339(registration.at),
        };
        let Ok(body) = serde_json::to_vec(&call) else {
            return Said::Nothing;
        };
        let limit = Duration::from_millis(self.scenario.rules.advertiser_timeout_ms);
        let exchange = async {
            let mut response = self
                .http
                .post(url)
                .header("Content-Type", "application/json")
                .body(body)
                .send()
                .await
                .ok()?;
            if response.status().is_server_error() {
                return None;
            }
            let mut answer = Vec::new();
            while let Some(chunk) = response.chunk().await.ok()? {
                answer.extend_from_slice(&chunk);
                if answer.len() > ANSWER_BYTES {
                    return None;
                }
            }
            serde_json::from_slice::<Answer>(&answer).ok()
        };
        match tokio::time::timeout(limit, exchange).await {
            Ok(Some(answer)) => match answer.result.as_str() {
                "accepted" => Said::Accepted,
                "rejected" => Said::Rejected(answer.reason),
                _ => Said::Nothing,
            },
            _ => Said::Nothing,
        }
    }
}

async fn credit(
    conn: &mut sqlx::SqliteConnection,
    registration: &Registration,
    now: i64,
) -> Result<(), MockError> {
    let entry = NewEntry {
        at: now,
        member: Some(&registration.member),
        miles: registration.miles,
        kind: "campaign",
        detail: &registration.campaign,
        ..NewEntry::default()
    };
    ledger::add(conn, entry).await?;
    sessions::note(
        conn,
        &registration.session,
        now,
        "miles_credited",
        &registration.miles.to_string(),
    )
    .await
}
