//! Payment methods of the contract: what the library has built in, changed and completed by `[[methods]]` of the
//! configuration.

use std::borrow::Cow;
use std::collections::BTreeMap;

use netmile::Lang;
use netmile::contract::{
    ApiFlow, ApiFunctions, ApiIds, CaptureMode, CarrierNumber, GatewayStatus, InquiryBy, Method,
};
use serde::Deserialize;

use crate::output::Failure;

/// Most digits of an amount in any message.
const MOST_DIGITS: u8 = 10;

/// One `[[methods]]` table. What it leaves out stays as the library has it for this tag.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MethodEntry {
    /// The `pay_method` tag, such as `netmile`.
    tag: String,
    /// Three digits that end a function id.
    number: Option<String>,
    flow: Option<ApiFlow>,
    capture: Option<CaptureMode>,
    /// First two parts of a function id by what it does, such as `refund = "ST02-00303"`.
    functions: Option<BTreeMap<String, String>>,
    inquiry_by: Option<InquiryBy>,
    /// Values of `payment_status` and what they mean.
    statuses: Option<BTreeMap<String, GatewayStatus>>,
    member_leaf: Option<String>,
    processing_date: Option<bool>,
    tells_refunds: Option<bool>,
    amount_digits: Option<u8>,
}

/// What is wrong with a table: its field and the rule.
type Wrong = (&'static str, &'static str, &'static str);

/// Methods that the library knows, by their tags, and those of the configuration in their place or beside them.
pub(crate) fn all(lang: Lang, entries: &[MethodEntry]) -> Result<Vec<Method>, Failure> {
    let mut methods = vec![
        Method::credit(),
        Method::web_convenience_store(),
        Method::carrier(CarrierNumber::Docomo),
        Method::carrier(CarrierNumber::Au),
        Method::carrier(CarrierNumber::SoftBank),
    ];
    for entry in entries {
        let known = methods.iter().position(|m| m.tag() == entry.tag);
        let base = match known {
            Some(at) => methods.remove(at),
            None if entry.tag == "netmile" => Method::netmile(),
            None => Method::new(entry.tag.clone(), entry.tag.clone(), entry.tag.clone()),
        };
        let ids = entry.ids(base.api()).map_err(|(field, en, ja)| {
            Failure::usage(
                "config_invalid",
                format!(
                    "[[methods]] {}: {field} {}",
                    crate::output::printable(&entry.tag, 40),
                    lang.pick(en, ja)
                ),
            )
        })?;
        methods.push(base.with_api(ids));
    }
    Ok(methods)
}

impl MethodEntry {
    fn ids(&self, known: Option<&ApiIds>) -> Result<ApiIds, Wrong> {
        if self.tag.is_empty() || !self.tag.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err((
                "tag",
                "must be letters and digits, such as netmile",
                "は半角英数字で指定してください（例: netmile）",
            ));
        }
        let number = self.number.as_deref().or(known.map(|k| k.number.as_str()));
        let checked = number.and_then(|number| ApiIds::one_step(number).ok());
        let Some(plain) = checked else {
            return Err((
                "number",
                "must be there and have exactly 3 digits, such as \"900\"",
                "には数字 3 桁を指定してください（例: \"900\"）",
            ));
        };
        let mut ids = known.cloned().unwrap_or_else(|| plain.clone());
        ids.number = plain.number;
        ids.flow = self.flow.unwrap_or(ids.flow);
        ids.capture = self.capture.unwrap_or(ids.capture);
        ids.inquiry_by = self.inquiry_by.unwrap_or(ids.inquiry_by);
        ids.processing_date = self.processing_date.unwrap_or(ids.processing_date);
        ids.tells_refunds = self.tells_refunds.unwrap_or(ids.tells_refunds);
        ids.amount_digits = self.amount_digits.unwrap_or(ids.amount_digits);
        if !(1..=MOST_DIGITS).contains(&ids.amount_digits) {
            return Err((
                "amount_digits",
                "must be 1 to 10",
                "には 1～10 を指定してください",
            ));
        }
        if let Some(leaf) = &self.member_leaf {
            ids = ids.with_member_leaf(leaf.clone());
        }
        if let Some(statuses) = &self.statuses {
            ids.statuses.clear();
            for (value, status) in statuses {
                ids = ids.with_status(value.clone(), *status);
            }
        }
        if let Some(named) = &self.functions {
            ids.functions = functions(&ids.number, named)?;
        }
        Ok(ids)
    }
}

