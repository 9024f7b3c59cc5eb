// Made by generate.py from ffi/manifest.json; do not edit.

package netmile.internal

import netmile.*

internal fun readPage(from: Fields): Page = Page(
    status = from.int("status"),
    contentType = from.string("content_type"),
    headers = from.list("headers", ::readFormField),
    body = from.bytes("body"),
)

internal fun writePage(of: Page): Json = jsonOf(
    "status" to of.status,
    "content_type" to of.contentType,
    "headers" to of.headers.map(::writeFormField),
    "body" to of.body,
)

internal fun readSignedForm(from: Fields): SignedForm = SignedForm(
    action = from.string("action"),
    fields = from.list("fields", ::readFormField),
    requestDate = from.string("request_date"),
    body = from.bytes("body"),
    html = from.bytes("html"),
    page = from.record("page", ::readPage),
)

internal fun writeSignedForm(of: SignedForm): Json = jsonOf(
    "action" to of.action,
    "fields" to of.fields.map(::writeFormField),
    "request_date" to of.requestDate,
    "body" to of.body,
    "html" to of.html,
    "page" to writePage(of.page),
)

internal fun readCheckout(from: Fields): Checkout = Checkout(
    purchaseId = from.string("purchase_id"),
    orderId = from.string("order_id"),
    form = from.record("form", ::readSignedForm),
    hosted = from.stringOrNull("hosted"),
)

internal fun writeCheckout(of: Checkout): Json = jsonOf(
    "purchase_id" to of.purchaseId,
    "order_id" to of.orderId,
    "form" to writeSignedForm(of.form),
    "hosted" to of.hosted,
)

internal fun readUrls(from: Fields): Urls = Urls(
    success = from.string("success"),
    cancel = from.string("cancel"),
    error = from.string("error"),
    notify = from.string("notify"),
)

internal fun writeUrls(of: Urls): Json = jsonOf(
    "success" to of.success,
    "cancel" to of.cancel,
    "error" to of.error,
    "notify" to of.notify,
)

internal fun readDetailRow(from: Fields): DetailRow = DetailRow(
    itemId = from.string("item_id"),
    itemName = from.string("item_name"),
    amount = from.long("amount"),
    count = from.longOrNull("count"),
    tax = from.longOrNull("tax"),
    free = from.strings("free"),
)

internal fun writeDetailRow(of: DetailRow): Json = jsonOf(
    "item_id" to of.itemId,
    "item_name" to of.itemName,
    "amount" to of.amount,
    "count" to of.count,
    "tax" to of.tax,
    "free" to of.free,
)

internal fun readPurchaseRequest(from: Fields): PurchaseRequest = PurchaseRequest(
    purchaseId = from.string("purchase_id"),
    custCode = from.string("cust_code"),
    itemId = from.string("item_id"),
    amount = from.long("amount"),
    urls = from.record("urls", ::readUrls),
    terminal = Terminal.of(from.string("terminal")),
    itemName = from.stringOrNull("item_name") ?: "",
    tax = from.longOrNull("tax"),
    billing = from.stringOrNull("billing")?.let(Billing::of) ?: Billing.ONE_TIME,
    payMethods = from.stringsOrNull("pay_methods"),
    campType = from.longOrNull("camp_type"),
    lastChargeMonth = from.stringOrNull("last_charge_month"),
    free = from.strings("free"),
    freeCsv = from.pairs("free_csv"),
    rows = from.list("rows", ::readDetailRow),
)

internal fun writePurchaseRequest(of: PurchaseRequest): Json = jsonOf(
    "purchase_id" to of.purchaseId,
    "cust_code" to of.custCode,
    "item_id" to of.itemId,
    "amount" to of.amount,
    "urls" to writeUrls(of.urls),
    "terminal" to of.terminal,
    "item_name" to of.itemName,
    "tax" to of.tax,
    "billing" to of.billing,
    "pay_methods" to of.payMethods,
    "camp_type" to of.campType,
    "last_charge_month" to of.lastChargeMonth,
    "free" to of.free,
    "free_csv" to writePairs(of.freeCsv),
    "rows" to of.rows.map(::writeDetailRow),
)

internal fun readAttempt(from: Fields): Attempt = Attempt(
    orderId = from.string("order_id"),
    purpose = from.string("purpose"),
    state = from.string("state"),
    startedAt = from.instant("started_at_ms"),
    errCode = from.stringOrNull("err_code"),
    trackingId = from.stringOrNull("tracking_id"),
)

internal fun writeAttempt(of: Attempt): Json = jsonOf(
    "order_id" to of.orderId,
    "purpose" to of.purpose,
    "state" to of.state,
    "started_at_ms" to of.startedAt.toEpochMilli(),
    "err_code" to of.errCode,
    "tracking_id" to of.trackingId,
)

internal fun readRefundEvidence(from: Fields): RefundEvidence = RefundEvidence(
    source = from.string("source"),
    reference = from.string("reference"),
    amount = from.long("amount"),
    refundedAt = from.instant("refunded_at_ms"),
)

