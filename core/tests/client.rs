//! The client against a gateway that is a few lines of independent code.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::sync::Arc;

use encoding_rs::SHIFT_JIS;
use netmile::client::Checkout;
use netmile::contract::{
    ApiFunctions, ApiIds, CapabilityMatrix, Contract, Endpoints, Method, Terminal,
};
use netmile::engine::{Journal, MemoryJournal};
use netmile::link::{OrderId, PurchaseRequest, RawMessage, ReturnUrls};
use netmile::purchase::{FactKind, Phase, Purchase, RefundEvidence, ReviewVerdict};
use netmile::reference::{Site, SiteSecret};
use netmile::time::{Clock, ManualClock, Timestamp};
use netmile::{Client, ErrorKind, HashKey, Yen};
use sha1::{Digest, Sha1};

const KEY: &str = "TESTHASHKEY0123456789abcdef0123456789abc";
const TRACKING: &str = "12345678901234";

const RESULT_ORDER: &str = "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id \
     pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type \
     tracking_id terminal_type free1 free2 free3 request_date res_pay_method res_result res_tracking_id res_sps_cust_no \
     res_sps_payment_no res_payinfo_key res_payment_date res_err_code res_date limit_second";

struct Shop {
    client: Client,
    clock: Arc<ManualClock>,
    journal: Arc<MemoryJournal>,
}

impl Shop {
    async fn start(&self, id: &str) -> Checkout {
        self.client.checkout().start(&request(id)).await.unwrap()
    }

    async fn purchase(&self, id: &str) -> Purchase {
        self.client.purchases().get(id).await.unwrap()
    }
}

fn shop() -> Shop {
    shop_with(Method::netmile().with_matrix(CapabilityMatrix::all()))
}

/// NetMile with the functions to bill and end a contract.
fn billable() -> Method {
    let functions = ApiFunctions {
        period: Some("ST01-00104".into()),
        metered_end: Some("ST02-00309".into()),
        ..ApiFunctions::default()
    };
    let ids = ApiIds::one_step("900").unwrap().with_functions(functions);
    Method::netmile()
        .with_matrix(CapabilityMatrix::all())
        .with_api(ids)
}

fn shop_with(method: Method) -> Shop {
    let clock = Arc::new(ManualClock::new(
        Timestamp::parse_jst("20240102030405").unwrap(),
    ));
    let journal = Arc::new(MemoryJournal::new());
    let contract = Contract::netmile(
        "99999",
        "001",
        HashKey::new(KEY).unwrap(),
        Endpoints::mock("http://127.0.0.1:1"),
    )
    .unwrap()
    .with_method(method);
    let client = Client::builder()
        .contract(contract)
        .journal(journal.clone())
        .clock(clock.clone())
        .build()
        .unwrap();
    Shop {
        client,
        clock,
        journal,
    }
}

fn request(id: &str) -> PurchaseRequest {
    PurchaseRequest::new(
        OrderId::new(id).unwrap(),
        "CUST0001",
        "ITEM1",
        Yen::new(300),
        Terminal::Pc,
        ReturnUrls {
            success: "https://shop.example/success".into(),
            cancel: "https://shop.example/cancel".into(),
            error: "https://shop.example/error".into(),
            notify: "https://shop.example/notify".into(),
        },
    )
    .with_item_name("髙橋①ー～表ソ")
}

/// What the gateway sends for a posted form: the echo and the result, signed in the charset of the kind.
fn answer(
    posted: &[(&'static str, String)],
    result: &[(&str, &str)],
    res_date: &str,
    browser: bool,
) -> RawMessage {
    let value = |name: &str| {
        let given = result.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
        match (given, name) {
            (Some(value), _) => value.to_owned(),
            (None, "res_date") => res_date.to_owned(),
            (None, "limit_second") => "600".to_owned(),
            (None, _) => posted
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, v)| v.clone())
                .unwrap_or_default(),
        }
    };
    let names: Vec<&str> = RESULT_ORDER.split_whitespace().collect();
    let mut text: String = names.iter().map(|name| value(name)).collect();
    text.push_str(KEY);
    let digest = if browser {
        Sha1::digest(SHIFT_JIS.encode(&text).0)
    } else {
        Sha1::digest(text.as_bytes())
    };
    let hash: String = digest.iter().map(|b| format!("{b:02X}")).collect();
    let mut pairs: Vec<(String, String)> = names
        .iter()
        .map(|name| ((*name).to_owned(), value(name)))
        .collect();
    pairs.push(("sps_hashcode".to_owned(), hash));
    pairs.reverse();
    let body: Vec<String> = pairs
        .iter()
        .map(|(name, value)| {
            let bytes: String = SHIFT_JIS
                .encode(value)
                .0
                .iter()
                .map(|b| format!("%{b:02X}"))
                .collect();
            format!("{name}={bytes}")
        })
        .collect();
    RawMessage::form(body.join("&"))
}