fn functions(number: &str, named: &BTreeMap<String, String>) -> Result<ApiFunctions, Wrong> {
    let mut functions = ApiFunctions::default();
    for (name, id) in named {
        let Some(place) = place(&mut functions, name) else {
            return Err((
                "functions",
                "has a name that is not known; they are request, commit, capture, refund, partial_refund, inquiry, simple_apply, simple_end, period, metered_end, balance",
                "に不明な名前があります。使用できるのは request、commit、capture、refund、partial_refund、inquiry、simple_apply、simple_end、period、metered_end、balance です",
            ));
        };
        if netmile::api::FunctionId::parse(&format!("{id}-{number}")).is_err() {
            return Err((
                "functions",
                "must be written like ST02-00303",
                "は ST02-00303 の形式で指定してください",
            ));
        }
        *place = Some(Cow::Owned(id.clone()));
    }
    Ok(functions)
}

fn place<'f>(
    functions: &'f mut ApiFunctions,
    name: &str,
) -> Option<&'f mut Option<Cow<'static, str>>> {
    Some(match name {
        "request" => &mut functions.request,
        "commit" => &mut functions.commit,
        "capture" => &mut functions.capture,
        "refund" => &mut functions.refund,
        "partial_refund" => &mut functions.partial_refund,
        "inquiry" => &mut functions.inquiry,
        "simple_apply" => &mut functions.simple_apply,
        "simple_end" => &mut functions.simple_end,
        "period" => &mut functions.period,
        "metered_end" => &mut functions.metered_end,
        "balance" => &mut functions.balance,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Exit;

    #[derive(Deserialize)]
    struct File {
        methods: Vec<MethodEntry>,
    }

    fn read(text: &str) -> Result<Vec<Method>, Failure> {
        let file: File = toml::from_str(text).unwrap();
        all(Lang::En, &file.methods)
    }

    fn ids(methods: &[Method], tag: &str) -> ApiIds {
        let found = methods.iter().find(|m| m.tag() == tag).unwrap();
        found.api().unwrap().clone()
    }

    #[test]
    fn a_table_completes_what_the_library_has() {
        let methods = read(
            "[[methods]]\ntag = \"credit\"\ncapture = \"manual\"\n\
             [[methods]]\ntag = \"netmile\"\nnumber = \"900\"\ninquiry_by = \"order\"\n\
             functions = { request = \"ST01-00101\", refund = \"ST02-00303\" }\n\
             statuses = { 2 = \"captured\" }\n",
        )
        .unwrap();
        let card = ids(&methods, "credit");
        assert_eq!(card, ApiIds::credit().with_capture(CaptureMode::Manual));
        let netmile = ids(&methods, "netmile");
        assert_eq!(netmile.functions.refund.as_deref(), Some("ST02-00303"));
        assert_eq!(netmile.functions.inquiry, None);
        assert_eq!(netmile.status("2"), Some(GatewayStatus::Captured));
        assert_eq!(netmile.inquiry_by, InquiryBy::Order);
        assert_eq!(ids(&methods, "webcvs"), ApiIds::web_convenience_store());
    }

    #[test]
    fn a_wrong_table_names_method_and_field() {
        for (table, field) in [
            ("tag = \"netmile\"", "number"),
            ("tag = \"netmile\"\nnumber = \"9000\"", "number"),
            ("tag = \"\"\nnumber = \"900\"", "tag"),
            ("tag = \"credit\"\namount_digits = 0", "amount_digits"),
            (
                "tag = \"credit\"\nfunctions = { refnd = \"ST02-00303\" }",
                "functions",
            ),
            (
                "tag = \"credit\"\nfunctions = { refund = \"ST02-00303-101\" }",
                "functions",
            ),
            (
                "tag = \"credit\"\nfunctions = { refund = \"円円\" }",
                "functions",
            ),
        ] {
            let failure = read(&format!("[[methods]]\n{table}")).unwrap_err();
            assert_eq!(failure.exit, Exit::Usage, "{table}");
            assert!(failure.message.contains(field), "{}", failure.message);
        }
    }
}
