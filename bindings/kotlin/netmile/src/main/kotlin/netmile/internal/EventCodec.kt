// Made by generate.py from ffi/manifest.json; do not edit.

package netmile.internal

import netmile.*

internal fun readEvent(from: Fields): Event = Event(
    id = from.long("id"),
    kind = EventKind.of(from.string("kind")),
    subject = from.string("subject"),
    purchaseId = from.string("purchase_id"),
    merchantId = from.string("merchant_id"),
    serviceId = from.string("service_id"),
    phase = Phase.of(from.string("phase")),
    amount = from.long("amount"),
    at = from.instant("at_ms"),
    orderId = from.stringOrNull("order_id"),
    trackingId = from.stringOrNull("tracking_id"),
    step = from.stringOrNull("step"),
    key = from.stringOrNull("key"),
    review = from.stringOrNull("review"),
)

internal fun writeEvent(of: Event): Json = jsonOf(
    "id" to of.id,
    "kind" to of.kind,
    "subject" to of.subject,
    "purchase_id" to of.purchaseId,
    "merchant_id" to of.merchantId,
    "service_id" to of.serviceId,
    "phase" to of.phase,
    "amount" to of.amount,
    "at_ms" to of.at.toEpochMilli(),
    "order_id" to of.orderId,
    "tracking_id" to of.trackingId,
    "step" to of.step,
    "key" to of.key,
    "review" to of.review,
)

internal fun readHashFault(from: Fields): HashFault = HashFault(
    id = from.string("id"),
    text = from.string("text"),
    field = from.stringOrNull("field"),
)

internal fun writeHashFault(of: HashFault): Json = jsonOf(
    "id" to of.id,
    "text" to of.text,
    "field" to of.field,
)

internal fun readHashExplanation(from: Fields): HashExplanation = HashExplanation(
    verdict = from.string("verdict"),
    faults = from.list("faults", ::readHashFault),
    text = from.string("text"),
)

internal fun writeHashExplanation(of: HashExplanation): Json = jsonOf(
    "verdict" to of.verdict,
    "faults" to of.faults.map(::writeHashFault),
    "text" to of.text,
)

internal fun readErrorEntry(from: Fields): ErrorEntry = ErrorEntry(
    code = from.string("code"),
    retryable = from.boolean("retryable"),
    hintEn = from.string("hint_en"),
    hintJa = from.string("hint_ja"),
)

internal fun writeErrorEntry(of: ErrorEntry): Json = jsonOf(
    "code" to of.code,
    "retryable" to of.retryable,
    "hint_en" to of.hintEn,
    "hint_ja" to of.hintJa,
)

internal fun readCodeEntry(from: Fields): CodeEntry = CodeEntry(
    code = from.string("code"),
    id = from.string("id"),
    known = from.boolean("known"),
    meaningEn = from.string("meaning_en"),
    meaningJa = from.string("meaning_ja"),
    remedyEn = from.string("remedy_en"),
    remedyJa = from.string("remedy_ja"),
    actor = from.string("actor"),
    notice = from.string("notice"),
)

internal fun writeCodeEntry(of: CodeEntry): Json = jsonOf(
    "code" to of.code,
    "id" to of.id,
    "known" to of.known,
    "meaning_en" to of.meaningEn,
    "meaning_ja" to of.meaningJa,
    "remedy_en" to of.remedyEn,
    "remedy_ja" to of.remedyJa,
    "actor" to of.actor,
    "notice" to of.notice,
)

internal fun readMethodCell(from: Fields): MethodCell = MethodCell(
    connection = from.string("connection"),
    billing = from.string("billing"),
    terminal = from.string("terminal"),
)

internal fun writeMethodCell(of: MethodCell): Json = jsonOf(
    "connection" to of.connection,
    "billing" to of.billing,
    "terminal" to of.terminal,
)

internal fun readMethodInfo(from: Fields): MethodInfo = MethodInfo(
    tag = from.string("tag"),
    nameEn = from.string("name_en"),
    nameJa = from.string("name_ja"),
    minYen = from.long("min_yen"),
    maxYen = from.long("max_yen"),
    settlement = from.string("settlement"),
    cells = from.list("cells", ::readMethodCell),
    apiNumber = from.stringOrNull("api_number"),
)

internal fun writeMethodInfo(of: MethodInfo): Json = jsonOf(
    "tag" to of.tag,
    "name_en" to of.nameEn,
    "name_ja" to of.nameJa,
    "min_yen" to of.minYen,
    "max_yen" to of.maxYen,
    "settlement" to of.settlement,
    "cells" to of.cells.map(::writeMethodCell),
    "api_number" to of.apiNumber,
)

internal fun readMethodList(from: Fields): MethodList = MethodList(
    methods = from.list("methods", ::readMethodInfo),
)

internal fun writeMethodList(of: MethodList): Json = jsonOf(
    "methods" to of.methods.map(::writeMethodInfo),
)

internal fun readApiCodeEntry(from: Fields): ApiCodeEntry = ApiCodeEntry(
    code = from.string("code"),
    known = from.boolean("known"),
    class_ = from.string("class"),
    mustAskFirst = from.boolean("must_ask_first"),
    duplicate = from.boolean("duplicate"),
    textEn = from.string("text_en"),
    textJa = from.string("text_ja"),
    field = from.stringOrNull("field"),
)

internal fun writeApiCodeEntry(of: ApiCodeEntry): Json = jsonOf(
    "code" to of.code,
    "known" to of.known,
    "class" to of.class_,
    "must_ask_first" to of.mustAskFirst,
    "duplicate" to of.duplicate,
    "text_en" to of.textEn,
    "text_ja" to of.textJa,
    "field" to of.field,
)

internal fun readMileCodeEntry(from: Fields): MileCodeEntry = MileCodeEntry(
    table = from.string("table"),
    code = from.string("code"),
    known = from.boolean("known"),
    published = from.string("published"),
    textEn = from.string("text_en"),
    textJa = from.string("text_ja"),
    actor = from.string("actor"),
)

internal fun writeMileCodeEntry(of: MileCodeEntry): Json = jsonOf(
    "table" to of.table,
    "code" to of.code,
    "known" to of.known,
    "published" to of.published,
    "text_en" to of.textEn,
    "text_ja" to of.textJa,
    "actor" to of.actor,
)

internal fun readMileCodeCatalogue(from: Fields): MileCodeCatalogue = MileCodeCatalogue(
    codes = from.list("codes", ::readMileCodeEntry),
)

internal fun writeMileCodeCatalogue(of: MileCodeCatalogue): Json = jsonOf(
    "codes" to of.codes.map(::writeMileCodeEntry),
)
