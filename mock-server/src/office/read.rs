//! JSON bodies and queries, read field by field so that a refusal can name the field.

use serde_json::{Map, Value};

use super::{
    refusal::Refusal,
    request::{
        ByHandRequest, CancelRequest, Deposit, ExchangeRequest, FileRequest, HandRow, IssueRequest,
        No, Settings,
    },
    user::{Method, User},
};

/// Longest text of a field, in bytes, but for a file.
const MOST_TEXT: usize = 4_096;
/// Most rows or ids of one list; the call has its own, smaller limit.
const MOST_ITEMS: usize = 10_000;

/// An object whose fields are taken one after the other; what is left over is an error.
pub(crate) struct Fields {
    map: Map<String, Value>,
    within: String,
}

type Read<T> = Result<T, Refusal>;

impl Fields {
    pub(crate) fn of_body(body: &[u8]) -> Read<Self> {
        let value: Value = serde_json::from_slice(body)
            .map_err(|_| Refusal::bad("body", "a JSON object in UTF-8"))?;
        Self::of(value, "")
    }

    fn of(value: Value, within: &str) -> Read<Self> {
        match value {
            Value::Object(map) => Ok(Self {
                map,
                within: within.to_owned(),
            }),
            _ => Err(Refusal::bad(
                if within.is_empty() { "body" } else { within },
                "a JSON object",
            )),
        }
    }

    fn name(&self, field: &str) -> String {
        if self.within.is_empty() {
            field.to_owned()
        } else {
            format!("{}.{field}", self.within)
        }
    }

    fn bad<T>(&self, field: &str, rule: &str) -> Read<T> {
        Err(Refusal::bad(self.name(field), rule))
    }

    /// A field; null counts as absent.
    fn take(&mut self, field: &str) -> Option<Value> {
        self.map.remove(field).filter(|value| !value.is_null())
    }

    fn long_text(&mut self, field: &str, most: usize) -> Read<Option<String>> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::String(text)) if text.len() <= most => Ok(Some(text)),
            Some(Value::String(_)) => self.bad(field, "too long"),
            Some(_) => self.bad(field, "a text"),
        }
    }

    fn optional(&mut self, field: &str) -> Read<Option<String>> {
        self.long_text(field, MOST_TEXT)
    }

    fn text(&mut self, field: &str) -> Read<String> {
        match self.optional(field)? {
            Some(text) => Ok(text),
            None => self.bad(field, "required"),
        }
    }

    fn number(&mut self, field: &str) -> Read<Option<u64>> {
        match self.take(field) {
            None => Ok(None),
            Some(value) => match value.as_u64() {
                Some(number) => Ok(Some(number)),
                None => self.bad(field, "a whole number, not negative"),
            },
        }
    }

    fn flag(&mut self, field: &str) -> Read<Option<bool>> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(_) => self.bad(field, "true or false"),
        }
    }

    fn list(&mut self, field: &str) -> Read<Vec<Value>> {
        match self.take(field) {
            Some(Value::Array(list)) if list.len() <= MOST_ITEMS => Ok(list),
            Some(Value::Array(_)) => self.bad(field, "too long"),
            Some(_) => self.bad(field, "a list"),
            None => self.bad(field, "required"),
        }
    }

    fn finish(self) -> Read<()> {
        match self.map.keys().next() {
            None => Ok(()),
            Some(field) => {
                let shown: String = field.chars().take(64).collect();
                self.bad(&shown, "not a field of this call")
            }
        }
    }

    fn user_of(value: Option<Value>, field: &str) -> Read<User> {
        let rule = "one of mail, mobile_mail, user_id";
        let Some(Value::Object(map)) = value else {
            return Err(Refusal::bad(field, rule));
        };
        let mut entries = map.into_iter();
        let (Some((kind, Value::String(value))), None) = (entries.next(), entries.next()) else {
            return Err(Refusal::bad(field, rule));
        };
        if value.len() > MOST_TEXT {
            return Err(Refusal::bad(field, "too long"));
        }
        match kind.as_str() {
            "mail" => Ok(User::Mail(value)),
            "mobile_mail" => Ok(User::MobileMail(value)),
            "user_id" => Ok(User::UserId(value)),
            _ => Err(Refusal::bad(field, rule)),
        }
    }

    fn settings(&mut self) -> Read<Settings> {
        let mut settings = Settings::default();
        if let Some(value) = self.take("deposit") {
            settings.deposit = serde_json::from_value::<Deposit>(value).map_err(|_| {
                Refusal::bad(
                    "deposit",
                    "kind campaign, at_once, or after_days with days 0 to 365",
                )
            })?;
        }
        if let Some(flag) = self.flag("deposit_mail")? {
            settings.deposit_mail = flag;
        }
        if let Some(text) = self.optional("inserted_text")? {
            settings.inserted_text = text;
        }
        for field in ["member_registration", "password_generation"] {
            match self.optional(field)?.as_deref() {
                None | Some("no") => {}
                Some(_) => return self.bad(field, "no is the only value of this contract"),
            }
        }
        settings.member_registration = No::No;
        Ok(settings)
    }

    fn method(&mut self) -> Read<Method> {
        match self.text("method")?.as_str() {
            "mail" => Ok(Method::Mail),
            "mobile_mail" => Ok(Method::MobileMail),
            "user_id" => Ok(Method::UserId),
            _ => self.bad("method", "mail, mobile_mail or user_id"),
        }
    }
}

