// Made by generate.py from ffi/manifest.json; do not edit.

package netmile.internal

import netmile.*

internal fun readMembershipAnswer(from: Fields): MembershipAnswer = MembershipAnswer(
    exists = from.boolean("exists"),
    active = from.boolean("active"),
    userId = from.stringOrNull("user_id"),
)

internal fun writeMembershipAnswer(of: MembershipAnswer): Json = jsonOf(
    "exists" to of.exists,
    "active" to of.active,
    "user_id" to of.userId,
)

internal fun readMemberInfo(from: Fields): MemberInfo = MemberInfo(
    userId = from.string("user_id"),
    status = from.string("status"),
    registeredOn = from.string("registered_on"),
)

internal fun writeMemberInfo(of: MemberInfo): Json = jsonOf(
    "user_id" to of.userId,
    "status" to of.status,
    "registered_on" to of.registeredOn,
)

internal fun readPendingMiles(from: Fields): PendingMiles = PendingMiles(
    miles = from.long("miles"),
    depositOn = from.string("deposit_on"),
    campaignId = from.string("campaign_id"),
)

internal fun writePendingMiles(of: PendingMiles): Json = jsonOf(
    "miles" to of.miles,
    "deposit_on" to of.depositOn,
    "campaign_id" to of.campaignId,
)

internal fun readPassbookAnswer(from: Fields): PassbookAnswer = PassbookAnswer(
    balance = from.long("balance"),
    pendingTotal = from.long("pending_total"),
    pending = from.list("pending", ::readPendingMiles),
)

internal fun writePassbookAnswer(of: PassbookAnswer): Json = jsonOf(
    "balance" to of.balance,
    "pending_total" to of.pendingTotal,
    "pending" to of.pending.map(::writePendingMiles),
)

internal fun readIssuedMiles(from: Fields): IssuedMiles = IssuedMiles(
    issuanceId = from.string("issuance_id"),
    registrationId = from.string("registration_id"),
    miles = from.long("miles"),
    issuedAt = from.instant("issued_at_ms"),
    depositOn = from.string("deposit_on"),
    state = from.string("state"),
)

internal fun writeIssuedMiles(of: IssuedMiles): Json = jsonOf(
    "issuance_id" to of.issuanceId,
    "registration_id" to of.registrationId,
    "miles" to of.miles,
    "issued_at_ms" to of.issuedAt.toEpochMilli(),
    "deposit_on" to of.depositOn,
    "state" to of.state,
)

internal fun readMileUser(from: Fields): MileUser = MileUser(
    mail = from.stringOrNull("mail"),
    mobileMail = from.stringOrNull("mobile_mail"),
    userId = from.stringOrNull("user_id"),
)

internal fun writeMileUser(of: MileUser): Json = jsonOf(
    "mail" to of.mail,
    "mobile_mail" to of.mobileMail,
    "user_id" to of.userId,
)

internal fun readIssueSettings(from: Fields): IssueSettings = IssueSettings(
    depositDays = from.longOrNull("deposit_days"),
    depositMail = from.booleanOrNull("deposit_mail"),
    insertedText = from.stringOrNull("inserted_text"),
    memberRegistration = from.booleanOrNull("member_registration") ?: false,
    passwordGeneration = from.booleanOrNull("password_generation") ?: false,
)

internal fun writeIssueSettings(of: IssueSettings): Json = jsonOf(
    "deposit_days" to of.depositDays,
    "deposit_mail" to of.depositMail,
    "inserted_text" to of.insertedText,
    "member_registration" to of.memberRegistration,
    "password_generation" to of.passwordGeneration,
)

internal fun readIssueRequest(from: Fields): IssueRequest = IssueRequest(
    tranId = from.string("tran_id"),
    campaignId = from.string("campaign_id"),
    user = from.record("user", ::readMileUser),
    designatedKey = from.string("designated_key"),
    miles = from.longOrNull("miles"),
    settings = from.recordOrNull("settings", ::readIssueSettings),
)

