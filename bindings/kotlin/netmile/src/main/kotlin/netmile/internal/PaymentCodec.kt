// Made by generate.py from ffi/manifest.json; do not edit.

package netmile.internal

import netmile.*

internal fun readRecurringRequest(from: Fields): RecurringRequest = RecurringRequest(
    purchaseId = from.string("purchase_id"),
    custCode = from.string("cust_code"),
    itemId = from.string("item_id"),
    payMethods = from.strings("pay_methods"),
    urls = from.record("urls", ::readUrls),
    terminal = Terminal.of(from.string("terminal")),
    itemName = from.stringOrNull("item_name") ?: "",
    free = from.strings("free"),
)

internal fun writeRecurringRequest(of: RecurringRequest): Json = jsonOf(
    "purchase_id" to of.purchaseId,
    "cust_code" to of.custCode,
    "item_id" to of.itemId,
    "pay_methods" to of.payMethods,
    "urls" to writeUrls(of.urls),
    "terminal" to of.terminal,
    "item_name" to of.itemName,
    "free" to of.free,
)

internal fun readOpenStep(from: Fields): OpenStep = OpenStep(
    step = from.string("step"),
    amount = from.long("amount"),
    state = from.string("state"),
    since = from.instant("since_ms"),
    sends = from.long("sends"),
    looks = from.long("looks"),
    key = from.stringOrNull("key"),
)

internal fun writeOpenStep(of: OpenStep): Json = jsonOf(
    "step" to of.step,
    "amount" to of.amount,
    "state" to of.state,
    "since_ms" to of.since.toEpochMilli(),
    "sends" to of.sends,
    "looks" to of.looks,
    "key" to of.key,
)

internal fun readChargeStep(from: Fields): ChargeStep = ChargeStep(
    step = from.string("step"),
    amount = from.long("amount"),
    at = from.instant("at_ms"),
    result = from.string("result"),
    key = from.stringOrNull("key"),
    code = from.stringOrNull("code"),
)

internal fun writeChargeStep(of: ChargeStep): Json = jsonOf(
    "step" to of.step,
    "amount" to of.amount,
    "at_ms" to of.at.toEpochMilli(),
    "result" to of.result,
    "key" to of.key,
    "code" to of.code,
)

internal fun readRefusal(from: Fields): Refusal = Refusal(
    code = from.string("code"),
    details = from.map("details"),
)

internal fun writeRefusal(of: Refusal): Json = jsonOf(
    "code" to of.code,
    "details" to of.details,
)

internal fun readCharge(from: Fields): Charge = Charge(
    id = from.string("id"),
    merchantId = from.string("merchant_id"),
    serviceId = from.string("service_id"),
    method = from.string("method"),
    kind = from.string("kind"),
    amount = from.long("amount"),
    phase = from.string("phase"),
    details = from.map("details"),
    captured = from.long("captured"),
    refunded = from.long("refunded"),
    deposited = from.long("deposited"),
    log = from.list("log", ::readChargeStep),
    refundedMonths = from.strings("refunded_months"),
    createdAt = from.instant("created_at_ms"),
    subscription = from.stringOrNull("subscription"),
    period = from.stringOrNull("period"),
    trackingId = from.stringOrNull("tracking_id"),
    transactionId = from.stringOrNull("transaction_id"),
    doubtedDeposit = from.longOrNull("doubted_deposit"),
    pending = from.recordOrNull("pending", ::readOpenStep),
    rejection = from.recordOrNull("rejection", ::readRefusal),
    review = from.stringOrNull("review"),
    payBy = from.instantOrNull("pay_by_ms"),
)

internal fun writeCharge(of: Charge): Json = jsonOf(
    "id" to of.id,
    "merchant_id" to of.merchantId,
    "service_id" to of.serviceId,
    "method" to of.method,
    "kind" to of.kind,
    "amount" to of.amount,
    "phase" to of.phase,
    "details" to of.details,
    "captured" to of.captured,
    "refunded" to of.refunded,
    "deposited" to of.deposited,
    "log" to of.log.map(::writeChargeStep),
    "refunded_months" to of.refundedMonths,
    "created_at_ms" to of.createdAt.toEpochMilli(),
    "subscription" to of.subscription,
    "period" to of.period,
    "tracking_id" to of.trackingId,
    "transaction_id" to of.transactionId,
    "doubted_deposit" to of.doubtedDeposit,
    "pending" to of.pending?.let(::writeOpenStep),
    "rejection" to of.rejection?.let(::writeRefusal),
    "review" to of.review,
    "pay_by_ms" to of.payBy?.toEpochMilli(),
)

