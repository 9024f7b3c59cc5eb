// Made by generate.py from ffi/manifest.json; do not edit.

package netmile

/** What a resolver run changed. Everything in it was looked after; what is still open is due again. */
public data class ResolvedAll(
    /** Purchases by link type. */
    val purchases: List<Purchase>,
    /** Charges by API type. */
    val charges: List<Charge>,
    /** Miles. */
    val tasks: List<MileTask>,
    /** Point exchanges. */
    val exchanges: List<Exchange>,
    /** Uploads of files. What was refused is sent by the next run of its batch. */
    val uploads: List<Upload>,
) {
    override fun toString(): String =
        "ResolvedAll(purchases=$purchases, charges=$charges, tasks=$tasks, exchanges=$exchanges, " +
            "uploads=$uploads)"
}

/** What was found open after a start of the shop. */
public data class RecoveredAll(
    /** Charges whose outcome is known now. */
    val settled: List<Charge>,
    /** Charges whose outcome is still open. */
    val open: List<Charge>,
    /** Miles. */
    val tasks: List<MileTask>,
    /** Point exchanges. */
    val exchanges: List<Exchange>,
    /** Uploads of files. What was refused is sent by the next run of its batch. */
    val uploads: List<Upload>,
) {
    override fun toString(): String =
        "RecoveredAll(settled=$settled, open=$open, tasks=$tasks, exchanges=$exchanges, uploads=$uploads)"
}