internal fun writeIssueRequest(of: IssueRequest): Json = jsonOf(
    "tran_id" to of.tranId,
    "campaign_id" to of.campaignId,
    "user" to writeMileUser(of.user),
    "designated_key" to of.designatedKey,
    "miles" to of.miles,
    "settings" to of.settings?.let(::writeIssueSettings),
)

internal fun readHandRowResult(from: Fields): HandRowResult = HandRowResult(
    issued = from.boolean("issued"),
    issuanceId = from.stringOrNull("issuance_id"),
    rejection = from.recordOrNull("rejection", ::readRefusal),
)

internal fun writeHandRowResult(of: HandRowResult): Json = jsonOf(
    "issued" to of.issued,
    "issuance_id" to of.issuanceId,
    "rejection" to of.rejection?.let(::writeRefusal),
)

internal fun readHandIssued(from: Fields): HandIssued = HandIssued(
    registrationId = from.string("registration_id"),
    rows = from.list("rows", ::readHandRowResult),
)

internal fun writeHandIssued(of: HandIssued): Json = jsonOf(
    "registration_id" to of.registrationId,
    "rows" to of.rows.map(::writeHandRowResult),
)

internal fun readHandRow(from: Fields): HandRow = HandRow(
    mail = from.string("mail"),
    designatedKey = from.string("designated_key"),
    miles = from.longOrNull("miles"),
    depositMail = from.booleanOrNull("deposit_mail"),
)

internal fun writeHandRow(of: HandRow): Json = jsonOf(
    "mail" to of.mail,
    "designated_key" to of.designatedKey,
    "miles" to of.miles,
    "deposit_mail" to of.depositMail,
)

internal fun readCancelledIssue(from: Fields): CancelledIssue = CancelledIssue(
    issuanceId = from.string("issuance_id"),
    standing = from.string("standing"),
    code = from.stringOrNull("code"),
)

internal fun writeCancelledIssue(of: CancelledIssue): Json = jsonOf(
    "issuance_id" to of.issuanceId,
    "standing" to of.standing,
    "code" to of.code,
)

internal fun readMileCancellation(from: Fields): MileCancellation = MileCancellation(
    cancellationId = from.string("cancellation_id"),
    reason = from.string("reason"),
    pending = from.boolean("pending"),
    results = from.list("results", ::readCancelledIssue),
)

internal fun writeMileCancellation(of: MileCancellation): Json = jsonOf(
    "cancellation_id" to of.cancellationId,
    "reason" to of.reason,
    "pending" to of.pending,
    "results" to of.results.map(::writeCancelledIssue),
)

internal fun readMileTask(from: Fields): MileTask = MileTask(
    kind = from.string("kind"),
    siteId = from.string("site_id"),
    tranId = from.string("tran_id"),
    phase = from.string("phase"),
    since = from.instant("since_ms"),
    looks = from.long("looks"),
    issued = from.recordOrNull("issued", ::readIssuedMiles),
    byHand = from.recordOrNull("by_hand", ::readHandIssued),
    cancellation = from.recordOrNull("cancellation", ::readMileCancellation),
    rejection = from.recordOrNull("rejection", ::readRefusal),
)

internal fun writeMileTask(of: MileTask): Json = jsonOf(
    "kind" to of.kind,
    "site_id" to of.siteId,
    "tran_id" to of.tranId,
    "phase" to of.phase,
    "since_ms" to of.since.toEpochMilli(),
    "looks" to of.looks,
    "issued" to of.issued?.let(::writeIssuedMiles),
    "by_hand" to of.byHand?.let(::writeHandIssued),
    "cancellation" to of.cancellation?.let(::writeMileCancellation),
    "rejection" to of.rejection?.let(::writeRefusal),
)

internal fun readMileTasks(from: Fields): MileTasks = MileTasks(
    tasks = from.list("tasks", ::readMileTask),
)

internal fun writeMileTasks(of: MileTasks): Json = jsonOf(
    "tasks" to of.tasks.map(::writeMileTask),
)