fn ok<'a>() -> Vec<(&'a str, &'a str)> {
    vec![
        ("res_pay_method", "netmile"),
        ("res_result", "OK"),
        ("res_tracking_id", TRACKING),
        ("res_payment_date", "20240102030500"),
    ]
}

async fn kinds(client: &Client) -> Vec<FactKind> {
    let events = client.events().next(10).await.unwrap();
    for event in &events {
        assert!(client.events().ack(event.id).await.unwrap());
    }
    events.into_iter().map(|e| e.fact.kind).collect()
}

#[tokio::test]
async fn a_purchase_is_paid_by_the_notice_and_delivered_once() {
    let shop = shop();
    let checkout = shop.start("CART-1").await;
    assert_eq!(checkout.order_id, "CART-1-1");
    let now = shop.clock.now().to_jst();
    let back = answer(checkout.form.fields(), &ok(), &now, true);
    let seen = shop.client.returns().success(&back).await.unwrap();
    assert_eq!(seen.purchase.unwrap().phase, Phase::AwaitingNotice);
    assert!(kinds(&shop.client).await.is_empty());

    let notice = answer(checkout.form.fields(), &ok(), &now, false);
    for _ in 0..3 {
        let ack = shop.client.notices().handle(&notice).await;
        assert_eq!(ack.body(), b"OK,");
    }
    let paid = shop.purchase("CART-1").await;
    assert_eq!((paid.phase, paid.payments.len()), (Phase::Paid, 1));
    assert_eq!(kinds(&shop.client).await, [FactKind::Paid]);
    assert!(
        shop.client
            .checkout()
            .start(&request("CART-1"))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_further_start_is_a_further_attempt_and_a_rendering_is_not() {
    let shop = shop();
    let first = shop.start("CART-1").await;
    shop.clock.advance(30);
    let again = shop.client.checkout().render("CART-1").await.unwrap();
    assert_eq!(first.order_id, again.order_id);
    assert_ne!(first.form.request_date(), again.form.request_date());
    let second = shop.start("CART-1").await;
    assert_eq!(second.order_id, "CART-1-2");
    let other = request("CART-1").with_item_name("other");
    let refused = shop.client.checkout().start(&other).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);

    // Either rendering of the first attempt may be the one that the customer posted.
    let now = shop.clock.now().to_jst();
    let notice = answer(first.form.fields(), &ok(), &now, false);
    assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
    let mut twice = ok();
    twice[2].1 = "12345678901235";
    let notice = answer(second.form.fields(), &twice, &now, false);
    assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
    assert_eq!(
        kinds(&shop.client).await,
        [FactKind::Paid, FactKind::PaidTwice]
    );
    let ticket = shop
        .client
        .refunds()
        .request("CART-1", Some("12345678901235"), "paid twice")
        .await
        .unwrap();
    assert_eq!(
        ticket.management_url.as_deref(),
        Some("http://127.0.0.1:1/manage/payments/12345678901235")
    );
    let again = shop
        .client
        .refunds()
        .request("CART-1", Some("12345678901235"), "the answer was lost")
        .await
        .unwrap();
    assert_eq!(again, ticket);
    assert!(
        kinds(&shop.client)
            .await
            .ends_with(&[FactKind::RefundRequested])
    );
    assert!(kinds(&shop.client).await.is_empty());
    let evidence = RefundEvidence {
        source: "management_page".to_owned(),
        reference: "operator".to_owned(),
        amount: Yen::new(300),
        refunded_at: shop.clock.now(),
    };
    let settled = shop
        .client
        .refunds()
        .confirm("CART-1", "12345678901235", evidence)
        .await
        .unwrap();
    assert_eq!(settled.phase, Phase::Paid);
}

#[tokio::test]
async fn what_is_genuine_but_wrong_is_kept_as_evidence() {
    let shop = shop();
    let checkout = shop.start("CART-1").await;
    let fields = checkout.form.fields().to_vec();
    let now = shop.clock.now();
    let changed = |name: &str, value: &str| {
        let mut fields = fields.clone();
        for field in &mut fields {
            if field.0 == name {
                field.1 = value.to_owned();
            }
        }
        fields
    };
    let cases = [
        (
            answer(
                &changed("order_id", "CART-9-1"),
                &ok(),
                &now.to_jst(),
                false,
            ),
            ErrorKind::UnknownOrder,
        ),
        (
            answer(&changed("amount", "299"), &ok(), &now.to_jst(), false),
            ErrorKind::Mismatch,
        ),
        (
            answer(
                &changed("cust_code", "CUST0002"),
                &ok(),
                &now.to_jst(),
                false,
            ),
            ErrorKind::Mismatch,
        ),
        (
            answer(&fields, &ok(), &now.plus_seconds(-601).to_jst(), false),
            ErrorKind::Expired,
        ),
        (
            answer(&fields, &ok(), &now.plus_seconds(61).to_jst(), false),
            ErrorKind::FromFuture,
        ),
    ];
    for (index, (raw, kind)) in cases.iter().enumerate() {
        let error = shop.client.notices().verify(raw).await.err().unwrap();
        assert_eq!(error.kind(), *kind, "{index}");
        assert!(error.evidence().is_some());
        let ack = shop.client.notices().handle(raw).await;
        assert_eq!(ack.body(), format!("NG,{}", kind.code()).as_bytes());
        assert_eq!(shop.journal.evidence(100).await.unwrap().len(), index + 1);
    }
    let forged = answer(&fields, &ok(), &now.to_jst(), true);
    let error = shop.client.notices().verify(&forged).await.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::HashMismatch);
    assert_eq!(shop.journal.evidence(100).await.unwrap().len(), cases.len());
    assert_eq!(shop.purchase("CART-1").await.phase, Phase::Open);
}

