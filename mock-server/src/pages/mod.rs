//! Every HTML page of the mock, as pure functions from plain view models to HTML.
//!
//! A page function takes a [`Frame`] (language and where the reader is) and one view model, and
//! returns a whole document. There is no IO, no state and no clock here: every value that a page
//! shows is in its view model, in yen (`*_yen`), miles (`*_miles`) or as an already formatted
//! JST time text (`*_at`).
//!
//! Two kinds of result:
//!
//! * `String`: serve it as `text/html; charset=utf-8`;
//! * [`ShiftJisPage`]: the page carries a form that the browser posts to the merchant, so it must be
//!   served with its own bytes and content type (docs/protocol/link-type.md#transport).
//!
//! No page contains a script or loads anything, so [`CONTENT_SECURITY_POLICY`] fits all of them.
//! View models hold what customers typed, therefore they deliberately have no `Debug`.

mod campaign;
mod checker;
mod checkout;
mod customer_data;
mod earn;
mod fields;
mod lang;
mod layout;
mod manage;
mod manage_detail;
mod member;
mod mile_get;
pub(crate) mod miles;
mod money;
mod names;
mod outcome;
mod parts;
mod paths;
mod payment;
mod problem;
mod recurring;
mod refused;
mod rewards;
mod sjis;
mod stand_in;
mod start;
mod terms;

#[cfg(test)]
mod tests;

pub use campaign::{
    CampaignHead, CampaignKind, CampaignOffer, OfferState, RegistrationPage, RegistrationResult,
    RegistrationResultPage, registration_confirm, registration_form, registration_result,
};
pub use checker::{CheckedField, CheckerPage, HashReport, checker_report};
pub use checkout::{
    Checkout, Credentials, DetailRow, LoginPage, LoginProblem, MethodPage, login, method_selection,
};
pub use customer_data::{CustomerDataPage, CustomerDataTask, customer_data};
pub use earn::{Question, QuestionnairePage, questionnaire};
pub use fields::{Field, FieldKind, FieldProblem};
pub use lang::Lang;
pub use layout::{CONTENT_SECURITY_POLICY, Frame};
pub use manage::{
    ManageLoginPage, Manager, PaymentFilter, PaymentRow, PaymentStatus, PaymentsPage, manage_login,
    payments,
};
pub use manage_detail::{
    ContractView, ManageNotice, PaymentDetailPage, RefundDonePage, RefundState, TimelineEntry,
    TimelineEvent, payment_detail, refund_done,
};
pub use member::{
    EarnOffer, MemberLoginPage, MemberNotice, MemberPage, PassbookKind, PassbookRow, member,
    member_login,
};
pub use mile_get::{MileGetPage, MileGotPage, MileRefusedPage, mile_get, mile_got, mile_refused};
pub use money::{miles_text, miles_with_yen, yen_text};
pub use names::method_name;
pub use outcome::{
    CancelPage, CompletionPage, ErrorPage, Outcome, PurchaseNgPage, ReturnForm, cancelled,
    completion, failed, purchase_ng,
};
pub use parts::{NoticeAttempt, NoticeVerdict};
pub(crate) use paths::encoded;
pub use payment::{PaymentNotice, PaymentPage, payment};
pub use problem::{Problem, ProblemPage, problem};
pub use recurring::{
    ContractCancelPage, RecurringKind, RecurringPage, contract_cancel, recurring_application,
};
pub use refused::{RefusedPage, refused};
pub use rewards::{RewardKind, RewardPage, RewardsPage, reward, rewards};
pub use sjis::{ShiftJisPage, to_shift_jis};
pub use stand_in::{PayPalPage, StandInPage, paypal, stand_in};
pub use start::{StartMember, StartMerchant, StartPage, start};
pub use terms::{TERMS_EXAMPLE, TermsPage, terms};