internal fun readTaskReview(from: Fields): TaskReview = TaskReview(
    kind = from.string("kind"),
    tranId = from.string("tran_id"),
    verdict = from.string("verdict"),
    issued = from.recordOrNull("issued", ::readIssuedMiles),
    byHand = from.recordOrNull("by_hand", ::readHandIssued),
    cancellation = from.recordOrNull("cancellation", ::readMileCancellation),
)

internal fun writeTaskReview(of: TaskReview): Json = jsonOf(
    "kind" to of.kind,
    "tran_id" to of.tranId,
    "verdict" to of.verdict,
    "issued" to of.issued?.let(::writeIssuedMiles),
    "by_hand" to of.byHand?.let(::writeHandIssued),
    "cancellation" to of.cancellation?.let(::writeMileCancellation),
)

internal fun readCampaignInfo(from: Fields): CampaignInfo = CampaignInfo(
    campaignId = from.string("campaign_id"),
    name = from.string("name"),
    state = from.string("state"),
    fixed = from.boolean("fixed"),
    minMiles = from.long("min_miles"),
    maxMiles = from.long("max_miles"),
    issueFrom = from.string("issue_from"),
    issueUntil = from.string("issue_until"),
    usable = from.string("usable"),
    perMember = from.longOrNull("per_member"),
    perMemberDay = from.longOrNull("per_member_day"),
    usableDays = from.longOrNull("usable_days"),
    usableOn = from.stringOrNull("usable_on"),
)

internal fun writeCampaignInfo(of: CampaignInfo): Json = jsonOf(
    "campaign_id" to of.campaignId,
    "name" to of.name,
    "state" to of.state,
    "fixed" to of.fixed,
    "min_miles" to of.minMiles,
    "max_miles" to of.maxMiles,
    "issue_from" to of.issueFrom,
    "issue_until" to of.issueUntil,
    "usable" to of.usable,
    "per_member" to of.perMember,
    "per_member_day" to of.perMemberDay,
    "usable_days" to of.usableDays,
    "usable_on" to of.usableOn,
)

internal fun readSampleMailText(from: Fields): SampleMailText = SampleMailText(
    subject = from.string("subject"),
    body = from.string("body"),
)

internal fun writeSampleMailText(of: SampleMailText): Json = jsonOf(
    "subject" to of.subject,
    "body" to of.body,
)

internal fun readCodeTally(from: Fields): CodeTally = CodeTally(
    code = from.string("code"),
    count = from.long("count"),
)

internal fun writeCodeTally(of: CodeTally): Json = jsonOf(
    "code" to of.code,
    "count" to of.count,
)

internal fun readMileRegistration(from: Fields): MileRegistration = MileRegistration(
    registrationId = from.string("registration_id"),
    kind = from.string("kind"),
    campaignId = from.string("campaign_id"),
    campaignName = from.string("campaign_name"),
    method = from.string("method"),
    acceptedAt = from.instant("accepted_at_ms"),
    state = from.string("state"),
    records = from.long("records"),
    errors = from.long("errors"),
    milesIssued = from.long("miles_issued"),
    milesRefused = from.long("miles_refused"),
    breakdown = from.list("breakdown", ::readCodeTally),
    lists = from.string("lists"),
    fileName = from.stringOrNull("file_name"),
    batchId = from.stringOrNull("batch_id"),
    firstRow = from.longOrNull("first_row"),
    finishedAt = from.instantOrNull("finished_at_ms"),
)

internal fun writeMileRegistration(of: MileRegistration): Json = jsonOf(
    "registration_id" to of.registrationId,
    "kind" to of.kind,
    "campaign_id" to of.campaignId,
    "campaign_name" to of.campaignName,
    "method" to of.method,
    "accepted_at_ms" to of.acceptedAt.toEpochMilli(),
    "state" to of.state,
    "records" to of.records,
    "errors" to of.errors,
    "miles_issued" to of.milesIssued,
    "miles_refused" to of.milesRefused,
    "breakdown" to of.breakdown.map(::writeCodeTally),
    "lists" to of.lists,
    "file_name" to of.fileName,
    "batch_id" to of.batchId,
    "first_row" to of.firstRow,
    "finished_at_ms" to of.finishedAt?.toEpochMilli(),
)

