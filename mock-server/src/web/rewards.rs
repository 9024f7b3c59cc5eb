//! The member exchanges miles for rewards. The kinds are the published ones; the rewards are invented, and so is that
//! all of them are worth the same (assumed).

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};

use super::{
    member::who,
    pay::unsigned,
    visit::{Visit, answer, page_form, see, value},
};
use crate::{
    gateway::Gateway,
    options::MockError,
    pages::{self, RewardKind, RewardPage, RewardsPage},
    store::ledger::{self, NewEntry},
    wire::form::Fields,
};

/// Kind of the ledger's rows.
pub(super) const KIND: &str = "reward";
/// Fewest miles of an exchange, and its step.
const UNIT: u64 = 500;
/// Miles that the form offers, as far as the balance goes.
const CHOICES: [u64; 6] = [500, 1_000, 2_000, 5_000, 10_000, 50_000];

/// What miles are exchanged for.
pub(super) struct Reward {
    id: &'static str,
    kind: [&'static str; 2],
    name: [&'static str; 2],
}

const AIRLINES: [&str; 2] = ["航空会社のマイル", "Airline miles"];
const MOBILE: [&str; 2] = ["携帯電話のポイント", "Points of mobile carriers"];
const POINTS: [&str; 2] = ["他社のポイント", "Points of other companies"];
const CASH: [&str; 2] = ["現金（銀行・証券）", "Cash (banks, securities)"];
const MONEY: [&str; 2] = ["電子マネー", "Electronic money"];
const OTHER: [&str; 2] = [
    "ゲーム・音楽・寄付など",
    "Games, music, donations and others",
];

/// All of them, kind by kind.
const REWARDS: [Reward; 9] = [
    Reward {
        id: "airline",
        kind: AIRLINES,
        name: ["サンプル航空のマイル", "Miles of Sample Airlines"],
    },
    Reward {
        id: "mobile",
        kind: MOBILE,
        name: ["サンプルモバイルのポイント", "Points of Sample Mobile"],
    },
    Reward {
        id: "railway",
        kind: POINTS,
        name: ["サンプル鉄道のポイント", "Points of Sample Railways"],
    },
    Reward {
        id: "bank",
        kind: CASH,
        name: ["サンプル銀行への振り込み", "Transfer to Sample Bank"],
    },
    Reward {
        id: "securities",
        kind: CASH,
        name: ["サンプル証券への入金", "Deposit at Sample Securities"],
    },
    Reward {
        id: "e-money",
        kind: MONEY,
        name: ["サンプル電子マネー", "Sample e-money"],
    },
    Reward {
        id: "game",
        kind: OTHER,
        name: ["サンプルゲームのコイン", "Coins of Sample Game"],
    },
    Reward {
        id: "music",
        kind: OTHER,
        name: ["サンプル音楽ストアのギフト", "Gift of Sample Music Store"],
    },
    Reward {
        id: "donation",
        kind: OTHER,
        name: ["サンプル基金への寄付", "Donation to Sample Fund"],
    },
];

/// Name of a reward in the visitor's language.
pub(super) fn name(visit: &Visit, id: &str) -> String {
    let found = REWARDS.iter().find(|reward| reward.id == id);
    let [ja, en] = found.map_or(["", ""], |reward| reward.name);
    visit.t(ja, en).to_owned()
}

fn find(id: &str) -> Result<&'static Reward, MockError> {
    let found = REWARDS.iter().find(|reward| reward.id == id);
    found.ok_or_else(|| MockError::NotFound {
        what: "reward",
        id: id.to_owned(),
    })
}

/// All rewards.
pub(crate) async fn list(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        let Some(login) = who(&gateway, &visit).await? else {
            return Ok(see("/member"));
        };
        let mut conn = gateway.conn().await?;
        let balance = ledger::balance(&mut conn, &login).await?;
        let mut kinds: Vec<RewardKind> = Vec::new();
        for reward in &REWARDS {
            let [ja, en] = reward.kind;
            let kind = visit.t(ja, en);
            let offer = (reward.id.to_owned(), name(&visit, reward.id));
            match kinds.last_mut().filter(|last| last.name == kind) {
                Some(last) => last.rewards.push(offer),
                None => kinds.push(RewardKind {
                    name: kind.to_owned(),
                    rewards: vec![offer],
                }),
            }
        }
        let page = RewardsPage {
            balance_miles: unsigned(balance),
            least_miles: UNIT,
            kinds,
        };
        Ok(visit.html(pages::rewards(&visit.frame(), &page)))
    };
    answer(&visit, shown.await)
}