#[tokio::test]
async fn the_shop_may_refuse_and_the_operator_may_send_again() {
    let shop = shop();
    let checkout = shop.start("CART-1").await;
    let now = shop.clock.now().to_jst();
    let notice = answer(checkout.form.fields(), &ok(), &now, false);
    for _ in 0..2 {
        let pending = shop.client.notices().verify(&notice).await.unwrap();
        assert_eq!(pending.message().tracking_id(), Some(TRACKING));
        let ack = pending.refuse("sold out").await.unwrap();
        assert_eq!(ack.body(), b"NG,sold out");
    }
    assert_eq!(kinds(&shop.client).await, [FactKind::NeedsReview]);
    let again = shop.client.notices().handle(&notice).await;
    assert_eq!(again.body(), b"OK,");
    assert_eq!(kinds(&shop.client).await, [FactKind::Paid]);
    let pending = shop.client.notices().verify(&notice).await.unwrap();
    assert_eq!(pending.refuse("sold out").await.unwrap().body(), b"OK,");
}

#[tokio::test]
async fn a_missing_notice_ends_with_a_person() {
    let shop = shop();
    let checkout = shop.start("CART-1").await;
    let now = shop.clock.now().to_jst();
    let back = answer(checkout.form.fields(), &ok(), &now, true);
    shop.client.returns().success(&back).await.unwrap();
    assert!(shop.client.purchases().resolve().await.unwrap().is_empty());
    assert_eq!(
        shop.client.purchases().unresolved(10).await.unwrap().len(),
        1
    );
    shop.clock.advance(15 * 60);
    let resolved = shop.client.purchases().resolve().await.unwrap();
    assert_eq!(resolved[0].phase, Phase::NeedsReview);
    let verdict = ReviewVerdict::Paid {
        order_id: checkout.order_id,
        tracking_id: TRACKING.to_owned(),
    };
    let paid = shop
        .client
        .purchases()
        .review("CART-1", verdict)
        .await
        .unwrap();
    assert_eq!(paid.phase, Phase::Paid);
}