internal fun readFoundRegistration(from: Fields): FoundRegistration = FoundRegistration(
    registration = from.recordOrNull("registration", ::readMileRegistration),
)

internal fun writeFoundRegistration(of: FoundRegistration): Json = jsonOf(
    "registration" to of.registration?.let(::writeMileRegistration),
)

internal fun readRegistrationPage(from: Fields): RegistrationPage = RegistrationPage(
    total = from.long("total"),
    page = from.long("page"),
    pages = from.long("pages"),
    items = from.list("items", ::readMileRegistration),
)

internal fun writeRegistrationPage(of: RegistrationPage): Json = jsonOf(
    "total" to of.total,
    "page" to of.page,
    "pages" to of.pages,
    "items" to of.items.map(::writeMileRegistration),
)

internal fun readRegistrationQuery(from: Fields): RegistrationQuery = RegistrationQuery(
    page = from.long("page"),
    campaignId = from.stringOrNull("campaign_id"),
    registrationId = from.stringOrNull("registration_id"),
    kind = from.stringOrNull("kind"),
    from = from.stringOrNull("from"),
    to = from.stringOrNull("to"),
)

internal fun writeRegistrationQuery(of: RegistrationQuery): Json = jsonOf(
    "page" to of.page,
    "campaign_id" to of.campaignId,
    "registration_id" to of.registrationId,
    "kind" to of.kind,
    "from" to of.from,
    "to" to of.to,
)

internal fun readListFile(from: Fields): ListFile = ListFile(
    file = from.bytes("file"),
)

internal fun writeListFile(of: ListFile): Json = jsonOf(
    "file" to of.file,
)

internal fun readHistoryRow(from: Fields): HistoryRow = HistoryRow(
    issuanceId = from.string("issuance_id"),
    issuedAt = from.instant("issued_at_ms"),
    designatedKey = from.string("designated_key"),
    miles = from.long("miles"),
    depositOn = from.string("deposit_on"),
    state = from.string("state"),
)

internal fun writeHistoryRow(of: HistoryRow): Json = jsonOf(
    "issuance_id" to of.issuanceId,
    "issued_at_ms" to of.issuedAt.toEpochMilli(),
    "designated_key" to of.designatedKey,
    "miles" to of.miles,
    "deposit_on" to of.depositOn,
    "state" to of.state,
)

internal fun readHistoryPage(from: Fields): HistoryPage = HistoryPage(
    campaignName = from.string("campaign_name"),
    milesIssued = from.long("miles_issued"),
    issued = from.long("issued"),
    valid = from.long("valid"),
    cancelled = from.long("cancelled"),
    total = from.long("total"),
    page = from.long("page"),
    pages = from.long("pages"),
    rows = from.list("rows", ::readHistoryRow),
)

internal fun writeHistoryPage(of: HistoryPage): Json = jsonOf(
    "campaign_name" to of.campaignName,
    "miles_issued" to of.milesIssued,
    "issued" to of.issued,
    "valid" to of.valid,
    "cancelled" to of.cancelled,
    "total" to of.total,
    "page" to of.page,
    "pages" to of.pages,
    "rows" to of.rows.map(::writeHistoryRow),
)

internal fun readHistoryQuery(from: Fields): HistoryQuery = HistoryQuery(
    campaignId = from.string("campaign_id"),
    page = from.long("page"),
    designatedKey = from.stringOrNull("designated_key"),
    from = from.stringOrNull("from"),
    to = from.stringOrNull("to"),
    milesFrom = from.longOrNull("miles_from"),
    milesTo = from.longOrNull("miles_to"),
    state = from.stringOrNull("state"),
    order = from.stringOrNull("order"),
)

internal fun writeHistoryQuery(of: HistoryQuery): Json = jsonOf(
    "campaign_id" to of.campaignId,
    "page" to of.page,
    "designated_key" to of.designatedKey,
    "from" to of.from,
    "to" to of.to,
    "miles_from" to of.milesFrom,
    "miles_to" to of.milesTo,
    "state" to of.state,
    "order" to of.order,
)