internal fun writeRefundEvidence(of: RefundEvidence): Json = jsonOf(
    "source" to of.source,
    "reference" to of.reference,
    "amount" to of.amount,
    "refunded_at_ms" to of.refundedAt.toEpochMilli(),
)

internal fun readRefund(from: Fields): Refund = Refund(
    reason = from.string("reason"),
    requestedAt = from.instant("requested_at_ms"),
    confirmed = from.recordOrNull("confirmed", ::readRefundEvidence),
)

internal fun writeRefund(of: Refund): Json = jsonOf(
    "reason" to of.reason,
    "requested_at_ms" to of.requestedAt.toEpochMilli(),
    "confirmed" to of.confirmed?.let(::writeRefundEvidence),
)

internal fun readPayment(from: Fields): Payment = Payment(
    trackingId = from.string("tracking_id"),
    orderId = from.string("order_id"),
    amount = from.long("amount"),
    paidAt = from.instant("paid_at_ms"),
    refused = from.boolean("refused"),
    refund = from.recordOrNull("refund", ::readRefund),
)

internal fun writePayment(of: Payment): Json = jsonOf(
    "tracking_id" to of.trackingId,
    "order_id" to of.orderId,
    "amount" to of.amount,
    "paid_at_ms" to of.paidAt.toEpochMilli(),
    "refused" to of.refused,
    "refund" to of.refund?.let(::writeRefund),
)

internal fun readPurchase(from: Fields): Purchase = Purchase(
    id = from.string("id"),
    merchantId = from.string("merchant_id"),
    serviceId = from.string("service_id"),
    phase = Phase.of(from.string("phase")),
    custCode = from.string("cust_code"),
    itemId = from.string("item_id"),
    itemName = from.string("item_name"),
    amount = from.long("amount"),
    billing = Billing.of(from.string("billing")),
    attempts = from.list("attempts", ::readAttempt),
    payments = from.list("payments", ::readPayment),
    deposited = from.long("deposited"),
    givenUp = from.boolean("given_up"),
    lateAccepted = from.boolean("late_accepted"),
    createdAt = from.instant("created_at_ms"),
    review = from.stringOrNull("review"),
    contractEnd = from.stringOrNull("contract_end"),
)

internal fun writePurchase(of: Purchase): Json = jsonOf(
    "id" to of.id,
    "merchant_id" to of.merchantId,
    "service_id" to of.serviceId,
    "phase" to of.phase,
    "cust_code" to of.custCode,
    "item_id" to of.itemId,
    "item_name" to of.itemName,
    "amount" to of.amount,
    "billing" to of.billing,
    "attempts" to of.attempts.map(::writeAttempt),
    "payments" to of.payments.map(::writePayment),
    "deposited" to of.deposited,
    "given_up" to of.givenUp,
    "late_accepted" to of.lateAccepted,
    "created_at_ms" to of.createdAt.toEpochMilli(),
    "review" to of.review,
    "contract_end" to of.contractEnd,
)

internal fun readProblem(from: Fields): Problem = Problem(
    code = from.string("code"),
    detail = from.string("detail"),
    hint = from.string("hint"),
    retryable = from.boolean("retryable"),
    field = from.stringOrNull("field"),
)

internal fun writeProblem(of: Problem): Json = jsonOf(
    "code" to of.code,
    "detail" to of.detail,
    "hint" to of.hint,
    "retryable" to of.retryable,
    "field" to of.field,
)

internal fun readNoticeAnswer(from: Fields): NoticeAnswer = NoticeAnswer(
    status = from.int("status"),
    contentType = from.string("content_type"),
    body = from.bytes("body"),
    accepted = from.boolean("accepted"),
    problem = from.recordOrNull("problem", ::readProblem),
)

internal fun writeNoticeAnswer(of: NoticeAnswer): Json = jsonOf(
    "status" to of.status,
    "content_type" to of.contentType,
    "body" to of.body,
    "accepted" to of.accepted,
    "problem" to of.problem?.let(::writeProblem),
)

internal fun readMessage(from: Fields): Message = Message(
    kind = from.string("kind"),
    merchantId = from.string("merchant_id"),
    serviceId = from.string("service_id"),
    custCode = from.string("cust_code"),
    result = from.string("result"),
    madeAt = from.instant("made_at_ms"),
    limitSecond = from.long("limit_second"),
    rows = from.list("rows", ::readDetailRow),
    extra = from.list("extra", ::readFormField),
    orderId = from.stringOrNull("order_id"),
    amount = from.longOrNull("amount"),
    trackingId = from.stringOrNull("tracking_id"),
    usedPayMethod = from.stringOrNull("used_pay_method"),
    paymentDate = from.stringOrNull("payment_date"),
    errCode = from.stringOrNull("err_code"),
    spsCustNo = from.stringOrNull("sps_cust_no"),
    spsPaymentNo = from.stringOrNull("sps_payment_no"),
    payinfoKey = from.stringOrNull("payinfo_key"),
)

