//! Payment request, authorisation, slip, application for a simple recurring contract.

use super::{Prepared, step_operation};
use crate::api::request::{CardOptions, ChargeRequest, Means, SlipRequest};
use crate::api::{Gateway, Message};
use crate::charge::Kind;
use crate::error::{Error, ErrorKind, Result};
use crate::money::Yen;
use crate::time::Timestamp;

/// The payment request (決済要求): whatever means the customer pays by. It moves money each time that it arrives, and
/// most methods cannot be asked what became of it.
///
/// Source: docs/protocol/api-type.md#fields
#[derive(Clone, Debug)]
pub struct Request {
    prepared: Prepared,
    asked: Option<Yen>,
}

impl Request {
    /// Composes it. `at` is the contract date of a slip.
    ///
    /// # Errors
    /// `not_in_contract` when the method has no such function, `invalid_value` when the means do not fit the method or
    /// the token is missing.
    pub fn new(
        gateway: &Gateway,
        kind: &Kind,
        request: &ChargeRequest,
        at: Timestamp,
    ) -> Result<Self> {
        let functions = &gateway.ids().functions;
        let function = match kind {
            Kind::SimpleContract => {
                gateway.function(functions.simple_apply.as_ref(), "apply for a contract")?
            }
            _ => gateway.function(functions.request.as_ref(), "request a payment")?,
        };
        check_camp_type(kind, request)?;
        let message = order(Message::new(function), gateway, request);
        let message = match &request.means {
            Means::Token(token) => {
                let Some((token_text, key)) = &token.token else {
                    return Err(wrong(
                        "a one-time token is not kept: ask the customer again",
                    ));
                };
                card(
                    message,
                    request,
                    &token.options,
                    Some((token_text.expose(), key.expose())),
                )
            }
            Means::StoredCustomer(options) => card(message, request, options, None),
            Means::Member(member) => {
                let Some(leaf) = gateway.ids().member_leaf.clone() else {
                    return Err(wrong("is no means of this method: it has no members"));
                };
                rows(message, request)
                    .secret_group("pay_method_info", |g| g.single(leaf, member, 64))
            }
            Means::Slip(slip) => {
                rows(message, request).secret_group("pay_method_info", |g| slip_leaves(g, slip, at))
            }
            Means::Fields(fields) => rows(message, request).secret_group("pay_method_info", |g| {
                fields.iter().fold(g, |g, field| {
                    if field.multi_byte {
                        g.multi(field.name.clone(), &field.value, 200)
                    } else {
                        g.single(field.name.clone(), &field.value, 200)
                    }
                })
            }),
            Means::Contract => return Err(wrong("is a means of periods only")),
        };
        let message = match request.camp_type {
            Some(digit) => message.group("pay_option_manage", |g| {
                g.digits("camp_type", u16::from(digit), 1)
            }),
            None => message,
        };
        Ok(Self {
            prepared: Prepared {
                gateway: gateway.clone(),
                message: message
                    .require("cust_code")
                    .require("order_id")
                    .require("item_id")
                    .require("amount"),
            },
            asked: Some(request.amount),
        })
    }
}

fn check_camp_type(kind: &Kind, request: &ChargeRequest) -> Result<()> {
    let rule = match (request.camp_type, &request.means) {
        (None, _) => return Ok(()),
        _ if *kind != Kind::SimpleContract => {
            "belongs to the application for a simple recurring contract"
        }
        (_, Means::Member(_) | Means::Fields(_)) => return Ok(()),
        _ => "is known of members and of methods of your own only",
    };
    Err(Error::field(ErrorKind::InvalidValue, "camp_type", rule))
}

/// The leaves that every payment request begins with.
pub(super) fn order(message: Message, gateway: &Gateway, request: &ChargeRequest) -> Message {
    let digits = usize::from(gateway.ids().amount_digits);
    let [free1, free2, free3] = &request.free;
    message
        .single("cust_code", &request.cust_code, 64)
        .single("order_id", &request.id, 38)
        .single("item_id", &request.item_id, 32)
        .multi("item_name", &request.item_name, 40)
        .digits("tax", request.tax, 7)
        .digits("amount", request.amount, digits)
        .multi("free1", free1, 20)
        .multi("free2", free2, 20)
        .multi("free3", free3, 20)
}

fn rows(message: Message, request: &ChargeRequest) -> Message {
    message.dtls(&request.rows)
}

fn card(
    message: Message,
    request: &ChargeRequest,
    options: &CardOptions,
    token: Option<(&str, &str)>,
) -> Message {
    let (token, key) = token.unzip();
    let wanted = if request.return_customer_info {
        "1"
    } else {
        "0"
    };
    let message = message.digits("sps_cust_info_return_flg", wanted, 1);
    rows(message, request)
        .secret_group("pay_method_info", |g| {
            g.digits("dealings_type", options.dealings_type.as_ref(), 3)
                .digits("divide_times", options.divide_times, 3)
        })
        .group("pay_option_manage", |g| {
            g.single("token", token, 200)
                .single("token_key", key, 200)
                .digits("cust_manage_flg", if options.store { "1" } else { "0" }, 1)
                .digits("cardbrand_return_flg", "1", 1)
        })
}

fn slip_leaves(g: crate::api::Group, slip: &SlipRequest, at: Timestamp) -> crate::api::Group {
    let (first_zip, second_zip) = slip.zip.split_at_checked(3).unwrap_or((&slip.zip, ""));
    let today = at.to_jst();
    let today = today.get(..8).unwrap_or_default();
    g.single("issue_type", "0", 1)
        .multi("last_name", &slip.last_name, 20)
        .multi("first_name", &slip.first_name, 20)
        .multi("last_name_kana", &slip.last_name_kana, 20)
        .multi("first_name_kana", &slip.first_name_kana, 20)
        .exactly("first_zip", first_zip, 3)
        .exactly("second_zip", second_zip, 4)
        .multi("add1", &slip.prefecture, 50)
        .multi("add2", &slip.address, 50)
        .multi("add3", &slip.building, 100)
        .digits("tel", &slip.tel, 11)
        .single("mail", &slip.mail, 100)
        .exactly("seiyakudate", today, 8)
        .single("webcvstype", slip.store.wire(), 3)
        .exactly("bill_date", slip.pay_by.as_ref(), 8)
}

fn wrong(rule: &'static str) -> Error {
    Error::field(ErrorKind::InvalidValue, "means", rule)
}

step_operation!(Request, "request", Blind);