internal fun readOpenTicket(from: Fields): OpenTicket = OpenTicket(
    id = from.string("id"),
    step = from.string("step"),
    since = from.instant("since_ms"),
    key = from.stringOrNull("key"),
    nextLook = from.instantOrNull("next_look_ms"),
)

internal fun writeOpenTicket(of: OpenTicket): Json = jsonOf(
    "id" to of.id,
    "step" to of.step,
    "since_ms" to of.since.toEpochMilli(),
    "key" to of.key,
    "next_look_ms" to of.nextLook?.toEpochMilli(),
)

internal fun readCardTerms(from: Fields): CardTerms = CardTerms(
    dealingsType = from.stringOrNull("dealings_type"),
    divideTimes = from.longOrNull("divide_times"),
    store = from.booleanOrNull("store") ?: false,
)

internal fun writeCardTerms(of: CardTerms): Json = jsonOf(
    "dealings_type" to of.dealingsType,
    "divide_times" to of.divideTimes,
    "store" to of.store,
)

internal fun readCardToken(from: Fields): CardToken = CardToken(
    token = from.string("token"),
    tokenKey = from.string("token_key"),
    terms = from.recordOrNull("terms", ::readCardTerms),
)

internal fun writeCardToken(of: CardToken): Json = jsonOf(
    "token" to of.token,
    "token_key" to of.tokenKey,
    "terms" to of.terms?.let(::writeCardTerms),
)

internal fun readSlip(from: Fields): Slip = Slip(
    store = from.string("store"),
    lastName = from.string("last_name"),
    firstName = from.string("first_name"),
    zip = from.string("zip"),
    prefecture = from.string("prefecture"),
    address = from.string("address"),
    tel = from.string("tel"),
    mail = from.string("mail"),
    lastNameKana = from.stringOrNull("last_name_kana") ?: "",
    firstNameKana = from.stringOrNull("first_name_kana") ?: "",
    building = from.stringOrNull("building") ?: "",
    payBy = from.stringOrNull("pay_by"),
)

internal fun writeSlip(of: Slip): Json = jsonOf(
    "store" to of.store,
    "last_name" to of.lastName,
    "first_name" to of.firstName,
    "zip" to of.zip,
    "prefecture" to of.prefecture,
    "address" to of.address,
    "tel" to of.tel,
    "mail" to of.mail,
    "last_name_kana" to of.lastNameKana,
    "first_name_kana" to of.firstNameKana,
    "building" to of.building,
    "pay_by" to of.payBy,
)

internal fun readMethodField(from: Fields): MethodField = MethodField(
    name = from.string("name"),
    value = from.string("value"),
    multiByte = from.booleanOrNull("multi_byte") ?: false,
)

internal fun writeMethodField(of: MethodField): Json = jsonOf(
    "name" to of.name,
    "value" to of.value,
    "multi_byte" to of.multiByte,
)

internal fun readChargeRequest(from: Fields): ChargeRequest = ChargeRequest(
    id = from.string("id"),
    method = from.string("method"),
    amount = from.long("amount"),
    custCode = from.string("cust_code"),
    itemId = from.string("item_id"),
    itemName = from.stringOrNull("item_name") ?: "",
    terminal = from.stringOrNull("terminal"),
    tax = from.longOrNull("tax"),
    free = from.strings("free"),
    rows = from.list("rows", ::readDetailRow),
    token = from.recordOrNull("token", ::readCardToken),
    storedCustomer = from.recordOrNull("stored_customer", ::readCardTerms),
    member = from.stringOrNull("member"),
    slip = from.recordOrNull("slip", ::readSlip),
    fields = from.listOrNull("fields", ::readMethodField),
    contract = from.booleanOrNull("contract") ?: false,
    returnCustomerInfo = from.booleanOrNull("return_customer_info") ?: false,
    campType = from.longOrNull("camp_type"),
)

internal fun writeChargeRequest(of: ChargeRequest): Json = jsonOf(
    "id" to of.id,
    "method" to of.method,
    "amount" to of.amount,
    "cust_code" to of.custCode,
    "item_id" to of.itemId,
    "item_name" to of.itemName,
    "terminal" to of.terminal,
    "tax" to of.tax,
    "free" to of.free,
    "rows" to of.rows.map(::writeDetailRow),
    "token" to of.token?.let(::writeCardToken),
    "stored_customer" to of.storedCustomer?.let(::writeCardTerms),
    "member" to of.member,
    "slip" to of.slip?.let(::writeSlip),
    "fields" to of.fields?.map(::writeMethodField),
    "contract" to of.contract,
    "return_customer_info" to of.returnCustomerInfo,
    "camp_type" to of.campType,
)

