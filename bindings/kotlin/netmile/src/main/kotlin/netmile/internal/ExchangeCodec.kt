// Made by generate.py from ffi/manifest.json; do not edit.

package netmile.internal

import netmile.*

internal fun readConversionAnswer(from: Fields): ConversionAnswer = ConversionAnswer(
    fits = from.boolean("fits"),
    points = from.long("points"),
    miles = from.longOrNull("miles"),
    balanceAfter = from.longOrNull("balance_after"),
    reason = from.stringOrNull("reason"),
    below = from.longOrNull("below"),
    above = from.longOrNull("above"),
    text = from.stringOrNull("text"),
)

internal fun writeConversionAnswer(of: ConversionAnswer): Json = jsonOf(
    "fits" to of.fits,
    "points" to of.points,
    "miles" to of.miles,
    "balance_after" to of.balanceAfter,
    "reason" to of.reason,
    "below" to of.below,
    "above" to of.above,
    "text" to of.text,
)

internal fun readRateTerms(from: Fields): RateTerms = RateTerms(
    points = from.long("points"),
    miles = from.long("miles"),
    unit = from.longOrNull("unit"),
    minimum = from.longOrNull("minimum"),
    maximum = from.longOrNull("maximum"),
)

internal fun writeRateTerms(of: RateTerms): Json = jsonOf(
    "points" to of.points,
    "miles" to of.miles,
    "unit" to of.unit,
    "minimum" to of.minimum,
    "maximum" to of.maximum,
)

internal fun readExchangeOfferAnswer(from: Fields): ExchangeOfferAnswer = ExchangeOfferAnswer(
    step = from.long("step"),
    leastPoints = from.longOrNull("least_points"),
    leastMiles = from.longOrNull("least_miles"),
    mostPoints = from.longOrNull("most_points"),
    mostMiles = from.longOrNull("most_miles"),
)

internal fun writeExchangeOfferAnswer(of: ExchangeOfferAnswer): Json = jsonOf(
    "step" to of.step,
    "least_points" to of.leastPoints,
    "least_miles" to of.leastMiles,
    "most_points" to of.mostPoints,
    "most_miles" to of.mostMiles,
)

internal fun readApplicantAnswer(from: Fields): ApplicantAnswer = ApplicantAnswer(
    standing = from.string("standing"),
    userId = from.stringOrNull("user_id"),
)

internal fun writeApplicantAnswer(of: ApplicantAnswer): Json = jsonOf(
    "standing" to of.standing,
    "user_id" to of.userId,
)

internal fun readExchangedMiles(from: Fields): ExchangedMiles = ExchangedMiles(
    exchangeId = from.string("exchange_id"),
    userId = from.string("user_id"),
    miles = from.long("miles"),
    issuedAt = from.instant("issued_at_ms"),
)

internal fun writeExchangedMiles(of: ExchangedMiles): Json = jsonOf(
    "exchange_id" to of.exchangeId,
    "user_id" to of.userId,
    "miles" to of.miles,
    "issued_at_ms" to of.issuedAt.toEpochMilli(),
)

internal fun readExchange(from: Fields): Exchange = Exchange(
    siteId = from.string("site_id"),
    tranId = from.string("tran_id"),
    phase = from.string("phase"),
    points = from.long("points"),
    miles = from.long("miles"),
    doubled = from.boolean("doubled"),
    begunAt = from.instant("begun_at_ms"),
    issued = from.recordOrNull("issued", ::readExchangedMiles),
    rejection = from.recordOrNull("rejection", ::readRefusal),
    debitedAt = from.instantOrNull("debited_at_ms"),
)

internal fun writeExchange(of: Exchange): Json = jsonOf(
    "site_id" to of.siteId,
    "tran_id" to of.tranId,
    "phase" to of.phase,
    "points" to of.points,
    "miles" to of.miles,
    "doubled" to of.doubled,
    "begun_at_ms" to of.begunAt.toEpochMilli(),
    "issued" to of.issued?.let(::writeExchangedMiles),
    "rejection" to of.rejection?.let(::writeRefusal),
    "debited_at_ms" to of.debitedAt?.toEpochMilli(),
)

internal fun readExchangeRequest(from: Fields): ExchangeRequest = ExchangeRequest(
    tranId = from.string("tran_id"),
    user = from.record("user", ::readMileUser),
    designatedKey = from.string("designated_key"),
    points = from.long("points"),
    rate = from.record("rate", ::readRateTerms),
)

internal fun writeExchangeRequest(of: ExchangeRequest): Json = jsonOf(
    "tran_id" to of.tranId,
    "user" to writeMileUser(of.user),
    "designated_key" to of.designatedKey,
    "points" to of.points,
    "rate" to writeRateTerms(of.rate),
)

internal fun readExchangeList(from: Fields): ExchangeList = ExchangeList(
    exchanges = from.list("exchanges", ::readExchange),
)

internal fun writeExchangeList(of: ExchangeList): Json = jsonOf(
    "exchanges" to of.exchanges.map(::writeExchange),
)

internal fun readExchangeFile(from: Fields): ExchangeFile = ExchangeFile(
    name = from.string("name"),
    firstRow = from.long("first_row"),
    rows = from.long("rows"),
    miles = from.long("miles"),
    file = from.bytes("file"),
)