async fn form(
    gateway: &Gateway,
    visit: &Visit,
    login: &str,
    reward: &Reward,
    wrong: bool,
) -> Result<Response, MockError> {
    let mut conn = gateway.conn().await?;
    let balance = unsigned(ledger::balance(&mut conn, login).await?);
    let token = gateway.opaque_id(&mut conn, "reward").await?;
    let [ja, en] = reward.kind;
    let page = RewardPage {
        id: reward.id.to_owned(),
        name: name(visit, reward.id),
        kind: visit.t(ja, en).to_owned(),
        balance_miles: balance,
        least_miles: UNIT,
        choices: CHOICES.into_iter().filter(|it| *it <= balance).collect(),
        token,
        wrong,
    };
    Ok(visit.html(pages::reward(&visit.frame(), &page)))
}

/// One reward.
pub(crate) async fn page(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    let shown = async {
        let Some(login) = who(&gateway, &visit).await? else {
            return Ok(see("/member"));
        };
        form(&gateway, &visit, &login, find(&id)?, false).await
    };
    answer(&visit, shown.await)
}

/// Takes the miles, once per token. `None` when the balance does not suffice.
async fn take(
    gateway: &Gateway,
    login: &str,
    reward: &Reward,
    miles: i64,
    token: &str,
) -> Result<Option<()>, MockError> {
    let mut tx = gateway.begin().await?;
    let rows = ledger::rows(&mut tx, Some(login)).await?;
    let before = rows
        .iter()
        .any(|row| row.kind == KIND && row.order_id.as_deref() == Some(token));
    if before {
        return Ok(Some(()));
    }
    if ledger::balance(&mut tx, login).await? < miles {
        return Ok(None);
    }
    let entry = NewEntry {
        at: gateway.clock.now(),
        member: Some(login),
        order_id: Some(token),
        miles: -miles,
        kind: KIND,
        detail: reward.id,
        ..NewEntry::default()
    };
    ledger::add(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(Some(()))
}

async fn exchanged(
    gateway: &Gateway,
    visit: &Visit,
    id: &str,
    fields: &Fields,
) -> Result<Response, MockError> {
    let Some(login) = who(gateway, visit).await? else {
        return Ok(see("/member"));
    };
    let reward = find(id)?;
    let token = value(fields, "token");
    let is_token =
        (1..=64).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_alphanumeric());
    let miles = value(fields, "miles").parse::<i64>().ok();
    let unit = i64::try_from(UNIT).unwrap_or(i64::MAX);
    let miles = miles.filter(|miles| *miles > 0 && miles % unit == 0 && is_token);
    let taken = match miles {
        Some(miles) => take(gateway, &login, reward, miles, token).await?,
        None => None,
    };
    match taken {
        Some(()) => Ok(see(&format!("/member?n=exchanged&what={token}"))),
        None => form(gateway, visit, &login, reward, true).await,
    }
}

/// The member exchanges.
pub(crate) async fn exchange(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    visit: Visit,
    body: Body,
) -> Response {
    let fields = match page_form(&visit, body).await {
        Ok(fields) => fields,
        Err(response) => return *response,
    };
    answer(&visit, exchanged(&gateway, &visit, &id, &fields).await)
}