internal fun readCharges(from: Fields): Charges = Charges(
    charges = from.list("charges", ::readCharge),
)

internal fun writeCharges(of: Charges): Json = jsonOf(
    "charges" to of.charges.map(::writeCharge),
)

internal fun readInquiryAnswer(from: Fields): InquiryAnswer = InquiryAnswer(
    known = from.boolean("known"),
    paymentStatus = from.string("payment_status"),
    details = from.map("details"),
    status = from.stringOrNull("status"),
    committed = from.booleanOrNull("committed"),
    trackingId = from.stringOrNull("tracking_id"),
    amount = from.longOrNull("amount"),
    refunded = from.longOrNull("refunded"),
)

internal fun writeInquiryAnswer(of: InquiryAnswer): Json = jsonOf(
    "known" to of.known,
    "payment_status" to of.paymentStatus,
    "details" to of.details,
    "status" to of.status,
    "committed" to of.committed,
    "tracking_id" to of.trackingId,
    "amount" to of.amount,
    "refunded" to of.refunded,
)

internal fun readXmlNoticeAnswer(from: Fields): XmlNoticeAnswer = XmlNoticeAnswer(
    status = from.int("status"),
    contentType = from.string("content_type"),
    body = from.bytes("body"),
    accepted = from.boolean("accepted"),
    repeated = from.boolean("repeated"),
    charge = from.recordOrNull("charge", ::readCharge),
    problem = from.recordOrNull("problem", ::readProblem),
)

internal fun writeXmlNoticeAnswer(of: XmlNoticeAnswer): Json = jsonOf(
    "status" to of.status,
    "content_type" to of.contentType,
    "body" to of.body,
    "accepted" to of.accepted,
    "repeated" to of.repeated,
    "charge" to of.charge?.let(::writeCharge),
    "problem" to of.problem?.let(::writeProblem),
)

internal fun readRawField(from: Fields): RawField = RawField(
    name = from.string("name"),
    kind = from.string("kind"),
    value = from.stringOrNull("value") ?: "",
    max = from.longOrNull("max") ?: 0,
    fields = from.list("fields", ::readRawField),
)

internal fun writeRawField(of: RawField): Json = jsonOf(
    "name" to of.name,
    "kind" to of.kind,
    "value" to of.value,
    "max" to of.max,
    "fields" to of.fields.map(::writeRawField),
)

internal fun readIds(from: Fields): Ids = Ids(
    ids = from.strings("ids"),
)

internal fun writeIds(of: Ids): Json = jsonOf(
    "ids" to of.ids,
)

internal fun readRawReview(from: Fields): RawReview = RawReview(
    id = from.string("id"),
    verdict = from.string("verdict"),
)

internal fun writeRawReview(of: RawReview): Json = jsonOf(
    "id" to of.id,
    "verdict" to of.verdict,
)

internal fun readBalance(from: Fields): Balance = Balance(
    miles = from.long("miles"),
)

internal fun writeBalance(of: Balance): Json = jsonOf(
    "miles" to of.miles,
)

internal fun readCustomerDataRequest(from: Fields): CustomerDataRequest = CustomerDataRequest(
    method = from.string("method"),
    custCode = from.string("cust_code"),
    action = from.string("action"),
    token = from.stringOrNull("token") ?: "",
    tokenKey = from.stringOrNull("token_key") ?: "",
)

internal fun writeCustomerDataRequest(of: CustomerDataRequest): Json = jsonOf(
    "method" to of.method,
    "cust_code" to of.custCode,
    "action" to of.action,
    "token" to of.token,
    "token_key" to of.tokenKey,
)

internal fun readBillingSchedule(from: Fields): BillingSchedule = BillingSchedule(
    start = from.string("start"),
    billingDay = from.long("billing_day"),
    interval = from.longOrNull("interval"),
    anchor = from.stringOrNull("anchor"),
    first = from.stringOrNull("first"),
    lastChargeMonth = from.stringOrNull("last_charge_month"),
    lastDay = from.stringOrNull("last_day"),
)

internal fun writeBillingSchedule(of: BillingSchedule): Json = jsonOf(
    "start" to of.start,
    "billing_day" to of.billingDay,
    "interval" to of.interval,
    "anchor" to of.anchor,
    "first" to of.first,
    "last_charge_month" to of.lastChargeMonth,
    "last_day" to of.lastDay,
)

