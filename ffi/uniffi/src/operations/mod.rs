//! The manifest: every operation with its request and its answer.

mod catalogue;
mod events;
mod exchange;
mod files;
mod link;
mod members;
mod miles;
mod named;
mod notices;
mod payments;
mod purchases;
mod refunds;
mod sdk;
mod settlement;
mod subscriptions;

use netmile_ffi_runtime::{Context, FfiError, Handle, Place, Run, Running, json};
use serde::Serialize;

use crate::records::*;

/// One line of the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Operation {
    /// Name, `subject.verb`.
    pub name: &'static str,
    /// What it does to the world.
    pub effect: Effect,
    /// Name of the request record.
    pub request: &'static str,
    /// Name of the answer record.
    pub answer: &'static str,
    /// What it does.
    pub summary: &'static str,
}

/// What an operation does to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Nothing outside the call, and nothing is recorded.
    Local,
    /// Reads or writes the journal; nothing is sent.
    Journal,
    /// Asks another server; nothing changes there.
    Read,
    /// Sends something whose repeat the other server recognises.
    Keyed,
    /// Sends something that happens each time it arrives. The SDK sends it once; so must whoever drives it by steps.
    Blind,
    /// Finds out about what is open, and goes on with what may be sent again.
    Upkeep,
}

impl Effect {
    /// Every effect.
    pub const ALL: [Self; 6] = [
        Self::Local,
        Self::Journal,
        Self::Read,
        Self::Keyed,
        Self::Blind,
        Self::Upkeep,
    ];

    /// The name in the manifest.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Journal => "journal",
            Self::Read => "read",
            Self::Keyed => "keyed",
            Self::Blind => "blind",
            Self::Upkeep => "upkeep",
        }
    }

    /// What it means.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Local => "changes nothing outside the call; nothing is recorded",
            Self::Journal => "reads or writes the journal; nothing is sent",
            Self::Read => "asks another server; nothing changes there",
            Self::Keyed => "sends something whose repeat the other server recognises",
            Self::Blind => "sends something that happens each time it arrives; it is sent once",
            Self::Upkeep => "finds out about what is open, and goes on with what may be sent again",
        }
    }
}