internal fun writeMessage(of: Message): Json = jsonOf(
    "kind" to of.kind,
    "merchant_id" to of.merchantId,
    "service_id" to of.serviceId,
    "cust_code" to of.custCode,
    "result" to of.result,
    "made_at_ms" to of.madeAt.toEpochMilli(),
    "limit_second" to of.limitSecond,
    "rows" to of.rows.map(::writeDetailRow),
    "extra" to of.extra.map(::writeFormField),
    "order_id" to of.orderId,
    "amount" to of.amount,
    "tracking_id" to of.trackingId,
    "used_pay_method" to of.usedPayMethod,
    "payment_date" to of.paymentDate,
    "err_code" to of.errCode,
    "sps_cust_no" to of.spsCustNo,
    "sps_payment_no" to of.spsPaymentNo,
    "payinfo_key" to of.payinfoKey,
)

internal fun readNoticeView(from: Fields): NoticeView = NoticeView(
    message = from.record("message", ::readMessage),
    purchase = from.record("purchase", ::readPurchase),
)

internal fun writeNoticeView(of: NoticeView): Json = jsonOf(
    "message" to writeMessage(of.message),
    "purchase" to writePurchase(of.purchase),
)

internal fun readBrowserReturn(from: Fields): BrowserReturn = BrowserReturn(
    by = ReturnedBy.of(from.string("by")),
    orderId = from.stringOrNull("order_id"),
    errCode = from.stringOrNull("err_code"),
    purchase = from.recordOrNull("purchase", ::readPurchase),
)

internal fun writeBrowserReturn(of: BrowserReturn): Json = jsonOf(
    "by" to of.by,
    "order_id" to of.orderId,
    "err_code" to of.errCode,
    "purchase" to of.purchase?.let(::writePurchase),
)

internal fun readEvidence(from: Fields): Evidence = Evidence(
    digest = from.string("digest"),
    code = from.string("code"),
    body = from.bytes("body"),
    at = from.instant("at_ms"),
)

internal fun writeEvidence(of: Evidence): Json = jsonOf(
    "digest" to of.digest,
    "code" to of.code,
    "body" to of.body,
    "at_ms" to of.at.toEpochMilli(),
)

internal fun readRefundTicket(from: Fields): RefundTicket = RefundTicket(
    purchaseId = from.string("purchase_id"),
    trackingId = from.string("tracking_id"),
    amount = from.long("amount"),
    deadline = from.instant("deadline_ms"),
    managementUrl = from.stringOrNull("management_url"),
)

internal fun writeRefundTicket(of: RefundTicket): Json = jsonOf(
    "purchase_id" to of.purchaseId,
    "tracking_id" to of.trackingId,
    "amount" to of.amount,
    "deadline_ms" to of.deadline.toEpochMilli(),
    "management_url" to of.managementUrl,
)

internal fun readRegistrationRequest(from: Fields): RegistrationRequest = RegistrationRequest(
    custCode = from.string("cust_code"),
    payMethods = from.strings("pay_methods"),
    urls = from.record("urls", ::readUrls),
    terminal = Terminal.of(from.string("terminal")),
    spsCustNo = from.stringOrNull("sps_cust_no") ?: "",
    spsPaymentNo = from.stringOrNull("sps_payment_no") ?: "",
    free = from.strings("free"),
    freeCsv = from.pairs("free_csv"),
)

internal fun writeRegistrationRequest(of: RegistrationRequest): Json = jsonOf(
    "cust_code" to of.custCode,
    "pay_methods" to of.payMethods,
    "urls" to writeUrls(of.urls),
    "terminal" to of.terminal,
    "sps_cust_no" to of.spsCustNo,
    "sps_payment_no" to of.spsPaymentNo,
    "free" to of.free,
    "free_csv" to writePairs(of.freeCsv),
)

internal fun readRegistrationResult(from: Fields): RegistrationResult = RegistrationResult(
    answer = from.record("answer", ::readNoticeAnswer),
    message = from.recordOrNull("message", ::readMessage),
)

internal fun writeRegistrationResult(of: RegistrationResult): Json = jsonOf(
    "answer" to writeNoticeAnswer(of.answer),
    "message" to of.message?.let(::writeMessage),
)

internal fun readRegistrationCheck(from: Fields): RegistrationCheck = RegistrationCheck(
    body = from.bytes("body"),
    asked = from.list("asked", ::readFormField),
    requestDates = from.strings("request_dates"),
    contentType = from.stringOrNull("content_type"),
    returned = from.booleanOrNull("returned") ?: false,
)

internal fun writeRegistrationCheck(of: RegistrationCheck): Json = jsonOf(
    "body" to received(of.body),
    "asked" to of.asked.map(::writeFormField),
    "request_dates" to of.requestDates,
    "content_type" to of.contentType,
    "returned" to of.returned,
)
