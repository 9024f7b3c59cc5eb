// Made by generate.py from ffi/manifest.json; do not edit.

package netmile.internal

import netmile.*

internal fun readStatementSummary(from: Fields): StatementSummary = StatementSummary(
    from = from.string("from"),
    until = from.string("until"),
    rows = from.long("rows"),
    ignored = from.long("ignored"),
    amount = from.long("amount"),
    fee = from.long("fee"),
    net = from.long("net"),
    provenWhole = from.boolean("proven_whole"),
)

internal fun writeStatementSummary(of: StatementSummary): Json = jsonOf(
    "from" to of.from,
    "until" to of.until,
    "rows" to of.rows,
    "ignored" to of.ignored,
    "amount" to of.amount,
    "fee" to of.fee,
    "net" to of.net,
    "proven_whole" to of.provenWhole,
)

internal fun readStatementRequest(from: Fields): StatementRequest = StatementRequest(
    file = from.bytesOrNull("file"),
    path = from.stringOrNull("path"),
    month = from.stringOrNull("month"),
    from = from.stringOrNull("from"),
    until = from.stringOrNull("until"),
    profile = from.any("profile"),
    terms = from.any("terms"),
)

internal fun writeStatementRequest(of: StatementRequest): Json = jsonOf(
    "file" to of.file,
    "path" to of.path,
    "month" to of.month,
    "from" to of.from,
    "until" to of.until,
    "profile" to of.profile,
    "terms" to of.terms,
)

internal fun readClassTally(from: Fields): ClassTally = ClassTally(
    class_ = from.string("class"),
    fileCount = from.long("file_count"),
    fileYen = from.long("file_yen"),
    journalCount = from.long("journal_count"),
    journalYen = from.long("journal_yen"),
)

internal fun writeClassTally(of: ClassTally): Json = jsonOf(
    "class" to of.class_,
    "file_count" to of.fileCount,
    "file_yen" to of.fileYen,
    "journal_count" to of.journalCount,
    "journal_yen" to of.journalYen,
)

internal fun readReconciliationEntry(from: Fields): ReconciliationEntry = ReconciliationEntry(
    class_ = from.string("class"),
    cause = from.string("cause"),
    text = from.string("text"),
    orderId = from.string("order_id"),
    verdict = from.stringOrNull("verdict"),
    trackingId = from.stringOrNull("tracking_id"),
    line = from.longOrNull("line"),
    fileAmount = from.longOrNull("file_amount"),
    journalAmount = from.longOrNull("journal_amount"),
    record = from.stringOrNull("record"),
    recordId = from.stringOrNull("record_id"),
)

internal fun writeReconciliationEntry(of: ReconciliationEntry): Json = jsonOf(
    "class" to of.class_,
    "cause" to of.cause,
    "text" to of.text,
    "order_id" to of.orderId,
    "verdict" to of.verdict,
    "tracking_id" to of.trackingId,
    "line" to of.line,
    "file_amount" to of.fileAmount,
    "journal_amount" to of.journalAmount,
    "record" to of.record,
    "record_id" to of.recordId,
)

internal fun readPlannedRepair(from: Fields): PlannedRepair = PlannedRepair(
    repair = from.string("repair"),
    orderId = from.string("order_id"),
    cause = from.string("cause"),
    text = from.string("text"),
    trackingId = from.stringOrNull("tracking_id"),
    amount = from.longOrNull("amount"),
    line = from.longOrNull("line"),
    at = from.instantOrNull("at_ms"),
)

internal fun writePlannedRepair(of: PlannedRepair): Json = jsonOf(
    "repair" to of.repair,
    "order_id" to of.orderId,
    "cause" to of.cause,
    "text" to of.text,
    "tracking_id" to of.trackingId,
    "amount" to of.amount,
    "line" to of.line,
    "at_ms" to of.at?.toEpochMilli(),
)

internal fun readReconciliationReport(from: Fields): ReconciliationReport = ReconciliationReport(
    clean = from.boolean("clean"),
    provenWhole = from.boolean("proven_whole"),
    tallies = from.list("tallies", ::readClassTally),
    entries = from.list("entries", ::readReconciliationEntry),
    feesChecked = from.long("fees_checked"),
    feeDifferences = from.strings("fee_differences"),
    payoutDifferences = from.strings("payout_differences"),
    plan = from.list("plan", ::readPlannedRepair),
    summary = from.string("summary"),
)

internal fun writeReconciliationReport(of: ReconciliationReport): Json = jsonOf(
    "clean" to of.clean,
    "proven_whole" to of.provenWhole,
    "tallies" to of.tallies.map(::writeClassTally),
    "entries" to of.entries.map(::writeReconciliationEntry),
    "fees_checked" to of.feesChecked,
    "fee_differences" to of.feeDifferences,
    "payout_differences" to of.payoutDifferences,
    "plan" to of.plan.map(::writePlannedRepair),
    "summary" to of.summary,
)

internal fun readRepairResult(from: Fields): RepairResult = RepairResult(
    step = from.long("step"),
    result = from.string("result"),
    reason = from.stringOrNull("reason"),
)

internal fun writeRepairResult(of: RepairResult): Json = jsonOf(
    "step" to of.step,
    "result" to of.result,
    "reason" to of.reason,
)

internal fun readRepairReport(from: Fields): RepairReport = RepairReport(
    report = from.record("report", ::readReconciliationReport),
    repaired = from.list("repaired", ::readRepairResult),
)

internal fun writeRepairReport(of: RepairReport): Json = jsonOf(
    "report" to writeReconciliationReport(of.report),
    "repaired" to of.repaired.map(::writeRepairResult),
)
