//! Codes and methods as data.

use netmile::api::codes::{ApiCode, Class};
use netmile::client::{Recovered, Resolved};
use netmile::contract::{Billing, Connection, Method, Settlement, Terminal};
use netmile::miles::codes::{MileCode, Table};
use netmile::miles::{ByHand, Cancel, Issue};
use netmile::{Lang, Result};
use netmile_ffi_runtime::config::one_of;

use super::exchange::Exchange;
use super::files::Upload;
use super::miles::MileTask;
use super::payments::Charge;
use super::shapes;
use crate::convert::{amount, name};
use crate::records::Purchase;

shapes! {
    /// A code of the API type (`res_err_code`).
    ApiCodeEntry shows [code, known, class, must_ask_first] {
        /// The code, 8 characters.
        code: String,
        /// Whether its kind is known.
        known: bool,
        /// `bug`, `configuration`, `customer`, `final`, `retryable` or `unknown_outcome`.
        class: String,
        /// Whether it must be asked about before it is tried again.
        must_ask_first: bool,
        /// Whether the gateway saw the same order before.
        duplicate: bool,
        /// Tag of the field that it is about.
        field: Option<String>,
        /// What it means, in English.
        text_en: String,
        /// What it means, in Japanese.
        text_ja: String,
    }

    /// A code of one of NetMile's tables. The same digits mean different things in the two.
    MileCodeQuery shows [table, code] {
        /// `manual` or `automatic`.
        table: String,
        /// The code.
        code: String,
    }

    /// What is known about a code of NetMile.
    MileCodeEntry shows [table, code, known, actor] {
        /// `manual` or `automatic`.
        table: String,
        /// The code.
        code: String,
        /// Whether it is known.
        known: bool,
        /// The published wording, in Japanese.
        published: String,
        /// What it means and what to do, in English.
        text_en: String,
        /// What it means and what to do, in Japanese.
        text_ja: String,
        /// Who acts: `merchant`, `member`, `netmile` or `nobody`; empty when it is not known.
        actor: String,
    }

    /// Every code of NetMile that is known.
    MileCodeCatalogue shows [codes] {
        /// Both tables.
        codes: Vec<MileCodeEntry>,
    }

    /// A payment method of a contract.
    MethodInfo shows [tag, name_en, name_ja, min_yen, max_yen, settlement, api_number, cells] {
        /// Tag on the wire.
        tag: String,
        /// Name in English.
        name_en: String,
        /// Name in Japanese.
        name_ja: String,
        /// Least yen.
        min_yen: i64,
        /// Most yen.
        max_yen: i64,
        /// `immediate` or `by_deposit`.
        settlement: String,
        /// Number in the API type, if it is called there.
        api_number: Option<String>,
        /// What the contract offers.
        cells: Vec<MethodCell>,
    }

    /// One cell of the capability matrix that is offered.
    MethodCell shows [connection, billing, terminal] {
        /// `link` or `api`.
        connection: String,
        /// `one_time`, `recurring_simple` or `recurring_metered`.
        billing: String,
        /// `pc`, `smartphone` or `feature_phone`.
        terminal: String,
    }

    /// The methods of the client's contract.
    MethodList shows [methods] {
        /// In the order of the configuration, NetMile first.
        methods: Vec<MethodInfo>,
    }

    /// What a resolver run changed. Everything in it was looked after; what is still open is due again.
    ResolvedAll shows [purchases, charges, tasks, exchanges, uploads, passed_over] {
        /// Purchases by link type.
        purchases: Vec<Purchase>,
        /// Charges by API type.
        charges: Vec<Charge>,
        /// Miles.
        tasks: Vec<MileTask>,
        /// Point exchanges.
        exchanges: Vec<Exchange>,
        /// Uploads of files. What was refused is sent by the next run of its batch.
        uploads: Vec<Upload>,
        /// Rows that a journal handed out although they are of a service or site that this client does not have.
        passed_over: i64,
    }

    /// What was found open after a start of the shop.
    RecoveredAll shows [settled, open, tasks, exchanges, uploads, passed_over] {
        /// Charges whose outcome is known now.
        settled: Vec<Charge>,
        /// Charges whose outcome is still open.
        open: Vec<Charge>,
        /// Miles.
        tasks: Vec<MileTask>,
        /// Point exchanges.
        exchanges: Vec<Exchange>,
        /// Uploads of files. What was refused is sent by the next run of its batch.
        uploads: Vec<Upload>,
        /// Open rows of a service or site that this client does not have: whoever has it has to look at them.
        passed_over: i64,
    }
}

