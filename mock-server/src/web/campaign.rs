//! Campaigns of the payment page: form, confirmation, registration, result.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};

use super::{
    pay::{load, path, unsigned},
    visit::{Visit, answer, page_form, see},
};
use crate::{
    gateway::Gateway,
    journey::form,
    options::MockError,
    pages::{
        self, CampaignHead, CampaignOffer, OfferState, Problem, RegistrationPage,
        RegistrationResult, RegistrationResultPage,
    },
    scenario::{Campaign, CampaignKind},
    store::{
        ledger,
        registrations::{self, HandOver},
        sessions::{Session, State as Stage},
    },
    wire::form::Fields,
};

/// The campaigns on offer, as the payment page shows them.
pub(super) fn offers(
    gateway: &Gateway,
    visit: &Visit,
    taken: &[registrations::Registration],
) -> Vec<CampaignOffer> {
    let now = gateway.clock.now();
    let running = gateway.scenario.campaigns.iter().filter(|c| c.runs_at(now));
    running
        .map(|campaign| CampaignOffer {
            head: head(visit, campaign),
            state: offer_state(campaign, taken),
        })
        .collect()
}

fn offer_state(campaign: &Campaign, taken: &[registrations::Registration]) -> OfferState {
    let mine = taken.iter().filter(|r| r.campaign == campaign.id);
    let mut state = OfferState::Open;
    for registration in mine {
        state = match registration.state {
            HandOver::Accepted | HandOver::BatchPending => OfferState::Done,
            HandOver::Confirming | HandOver::Sending => OfferState::Confirming,
            HandOver::Rejected | HandOver::Unanswered => OfferState::Open,
        };
    }
    state
}

fn head(visit: &Visit, campaign: &Campaign) -> CampaignHead {
    CampaignHead {
        id: campaign.id.clone(),
        advertiser: campaign.advertiser.clone(),
        name: visit.t(&campaign.name_ja, &campaign.name_en).to_owned(),
        kind: match campaign.kind {
            CampaignKind::MemberRegistration => pages::CampaignKind::MemberRegistration,
            CampaignKind::DocumentRequest => pages::CampaignKind::DocumentRequest,
        },
        miles: campaign.miles,
    }
}

/// What the campaign pages need: an open session of a logged-in member, and a running campaign.
async fn find<'a>(
    gateway: &'a Gateway,
    session: &str,
    id: &str,
) -> Result<Result<(Session, String, &'a Campaign), Response>, MockError> {
    let session = load(gateway, session).await?;
    let running = gateway
        .scenario
        .campaign(id)
        .filter(|c| c.runs_at(gateway.clock.now()));
    let Some(campaign) = running else {
        return Err(MockError::NotFound {
            what: "campaign",
            id: id.to_owned(),
        });
    };
    match session.member.clone() {
        Some(member) if session.state == Stage::Open && session.is_netmile() => {
            // Campaigns are offered only while the miles do not suffice.
            let mut conn = gateway.conn().await?;
            let balance = ledger::balance(&mut conn, &member).await?;
            if unsigned(balance) / 2 >= session.amount() {
                return Ok(Err(see(&path(&session))));
            }
            Ok(Ok((session, member, campaign)))
        }
        _ => Ok(Err(see(&path(&session)))),
    }
}