#[tokio::test]
async fn a_contract_runs_and_is_ended_from_either_side() {
    use netmile::contract::Billing;
    let shop = shop();
    let monthly = request("SUB-1").with_billing(Billing::RecurringSimple);
    let checkout = shop.client.subscriptions().start(&monthly).await.unwrap();
    let now = shop.clock.now().to_jst();
    let notice = answer(checkout.form.fields(), &ok(), &now, false);
    assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
    let end = shop.client.subscriptions().end("SUB-1").await.unwrap();
    assert_eq!(end.order_id, "SUB-1-2");
    assert_eq!(end.form.value("tracking_id"), Some(TRACKING));
    let ended = answer(end.form.fields(), &ok(), &now, false);
    assert_eq!(shop.client.notices().handle(&ended).await.body(), b"OK,");
    let mut later = ok();
    later[1].1 = "CC";
    let by_carrier = answer(checkout.form.fields(), &later, &now, false);
    assert_eq!(
        shop.client.notices().handle(&by_carrier).await.body(),
        b"OK,"
    );
    assert_eq!(
        kinds(&shop.client).await,
        [
            FactKind::Paid,
            FactKind::ContractEnded,
            FactKind::ContractEnded
        ]
    );
    let one_time = shop.client.subscriptions().start(&request("X")).await;
    assert_eq!(one_time.err().unwrap().field_name(), Some("pay_type"));
}

/// A metered contract that was paid, by a client that may bill it.
async fn metered(shop: &Shop, id: &str) -> Checkout {
    use netmile::contract::Billing;
    let metered = request(id).with_billing(Billing::RecurringMetered);
    let checkout = shop.client.subscriptions().start(&metered).await.unwrap();
    let now = shop.clock.now().to_jst();
    let notice = answer(checkout.form.fields(), &ok(), &now, false);
    assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
    checkout
}

async fn adopt(shop: &Shop, id: &str) -> netmile::Result<netmile::charge::Charge> {
    use netmile::schedule::{BillingDay, FirstPeriod, Schedule};
    let start = shop.clock.now().jst_date();
    let first = FirstPeriod::NextBillingDay;
    let schedule = Schedule::monthly(start, BillingDay::new(1).unwrap(), first).unwrap();
    let subscriptions = shop.client.subscriptions();
    subscriptions
        .adopt_purchase(id, "M-1", "netmile", Yen::new(300), schedule)
        .await
}

async fn end_by_gateway(shop: &Shop, checkout: &Checkout) {
    let mut ended = ok();
    ended[1].1 = "CC";
    let now = shop.clock.now().to_jst();
    let notice = answer(checkout.form.fields(), &ended, &now, false);
    for _ in 0..2 {
        assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
    }
}

#[tokio::test]
async fn the_end_of_a_contract_by_link_ends_what_was_adopted_from_it() {
    use netmile::charge::ChargePhase;
    let shop = shop_with(billable());
    let checkout = metered(&shop, "SUB-1").await;
    assert_eq!(
        adopt(&shop, "SUB-1").await.unwrap().phase,
        ChargePhase::Active
    );
    end_by_gateway(&shop, &checkout).await;
    let charge = shop.client.payments().get("M-1").await.unwrap();
    assert_eq!(charge.phase, ChargePhase::Ended);
    let ended = kinds(&shop.client).await;
    let ended = ended.iter().filter(|k| **k == FactKind::ContractEnded);
    assert_eq!(
        ended.count(),
        2,
        "the purchase's and the charge's, once each"
    );
    shop.clock.advance(40 * 86_400);
    let subscriptions = shop.client.subscriptions();
    let billed = subscriptions.bill_due(|_| Some(Yen::new(300))).await;
    assert!(billed.unwrap().is_empty());
    // The event that called for it may come again.
    assert_eq!(
        adopt(&shop, "SUB-1").await.unwrap().phase,
        ChargePhase::Ended
    );
}

#[tokio::test]
async fn a_form_that_ends_the_contract_ends_what_was_adopted_from_it() {
    use netmile::charge::ChargePhase;
    let shop = shop_with(billable());
    metered(&shop, "SUB-1").await;
    adopt(&shop, "SUB-1").await.unwrap();
    let end = shop.client.subscriptions().end("SUB-1").await.unwrap();
    let now = shop.clock.now().to_jst();
    let notice = answer(end.form.fields(), &ok(), &now, false);
    assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
    let charge = shop.client.payments().get("M-1").await.unwrap();
    assert_eq!(charge.phase, ChargePhase::Ended);
}

