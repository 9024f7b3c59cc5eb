//! Answers as bytes.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{function::FunctionId, refusal::Ng};
use crate::{
    clock,
    faults::FaultKind,
    wire::{
        sjis,
        tdes::Tdes,
        xml::{self, Document, Element},
    },
};

/// Content type of answers and notices.
pub(crate) const XML: &str = "text/xml;charset=Shift_JIS";

/// A leaf or group of `res_pay_method_info`, in plain text.
#[derive(Debug, Clone)]
pub(crate) struct Info {
    name: &'static str,
    value: String,
    multi: bool,
    children: Vec<Info>,
}

/// A leaf.
pub(crate) fn info(name: &'static str, value: impl Into<String>) -> Info {
    Info {
        name,
        value: value.into(),
        multi: false,
        children: Vec::new(),
    }
}

/// A multi-byte leaf: Base64 unless it is encrypted.
pub(crate) fn multi(name: &'static str, value: impl Into<String>) -> Info {
    Info {
        multi: true,
        ..info(name, value)
    }
}

/// A group within the group.
pub(crate) fn group(name: &'static str, children: Vec<Info>) -> Info {
    Info {
        children,
        ..info(name, "")
    }
}

/// What an OK says beyond the five fields that every one has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    /// `res_tracking_id`.
    pub(crate) tracking: Option<String>,
    /// `res_status` of inquiries: `0`.
    pub(crate) inquiry: bool,
    /// `res_pay_method_info`.
    pub(crate) info: Option<Vec<Info>>,
    /// `res_sps_info`: customer and payment number, empty when not asked for.
    pub(crate) customer: Option<(String, String)>,
    /// `res_process_date` ends with `000000`.
    pub(crate) day_only: bool,
}

/// How an answer is written.
pub(crate) struct Context<'a> {
    pub(crate) function: &'a FunctionId,
    pub(crate) transaction: &'a str,
    pub(crate) now: i64,
    /// The key with which the leaves are hidden, when the request's flag was 1.
    pub(crate) tdes: Option<&'a Tdes>,
    /// What the answer says wrongly.
    pub(crate) fault: Option<FaultKind>,
}

/// An OK.
pub(crate) fn ok(context: &Context<'_>, answer: &Answer) -> Vec<u8> {
    let stamp = clock::stamp(context.now);
    let mut fields = vec![
        Element::leaf("res_result", "OK"),
        Element::leaf("res_sps_transaction_id", context.transaction),
    ];
    if let Some(tracking) = &answer.tracking {
        fields.push(Element::leaf("res_tracking_id", tracking.as_str()));
    }
    if answer.inquiry {
        fields.push(Element::leaf("res_status", "0"));
    }
    if let Some(leaves) = &answer.info {
        let raised: Vec<Info>;
        let leaves = if context.fault == Some(FaultKind::WrongAmount) {
            raised = leaves.iter().map(raise).collect();
            &raised
        } else {
            leaves
        };
        fields.push(method_info(leaves, context.tdes));
    }
    if let Some((customer, payment)) = &answer.customer {
        let leaves = vec![
            Element::leaf("res_sps_cust_no", customer.as_str()),
            Element::leaf("res_sps_payment_no", payment.as_str()),
        ];
        fields.push(Element::group("res_sps_info", leaves));
    }
    let processed = match (answer.day_only, stamp.get(..8)) {
        (true, Some(day)) => format!("{day}000000"),
        _ => stamp.clone(),
    };
    fields.push(Element::leaf("res_process_date", processed));
    fields.push(Element::leaf("res_err_code", ""));
    fields.push(Element::leaf("res_date", stamp));
    response(Some(context.function), fields, context.fault)
}

/// The leaf with one yen more, or the two miles that it is worth, if it says what was asked for.
fn raise(leaf: &Info) -> Info {
    let more = match leaf.name {
        "amount" | "billed_amount" => 1,
        "used_miles" => 2,
        _ => return leaf.clone(),
    };
    let value = leaf.value.parse::<u64>().unwrap_or(0).saturating_add(more);
    info(leaf.name, value.to_string())
}

/// An NG: three fields, and what NetMile's refusals say beyond them.
pub(crate) fn ng(
    function: Option<&FunctionId>,
    ng: &Ng,
    method: &str,
    now: i64,
    tdes: Option<&Tdes>,
    fault: Option<FaultKind>,
) -> Vec<u8> {
    let mut fields = vec![Element::leaf("res_result", "NG")];
    if !ng.leaves.is_empty() {
        let leaves: Vec<Info> = ng.leaves.iter().map(|(n, v)| info(n, v.as_str())).collect();
        fields.push(method_info(&leaves, tdes));
    }
    fields.push(Element::leaf("res_err_code", ng.code(method)));
    fields.push(Element::leaf("res_date", clock::stamp(now)));
    response(function.filter(|_| !ng.early), fields, fault)
}

/// An NG with any code and nothing but its three fields.
pub(crate) fn bare_ng(function: Option<&FunctionId>, code: &str, now: i64) -> Vec<u8> {
    let fields = vec![
        Element::leaf("res_result", "NG"),
        Element::leaf("res_err_code", code),
        Element::leaf("res_date", clock::stamp(now)),
    ];
    response(function, fields, None)
}

fn response(
    function: Option<&FunctionId>,
    mut fields: Vec<Element>,
    fault: Option<FaultKind>,
) -> Vec<u8> {
    match (fault, fields.first_mut()) {
        (Some(FaultKind::UnknownResult), Some(result)) => result.text = "ZZ".to_owned(),
        (Some(FaultKind::ExtraField), _) => fields.push(Element::leaf("res_future_field", "1")),
        _ => {}
    }
    xml::write(&Document {
        id: function.map(|f| f.as_str().to_owned()),
        root: Element::group("sps-api-response", fields),
    })
}

fn method_info(leaves: &[Info], tdes: Option<&Tdes>) -> Element {
    Element {
        spaced: true,
        ..Element::group(
            "res_pay_method_info",
            leaves.iter().map(|leaf| element(leaf, tdes)).collect(),
        )
    }
}

fn element(leaf: &Info, tdes: Option<&Tdes>) -> Element {
    if !leaf.children.is_empty() {
        let children = leaf.children.iter().map(|c| element(c, tdes)).collect();
        return Element::group(leaf.name, children);
    }
    let bytes = sjis::encode(&leaf.value).unwrap_or_default();
    let text = match tdes {
        Some(tdes) => tdes.encrypt(&bytes),
        None if leaf.multi => STANDARD.encode(bytes),
        None => leaf.value.clone(),
    };
    Element::leaf(leaf.name, text)
}
