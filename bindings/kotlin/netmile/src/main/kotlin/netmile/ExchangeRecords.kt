// Made by generate.py from ffi/manifest.json; do not edit.

package netmile

import java.time.Instant

/** What points come to, or why they do not fit. */
public data class ConversionAnswer @JvmOverloads constructor(
    /** Whether they can be exchanged. */
    val fits: Boolean,
    /** Points. */
    val points: Long,
    /** Miles for them. */
    val miles: Long? = null,
    /** Points left, when it is known how many there are. */
    val balanceAfter: Long? = null,
    /** `below_minimum`, `above_maximum`, `not_in_units`, `not_whole`, `too_many_miles` or `not_held`. */
    val reason: String? = null,
    /** The next lower number that fits. */
    val below: Long? = null,
    /** The next higher number that fits. */
    val above: Long? = null,
    /** For the customer, in the client's language. */
    val text: String? = null,
) {
    override fun toString(): String =
        "ConversionAnswer(fits=$fits, points=$points, miles=$miles, balanceAfter=$balanceAfter, reason=$reason, " +
            "below=$below, above=$above)"
}

/** A rate: `miles` for `points`. */
public data class RateTerms @JvmOverloads constructor(
    /** Points. */
    val points: Long,
    /** Miles for them. */
    val miles: Long,
    /** Points are exchanged in units of so many. */
    val unit: Long? = null,
    /** At least so many. */
    val minimum: Long? = null,
    /** At most so many. */
    val maximum: Long? = null,
) {
    override fun toString(): String =
        "RateTerms(points=$points, miles=$miles, unit=$unit, minimum=$minimum, maximum=$maximum)"
}

/** What a customer can exchange at least and at most. */
public data class ExchangeOfferAnswer @JvmOverloads constructor(
    /** Points go up in steps of so many. */
    val step: Long,
    /** Fewest points; none when nothing can be exchanged. */
    val leastPoints: Long? = null,
    /** Miles for them. */
    val leastMiles: Long? = null,
    /** Most points. */
    val mostPoints: Long? = null,
    /** Miles for them. */
    val mostMiles: Long? = null,
) {
    override fun toString(): String =
        "ExchangeOfferAnswer(step=$step, leastPoints=$leastPoints, leastMiles=$leastMiles, " +
            "mostPoints=$mostPoints, mostMiles=$mostMiles)"
}

/** Whether somebody can get miles. */
public data class ApplicantAnswer @JvmOverloads constructor(
    /** `registered`, `not_active` or `not_registered`. */
    val standing: String,
    /** NetMile user id. Personal. */
    val userId: String? = null,
) {
    override fun toString(): String = "ApplicantAnswer(standing=$standing)"
}

/** Miles that were issued for points. */
public data class ExchangedMiles(
    /** NetMile's id. */
    val exchangeId: String,
    /** NetMile user id. Personal. */
    val userId: String,
    /** Miles. */
    val miles: Long,
    /** When. */
    val issuedAt: Instant,
) {
    override fun toString(): String = "ExchangedMiles(exchangeId=$exchangeId, miles=$miles)"
}

/** An exchange as the journal knows it. */
public data class Exchange @JvmOverloads constructor(
    /** Site. */
    val siteId: String,
    /** The shop's own id. */
    val tranId: String,
    /** `debiting`, `debited`, `issuing`, `issued`, `refused`, `credited_back`, `not_debited` or `needs_review`. */
    val phase: String,
    /** Points. */
    val points: Long,
    /** Miles. */
    val miles: Long,
    /** Whether miles were issued although the points had been given back. */
    val doubled: Boolean,
    /** When it was begun. */
    val begunAt: Instant,
    /** What was issued. */
    val issued: ExchangedMiles? = null,
    /** Why it was refused. */
    val rejection: Refusal? = null,
    /** When the points were taken. */
    val debitedAt: Instant? = null,
) {
    override fun toString(): String =
        "Exchange(siteId=$siteId, tranId=$tranId, phase=$phase, points=$points, miles=$miles, issued=$issued, " +
            "rejection=$rejection)"
}

/** An exchange. */
public data class ExchangeRequest(
    /** The shop's own id, never used twice. */
    val tranId: String,
    /** Who gets the miles. */
    val user: MileUser,
    /** The shop's key of its customer (指定キー). May be personal. */
    val designatedKey: String,
    /** Points. */
    val points: Long,
    /** The rate. */
    val rate: RateTerms,
) {
    override fun toString(): String = "ExchangeRequest(tranId=$tranId, points=$points, rate=$rate)"
}

/** Exchanges. */
public data class ExchangeList(
    /** In the order of site and `tran_id`. */
    val exchanges: List<Exchange>,
) {
    override fun toString(): String = "ExchangeList(exchanges=$exchanges)"
}

/** An upload file. */
public data class ExchangeFile(
    /** The name under which it is uploaded. */
    val name: String,
    /** Its first row. */
    val firstRow: Long,
    /** Its rows. */
    val rows: Long,
    /** Their miles. */
    val miles: Long,
    /** The bytes. Personal. */
    val file: ByteArray,
) {
    override fun toString(): String = "ExchangeFile(name=$name, firstRow=$firstRow, rows=$rows, miles=$miles)"

    override fun equals(other: Any?): Boolean =
        other is ExchangeFile &&
            name == other.name &&
            firstRow == other.firstRow &&
            rows == other.rows &&
            miles == other.miles &&
            file.contentEquals(other.file)

    override fun hashCode(): Int = listOf(name, firstRow, rows, miles, file.contentHashCode()).hashCode()
}

