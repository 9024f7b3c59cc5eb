//! Every public function of the client is an operation, or stands here with the reason why not.

use std::collections::{BTreeMap, BTreeSet};

use super::all;

/// Where each function of the core's rooms is found: the operation, or a reason (with a space in it).
const FOUND: &[(&str, &str)] = &[
    ("Checkouts::start", "checkout.start"),
    ("Checkouts::render", "checkout.render"),
    ("Checkouts::give_up", "checkout.give_up"),
    ("Notices::handle", "notice.handle"),
    ("Notices::verify", "notice.inspect"),
    ("PendingNotice::message", "notice.inspect"),
    ("PendingNotice::purchase", "notice.inspect"),
    ("PendingNotice::accept", "notice.handle"),
    ("PendingNotice::refuse", "notice.refuse"),
    ("Returns::success", "return.read"),
    ("Returns::cancel", "return.read"),
    ("Returns::error", "return.read"),
    ("Events::next", "events.next"),
    ("Events::ack", "events.ack"),
    ("Purchases::get", "purchase.get"),
    ("Purchases::by_order", "purchase.by_order"),
    ("Purchases::list", "purchase.list"),
    ("Purchases::unresolved", "purchase.unresolved"),
    ("Purchases::resolve", "purchase.resolve"),
    ("Purchases::review", "purchase.review"),
    ("Purchases::accept_late", "purchase.accept_late"),
    ("Purchases::evidence", "purchase.evidence"),
    ("Refunds::request", "refund.request"),
    ("Refunds::confirm", "refund.confirm"),
    ("Refunds::withdraw", "refund.withdraw"),
    ("Payments::charge", "payment.charge"),
    ("Payments::charge_steps", "in Rust only: a run does it"),
    ("Payments::capture", "payment.capture"),
    ("Payments::refund", "payment.refund"),
    ("Payments::refund_part", "payment.refund_part"),
    ("Payments::get", "payment.get"),
    ("Payments::list", "payment.list"),
    ("Payments::unresolved", "payment.unresolved"),
    ("Payments::resolve", "payment.resolve"),
    ("Payments::inquire", "payment.inquire"),
    ("Payments::notice", "payment.notice"),
    ("Payments::refuse", "payment.notice"),
    ("Payments::review", "payment.review"),
    ("Payments::raw", "payment.raw"),
    ("Payments::raw_unresolved", "payment.raw_unresolved"),
    ("Payments::raw_review", "payment.raw_review"),
    ("Payments::balance", "payment.balance"),
    ("Payments::customer_data", "payment.customer_data"),
    ("Subscriptions::start", "subscription.start"),
    ("Subscriptions::apply", "subscription.apply"),
    ("Subscriptions::end", "subscription.end"),
    ("Subscriptions::apply_by_api", "subscription.apply_by_api"),
    ("Subscriptions::adopt", "subscription.adopt"),
    ("Subscriptions::adopt_simple", "subscription.adopt_simple"),
    (
        "Subscriptions::adopt_purchase",
        "subscription.adopt_purchase",
    ),
    (
        "Subscriptions::adopt_simple_purchase",
        "subscription.adopt_simple_purchase",
    ),
    ("Subscriptions::bill", "subscription.bill"),
    ("Subscriptions::bill_again", "subscription.bill_again"),
    ("Subscriptions::bill_due", "subscription.bill_due"),
    ("Subscriptions::periods", "subscription.periods"),
    ("Subscriptions::end_by_api", "subscription.end_by_api"),
    ("Subscriptions::refund_month", "subscription.refund_month"),
    ("Registrations::register", "registration.register"),
    ("Registrations::delete", "registration.delete"),
    ("Registrations::notice", "registration.notice"),
    ("Registrations::returned", "registration.returned"),
    ("Registration::check_echo", "registration.check"),
    ("Members::verify_mail", "member.verify"),
    ("Members::verify_user_id", "member.verify"),
    ("Members::info", "member.info"),
    ("Members::passbook", "member.passbook"),
    ("MilesDesk::issue", "miles.issue"),
    ("MilesDesk::issue_by_hand", "miles.issue_by_hand"),
    ("MilesDesk::cancel", "miles.cancel"),
    ("MilesDesk::cancellation", "miles.cancellation"),
    (
        "MilesDesk::issues",
        "a room: the operations of tasks have a kind",
    ),
    (
        "MilesDesk::by_hand",
        "a room: the operations of tasks have a kind",
    ),
    (
        "MilesDesk::cancels",
        "a room: the operations of tasks have a kind",
    ),
    ("MilesDesk::registrations", "a room"),
    ("MilesDesk::history", "a room"),
    ("MilesDesk::bill", "miles.bill"),
    ("MilesDesk::campaign", "miles.campaign"),
    ("MilesDesk::sample_mail", "miles.sample_mail"),
    ("MilesDesk::issue_file", "miles.issue_file"),
    ("MilesDesk::batch", "miles.batch"),
    ("MilesDesk::uploads", "miles.uploads"),
    ("MilesDesk::review_upload", "miles.review_upload"),
    ("MilesDesk::unresolved_batches", "miles.unresolved_batches"),
    ("MilesDesk::unresolved_uploads", "miles.unresolved_uploads"),
    ("MilesDesk::resolve_upload", "miles.resolve_upload"),
    ("MileRegistrations::get", "miles.registration"),
    ("MileRegistrations::find", "miles.find_registration"),
    ("MileRegistrations::search", "miles.registrations"),
    ("MileRegistrations::completed", "miles.completed_list"),
    ("MileRegistrations::errors", "miles.error_list"),
    ("MileRegistrations::delete_lists", "miles.delete_lists"),
    ("MileHistory::search", "miles.history"),
    ("Transactions::get", "miles.task"),
    ("Transactions::list", "miles.tasks"),
    ("Transactions::unresolved", "miles.unresolved"),
    ("Transactions::resolve", "miles.resolve"),
    ("Transactions::review", "miles.review"),
    ("Exchanges::applicant", "exchange.applicant"),
    ("Exchanges::begin", "exchange.begin"),
    ("Exchanges::debited", "exchange.debited"),
    ("Exchanges::not_debited", "exchange.not_debited"),
    ("Exchanges::issue", "exchange.issue"),
    ("Exchanges::credited_back", "exchange.credited_back"),
    ("Exchanges::get", "exchange.get"),
    ("Exchanges::list", "exchange.list"),
    ("Exchanges::unresolved", "exchange.unresolved"),
    ("Exchanges::resolve", "exchange.resolve"),
    ("Exchanges::review", "exchange.review"),
    ("Client::resolve", "client.resolve"),
    ("Client::recover", "client.recover"),
    ("Client::reconcile", "settlement.reconcile"),
    ("Client::repair", "settlement.repair"),
    ("Client::builder", "the configuration"),
    ("Client::for_contract", "a handle of its own"),
    ("Client::for_site", "a handle of its own"),
    ("Client::has_contract", "in the shop's own configuration"),
    ("Client::contract", "catalogue.methods"),
    ("Client::site", "in the shop's own configuration"),
    ("Client::driver", "in Rust only: a run does it"),
    ("Client::checkout", "a room"),
    ("Client::notices", "a room"),
    ("Client::returns", "a room"),
    ("Client::events", "a room"),
    ("Client::purchases", "a room"),
    ("Client::refunds", "a room"),
    ("Client::payments", "a room"),
    ("Client::subscriptions", "a room"),
    ("Client::registrations", "a room"),
    ("Client::members", "a room"),
    ("Client::miles", "a room"),
    ("Client::exchanges", "a room"),
    ("ClientBuilder::contract", "the configuration: contracts"),
    ("ClientBuilder::site", "the configuration: sites"),
    (
        "ClientBuilder::carrier_domains",
        "the configuration: carrier_domains",
    ),
    ("ClientBuilder::journal", "the configuration: journal"),
    (
        "ClientBuilder::text_policy",
        "the configuration: text_policy, replacements",
    ),
    (
        "ClientBuilder::form_limit",
        "the configuration: form_limit_seconds",
    ),
    ("ClientBuilder::echo_check", "the configuration: echo_check"),
    ("ClientBuilder::lease", "the configuration: lease_seconds"),
    (
        "ClientBuilder::overall",
        "the configuration: overall_seconds",
    ),
    (
        "ClientBuilder::api_limit",
        "the configuration: api_limit_seconds",
    ),
    ("ClientBuilder::transport", "runs: the caller sends"),
    (
        "ClientBuilder::build",
        "a handle is made of a configuration",
    ),
    (
        "ClientBuilder::observer",
        "in Rust only: it is called from within",
    ),
    ("ClientBuilder::clock", "in Rust only: for tests"),
    ("ClientBuilder::timer", "in Rust only: for tests"),
    ("ClientBuilder::seeds", "in Rust only: for tests"),
    ("ClientBuilder::gate", "in Rust only: limits of one process"),
    (
        "ClientBuilder::retry_budget",
        "in Rust only: limits of one process",
    ),
    (
        "ClientBuilder::retry",
        "in Rust only: the usual pauses elsewhere",
    ),
    (
        "ClientBuilder::timeouts",
        "in Rust only: the usual waiting times elsewhere",
    ),
    (
        "ClientBuilder::bounds",
        "in Rust only: the usual waiting times elsewhere",
    ),
    ("Checkout::hosted", "a field of its record"),
    ("NextTry::name", "a field of its record"),
    ("NextTry::is_final", "follows from the field next"),
    ("Repaired::is_changed", "a field of its record"),
];