/// Calls a macro with the whole table: name, method, awaited method, module and function, request, answer, and
/// what it does.
macro_rules! with_operations {
    ($macro:ident) => {
        $macro! {
            "checkout.start" Journal checkout_start checkout_start_async purchases::start(PurchaseRequest) -> Checkout
                "Starts a purchase, or a further attempt of it; the attempt is in the journal before this returns.",
            "checkout.render" Journal checkout_render checkout_render_async purchases::render(PurchaseId) -> Checkout
                "Signs the newest attempt again, for a page that is rendered again.",
            "checkout.give_up" Journal checkout_give_up checkout_give_up_async purchases::give_up(PurchaseId) -> Purchase
                "Stops waiting for a purchase.",
            "notice.handle" Journal notice_handle notice_handle_async notices::handle(Received) -> NoticeAnswer
                "Verifies a notice, records it once, and says what to answer.",
            "notice.inspect" Journal notice_inspect notice_inspect_async notices::inspect(Received) -> NoticeView
                "Verifies a notice and records nothing.",
            "notice.refuse" Journal notice_refuse notice_refuse_async notices::refuse(RefusedNotice) -> NoticeAnswer
                "Verifies a notice and refuses it; the customer's miles stay spent.",
            "return.read" Journal return_read return_read_async notices::read_return(ReceivedReturn) -> BrowserReturn
                "Verifies what the browser brought back. For display, never proof of payment.",
            "events.next" Journal events_next events_next_async events::next(Limit) -> Deliveries
                "Takes what the shop has to act on; other workers do not see it for a while.",
            "events.ack" Journal events_ack events_ack_async events::ack(EventId) -> Acknowledged
                "Acknowledges an event for good, after the goods are out.",
            "purchase.get" Journal purchase_get purchase_get_async purchases::get(PurchaseId) -> Purchase
                "The purchase with the shop's id.",
            "purchase.by_order" Journal purchase_by_order purchase_by_order_async purchases::by_order(OrderId) -> Purchase
                "The purchase that an id at the gateway belongs to.",
            "purchase.list" Journal purchase_list purchase_list_async purchases::list(PurchaseQuery) -> Purchases
                "Purchases in some phases.",
            "purchase.unresolved" Journal purchase_unresolved purchase_unresolved_async purchases::unresolved(Limit) -> Purchases
                "Purchases that somebody or something still has to act on.",
            "purchase.resolve" Journal purchase_resolve purchase_resolve_async purchases::resolve(Nothing) -> Purchases
                "Resolves purchases whose waiting time is over; call it once a minute.",
            "purchase.review" Journal purchase_review purchase_review_async purchases::review(ReviewVerdict) -> Purchase
                "Records what a person found on the management page.",
            "purchase.accept_late" Journal purchase_accept_late purchase_accept_late_async purchases::accept_late(PurchaseId) -> Purchase
                "Keeps a payment that came after the shop had given up.",
            "purchase.evidence" Journal purchase_evidence purchase_evidence_async purchases::evidence(Limit) -> EvidenceList
                "Genuine messages that could not be applied.",
            "refund.request" Journal refund_request refund_request_async refunds::request(RefundRequest) -> RefundTicket
                "Records that a payment is to be refunded, and says where a person does it.",
            "refund.confirm" Journal refund_confirm refund_confirm_async refunds::confirm(RefundConfirmation) -> Purchase
                "Records that a refund was executed.",
            "refund.withdraw" Journal refund_withdraw refund_withdraw_async refunds::withdraw(PaymentId) -> Purchase
                "Records that a refund will not be executed.",
            "subscription.start" Journal subscription_start subscription_start_async purchases::subscribe(PurchaseRequest) -> Checkout
                "Applies for a recurring contract with a purchase.",
            "subscription.apply" Journal subscription_apply subscription_apply_async purchases::apply(RecurringRequest) -> Checkout
                "Applies for a recurring contract without a purchase at once.",
            "subscription.end" Journal subscription_end subscription_end_async purchases::end(PurchaseId) -> Checkout
                "Ends a recurring contract: a form for the customer's browser.",
            "registration.register" Local registration_register registration_register_async link::register(RegistrationRequest) -> SignedForm
                "Signs a registration or update of payment data.",
            "registration.delete" Local registration_delete registration_delete_async link::delete(RegistrationRequest) -> SignedForm
                "Signs a deletion of payment data.",
            "registration.notice" Local registration_notice registration_notice_async link::registration_notice(Received) -> RegistrationResult
                "Verifies a registration notice.",
            "registration.returned" Local registration_returned registration_returned_async link::registration_returned(Received) -> RegistrationResult
                "Verifies the browser's return from a registration.",
            "link.sign_purchase" Local link_sign_purchase link_sign_purchase_async link::sign_purchase(SignPurchase) -> SignedForm
                "Signs a purchase request as it is. Nothing is recorded: for tests, and for shops with records of their own.",
            "link.sign_recurring" Local link_sign_recurring link_sign_recurring_async link::sign_recurring(SignRecurring) -> SignedForm
                "Signs a recurring application as it is. Nothing is recorded.",
            "link.sign_registration" Local link_sign_registration link_sign_registration_async link::sign_registration(SignRegistration) -> SignedForm
                "Signs a registration as it is.",
            "link.verify" Local link_verify link_verify_async link::verify(ReceivedMessage) -> Message
                "Verifies the hash of a message; neither its age nor that it answers what was asked.",
            "hash.explain" Local hash_explain hash_explain_async catalogue::explain(HashQuestion) -> HashExplanation
                "Names the wrong recipe behind a hash.",
            "catalogue.errors" Local catalogue_errors catalogue_errors_async catalogue::errors(Nothing) -> ErrorCatalogue
                "Every error code with what to do about it.",
            "catalogue.code" Local catalogue_code catalogue_code_async catalogue::code(CodeQuery) -> CodeEntry
                "What is known about a code of the gateway; an unknown one gives an entry that says so.",
            "catalogue.codes" Local catalogue_codes catalogue_codes_async catalogue::codes(Nothing) -> CodeCatalogue
                "Every code of the gateway that is known.",
        }
    };
}
pub(crate) use with_operations;