pub(crate) fn user(body: &[u8]) -> Read<User> {
    let fields = Fields::of_body(body)?;
    Fields::user_of(Some(Value::Object(fields.map)), "user")
}

pub(crate) fn issue(body: &[u8]) -> Read<IssueRequest> {
    let mut fields = Fields::of_body(body)?;
    let request = IssueRequest {
        tran_id: fields.text("tran_id")?,
        campaign_id: fields.text("campaign_id")?,
        user: Fields::user_of(fields.take("user"), "user")?,
        designated_key: fields.text("designated_key")?,
        miles: fields.number("miles")?,
        settings: fields.settings()?,
    };
    fields.finish()?;
    Ok(request)
}

pub(crate) fn by_hand(body: &[u8]) -> Read<ByHandRequest> {
    let mut fields = Fields::of_body(body)?;
    let mut rows = Vec::new();
    for (at, value) in fields.list("rows")?.into_iter().enumerate() {
        let mut row = Fields::of(value, &format!("rows[{at}]"))?;
        rows.push(HandRow {
            mail: row.text("mail")?,
            designated_key: row.text("designated_key")?,
            miles: row.number("miles")?,
            deposit_mail: row.flag("deposit_mail")?,
        });
        row.finish()?;
    }
    let request = ByHandRequest {
        tran_id: fields.text("tran_id")?,
        campaign_id: fields.text("campaign_id")?,
        rows,
        settings: fields.settings()?,
    };
    fields.finish()?;
    Ok(request)
}

pub(crate) fn file(body: &[u8]) -> Read<FileRequest> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let mut fields = Fields::of_body(body)?;
    let Some(csv) = fields.long_text("csv", usize::MAX)? else {
        return fields.bad("csv", "required");
    };
    let Ok(csv) = STANDARD.decode(csv) else {
        return fields.bad("csv", "Base64 with padding");
    };
    let request = FileRequest {
        tran_id: fields.text("tran_id")?,
        campaign_id: fields.text("campaign_id")?,
        batch_id: fields.text("batch_id")?,
        first_row: fields.number("first_row")?.unwrap_or(0),
        file_name: fields.text("file_name")?,
        method: fields.method()?,
        csv,
        notify: fields.optional("notify")?,
        settings: fields.settings()?,
    };
    fields.finish()?;
    Ok(request)
}

pub(crate) fn cancel(body: &[u8]) -> Read<CancelRequest> {
    let mut fields = Fields::of_body(body)?;
    let mut issuance_ids = Vec::new();
    for value in fields.list("issuance_ids")? {
        match value {
            Value::String(id) if id.len() <= 64 => issuance_ids.push(id),
            _ => return fields.bad("issuance_ids", "texts of up to 64 bytes"),
        }
    }
    let request = CancelRequest {
        tran_id: fields.text("tran_id")?,
        issuance_ids,
        reason: fields.text("reason")?,
    };
    fields.finish()?;
    Ok(request)
}

pub(crate) fn exchange(body: &[u8]) -> Read<ExchangeRequest> {
    let mut fields = Fields::of_body(body)?;
    let request = ExchangeRequest {
        tran_id: fields.text("tran_id")?,
        user: Fields::user_of(fields.take("user"), "user")?,
        designated_key: fields.text("designated_key")?,
        miles: match fields.number("miles")? {
            Some(miles) => miles,
            None => return fields.bad("miles", "required"),
        },
    };
    fields.finish()?;
    Ok(request)
}

/// The `tran_id` of a body, as far as it can be seen.
pub(crate) fn tran_id(body: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Peek {
        tran_id: String,
    }
    let peek: Peek = serde_json::from_slice(body).ok()?;
    (peek.tran_id.len() <= 64).then_some(peek.tran_id)
}

/// Percent-decodes; `None` when it is no UTF-8 or a percent sign stands alone.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (pair, more) = rest.split_at_checked(2)?;
        let digits = std::str::from_utf8(pair).ok()?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = more;
    }
    String::from_utf8(bytes).ok()
}

/// The pairs of a query.
#[derive(Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn of(query: &str, known: &[&str]) -> Read<Self> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (Some(name), Some(value)) = (decoded(name), decoded(value)) else {
                return Err(Refusal::bad("query", "percent-encoded UTF-8"));
            };
            let shown: String = name.chars().take(64).collect();
            if !known.contains(&name.as_str()) {
                return Err(Refusal::bad(shown, "not a parameter of this call"));
            }
            if pairs.iter().any(|(n, _)| *n == name) {
                return Err(Refusal::bad(shown, "given twice"));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// A value; an empty one counts as absent.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let found = self.0.iter().find(|(n, v)| n == name && !v.is_empty());
        found.map(|(_, value)| value.clone())
    }

    pub(crate) fn number(&self, name: &str) -> Read<Option<u64>> {
        let digits =
            |t: &String| (1..=18).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
        match self.get(name) {
            None => Ok(None),
            Some(text) if digits(&text) => Ok(text.parse().ok()),
            Some(_) => Err(Refusal::bad(name, "a whole number, not negative")),
        }
    }
}