/** Upload files. */
public data class ExchangeFiles(
    /** Each of at most 10,000 rows. */
    val files: List<ExchangeFile>,
) {
    override fun toString(): String = "ExchangeFiles(files=$files)"
}

/** A row of an exchange file. */
public data class ExchangeFileRow(
    /** Who gets the miles. */
    val user: MileUser,
    /** The shop's key of its customer (指定キー). May be personal. */
    val designatedKey: String,
    /** Miles. */
    val miles: Long,
) {
    override fun toString(): String = "ExchangeFileRow(miles=$miles)"
}

/** What became of a row. */
public data class SettledRow @JvmOverloads constructor(
    /** Its number, from 1. */
    val row: Long,
    /** Mail address or user id. Personal. */
    val user: String,
    /** The key. May be personal. */
    val designatedKey: String,
    /** Miles. */
    val miles: Long,
    /** Why not; absent when it was issued. */
    val refused: Refusal? = null,
) {
    override fun toString(): String = "SettledRow(row=$row, miles=$miles, refused=$refused)"
}

/** Rows and miles. */
public data class RowTotal(
    /** Rows. */
    val rows: Long,
    /** Miles. */
    val miles: Long,
) {
    override fun toString(): String = "RowTotal(rows=$rows, miles=$miles)"
}

/** What became of every row. */
public data class SettledFile(
    /** In the order of the file. */
    val rows: List<SettledRow>,
    /** All of it. */
    val sent: RowTotal,
    /** What was issued. */
    val issued: RowTotal,
    /** What was refused: these points go back. */
    val refused: RowTotal,
) {
    override fun toString(): String = "SettledFile(sent=$sent, issued=$issued, refused=$refused)"
}

/** A file of the drop. */
public data class DropFileEntry(
    /** Its name. */
    val name: String,
    /** The bytes. Personal. */
    val file: ByteArray,
) {
    override fun toString(): String = "DropFileEntry(name=$name)"

    override fun equals(other: Any?): Boolean =
        other is DropFileEntry &&
            name == other.name &&
            file.contentEquals(other.file)

    override fun hashCode(): Int = listOf(name, file.contentHashCode()).hashCode()
}

/** Files to keep, in this order: the last one says that those before it are whole. */
public data class DropFiles(
    /** The files. */
    val files: List<DropFileEntry>,
    /** What is in them. */
    val total: RowTotal,
) {
    override fun toString(): String = "DropFiles(files=$files)"
}

/** What to answer, after `keep` and `replace` were done: whoever reads must see a file whole or not at all. */
public data class DropHandleAnswer(
    /** HTTP status. */
    val status: Int,
    /** Headers. */
    val headers: List<FormField>,
    /** Body. */
    val body: ByteArray,
    /** New files to keep. */
    val keep: List<DropFileEntry>,
    /** Files whose content is to be replaced. */
    val replace: List<DropFileEntry>,
) {
    override fun toString(): String = "DropHandleAnswer(status=$status)"

    override fun equals(other: Any?): Boolean =
        other is DropHandleAnswer &&
            status == other.status &&
            headers == other.headers &&
            body.contentEquals(other.body) &&
            keep == other.keep &&
            replace == other.replace

    override fun hashCode(): Int = listOf(status, headers, body.contentHashCode(), keep, replace).hashCode()
}

/** A request of NetMile to the shop's drop, and the files that the shop keeps there. */
public data class DropHandleRequest @JvmOverloads constructor(
    /** Site. */
    val siteId: String,
    /** Where the drop is, such as `/netmile/drop`. */
    val basePath: String,
    /** From which addresses NetMile may come: addresses and networks. */
    val allow: List<String>,
    /** Name of the Basic authentication. */
    val user: String,
    /** Its password. Secret. */
    val password: String,
    /** Method of the request. */
    val method: String,
    /** Path of the request, with its query. */
    val path: String,
    /** Address that the request comes from. */
    val peerIp: String,
    /** Every file of the drop. */
    val files: List<DropFileEntry>,
    /** `Authorization` of the request. Secret. */
    val authorization: String? = null,
    /** Body of the request. Personal. */
    val body: ByteArray = ByteArray(0),
) {
    override fun toString(): String =
        "DropHandleRequest(siteId=$siteId, basePath=$basePath, method=$method, path=$path)"

    override fun equals(other: Any?): Boolean =
        other is DropHandleRequest &&
            siteId == other.siteId &&
            basePath == other.basePath &&
            allow == other.allow &&
            user == other.user &&
            password == other.password &&
            method == other.method &&
            path == other.path &&
            peerIp == other.peerIp &&
            files == other.files &&
            authorization == other.authorization &&
            body.contentEquals(other.body)

    override fun hashCode(): Int = listOf(siteId, basePath, allow, user, password, method, path, peerIp, files, authorization, body.contentHashCode()).hashCode()
}

/** What became of a run, if its result is there. */
public data class DropSettleAnswer @JvmOverloads constructor(
    /** What became of every row. */
    val settled: SettledFile? = null,
) {
    override fun toString(): String = "DropSettleAnswer(settled=$settled)"
}
