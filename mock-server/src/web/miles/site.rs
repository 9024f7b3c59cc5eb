//! Log-in, home, bill, starter kit.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};

use super::{COOKIE, HOME, campaigns_of, find_site, refused, who};
use crate::{
    gateway::Gateway,
    office::days,
    options::MockError,
    pages::miles::{self, BillPage},
    store::members,
    web::visit::{Visit, answer, page_form, see, value, with_cookie},
};

/// The log-in, or the campaigns.
pub(crate) async fn home(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        let frame = visit.frame_at(HOME);
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(visit.html(miles::login(&frame, None)));
        };
        let month = gateway
            .office_read(|office, now| office.bill(&site.site_id, &month_of(now)))
            .await?;
        Ok(match month {
            Ok(month) => {
                let campaigns = campaigns_of(&gateway, site).await?;
                visit.html(miles::home(&frame, site, &campaigns, &month))
            }
            Err(refusal) => refused(&visit, &refusal),
        })
    };
    answer(&visit, shown.await)
}

fn month_of(now: i64) -> String {
    days::text(days::of(now)).chars().take(7).collect()
}

/// Logs a site's operator in.
pub(crate) async fn login(
    State(gateway): State<Arc<Gateway>>,
    visit: Visit,
    body: Body,
) -> Response {
    let form = match page_form(&visit, body).await {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let logged = async {
        let site_id = value(&form, "site_id").trim();
        let password = value(&form, "password");
        // A site without a password has no management site.
        let known = find_site(&gateway, site_id)
            .filter(|s| !s.management_password.is_empty() && s.management_password == password);
        let Some(site) = known else {
            let typed: String = site_id.chars().take(10).collect();
            let frame = visit.frame_at(HOME);
            return Ok(visit.html(miles::login(&frame, Some(&typed))));
        };
        let mut conn = gateway.conn().await?;
        let token = gateway.opaque_id(&mut conn, "login").await?;
        members::log_in(&mut conn, &token, COOKIE, &site.site_id).await?;
        let cookie = format!("{COOKIE}={token}; Path={HOME}; HttpOnly; SameSite=Lax");
        Ok(with_cookie(see(HOME), &cookie))
    };
    answer(&visit, logged.await)
}

/// Logs out.
pub(crate) async fn logout(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let gone = async {
        if let Some(token) = visit.cookie(COOKIE) {
            let mut conn = gateway.conn().await?;
            members::log_out(&mut conn, token).await?;
        }
        let cookie = format!("{COOKIE}=; Path={HOME}; Max-Age=0");
        Ok(with_cookie(see(HOME), &cookie))
    };
    answer(&visit, gone.await)
}

/// 請求マイル of a month; of this month when none is asked for.
pub(crate) async fn bill(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        let asked = visit.ask("month").unwrap_or_default().trim();
        let month: String = match asked {
            "" => month_of(gateway.clock.now()),
            asked => asked.chars().take(7).collect(),
        };
        let bill = gateway
            .office_read(|office, _| office.bill(&site.site_id, &month))
            .await?
            .map_err(|refusal| miles::refusal(visit.lang, &refusal));
        let page = BillPage {
            month: &month,
            bill,
        };
        Ok(visit.html(miles::bill(&visit.frame(), site, &page)))
    };
    answer(&visit, shown.await)
}

/// スターターキット.
pub(crate) async fn kit(State(gateway): State<Arc<Gateway>>, visit: Visit) -> Response {
    let shown = async {
        let Some(site) = who(&gateway, &visit).await? else {
            return Ok(see(HOME));
        };
        Ok(visit.html(miles::kit(&visit.frame(), site)))
    };
    answer(&visit, shown.await)
}

/// A file of the starter kit.
pub(crate) async fn sample_file(
    State(gateway): State<Arc<Gateway>>,
    Path(name): Path<String>,
    visit: Visit,
) -> Response {
    let sent = async {
        if who(&gateway, &visit).await?.is_none() {
            return Ok(see(HOME));
        }
        let text = match name.as_str() {
            "mail.csv" => {
                "メールアドレス,指定キー,マイル発行数\r\ntaro@member.example,CUSTOMER001,100\r\n"
            }
            "mobile_mail.csv" => {
                "携帯電話メールアドレス,指定キー,マイル発行数\r\ntaro.mihon@docomo.ne.jp,CUSTOMER001,100\r\n"
            }
            "user_id.csv" => "ユーザーID,指定キー,マイル発行数\r\nNM10000002,CUSTOMER001,100\r\n",
            "exchange.csv" => "taro@member.example,CUSTOMER001,100\r\n",
            _ => {
                return Err(MockError::NotFound {
                    what: "sample",
                    id: name.clone(),
                });
            }
        };
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        Ok(download(&name, bytes.into_owned()))
    };
    answer(&visit, sent.await)
}

/// A CSV in Shift_JIS under a name of plain characters.
pub(super) fn download(name: &str, bytes: Vec<u8>) -> Response {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let name: String = name.chars().filter(plain).collect();
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/csv; charset=Shift_JIS".to_owned(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}
