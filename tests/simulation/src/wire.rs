//! A look into messages from outside: by text, not by a parser, so that it cannot share a mistake with either side.

use netmile::engine::HttpRequest;
use netmile::time::Timestamp;

/// What a request says, as far as the simulation wants to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Function id, such as `ST01-00101-900`.
    pub function: String,
    /// The order, or the `tran_id`, where it is named.
    pub order_id: String,
    /// The payment, where it is named.
    pub tracking_id: String,
    /// Yen, where they are named.
    pub amount: Option<u64>,
    /// When it was signed, Unix seconds of the shop's clock.
    pub signed_at: i64,
    /// For so many seconds the gateway takes it.
    pub limit_seconds: Option<i64>,
}

impl Facts {
    /// Reads a request.
    #[must_use]
    pub fn read(request: &HttpRequest) -> Self {
        match request.url.split_once("/v1/") {
            Some((_, target)) => Self::of_miles(request, target),
            None => Self::of_payment(&request.body),
        }
    }

    /// Of the reference API, which has its values in the address, the headers and JSON.
    fn of_miles(request: &HttpRequest, target: &str) -> Self {
        let body = String::from_utf8_lossy(&request.body);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let tran_id = between(&body, "\"tran_id\":\"", "\"").or_else(|| {
            let mut pairs = query.split('&');
            pairs.find_map(|pair| pair.strip_prefix("tran_id="))
        });
        let mut headers = request.headers.iter();
        let signed = headers.find(|(name, _)| name == "x-timestamp");
        Self {
            function: format!("{} {path}", request.method.name()),
            order_id: tran_id.unwrap_or_default().to_owned(),
            signed_at: signed.map_or(0, |(_, at)| at.parse().unwrap_or(0)),
            ..Self::default()
        }
    }

    fn of_payment(body: &[u8]) -> Self {
        // Every tag and every value that is looked at is ASCII.
        let text = String::from_utf8_lossy(body);
        let date = leaf(&text, "request_date").and_then(|date| Timestamp::parse_jst(date).ok());
        Self {
            function: between(&text, "id=\"", "\"").unwrap_or_default().to_owned(),
            order_id: leaf(&text, "order_id").unwrap_or_default().to_owned(),
            tracking_id: leaf(&text, "tracking_id").unwrap_or_default().to_owned(),
            amount: leaf(&text, "amount").and_then(|amount| amount.parse().ok()),
            signed_at: date.map_or(0, Timestamp::as_unix),
            limit_seconds: leaf(&text, "limit_second").and_then(|limit| limit.parse().ok()),
        }
    }

    /// The last second at which the gateway takes it. What names no limit is taken for ever.
    #[must_use]
    pub fn valid_until(&self) -> i64 {
        let limit = self.limit_seconds.unwrap_or(i64::MAX);
        self.signed_at.saturating_add(limit)
    }

    /// Whether it only asks.
    #[must_use]
    pub fn is_question(&self) -> bool {
        self.function.starts_with("MG01")
            || self.function.starts_with("GET ")
            || self.function.ends_with("members/verify")
    }

    /// Whether its answer says what became of a `tran_id`. Of rows by hand only the request's own answer does.
    #[must_use]
    pub fn tells_outcome(&self) -> bool {
        match self.function.as_str() {
            "GET registrations" => false,
            "POST registrations/by-hand" => true,
            function => function.starts_with("GET ") && !self.order_id.is_empty(),
        }
    }

    /// Whether it moves money, or may, each time that it arrives.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        self.function.starts_with("ST01") || self.is_part()
    }

    /// Whether it refunds a part.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.function.starts_with("ST02-00307")
    }

    /// What it is, so that a second sending of the same is recognised.
    #[must_use]
    pub fn name(&self) -> String {
        let amount = self.amount.unwrap_or(0);
        if self.function.starts_with("ST01") || self.function.starts_with("POST ") {
            format!("{} {}", self.function, self.order_id)
        } else {
            format!("{} {} {amount}", self.function, self.tracking_id)
        }
    }
}

/// Whether an answer refuses.
#[must_use]
pub fn refuses(body: &[u8]) -> bool {
    String::from_utf8_lossy(body).contains("<res_result>NG")
}

/// The text of a leaf.
#[must_use]
pub fn leaf<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    between(text, &format!("<{name}>"), "<")
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(inside, _)| inside)
}

/// The answer with another amount in it; nothing when it has no place for one.
#[must_use]
pub fn with_amount(body: &[u8], amount: u64) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(body).ok()?;
    if !text.contains("<res_result>OK") {
        return None;
    }
    let other = format!("<amount>{amount}</amount>");
    if let Some(known) = leaf(text, "amount") {
        return Some(
            text.replacen(&format!("<amount>{known}</amount>"), &other, 1)
                .into_bytes(),
        );
    }
    let inside = "<res_pay_method_info>";
    let before = "<res_process_date>";
    let changed = if text.contains(inside) {
        text.replacen(inside, &format!("{inside}{other}"), 1)
    } else {
        let group = format!("{inside}{other}</res_pay_method_info>{before}");
        text.replacen(before, &group, 1)
    };
    Some(changed.into_bytes())
}

/// The answer with other miles in it; nothing when it names none.
#[must_use]
pub fn with_miles(body: &[u8], more: u64) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(body).ok()?;
    let (before, rest) = text.split_once("\"miles\":")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (miles, after) = rest.split_at_checked(digits)?;
    let other = miles.parse::<u64>().ok()? + more;
    Some(format!("{before}\"miles\":{other}{after}").into_bytes())
}