/// Operations that are functions beside the client, or that only other languages need.
const BESIDE: &[&str] = &[
    "link.sign_purchase",
    "link.sign_recurring",
    "link.sign_registration",
    "link.verify",
    "hash.explain",
    "catalogue.errors",
    "catalogue.code",
    "catalogue.codes",
    "catalogue.api_code",
    "catalogue.mile_code",
    "catalogue.mile_codes",
    "settlement.read",
    "subscription.due",
    "miles.tag",
    "miles.read_tag",
    "miles.check_file",
    "miles.file_progress",
    "exchange.convert",
    "exchange.offer",
    "exchange.equal_value",
    "exchange.files",
    "exchange.settle",
    "exchange.drop_write",
    "exchange.drop_handle",
    "exchange.drop_settled",
];

/// Public functions of the core's client, as its sources have them.
fn in_the_sources() -> BTreeSet<String> {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../core/src/client");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let mut of = None;
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            if line.starts_with("impl") {
                let named = line.split(" for ").count() == 1;
                let after = line.trim_start_matches("impl").trim_start();
                let after = match after.strip_prefix('<') {
                    Some(rest) => rest.split_once("> ").map_or("", |(_, name)| name),
                    None => after,
                };
                let name = after.split(['<', ' ']).next().unwrap_or_default();
                of = named.then(|| name.to_owned());
            }
            let signature = line.strip_prefix("    pub ").unwrap_or_default();
            let signature = signature
                .trim_start_matches("const ")
                .trim_start_matches("async ");
            if let (Some(of), Some(function)) = (&of, signature.strip_prefix("fn ")) {
                let name = function.split(['(', '<']).next().unwrap_or_default();
                found.insert(format!("{of}::{name}"));
            }
        }
    }
    found
}

#[test]
fn whatever_rust_can_do_is_an_operation_or_has_a_reason() {
    let found = in_the_sources();
    let listed: BTreeMap<_, _> = FOUND.iter().copied().collect();
    assert_eq!(listed.len(), FOUND.len(), "a function is listed twice");
    let listed_names: BTreeSet<_> = listed.keys().map(|name| (*name).to_owned()).collect();
    let differs: Vec<_> = listed_names.symmetric_difference(&found).collect();
    assert!(
        differs.is_empty(),
        "found in the sources or listed, not both: {differs:?}"
    );
    let operations: BTreeSet<_> = all().map(|operation| operation.name).collect();
    let reached = listed
        .values()
        .copied()
        .filter(|found| !found.contains(' '));
    let accounted: BTreeSet<_> = reached.chain(BESIDE.iter().copied()).collect();
    assert_eq!(operations, accounted);
}