/// The registration form.
pub(crate) async fn show_form(
    State(gateway): State<Arc<Gateway>>,
    Path((session, id)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let shown = async {
        let (session, _, campaign) = match find(&gateway, &session, &id).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let page = RegistrationPage {
            session: session.id,
            campaign: head(&visit, campaign),
            fields: form::filled(campaign, &Vec::new()),
        };
        Ok(visit.html(pages::registration_form(&visit.frame(), &page)))
    };
    answer(&visit, shown.await)
}

/// A reload of a confirmation without its values starts the form again.
pub(crate) async fn start(Path((session, id)): Path<(String, String)>, visit: Visit) -> Response {
    let safe = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if safe(&session) && safe(&id) {
        see(&format!("/pay/{session}/campaign/{id}"))
    } else {
        visit.problem(Problem::NotFound, None)
    }
}

/// The result page of a registration that this session made for the campaign, unless it failed.
async fn made_before(
    gateway: &Gateway,
    session: &str,
    campaign: &str,
) -> Result<Option<String>, MockError> {
    let mut conn = gateway.conn().await?;
    let all = registrations::of_member(&mut conn, None).await?;
    let made = all.iter().rev().find(|r| {
        r.session == session
            && r.campaign == campaign
            && !matches!(
                r.state,
                HandOver::Sending | HandOver::Rejected | HandOver::Unanswered
            )
    });
    Ok(made.map(|r| format!("/pay/{session}/registration/{}", r.id)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Confirm,
    Register,
    Back,
}

/// Shows the confirmation, or the form again with what is wrong.
pub(crate) async fn confirm(
    State(gateway): State<Arc<Gateway>>,
    Path((session, id)): Path<(String, String)>,
    visit: Visit,
    body: Body,
) -> Response {
    step(&gateway, &session, &id, &visit, body, Wish::Confirm).await
}

/// Registers.
pub(crate) async fn register(
    State(gateway): State<Arc<Gateway>>,
    Path((session, id)): Path<(String, String)>,
    visit: Visit,
    body: Body,
) -> Response {
    step(&gateway, &session, &id, &visit, body, Wish::Register).await
}

/// Back to the form, values kept.
pub(crate) async fn back(
    State(gateway): State<Arc<Gateway>>,
    Path((session, id)): Path<(String, String)>,
    visit: Visit,
    body: Body,
) -> Response {
    step(&gateway, &session, &id, &visit, body, Wish::Back).await
}

/// Where the result stands of a registration that this session made before, for who wishes to register.
async fn made(
    gateway: &Gateway,
    session: &str,
    id: &str,
    wish: Wish,
) -> Result<Option<String>, MockError> {
    match wish {
        Wish::Register => made_before(gateway, session, id).await,
        _ => Ok(None),
    }
}

async fn step(
    gateway: &Arc<Gateway>,
    session: &str,
    id: &str,
    visit: &Visit,
    body: Body,
    wish: Wish,
) -> Response {
    let typed = match page_form(visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let done = async {
        // Looked for last too: another click may have registered between the two looks, and then the miles suffice.
        let found = match made(gateway, session, id, wish).await? {
            Some(result) => return Ok(see(&result)),
            None => find(gateway, session, id).await?,
        };
        let (session, member, campaign) = match found {
            Ok(found) => found,
            Err(elsewhere) => {
                let result = made(gateway, session, id, wish).await?;
                return Ok(result.map_or(elsewhere, |result| see(&result)));
            }
        };
        let here = format!("{}/campaign/{}", path(&session), campaign.id);
        let mut fields = form::filled(campaign, &typed);
        let good = wish == Wish::Back || form::check(&mut fields, gateway.clock.now());
        let page = RegistrationPage {
            session: session.id.clone(),
            campaign: head(visit, campaign),
            fields,
        };
        let frame = visit.frame_at(&here);
        if !good || wish == Wish::Back {
            return Ok(visit.html(pages::registration_form(&frame, &page)));
        }
        if wish == Wish::Confirm {
            return Ok(visit.html(pages::registration_confirm(&frame, &page)));
        }
        let values: Fields = page
            .fields
            .into_iter()
            .map(|f| (f.kind.key().to_owned(), f.value))
            .collect();
        let registered = {
            // A second click waits for the first.
            let lock = gateway.session_lock(&session.id);
            let _held = lock.lock().await;
            gateway
                .register(&session.id, &member, campaign, values)
                .await?
        };
        Ok(match registered {
            Some(registration) => see(&format!(
                "{}/registration/{}",
                path(&session),
                registration.id
            )),
            None => match made_before(gateway, &session.id, &campaign.id).await? {
                Some(result) => see(&result),
                None => see(&path(&session)),
            },
        })
    };
    answer(visit, done.await)
}

/// What came of a registration.
pub(crate) async fn registration(
    State(gateway): State<Arc<Gateway>>,
    Path((session, rid)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let shown = async {
        let mut conn = gateway.conn().await?;
        let missing = || MockError::NotFound {
            what: "registration",
            id: rid.clone(),
        };
        let registration = registrations::get(&mut conn, &rid)
            .await?
            .filter(|r| r.session == session)
            .ok_or_else(missing)?;
        let campaign = gateway
            .scenario
            .campaign(&registration.campaign)
            .ok_or_else(missing)?;
        let balance = ledger::balance(&mut conn, &registration.member).await?;
        let result = match registration.state {
            HandOver::Accepted | HandOver::BatchPending => RegistrationResult::Done {
                balance_miles: unsigned(balance),
            },
            HandOver::Sending | HandOver::Confirming => RegistrationResult::Confirming,
            HandOver::Rejected | HandOver::Unanswered => RegistrationResult::Rejected {
                reason: registration.reason.clone(),
            },
        };
        let page = RegistrationResultPage {
            session: session.clone(),
            campaign: head(&visit, campaign),
            registration_id: registration.id.clone(),
            result,
        };
        Ok(visit.html(pages::registration_result(&visit.frame(), &page)))
    };
    answer(&visit, shown.await)
}
