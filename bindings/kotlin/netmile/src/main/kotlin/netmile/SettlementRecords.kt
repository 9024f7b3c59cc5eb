// Made by generate.py from ffi/manifest.json; do not edit.

package netmile

import java.time.Instant

/** A statement that was read and not compared. */
public data class StatementSummary(
    /** First day. */
    val from: String,
    /** Last day. */
    val until: String,
    /** Movements. */
    val rows: Long,
    /** Lines that are no movement. */
    val ignored: Long,
    /** Sum of the movements, yen. */
    val amount: Long,
    /** Sum of the commissions, yen. */
    val fee: Long,
    /** What is left, yen. */
    val net: Long,
    /** Whether sums at its end prove that nothing is missing. */
    val provenWhole: Boolean,
) {
    override fun toString(): String =
        "StatementSummary(from=$from, until=$until, rows=$rows, ignored=$ignored, amount=$amount, fee=$fee, " +
            "net=$net, provenWhole=$provenWhole)"
}

/** A settlement statement (精算ファイル) and how to read it. Exactly one of `file` and `path` is given. */
public data class StatementRequest @JvmOverloads constructor(
    /** The bytes of the file, at most 3 MB. */
    val file: ByteArray? = null,
    /** A file on this machine, at most 256 MiB. */
    val path: String? = null,
    /** The month that it is about, `YYYYMM`. */
    val month: String? = null,
    /** The first day that it is about, `YYYY-MM-DD`, instead of a month. */
    val from: String? = null,
    /** The last day that it is about. */
    val until: String? = null,
    /** Which columns it has, as docs/reconcile.md describes; the reference format when not given. */
    val profile: Any? = null,
    /** What was agreed about commission and payout, as docs/reconcile.md describes; the usual when not given. */
    val terms: Any? = null,
) {
    override fun toString(): String = "StatementRequest(path=$path, month=$month, from=$from, until=$until)"

    override fun equals(other: Any?): Boolean =
        other is StatementRequest &&
            file.contentEquals(other.file) &&
            path == other.path &&
            month == other.month &&
            from == other.from &&
            until == other.until &&
            profile == other.profile &&
            terms == other.terms

    override fun hashCode(): Int = listOf(file.contentHashCode(), path, month, from, until, profile, terms).hashCode()
}

/** Counts and yen of one class. */
public data class ClassTally(
    /** `match`, `missing_here`, `missing_there`, `amount`, `status`, `duplicate` or `outside_period`. */
    val class_: String,
    /** Movements of the file. */
    val fileCount: Long,
    /** Their yen, refunds negative. */
    val fileYen: Long,
    /** Movements of the journal. */
    val journalCount: Long,
    /** Their yen. */
    val journalYen: Long,
) {
    override fun toString(): String =
        "ClassTally(class_=$class_, fileCount=$fileCount, fileYen=$fileYen, journalCount=$journalCount, " +
            "journalYen=$journalYen)"
}

/** One movement of file, journal or both. */
public data class ReconciliationEntry @JvmOverloads constructor(
    /** Which kind of agreement or difference. */
    val class_: String,
    /** Why. */
    val cause: String,
    /** The cause for a person, in the client's language. */
    val text: String,
    /** The shop's id at the gateway. */
    val orderId: String,
    /**
     * What the file decides about an unknown outcome: `paid`, `not_paid`, `refunded`, `not_refunded` or `undecided`.
     */
    val verdict: String? = null,
    /** The gateway's id. */
    val trackingId: String? = null,
    /** Line of the file. */
    val line: Long? = null,
    /** Yen in the file, a refund negative. */
    val fileAmount: Long? = null,
    /** Yen in the journal, a refund negative. */
    val journalAmount: Long? = null,
    /** The record: `payment`, `purchase` or `period`. */
    val record: String? = null,
    /** Its id. */
    val recordId: String? = null,
) {
    override fun toString(): String =
        "ReconciliationEntry(class_=$class_, cause=$cause, orderId=$orderId, verdict=$verdict, " +
            "trackingId=$trackingId, line=$line, fileAmount=$fileAmount, journalAmount=$journalAmount, " +
            "recordId=$recordId)"
}

/** One step of the plan. */
public data class PlannedRepair @JvmOverloads constructor(
    /**
     * `confirm_paid`, `confirm_refund`, `confirm_not_paid`, `confirm_not_refunded`, `refund_duplicate`, `ask_gateway`
     * or `investigate`, or a name that is not known yet.
     */
    val repair: String,
    /** The shop's id at the gateway. */
    val orderId: String,
    /** Why. */
    val cause: String,
    /** What to do, in the client's language. */
    val text: String,
    /** The gateway's id. */
    val trackingId: String? = null,
    /** Yen, where the step has some. */
    val amount: Long? = null,
    /** Line of the file. */
    val line: Long? = null,
    /** When it happened according to the file. */
    val at: Instant? = null,
) {
    override fun toString(): String =
        "PlannedRepair(repair=$repair, orderId=$orderId, cause=$cause, trackingId=$trackingId, amount=$amount, " +
            "line=$line)"
}

/** What came out of a comparison (突合). */
public data class ReconciliationReport(
    /** Whether file and journal agree, commission and payout included. */
    val clean: Boolean,
    /** Whether sums at the end of the file prove that nothing is missing. */
    val provenWhole: Boolean,
    /** Counts and yen of each class. */
    val tallies: List<ClassTally>,
    /** Every movement of the file, then those of the journal that the file does not have. */
    val entries: List<ReconciliationEntry>,
    /** How many movements had a commission that could be checked. */
    val feesChecked: Long,
    /** Commissions that are not those of the contract, in the client's language. */
    val feeDifferences: List<String>,
    /** What is not as agreed about the payout, in the client's language. */
    val payoutDifferences: List<String>,
    /** What to do, in this order. */
    val plan: List<PlannedRepair>,
    /** All of it for a person, in the client's language. */
    val summary: String,
) {
    override fun toString(): String =
        "ReconciliationReport(clean=$clean, provenWhole=$provenWhole, feesChecked=$feesChecked)"
}

/** What became of a step of the plan. */
public data class RepairResult @JvmOverloads constructor(
    /** Its number in the plan, from 0. */
    val step: Long,
    /** `done`, `known` (it was written down before) or `left`. */
    val result: String,
    /** Why it was left. */
    val reason: String? = null,
) {
    override fun toString(): String = "RepairResult(step=$step, result=$result)"
}

/** A comparison and what was written down of it. */
public data class RepairReport(
    /** The comparison before it. */
    val report: ReconciliationReport,
    /** What became of each step. */
    val repaired: List<RepairResult>,
) {
    override fun toString(): String = "RepairReport(report=$report, repaired=$repaired)"
}