internal fun writeExchangeFile(of: ExchangeFile): Json = jsonOf(
    "name" to of.name,
    "first_row" to of.firstRow,
    "rows" to of.rows,
    "miles" to of.miles,
    "file" to of.file,
)

internal fun readExchangeFiles(from: Fields): ExchangeFiles = ExchangeFiles(
    files = from.list("files", ::readExchangeFile),
)

internal fun writeExchangeFiles(of: ExchangeFiles): Json = jsonOf(
    "files" to of.files.map(::writeExchangeFile),
)

internal fun readExchangeFileRow(from: Fields): ExchangeFileRow = ExchangeFileRow(
    user = from.record("user", ::readMileUser),
    designatedKey = from.string("designated_key"),
    miles = from.long("miles"),
)

internal fun writeExchangeFileRow(of: ExchangeFileRow): Json = jsonOf(
    "user" to writeMileUser(of.user),
    "designated_key" to of.designatedKey,
    "miles" to of.miles,
)

internal fun readSettledRow(from: Fields): SettledRow = SettledRow(
    row = from.long("row"),
    user = from.string("user"),
    designatedKey = from.string("designated_key"),
    miles = from.long("miles"),
    refused = from.recordOrNull("refused", ::readRefusal),
)

internal fun writeSettledRow(of: SettledRow): Json = jsonOf(
    "row" to of.row,
    "user" to of.user,
    "designated_key" to of.designatedKey,
    "miles" to of.miles,
    "refused" to of.refused?.let(::writeRefusal),
)

internal fun readRowTotal(from: Fields): RowTotal = RowTotal(
    rows = from.long("rows"),
    miles = from.long("miles"),
)

internal fun writeRowTotal(of: RowTotal): Json = jsonOf(
    "rows" to of.rows,
    "miles" to of.miles,
)

internal fun readSettledFile(from: Fields): SettledFile = SettledFile(
    rows = from.list("rows", ::readSettledRow),
    sent = from.record("sent", ::readRowTotal),
    issued = from.record("issued", ::readRowTotal),
    refused = from.record("refused", ::readRowTotal),
)

internal fun writeSettledFile(of: SettledFile): Json = jsonOf(
    "rows" to of.rows.map(::writeSettledRow),
    "sent" to writeRowTotal(of.sent),
    "issued" to writeRowTotal(of.issued),
    "refused" to writeRowTotal(of.refused),
)

internal fun readDropFileEntry(from: Fields): DropFileEntry = DropFileEntry(
    name = from.string("name"),
    file = from.bytes("file"),
)

internal fun writeDropFileEntry(of: DropFileEntry): Json = jsonOf(
    "name" to of.name,
    "file" to of.file,
)

internal fun readDropFiles(from: Fields): DropFiles = DropFiles(
    files = from.list("files", ::readDropFileEntry),
    total = from.record("total", ::readRowTotal),
)

internal fun writeDropFiles(of: DropFiles): Json = jsonOf(
    "files" to of.files.map(::writeDropFileEntry),
    "total" to writeRowTotal(of.total),
)

internal fun readDropHandleAnswer(from: Fields): DropHandleAnswer = DropHandleAnswer(
    status = from.int("status"),
    headers = from.list("headers", ::readFormField),
    body = from.bytes("body"),
    keep = from.list("keep", ::readDropFileEntry),
    replace = from.list("replace", ::readDropFileEntry),
)

internal fun writeDropHandleAnswer(of: DropHandleAnswer): Json = jsonOf(
    "status" to of.status,
    "headers" to of.headers.map(::writeFormField),
    "body" to of.body,
    "keep" to of.keep.map(::writeDropFileEntry),
    "replace" to of.replace.map(::writeDropFileEntry),
)

internal fun readDropHandleRequest(from: Fields): DropHandleRequest = DropHandleRequest(
    siteId = from.string("site_id"),
    basePath = from.string("base_path"),
    allow = from.strings("allow"),
    user = from.string("user"),
    password = from.string("password"),
    method = from.string("method"),
    path = from.string("path"),
    peerIp = from.string("peer_ip"),
    files = from.list("files", ::readDropFileEntry),
    authorization = from.stringOrNull("authorization"),
    body = from.bytesOrNull("body") ?: ByteArray(0),
)

internal fun writeDropHandleRequest(of: DropHandleRequest): Json = jsonOf(
    "site_id" to of.siteId,
    "base_path" to of.basePath,
    "allow" to of.allow,
    "user" to of.user,
    "password" to of.password,
    "method" to of.method,
    "path" to of.path,
    "peer_ip" to of.peerIp,
    "files" to of.files.map(::writeDropFileEntry),
    "authorization" to of.authorization,
    "body" to of.body,
)

internal fun readDropSettleAnswer(from: Fields): DropSettleAnswer = DropSettleAnswer(
    settled = from.recordOrNull("settled", ::readSettledFile),
)

internal fun writeDropSettleAnswer(of: DropSettleAnswer): Json = jsonOf(
    "settled" to of.settled?.let(::writeSettledFile),
)