internal fun readAdoptRequest(from: Fields): AdoptRequest = AdoptRequest(
    id = from.string("id"),
    method = from.string("method"),
    trackingId = from.string("tracking_id"),
    custCode = from.string("cust_code"),
    itemId = from.string("item_id"),
    amount = from.long("amount"),
    schedule = from.record("schedule", ::readBillingSchedule),
    itemName = from.stringOrNull("item_name") ?: "",
)

internal fun writeAdoptRequest(of: AdoptRequest): Json = jsonOf(
    "id" to of.id,
    "method" to of.method,
    "tracking_id" to of.trackingId,
    "cust_code" to of.custCode,
    "item_id" to of.itemId,
    "amount" to of.amount,
    "schedule" to writeBillingSchedule(of.schedule),
    "item_name" to of.itemName,
)

internal fun readAdoptPurchaseRequest(from: Fields): AdoptPurchaseRequest = AdoptPurchaseRequest(
    purchaseId = from.string("purchase_id"),
    id = from.string("id"),
    method = from.string("method"),
    amount = from.long("amount"),
    schedule = from.record("schedule", ::readBillingSchedule),
)

internal fun writeAdoptPurchaseRequest(of: AdoptPurchaseRequest): Json = jsonOf(
    "purchase_id" to of.purchaseId,
    "id" to of.id,
    "method" to of.method,
    "amount" to of.amount,
    "schedule" to writeBillingSchedule(of.schedule),
)

internal fun readAdoptSimpleRequest(from: Fields): AdoptSimpleRequest = AdoptSimpleRequest(
    id = from.string("id"),
    method = from.string("method"),
    trackingId = from.string("tracking_id"),
    custCode = from.string("cust_code"),
    itemId = from.string("item_id"),
    amount = from.long("amount"),
    itemName = from.stringOrNull("item_name") ?: "",
    terminal = from.stringOrNull("terminal"),
)

internal fun writeAdoptSimpleRequest(of: AdoptSimpleRequest): Json = jsonOf(
    "id" to of.id,
    "method" to of.method,
    "tracking_id" to of.trackingId,
    "cust_code" to of.custCode,
    "item_id" to of.itemId,
    "amount" to of.amount,
    "item_name" to of.itemName,
    "terminal" to of.terminal,
)

internal fun readDuePeriod(from: Fields): DuePeriod = DuePeriod(
    subscription = from.string("subscription"),
    period = from.string("period"),
    starts = from.string("starts"),
    ends = from.string("ends"),
    amount = from.long("amount"),
)

internal fun writeDuePeriod(of: DuePeriod): Json = jsonOf(
    "subscription" to of.subscription,
    "period" to of.period,
    "starts" to of.starts,
    "ends" to of.ends,
    "amount" to of.amount,
)

internal fun readDuePeriods(from: Fields): DuePeriods = DuePeriods(
    due = from.list("due", ::readDuePeriod),
)

internal fun writeDuePeriods(of: DuePeriods): Json = jsonOf(
    "due" to of.due.map(::writeDuePeriod),
)

internal fun readBilledPeriod(from: Fields): BilledPeriod = BilledPeriod(
    subscription = from.string("subscription"),
    period = from.string("period"),
    next = from.string("next"),
    outcome = from.recordOrNull("outcome", { readOutcome(it, ::readCharge) }),
    problem = from.recordOrNull("problem", ::readProblem),
    againAt = from.instantOrNull("again_at_ms"),
)

internal fun writeBilledPeriod(of: BilledPeriod): Json = jsonOf(
    "subscription" to of.subscription,
    "period" to of.period,
    "next" to of.next,
    "outcome" to of.outcome?.let(::writeChargeOutcome),
    "problem" to of.problem?.let(::writeProblem),
    "again_at_ms" to of.againAt?.toEpochMilli(),
)

internal fun readBilledPeriods(from: Fields): BilledPeriods = BilledPeriods(
    periods = from.list("periods", ::readBilledPeriod),
)

internal fun writeBilledPeriods(of: BilledPeriods): Json = jsonOf(
    "periods" to of.periods.map(::writeBilledPeriod),
)

internal fun readPeriodAmount(from: Fields): PeriodAmount = PeriodAmount(
    subscription = from.string("subscription"),
    period = from.string("period"),
    amount = from.long("amount"),
)

internal fun writePeriodAmount(of: PeriodAmount): Json = jsonOf(
    "subscription" to of.subscription,
    "period" to of.period,
    "amount" to of.amount,
)