internal fun readBillSums(from: Fields): BillSums = BillSums(
    issued = from.long("issued"),
    cancelled = from.long("cancelled"),
    miles = from.long("miles"),
    yen = from.long("yen"),
)

internal fun writeBillSums(of: BillSums): Json = jsonOf(
    "issued" to of.issued,
    "cancelled" to of.cancelled,
    "miles" to of.miles,
    "yen" to of.yen,
)

internal fun readCampaignBill(from: Fields): CampaignBill = CampaignBill(
    campaignId = from.string("campaign_id"),
    sums = from.record("sums", ::readBillSums),
)

internal fun writeCampaignBill(of: CampaignBill): Json = jsonOf(
    "campaign_id" to of.campaignId,
    "sums" to writeBillSums(of.sums),
)

internal fun readMileBill(from: Fields): MileBill = MileBill(
    month = from.string("month"),
    total = from.record("total", ::readBillSums),
    campaigns = from.list("campaigns", ::readCampaignBill),
)

internal fun writeMileBill(of: MileBill): Json = jsonOf(
    "month" to of.month,
    "total" to writeBillSums(of.total),
    "campaigns" to of.campaigns.map(::writeCampaignBill),
)

internal fun readTagText(from: Fields): TagText = TagText(
    signed = from.boolean("signed"),
    url = from.string("url"),
    html = from.string("html"),
)

internal fun writeTagText(of: TagText): Json = jsonOf(
    "signed" to of.signed,
    "url" to of.url,
    "html" to of.html,
)

internal fun readMileRule(from: Fields): MileRule = MileRule(
    fixed = from.longOrNull("fixed"),
    min = from.longOrNull("min"),
    max = from.longOrNull("max"),
)

internal fun writeMileRule(of: MileRule): Json = jsonOf(
    "fixed" to of.fixed,
    "min" to of.min,
    "max" to of.max,
)

internal fun readTagRequest(from: Fields): TagRequest = TagRequest(
    siteId = from.string("site_id"),
    campaignId = from.string("campaign_id"),
    rule = from.record("rule", ::readMileRule),
    miles = from.longOrNull("miles"),
    designatedKey = from.stringOrNull("designated_key"),
    tranId = from.stringOrNull("tran_id"),
    expiresAt = from.instantOrNull("expires_at_ms"),
    origin = from.stringOrNull("origin"),
)

internal fun writeTagRequest(of: TagRequest): Json = jsonOf(
    "site_id" to of.siteId,
    "campaign_id" to of.campaignId,
    "rule" to writeMileRule(of.rule),
    "miles" to of.miles,
    "designated_key" to of.designatedKey,
    "tran_id" to of.tranId,
    "expires_at_ms" to of.expiresAt?.toEpochMilli(),
    "origin" to of.origin,
)

internal fun readTagContents(from: Fields): TagContents = TagContents(
    siteId = from.string("site_id"),
    campaignId = from.string("campaign_id"),
    signed = from.boolean("signed"),
    designatedKey = from.stringOrNull("designated_key"),
    miles = from.longOrNull("miles"),
    tranId = from.stringOrNull("tran_id"),
    expiresAt = from.instantOrNull("expires_at_ms"),
)

internal fun writeTagContents(of: TagContents): Json = jsonOf(
    "site_id" to of.siteId,
    "campaign_id" to of.campaignId,
    "signed" to of.signed,
    "designated_key" to of.designatedKey,
    "miles" to of.miles,
    "tran_id" to of.tranId,
    "expires_at_ms" to of.expiresAt?.toEpochMilli(),
)

internal fun readFileFaultEntry(from: Fields): FileFaultEntry = FileFaultEntry(
    line = from.long("line"),
    text = from.string("text"),
    column = from.longOrNull("column"),
    field = from.stringOrNull("field"),
    code = from.stringOrNull("code"),
)

internal fun writeFileFaultEntry(of: FileFaultEntry): Json = jsonOf(
    "line" to of.line,
    "text" to of.text,
    "column" to of.column,
    "field" to of.field,
    "code" to of.code,
)

