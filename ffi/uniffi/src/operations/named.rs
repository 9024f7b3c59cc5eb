//! The second half of the manifest: operations that every language calls by name, with JSON.
//!
//! The first half ([`super::with_operations`]) has a typed method each in the UniFFI face. A further hundred of those
//! would make the generated sources three times as long for no more safety: the facades have typed methods of their
//! own.

use netmile_ffi_runtime::{Context, FfiError, json};

use super::{Effect, Operation, Running, write};
use super::{exchange, files, link, members, miles, payments, sdk, settlement, subscriptions};
use crate::records::*;
use crate::shapes::catalogue::*;
use crate::shapes::exchange::*;
use crate::shapes::files::*;
use crate::shapes::members::*;
use crate::shapes::mile_campaigns::*;
use crate::shapes::mile_tags::*;
use crate::shapes::miles::*;
use crate::shapes::payments::*;
use crate::shapes::registrations::*;
use crate::shapes::settlement::*;
use crate::shapes::subscriptions::*;

macro_rules! named {
    ($($name:literal $effect:ident $module:ident::$function:ident($request:ident) -> $answer:ident $doc:literal,)+) => {
        /// Every operation of this half.
        pub(super) const OPERATIONS: &[Operation] = &[$(Operation {
            name: $name,
            effect: Effect::$effect,
            request: stringify!($request),
            answer: stringify!($answer),
            summary: $doc,
        }),+];

        /// The operation of this name, if it is of this half.
        pub(super) fn find(
            context: Context,
            operation: &str,
            request: &str,
        ) -> Option<Result<Running, FfiError>> {
            match operation {
                $($name => Some(json::read::<$request>("request", request).map(|request| {
                    let running: Running = Box::pin(async move {
                        let answer: $answer = $module::$function(&context, request).await?;
                        write(&answer)
                    });
                    running
                })),)+
                _ => None,
            }
        }
    };
}