#[tokio::test]
async fn a_contract_that_ended_before_is_refused_for_good() {
    let shop = shop_with(billable());
    let checkout = metered(&shop, "SUB-1").await;
    end_by_gateway(&shop, &checkout).await;
    let error = adopt(&shop, "SUB-1").await.unwrap_err();
    assert_eq!(
        (error.code(), error.field_name()),
        ("invalid_state", Some("contract"))
    );
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_result_code_that_nobody_knows_is_kept_and_answered_ok() {
    let shop = shop();
    let checkout = shop.start("CART-1").await;
    let mut unknown = ok();
    unknown[1].1 = "ZZ";
    let now = shop.clock.now().to_jst();
    let notice = answer(checkout.form.fields(), &unknown, &now, false);
    assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
    let kept = shop.journal.evidence(1).await.unwrap();
    assert_eq!(kept[0].code, "unknown_result");
    assert_eq!(shop.purchase("CART-1").await.phase, Phase::Open);
}

#[tokio::test]
async fn a_contract_with_a_last_month_or_a_campaign_can_be_ended() {
    use netmile::contract::Billing;
    let shop = shop();
    let monthly = request("SUB-1")
        .with_billing(Billing::RecurringSimple)
        .with_camp_type(1)
        .with_last_charge_month("202412");
    let checkout = shop.client.subscriptions().start(&monthly).await.unwrap();
    let now = shop.clock.now().to_jst();
    let notice = answer(checkout.form.fields(), &ok(), &now, false);
    assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
    let end = shop.client.subscriptions().end("SUB-1").await.unwrap();
    assert_eq!(end.form.value("tracking_id"), Some(TRACKING));
    assert_eq!(end.form.value("camp_type"), Some(""));
    assert_eq!(end.form.value("last_charge_month"), Some(""));
}

#[tokio::test]
async fn the_contract_that_is_ended_is_the_one_that_was_not_refunded() {
    use netmile::contract::Billing;
    let shop = shop();
    let monthly = request("SUB-1").with_billing(Billing::RecurringSimple);
    let first = shop.client.subscriptions().start(&monthly).await.unwrap();
    let second = shop.client.subscriptions().start(&monthly).await.unwrap();
    let now = shop.clock.now().to_jst();
    let other = "12345678901235";
    let mut twice = ok();
    twice[2].1 = other;
    for (checkout, result) in [(&first, ok()), (&second, twice)] {
        let notice = answer(checkout.form.fields(), &result, &now, false);
        assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
    }
    let refunds = shop.client.refunds();
    refunds
        .request("SUB-1", Some(TRACKING), "twice")
        .await
        .unwrap();
    let evidence = RefundEvidence {
        source: "management_page".to_owned(),
        reference: "operator".to_owned(),
        amount: Yen::new(300),
        refunded_at: shop.clock.now(),
    };
    refunds.confirm("SUB-1", TRACKING, evidence).await.unwrap();
    let end = shop.client.subscriptions().end("SUB-1").await.unwrap();
    assert_eq!(end.form.value("tracking_id"), Some(other));
}

#[tokio::test]
async fn a_success_brought_to_another_url_is_neither_cancel_nor_error() {
    let shop = shop();
    let checkout = shop.start("CART-1").await;
    let now = shop.clock.now().to_jst();
    let success = answer(checkout.form.fields(), &ok(), &now, true);
    let returns = shop.client.returns();
    returns.cancel(&success).await.unwrap();
    let back = returns.error(&success).await.unwrap();
    assert_eq!(back.purchase.unwrap().phase, Phase::Open);
    assert!(kinds(&shop.client).await.is_empty());
}

#[tokio::test]
async fn a_review_takes_no_mistyped_tracking_id() {
    let shop = shop();
    let checkout = shop.start("CART-1").await;
    let now = shop.clock.now().to_jst();
    let back = answer(checkout.form.fields(), &ok(), &now, true);
    shop.client.returns().success(&back).await.unwrap();
    shop.clock.advance(15 * 60);
    shop.client.purchases().resolve().await.unwrap();
    for wrong in [
        "",
        " 12345678901234",
        "1234567890123",
        "../../x",
        "１２３４５６７８９０１２３４",
    ] {
        let verdict = ReviewVerdict::Paid {
            order_id: checkout.order_id.clone(),
            tracking_id: wrong.to_owned(),
        };
        let refused = shop.client.purchases().review("CART-1", verdict).await;
        assert_eq!(refused.unwrap_err().field_name(), Some("tracking_id"));
    }
}

#[test]
fn an_event_prints_no_personal_data() {
    use netmile::purchase::{Event, Purpose};
    let event = Event::AttemptStarted {
        purpose: Purpose::Pay,
        order_id: "CART-1-1".to_owned(),
        request_date: "20240102030405".to_owned(),
        echo: vec![("cust_code".to_owned(), "SECRET-CUSTOMER".to_owned())],
    };
    let printed = format!("{event:?}");
    assert!(!printed.contains("SECRET"), "{printed}");
    assert!(printed.contains("CART-1-1"), "{printed}");
}

#[tokio::test]
async fn an_ok_by_a_method_that_nobody_configured_is_no_payment() {
    use netmile::link::PayMethods;
    let shop = shop();
    let any = request("CART-1").with_pay_methods(PayMethods::Any);
    let checkout = shop.client.checkout().start(&any).await.unwrap();
    let now = shop.clock.now().to_jst();
    // The merchant has convenience stores at the gateway: this OK is a slip, not money.
    let mut slip = ok();
    slip[0].1 = "webcvs";
    let notice = answer(checkout.form.fields(), &slip, &now, false);
    let ack = shop.client.notices().handle(&notice).await;
    assert_eq!(ack.body(), b"NG,not_in_contract");
    assert!(kinds(&shop.client).await.is_empty());
    assert_eq!(
        shop.journal.evidence(10).await.unwrap()[0].code,
        "not_in_contract"
    );
    let notice = answer(checkout.form.fields(), &ok(), &now, false);
    assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
}

#[tokio::test]
async fn an_ok_that_does_not_say_by_which_method_may_be_a_slip() {
    use netmile::contract::Settlement;
    use netmile::link::PayMethods;
    let contract = Contract::netmile(
        "99999",
        "001",
        HashKey::new(KEY).unwrap(),
        Endpoints::mock("http://127.0.0.1:1"),
    )
    .unwrap()
    .with_method(
        Method::new("webcvs", "Convenience store", "コンビニ")
            .with_matrix(CapabilityMatrix::all())
            .with_settlement(Settlement::ByDeposit),
    );
    let clock = Arc::new(ManualClock::new(
        Timestamp::parse_jst("20240102030405").unwrap(),
    ));
    let client = Client::builder()
        .contract(contract)
        .clock(clock.clone())
        .build()
        .unwrap();
    let offered = [PayMethods::Any, PayMethods::choice(["netmile", "webcvs"])];
    for (number, methods) in offered.into_iter().enumerate() {
        let id = format!("CART-{number}");
        let any = request(&id).with_pay_methods(methods);
        let checkout = client.checkout().start(&any).await.unwrap();
        let mut silent = ok();
        silent[0].1 = "";
        let now = clock.now().to_jst();
        let notice = answer(checkout.form.fields(), &silent, &now, false);
        assert_eq!(client.notices().handle(&notice).await.body(), b"OK,");
        let purchase = client.purchases().get(&id).await.unwrap();
        assert_eq!(purchase.phase, Phase::AwaitingDeposit);
    }
}

#[tokio::test]
async fn one_genuine_message_cannot_fill_the_evidence() {
    let shop = shop();
    let checkout = shop.start("CART-1").await;
    let old = shop.clock.now().plus_seconds(-601).to_jst();
    let genuine = answer(checkout.form.fields(), &ok(), &old, false);
    for number in 0..20 {
        // The hash covers neither the order of the fields nor those outside the definition.
        let mut body = format!("x{number}=1&").into_bytes();
        body.extend_from_slice(&genuine.body);
        let error = shop.client.notices().verify(&RawMessage::form(body)).await;
        assert_eq!(error.err().unwrap().kind(), ErrorKind::Expired);
    }
    assert_eq!(shop.journal.evidence(100).await.unwrap().len(), 1);
}

const REGISTRATION_ORDER: &str = "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no terminal_type \
     free1 free2 free3 request_date res_pay_method res_result res_sps_cust_no res_sps_payment_no res_payinfo_key \
     res_err_code res_date limit_second";

/// The result of a registration, with values of the echo moved to their neighbours: the hash is the same.
fn registered(
    posted: &[(&'static str, String)],
    moved: &[(&str, &str)],
    res_date: &str,
) -> RawMessage {
    let result = [
        ("res_pay_method", "credit"),
        ("res_result", "OK"),
        ("res_sps_cust_no", "123456789012"),
        ("res_sps_payment_no", "001"),
        ("res_date", res_date),
        ("limit_second", "600"),
    ];
    let value = |name: &str| {
        let given = result.iter().find(|(n, _)| *n == name);
        let given = given.map(|(_, v)| (*v).to_owned());
        let echo = || posted.iter().find(|(n, _)| *n == name);
        given.or_else(|| echo().map(|(_, v)| v.clone()))
    };
    let names = REGISTRATION_ORDER.split_whitespace();
    let text: String = names.clone().filter_map(value).collect();
    let digest = Sha1::digest(format!("{text}{KEY}"));
    let hash: String = digest.iter().map(|b| format!("{b:02X}")).collect();
    let pairs: Vec<String> = names
        .map(|name| {
            let moved = moved.iter().find(|(n, _)| *n == name);
            let moved = moved.map(|(_, v)| (*v).to_owned());
            format!(
                "{name}={}",
                moved.or_else(|| value(name)).unwrap_or_default()
            )
        })
        .chain([format!("sps_hashcode={hash}")])
        .collect();
    RawMessage::form(pairs.join("&"))
}

#[test]
fn a_registration_of_another_customer_is_seen_by_comparing() {
    use netmile::link::{PayMethods, RegistrationRequest};
    let clock = Arc::new(ManualClock::new(
        Timestamp::parse_jst("20240102030405").unwrap(),
    ));
    let contract = Contract::netmile(
        "99999",
        "001",
        HashKey::new(KEY).unwrap(),
        Endpoints::mock("http://127.0.0.1:1"),
    )
    .unwrap()
    .with_method(Method::new("credit", "Card", "カード").with_matrix(CapabilityMatrix::all()));
    let client = Client::builder()
        .contract(contract)
        .clock(clock.clone())
        .build()
        .unwrap();
    let urls = request("X").urls().clone();
    let asked = RegistrationRequest::new(PayMethods::one("credit"), "CUST12", Terminal::Pc, urls);
    let form = client.registrations().register(&asked).unwrap();
    let dates = [form.request_date().to_owned()];
    let now = clock.now().to_jst();

    let genuine = registered(form.fields(), &[], &now);
    for registration in [
        client.registrations().notice(&genuine).unwrap(),
        client.registrations().returned(&genuine).unwrap().unwrap(),
    ] {
        assert_eq!(registration.message.cust_code(), "CUST12");
        registration.check_echo(&form.echo(), &dates).unwrap();
    }
    // CUST12 gives itself out as CUST1; no key is needed for that.
    let moved = [
        ("cust_code", "CUST1"),
        ("terminal_type", "2"),
        ("free1", "0"),
    ];
    let shifted = registered(form.fields(), &moved, &now);
    let registration = client.registrations().notice(&shifted).unwrap();
    assert_eq!(registration.message.cust_code(), "CUST1");
    let error = registration.check_echo(&form.echo(), &dates).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Mismatch);
    assert_eq!(error.field_name(), Some("cust_code"));
    let late = clock.now().plus_seconds(-601).to_jst();
    let late = registered(form.fields(), &[], &late);
    let error = client.registrations().notice(&late).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Expired);
}

#[tokio::test]
async fn what_cannot_be_read_holds_up_nothing_else() {
    use netmile::engine::journal::{Change, Intent, NewEvent};
    let shop = shop();
    let now = shop.clock.now();
    // As a newer version might have written it.
    let strange = Intent {
        id: "purchase:99999/001:A".to_owned(),
        kind: "purchase".to_owned(),
        phase: "awaiting_notice".to_owned(),
        body: "{}".to_owned(),
        keys: Vec::new(),
        due: None,
        now,
    };
    shop.journal.open(strange).await.unwrap();
    let change = Change {
        phase: "awaiting_notice".to_owned(),
        body: "{}".to_owned(),
        new_keys: Vec::new(),
        due: Some(now),
        events: vec![NewEvent {
            kind: "news".to_owned(),
            body: "{}".to_owned(),
        }],
        now,
    };
    let id = "purchase:99999/001:A";
    shop.journal.advance(id, 1, change, None).await.unwrap();
    for (id, paid) in [("CART-1", true), ("CART-2", false)] {
        let checkout = shop.client.checkout().start(&request(id)).await.unwrap();
        let answer = answer(checkout.form.fields(), &ok(), &now.to_jst(), !paid);
        if paid {
            assert!(shop.client.notices().handle(&answer).await.is_ok());
        } else {
            shop.client.returns().success(&answer).await.unwrap();
        }
    }
    let told = shop.client.events().next(10).await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].fact.kind, FactKind::Paid);
    let nothing = shop.client.events().next(10).await.unwrap();
    assert!(nothing.is_empty());

    shop.clock.advance(15 * 60);
    let error = shop.client.purchases().resolve().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal);
    let waited = shop.purchase("CART-2").await;
    assert_eq!(waited.phase, Phase::NeedsReview);
}