internal fun readFileCheckReport(from: Fields): FileCheckReport = FileCheckReport(
    clean = from.boolean("clean"),
    rows = from.long("rows"),
    faultyRows = from.long("faulty_rows"),
    faults = from.long("faults"),
    miles = from.long("miles"),
    hasHeader = from.boolean("has_header"),
    found = from.list("found", ::readFileFaultEntry),
)

internal fun writeFileCheckReport(of: FileCheckReport): Json = jsonOf(
    "clean" to of.clean,
    "rows" to of.rows,
    "faulty_rows" to of.faultyRows,
    "faults" to of.faults,
    "miles" to of.miles,
    "has_header" to of.hasHeader,
    "found" to of.found.map(::writeFileFaultEntry),
)

internal fun readFileCheckRequest(from: Fields): FileCheckRequest = FileCheckRequest(
    kind = from.string("kind"),
    file = from.bytesOrNull("file"),
    path = from.stringOrNull("path"),
    rule = from.recordOrNull("rule", ::readMileRule),
    anySize = from.booleanOrNull("any_size") ?: false,
    carrierDomains = from.stringsOrNull("carrier_domains"),
)

internal fun writeFileCheckRequest(of: FileCheckRequest): Json = jsonOf(
    "kind" to of.kind,
    "file" to of.file,
    "path" to of.path,
    "rule" to of.rule?.let(::writeMileRule),
    "any_size" to of.anySize,
    "carrier_domains" to of.carrierDomains,
)

internal fun readBatchIssueReport(from: Fields): BatchIssueReport = BatchIssueReport(
    state = from.string("state"),
    rows = from.long("rows"),
    miles = from.long("miles"),
    leftOut = from.long("left_out"),
    uploads = from.long("uploads"),
    issued = from.long("issued"),
    milesIssued = from.long("miles_issued"),
    refused = from.long("refused"),
    milesRefused = from.long("miles_refused"),
    unknown = from.long("unknown"),
    milesUnknown = from.long("miles_unknown"),
    breakdown = from.list("breakdown", ::readCodeTally),
    addsUp = from.boolean("adds_up"),
    rejection = from.recordOrNull("rejection", ::readRefusal),
)

internal fun writeBatchIssueReport(of: BatchIssueReport): Json = jsonOf(
    "state" to of.state,
    "rows" to of.rows,
    "miles" to of.miles,
    "left_out" to of.leftOut,
    "uploads" to of.uploads,
    "issued" to of.issued,
    "miles_issued" to of.milesIssued,
    "refused" to of.refused,
    "miles_refused" to of.milesRefused,
    "unknown" to of.unknown,
    "miles_unknown" to of.milesUnknown,
    "breakdown" to of.breakdown.map(::writeCodeTally),
    "adds_up" to of.addsUp,
    "rejection" to of.rejection?.let(::writeRefusal),
)

internal fun readBatchIssueRequest(from: Fields): BatchIssueRequest = BatchIssueRequest(
    batchId = from.string("batch_id"),
    campaignId = from.string("campaign_id"),
    kind = from.string("kind"),
    path = from.string("path"),
    faultsPath = from.string("faults_path"),
    refusedPath = from.string("refused_path"),
    settings = from.recordOrNull("settings", ::readIssueSettings),
    rule = from.recordOrNull("rule", ::readMileRule),
    fileName = from.stringOrNull("file_name"),
    notify = from.stringOrNull("notify"),
    rowsPerUpload = from.longOrNull("rows_per_upload"),
    leaveOutFaulty = from.booleanOrNull("leave_out_faulty") ?: false,
    carrierDomains = from.stringsOrNull("carrier_domains"),
)

internal fun writeBatchIssueRequest(of: BatchIssueRequest): Json = jsonOf(
    "batch_id" to of.batchId,
    "campaign_id" to of.campaignId,
    "kind" to of.kind,
    "path" to of.path,
    "faults_path" to of.faultsPath,
    "refused_path" to of.refusedPath,
    "settings" to of.settings?.let(::writeIssueSettings),
    "rule" to of.rule?.let(::writeMileRule),
    "file_name" to of.fileName,
    "notify" to of.notify,
    "rows_per_upload" to of.rowsPerUpload,
    "leave_out_faulty" to of.leaveOutFaulty,
    "carrier_domains" to of.carrierDomains,
)