macro_rules! manifest {
    ($($name:literal $effect:ident $method:ident $awaited:ident $module:ident::$function:ident($request:ident) -> $answer:ident
        $doc:literal,)+) => {
        /// The operations that have a typed method in the UniFFI face; [`all`] are more.
        pub const OPERATIONS: &[Operation] = &[$(Operation {
            name: $name,
            effect: Effect::$effect,
            request: stringify!($request),
            answer: stringify!($answer),
            summary: $doc,
        }),+];

        $(
            #[doc = $doc]
            ///
            /// # Errors
            /// With the code of what was refused.
            pub async fn $method(context: Context, request: $request) -> Result<$answer, FfiError> {
                $module::$function(&context, request).await
            }
        )+

        /// The operation of this name, ready to run.
        fn find(context: Context, operation: &str, request: &str) -> Result<Running, FfiError> {
            match operation {
                $($name => {
                    let request: $request = json::read("request", request)?;
                    Ok(Box::pin(async move { write(&$method(context, request).await?) }))
                })+
                _ => named::find(context, operation, request).unwrap_or_else(|| {
                    Err(FfiError::field(
                        "unknown_operation",
                        "operation",
                        "is not an operation of this library",
                    ))
                }),
            }
        }
    };
}
with_operations!(manifest);

/// Every operation.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter().chain(named::OPERATIONS)
}

/// Runs the operation of this name on the calling thread: JSON in, JSON out.
///
/// # Errors
/// `unknown_operation`, `invalid_argument`, and what the operation returns.
pub fn invoke(handle: &Handle, operation: &str, request: &str) -> Result<String, FfiError> {
    handle.run(|context| async { find(context, operation, request)?.await })
}

/// The same, to be awaited by any executor.
///
/// # Errors
/// As [`invoke`].
pub async fn invoke_async(
    handle: &Handle,
    operation: String,
    request: String,
) -> Result<String, FfiError> {
    let place = place(&operation);
    handle
        .run_async(place, |context| async move {
            find(context, &operation, &request)?.await
        })
        .await
}

/// Operations that read or write whole files keep a thread busy.
fn place(operation: &str) -> Place {
    match operation {
        "miles.check_file"
        | "miles.issue_file"
        | "settlement.read"
        | "settlement.reconcile"
        | "settlement.repair"
        | "exchange.files"
        | "exchange.settle"
        | "exchange.drop_write"
        | "exchange.drop_handle"
        | "exchange.drop_settled" => Place::Apart,
        _ => Place::Shared,
    }
}

/// The operation of this name, for a caller that waits for it in slices ([`crate::steps::step_within`]), and may stop
/// in between. Its run asks for nothing to be sent.
pub fn begin(handle: &Handle, operation: String, request: String) -> Run {
    handle.begin(place(&operation), |context| {
        Box::pin(async move { find(context, &operation, &request)?.await })
    })
}

/// The operation of this name, for a caller that sends its HTTP requests itself. Nothing is checked and nothing happens
/// before the first step.
pub fn start(handle: &Handle, operation: String, request: String) -> Run {
    handle.steps(place(&operation), |context| {
        Box::pin(async move { find(context, &operation, &request)?.await })
    })
}

fn write(answer: &impl Serialize) -> Result<String, FfiError> {
    serde_json::to_string(answer)
        .map_err(|_| FfiError::new("malformed", "the answer cannot be written as JSON"))
}

#[cfg(test)]
mod surface;
#[cfg(test)]
mod tests;