#[tokio::test]
async fn a_return_from_an_application_is_read_as_one() {
    use netmile::contract::Terminal;
    use netmile::link::{PayMethods, RecurringRequest, RecurringService};
    let shop = shop();
    let application = RecurringRequest::new(
        RecurringService::Apply,
        PayMethods::one("netmile"),
        OrderId::new("SUB-1").unwrap(),
        "CUST0001",
        "ITEM1",
        Terminal::Pc,
        ReturnUrls {
            success: "https://shop.example/success".into(),
            cancel: "https://shop.example/cancel".into(),
            error: "https://shop.example/error".into(),
            notify: "https://shop.example/notify".into(),
        },
    );
    let checkout = shop
        .client
        .subscriptions()
        .apply(&application)
        .await
        .unwrap();
    let now = shop.clock.now().to_jst();
    let back = answer(checkout.form.fields(), &ok(), &now, true);
    let seen = shop.client.returns().success(&back).await.unwrap();
    assert_eq!(seen.purchase.unwrap().phase, Phase::AwaitingNotice);
    let notice = answer(checkout.form.fields(), &ok(), &now, false);
    assert_eq!(shop.client.notices().handle(&notice).await.body(), b"OK,");
    assert_eq!(shop.purchase("SUB-1").await.phase, Phase::Paid);
    // A purchase without its amount is no application.
    let purchase = shop.start("CART-1").await;
    let mut fields = purchase.form.fields().to_vec();
    fields.retain(|(name, _)| *name != "amount" && *name != "pay_type");
    let error = shop
        .client
        .returns()
        .success(&answer(&fields, &ok(), &now, true))
        .await;
    let error = error.unwrap_err();
    assert!(
        matches!(error.code(), "missing_field" | "mismatch"),
        "{error}"
    );
}

#[test]
fn production_must_name_its_journal() {
    let contract = |endpoints| {
        let key = HashKey::new(KEY).unwrap();
        Contract::netmile("99999", "001", key, endpoints).unwrap()
    };
    let real = Client::builder().contract(contract(Endpoints::production()));
    let error = real.build().unwrap_err();
    assert_eq!(
        (error.code(), error.field_name()),
        ("configuration", Some("journal"))
    );
    let secret = SiteSecret::new("0123456789abcdef0123456789abcdef").unwrap();
    let site = Site::new("8763", "K1", secret, "https://miles.example").unwrap();
    let error = Client::builder().site(site).build().unwrap_err();
    assert_eq!(error.field_name(), Some("journal"));
    let named = Client::builder()
        .contract(contract(Endpoints::production()))
        .journal(Arc::new(MemoryJournal::new()));
    assert!(named.build().is_ok());
    for test in [Endpoints::test(), Endpoints::mock("http://127.0.0.1:1")] {
        assert!(Client::builder().contract(contract(test)).build().is_ok());
    }
}