internal fun readBatchProgressReport(from: Fields): BatchProgressReport = BatchProgressReport(
    known = from.boolean("known"),
    bytes = from.long("bytes"),
    rows = from.long("rows"),
    uploaded = from.long("uploaded"),
    finished = from.long("finished"),
    refused = from.long("refused"),
    stage = from.stringOrNull("stage"),
    bytesTotal = from.longOrNull("bytes_total"),
)

internal fun writeBatchProgressReport(of: BatchProgressReport): Json = jsonOf(
    "known" to of.known,
    "bytes" to of.bytes,
    "rows" to of.rows,
    "uploaded" to of.uploaded,
    "finished" to of.finished,
    "refused" to of.refused,
    "stage" to of.stage,
    "bytes_total" to of.bytesTotal,
)

internal fun readBatchState(from: Fields): BatchState = BatchState(
    batchId = from.string("batch_id"),
    siteId = from.string("site_id"),
    fileSha256 = from.string("file_sha256"),
    rows = from.long("rows"),
    miles = from.long("miles"),
    leftOut = from.long("left_out"),
    phase = from.string("phase"),
)

internal fun writeBatchState(of: BatchState): Json = jsonOf(
    "batch_id" to of.batchId,
    "site_id" to of.siteId,
    "file_sha256" to of.fileSha256,
    "rows" to of.rows,
    "miles" to of.miles,
    "left_out" to of.leftOut,
    "phase" to of.phase,
)

internal fun readUpload(from: Fields): Upload = Upload(
    siteId = from.string("site_id"),
    batchId = from.string("batch_id"),
    firstRow = from.long("first_row"),
    rows = from.long("rows"),
    miles = from.long("miles"),
    phase = from.string("phase"),
    refused = from.long("refused"),
    milesIssued = from.long("miles_issued"),
    milesRefused = from.long("miles_refused"),
    breakdown = from.list("breakdown", ::readCodeTally),
    registrationId = from.stringOrNull("registration_id"),
    rejection = from.recordOrNull("rejection", ::readRefusal),
    review = from.stringOrNull("review"),
)

internal fun writeUpload(of: Upload): Json = jsonOf(
    "site_id" to of.siteId,
    "batch_id" to of.batchId,
    "first_row" to of.firstRow,
    "rows" to of.rows,
    "miles" to of.miles,
    "phase" to of.phase,
    "refused" to of.refused,
    "miles_issued" to of.milesIssued,
    "miles_refused" to of.milesRefused,
    "breakdown" to of.breakdown.map(::writeCodeTally),
    "registration_id" to of.registrationId,
    "rejection" to of.rejection?.let(::writeRefusal),
    "review" to of.review,
)

internal fun readUploads(from: Fields): Uploads = Uploads(
    uploads = from.list("uploads", ::readUpload),
)

internal fun writeUploads(of: Uploads): Json = jsonOf(
    "uploads" to of.uploads.map(::writeUpload),
)

internal fun readUploadReview(from: Fields): UploadReview = UploadReview(
    batchId = from.string("batch_id"),
    firstRow = from.long("first_row"),
    verdict = from.string("verdict"),
    refused = from.longOrNull("refused"),
    milesRefused = from.longOrNull("miles_refused"),
)

internal fun writeUploadReview(of: UploadReview): Json = jsonOf(
    "batch_id" to of.batchId,
    "first_row" to of.firstRow,
    "verdict" to of.verdict,
    "refused" to of.refused,
    "miles_refused" to of.milesRefused,
)

internal fun readUploadRef(from: Fields): UploadRef = UploadRef(
    siteId = from.string("site_id"),
    batchId = from.string("batch_id"),
    firstRow = from.long("first_row"),
)

internal fun writeUploadRef(of: UploadRef): Json = jsonOf(
    "site_id" to of.siteId,
    "batch_id" to of.batchId,
    "first_row" to of.firstRow,
)