/// Issues, issues by hand and cancels as one list.
fn tasks(issues: Vec<Issue>, by_hand: Vec<ByHand>, cancels: Vec<Cancel>) -> Vec<MileTask> {
    let issues = issues.into_iter().map(MileTask::from);
    let by_hand = by_hand.into_iter().map(MileTask::from);
    let cancels = cancels.into_iter().map(MileTask::from);
    issues.chain(by_hand).chain(cancels).collect()
}

fn each<T, U: From<T>>(of: Vec<T>) -> Vec<U> {
    of.into_iter().map(Into::into).collect()
}

// Both name every field, so that one more of the core's does not compile before it is passed on.

impl From<Resolved> for ResolvedAll {
    fn from(resolved: Resolved) -> Self {
        let Resolved {
            purchases,
            charges,
            issues,
            by_hand,
            cancels,
            exchanges,
            uploads,
            passed_over,
        } = resolved;
        Self {
            purchases: each(purchases),
            charges: each(charges),
            tasks: tasks(issues, by_hand, cancels),
            exchanges: each(exchanges),
            uploads: each(uploads),
            passed_over: i64::try_from(passed_over).unwrap_or(i64::MAX),
        }
    }
}

impl From<Recovered> for RecoveredAll {
    fn from(recovered: Recovered) -> Self {
        let Recovered {
            settled,
            open,
            issues,
            by_hand,
            cancels,
            exchanges,
            uploads,
            passed_over,
        } = recovered;
        Self {
            settled: each(settled),
            open: each(open),
            tasks: tasks(issues, by_hand, cancels),
            exchanges: each(exchanges),
            uploads: each(uploads),
            passed_over: i64::try_from(passed_over).unwrap_or(i64::MAX),
        }
    }
}

impl From<&ApiCode> for ApiCodeEntry {
    fn from(code: &ApiCode) -> Self {
        let explained = code.explain();
        let class: Class = code.class();
        Self {
            code: code.as_str().to_owned(),
            known: explained.known,
            class: class.name().to_owned(),
            must_ask_first: code.must_ask_first(),
            duplicate: code.is_duplicate(),
            field: explained.field_tag.map(str::to_owned),
            text_en: explained.text(Lang::En),
            text_ja: explained.text(Lang::Ja),
        }
    }
}

impl MileCodeQuery {
    pub(crate) fn table(&self) -> Result<Table> {
        one_of("table", &Table::ALL, Table::name, &self.table)
    }
}

impl From<&MileCode> for MileCodeEntry {
    fn from(code: &MileCode) -> Self {
        Self {
            table: code.table.name().to_owned(),
            code: code.code.to_owned(),
            known: true,
            published: code.published.to_owned(),
            text_en: code.text(Lang::En),
            text_ja: code.text(Lang::Ja),
            actor: name(&code.actor),
        }
    }
}

impl From<&Method> for MethodInfo {
    fn from(method: &Method) -> Self {
        let limits = method.limits();
        let mut cells = Vec::new();
        for connection in Connection::ALL.iter().copied() {
            for billing in Billing::ALL.iter().copied() {
                for terminal in Terminal::ALL.iter().copied() {
                    if method.matrix().offers(connection, billing, terminal) {
                        cells.push(MethodCell {
                            connection: connection.name().to_owned(),
                            billing: billing.name().to_owned(),
                            terminal: terminal.name().to_owned(),
                        });
                    }
                }
            }
        }
        Self {
            tag: method.tag().to_owned(),
            name_en: method.name(Lang::En).to_owned(),
            name_ja: method.name(Lang::Ja).to_owned(),
            min_yen: amount(limits.min),
            max_yen: amount(limits.max),
            settlement: match method.settlement() {
                Settlement::Immediate => "immediate",
                Settlement::ByDeposit => "by_deposit",
            }
            .to_owned(),
            api_number: method.api().map(|ids| ids.number.clone()),
            cells,
        }
    }
}