named! {
    "registration.check" Local link::registration_check(RegistrationCheck) -> RegistrationResult
        "Verifies the result of a registration and that it answers what was asked. Only then may its values be used.",
    "payment.charge" Blind payments::charge(ChargeRequest) -> ChargeOutcome
        "Charges a customer; asked again with the same id it goes on and never charges twice.",
    "payment.capture" Keyed payments::capture(CaptureRequest) -> ChargeOutcome
        "Captures what was reserved: all of it, or a lower amount. Once per charge.",
    "payment.refund" Keyed payments::refund(ChargeId) -> ChargeOutcome
        "Cancels what was reserved, or refunds everything that was captured. Once per charge.",
    "payment.refund_part" Blind payments::refund_part(PartRefundRequest) -> ChargeOutcome
        "Refunds a part under a name of the shop's own; asked again with the same name it never refunds twice.",
    "payment.get" Journal payments::get(ChargeId) -> Charge
        "The charge with this id.",
    "payment.list" Journal payments::list(ChargeQuery) -> Charges
        "Charges in some phases.",
    "payment.unresolved" Journal payments::unresolved(Limit) -> Charges
        "Charges that somebody or something still has to act on.",
    "payment.resolve" Upkeep payments::resolve(ChargeId) -> Charge
        "Looks after one charge now, instead of when it is due.",
    "payment.inquire" Read payments::inquire(ChargeId) -> InquiryAnswer
        "Asks the gateway what it knows about a charge; changes nothing here.",
    "payment.notice" Journal payments::notice(XmlNotice) -> XmlNoticeAnswer
        "Verifies an XML notice of the API type, records it once, and says what to answer.",
    "payment.review" Journal payments::review(ChargeReview) -> Charge
        "Records what a person found out about a charge under review.",
    "payment.raw" Blind payments::raw(RawRequest) -> RawOutcome
        "Sends a message of any function of the gateway under an id of the shop's own, once.",
    "payment.raw_unresolved" Journal payments::raw_unresolved(Limit) -> Ids
        "Raw messages whose outcome is not known.",
    "payment.raw_review" Journal payments::raw_review(RawReview) -> RawReview
        "Records what a person found out about a raw message whose outcome nobody knows.",
    "payment.balance" Read payments::balance(BalanceQuery) -> Balance
        "The balance of a member of a point service.",
    "payment.customer_data" Keyed payments::customer_data(CustomerDataRequest) -> CustomerDataOutcome
        "Stores, replaces, deletes or shows the card that the gateway keeps for a customer.",
    "subscription.apply_by_api" Blind subscriptions::apply(ChargeRequest) -> ChargeOutcome
        "Applies for a simple recurring contract server to server.",
    "subscription.adopt" Journal subscriptions::adopt(AdoptRequest) -> Charge
        "Takes over a contract that runs at the gateway already.",
    "subscription.adopt_purchase" Journal subscriptions::adopt_purchase(AdoptPurchaseRequest) -> Charge
        "Takes over the contract that a purchase by link type brought about.",
    "subscription.adopt_simple" Journal subscriptions::adopt_simple(AdoptSimpleRequest) -> Charge
        "Takes over a simple contract, which the gateway goes on billing.",
    "subscription.adopt_simple_purchase" Journal subscriptions::adopt_simple_purchase(AdoptSimplePurchaseRequest) -> Charge
        "Takes over the simple contract that a purchase by link type brought about.",
    "subscription.bill" Blind subscriptions::bill(BillRequest) -> ChargeOutcome
        "Bills one period of a contract; asked again it never bills twice.",
    "subscription.bill_again" Blind subscriptions::bill_again(PeriodId) -> ChargeOutcome
        "Bills a period once more after the gateway refused it.",
    "subscription.due" Journal subscriptions::due(Nothing) -> DuePeriods
        "Periods that are due and were not billed.",
    "subscription.bill_due" Blind subscriptions::bill_due(BillDueRequest) -> BilledPeriods
        "The billing job: bills every period that is due and has an amount.",
    "subscription.periods" Journal subscriptions::periods(ChargeId) -> Charges
        "Every period of a contract that was billed or tried.",
    "subscription.end_by_api" Keyed subscriptions::end(ChargeId) -> ChargeOutcome
        "Ends a contract server to server.",
    "subscription.refund_month" Keyed subscriptions::refund_month(MonthRefundRequest) -> ChargeOutcome
        "Refunds one month of a simple contract.",
    "settlement.read" Local settlement::read(StatementRequest) -> StatementSummary
        "Reads a statement and checks it, without comparing.",
    "settlement.reconcile" Journal settlement::reconcile(StatementRequest) -> ReconciliationReport
        "Compares a statement with the journal; changes nothing.",
    "settlement.repair" Upkeep settlement::repair(RepairRequest) -> RepairReport
        "Compares anew and writes down what the statement proves.",
    "member.verify" Read members::verify(MemberQuery) -> MembershipAnswer
        "Whether a mail address or user id is a member's; from then on this site may issue to it.",
    "member.info" Read members::info(MemberId) -> MemberInfo
        "A member that this site has authenticated.",
    "member.passbook" Read members::passbook(MemberId) -> PassbookAnswer
        "What a member has that this site has authenticated.",
    "miles.issue" Keyed miles::issue(IssueRequest) -> IssueOutcome
        "Issues miles; asked again with the same tran_id it never issues twice.",
    "miles.issue_by_hand" Keyed miles::by_hand(HandIssueRequest) -> HandIssueOutcome
        "Issues up to ten rows under one tran_id.",
    "miles.cancel" Keyed miles::cancel(MileCancelRequest) -> MileCancelOutcome
        "Wishes issues cancelled.",
    "miles.cancellation" Read miles::cancellation(CancellationId) -> MileCancellation
        "What became of a wish to cancel.",
    "miles.task" Journal miles::task(TaskId) -> MileTask
        "An issue, an issue by hand or a cancel as the journal knows it.",
    "miles.tasks" Journal miles::tasks(TaskQuery) -> MileTasks
        "Tasks of one kind in some phases.",
    "miles.unresolved" Journal miles::unresolved(Limit) -> MileTasks
        "Tasks that somebody or something still has to act on.",
    "miles.resolve" Upkeep miles::resolve(TaskId) -> MileTask
        "Looks after one task now, instead of when it is due.",
    "miles.review" Journal miles::review(TaskReview) -> MileTask
        "Records what a person found out about a task under review.",
    "miles.campaign" Read miles::campaign(CampaignId) -> CampaignInfo
        "A campaign of the site.",
    "miles.sample_mail" Read miles::sample_mail(SampleQuery) -> SampleMailText
        "A mail as a member gets it.",
    "miles.registration" Read miles::registration(RegistrationRef) -> MileRegistration
        "A registration by its id.",
    "miles.find_registration" Read miles::find_registration(TranRef) -> FoundRegistration
        "The registration of a tran_id, if there is one.",
    "miles.registrations" Read miles::registrations(RegistrationQuery) -> RegistrationPage
        "Registrations of the site, page by page.",
    "miles.completed_list" Read miles::completed_list(RegistrationRef) -> ListFile
        "The issued rows of a registration as a file.",
    "miles.error_list" Read miles::error_list(RegistrationRef) -> ListFile
        "The refused rows of a registration as a file.",
    "miles.delete_lists" Keyed miles::delete_lists(RegistrationRef) -> DeletionOutcome
        "Deletes both lists of a registration for good.",
    "miles.history" Read miles::history(HistoryQuery) -> HistoryPage
        "Issues of a campaign, page by page.",
    "miles.bill" Read miles::bill(MonthRef) -> MileBill
        "What a month costs.",
    "miles.tag" Local miles::tag(TagRequest) -> TagText
        "Makes a mile-get tag, signed or as published.",
    "miles.read_tag" Local miles::read_tag(TagCheck) -> TagContents
        "Reads a mile-get tag; one that must be signed is verified.",
    "miles.check_file" Local files::check(FileCheckRequest) -> FileCheckReport
        "Checks a file by all rules before anything is sent.",
    "miles.issue_file" Keyed files::issue(BatchIssueRequest) -> BatchIssueReport
        "Issues the miles of a file of any size; called again with the same it goes on where it stopped.",
    "miles.file_progress" Local files::progress(BatchId) -> BatchProgressReport
        "How far a file is that is being issued in this process; asked from another thread.",
    "miles.batch" Journal files::batch(BatchId) -> BatchState
        "A file's issue as the journal knows it, from any process.",
    "miles.uploads" Journal files::uploads(UploadQuery) -> Uploads
        "The uploads of a file as the journal knows them.",
    "miles.review_upload" Journal files::review(UploadReview) -> Upload
        "Records what a person found out about an upload under review.",
    "miles.unresolved_uploads" Journal files::unresolved(OpenUploadQuery) -> Uploads
        "Uploads of all sites that somebody or something still has to act on.",
    "miles.resolve_upload" Upkeep files::resolve(UploadId) -> Upload
        "Looks after one upload now, instead of when it is due; its rows are not sent.",
    "exchange.convert" Local exchange::convert(ConversionRequest) -> ConversionAnswer
        "What points come to, or why they do not fit and which numbers would.",
    "exchange.offer" Local exchange::offer(ExchangeOffer) -> ExchangeOfferAnswer
        "What a customer can exchange at least and at most.",
    "exchange.equal_value" Local exchange::equal_value(PriceQuery) -> RateTerms
        "The rate at which points keep their value.",
    "exchange.applicant" Read exchange::applicant(MailQuery) -> ApplicantAnswer
        "Whether somebody can get miles.",
    "exchange.begin" Journal exchange::begin(ExchangeRequest) -> Exchange
        "Records an exchange; then the shop takes the points.",
    "exchange.debited" Journal exchange::debited(ExchangeId) -> Exchange
        "Records that the points are taken.",
    "exchange.not_debited" Journal exchange::not_debited(ExchangeId) -> Exchange
        "Records that the points could not be taken.",
    "exchange.issue" Keyed exchange::issue(ExchangeId) -> ExchangeOutcome
        "Has the miles issued; asked again it never issues twice.",
    "exchange.credited_back" Journal exchange::credited_back(ExchangeId) -> Exchange
        "Records that the points of a refused exchange are given back.",
    "exchange.get" Journal exchange::get(ExchangeId) -> Exchange
        "The exchange with this id.",
    "exchange.list" Journal exchange::list(ExchangeQuery) -> Exchanges
        "Exchanges in some phases.",
    "exchange.unresolved" Journal exchange::unresolved(Limit) -> Exchanges
        "Exchanges that somebody or something still has to act on.",
    "exchange.resolve" Upkeep exchange::resolve(ExchangeId) -> Exchange
        "Looks after one exchange now, instead of when it is due.",
    "exchange.review" Journal exchange::review(ExchangeReview) -> Exchange
        "Records what a person found out about an exchange under review.",
    "exchange.files" Local exchange::files(ExchangeFileRequest) -> ExchangeFiles
        "Writes upload files of at most 10,000 rows (flow 2).",
    "exchange.settle" Local exchange::settle(SettleRequest) -> SettledFile
        "Says of every row of an upload file what became of it.",
    "exchange.drop_write" Local exchange::drop_write(DropWriteRequest) -> DropFiles
        "Writes the files that NetMile fetches (flow 3).",
    "exchange.drop_handle" Local exchange::drop_handle(DropHandleRequest) -> DropHandleAnswer
        "Answers a request of NetMile to the shop's drop; the shop keeps the files.",
    "exchange.drop_settled" Local exchange::drop_settled(DropSettleRequest) -> DropSettleAnswer
        "What became of a run of the drop, if its result is there.",
    "client.resolve" Upkeep sdk::resolve(Nothing) -> ResolvedAll
        "Looks after everything that is due; call it once a minute.",
    "client.recover" Upkeep sdk::recover(Nothing) -> RecoveredAll
        "Looks after everything that a crash may have left open; call it when the shop starts.",
    "catalogue.methods" Local sdk::methods(Nothing) -> MethodList
        "The payment methods of the client's contract, with limits and what is offered.",
    "catalogue.api_code" Local sdk::api_code(CodeQuery) -> ApiCodeEntry
        "What is known about a code of the API type.",
    "catalogue.mile_code" Local sdk::mile_code(MileCodeQuery) -> MileCodeEntry
        "What is known about a code of one of NetMile's tables.",
    "catalogue.mile_codes" Local sdk::mile_codes(Nothing) -> MileCodeCatalogue
        "Every code of NetMile's tables that is known.",
}
