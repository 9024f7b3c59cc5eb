package netmile

/**
 * What became of something that moves money or miles. [Unknown] is a value and no exception: the shop goes on, and
 * [Client.resolve], once a minute, and [Client.recover], at its start, find out. It must not be repeated by hand.
 */
public sealed class Outcome<out T> {
    /** It happened. */
    public data class Done<out T>(val value: T) : Outcome<T>() {
        // A map holds what the gateway answered, which may be personal.
        override fun toString(): String = if (value is Map<*, *>) "Done(…)" else "Done($value)"
    }

    /** It was refused; nothing moved. */
    public data class Rejected(val refusal: Refusal) : Outcome<Nothing>()

    /** It may have happened. */
    public data class Unknown(val ticket: OpenTicket) : Outcome<Nothing>()

    /** Whether it happened. */
    public val isDone: Boolean get() = this is Done

    /** Whether it was refused; nothing moved. */
    public val isRejected: Boolean get() = this is Rejected

    /** Whether it may have happened: it is found out later. */
    public val isUnknown: Boolean get() = this is Unknown

    /** What there is when it happened. */
    public fun valueOrNull(): T? = (this as? Done)?.value
}
