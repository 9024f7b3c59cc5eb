package netmile

/**
 * A name that the library gives or takes. A newer library may give one that is not listed here: it arrives as a value
 * of the same class, and [value] says what it is.
 */
public abstract class Name internal constructor(
    /** The name as the library writes it. */
    public val value: String,
) {
    override fun equals(other: Any?): Boolean =
        other is Name && other.javaClass == javaClass && other.value == value

    override fun hashCode(): Int = value.hashCode()

    override fun toString(): String = value
}

/** What the customer holds. */
public class Terminal private constructor(value: String) : Name(value) {
    public companion object {
        @JvmField
        public val PC: Terminal = Terminal("pc")

        @JvmField
        public val SMARTPHONE: Terminal = Terminal("smartphone")

        @JvmField
        public val FEATURE_PHONE: Terminal = Terminal("feature_phone")

        /** The one with this name, which may be unknown here. */
        @JvmStatic
        public fun of(value: String): Terminal = Terminal(value)
    }
}

/** How often a purchase is billed. */
public class Billing private constructor(value: String) : Name(value) {
    public companion object {
        @JvmField
        public val ONE_TIME: Billing = Billing("one_time")

        @JvmField
        public val RECURRING_SIMPLE: Billing = Billing("recurring_simple")

        @JvmField
        public val RECURRING_METERED: Billing = Billing("recurring_metered")

        /** The one with this name, which may be unknown here. */
        @JvmStatic
        public fun of(value: String): Billing = Billing(value)
    }
}

/** Where a purchase stands. */
public class Phase private constructor(value: String) : Name(value) {
    public companion object {
        @JvmField
        public val OPEN: Phase = Phase("open")

        @JvmField
        public val AWAITING_NOTICE: Phase = Phase("awaiting_notice")

        @JvmField
        public val AWAITING_DEPOSIT: Phase = Phase("awaiting_deposit")

        @JvmField
        public val PAID: Phase = Phase("paid")

        @JvmField
        public val PAID_LATE: Phase = Phase("paid_late")

        @JvmField
        public val PAID_TWICE: Phase = Phase("paid_twice")

        @JvmField
        public val NEEDS_REVIEW: Phase = Phase("needs_review")

        @JvmField
        public val REFUND_REQUESTED: Phase = Phase("refund_requested")

        @JvmField
        public val REFUNDED: Phase = Phase("refunded")

        @JvmField
        public val GIVEN_UP: Phase = Phase("given_up")

        /** The one with this name, which may be unknown here. */
        @JvmStatic
        public fun of(value: String): Phase = Phase(value)
    }
}

/** What the shop is told. */
public class EventKind private constructor(value: String) : Name(value) {
    public companion object {
        @JvmField
        public val PAID: EventKind = EventKind("paid")

        @JvmField
        public val PAID_LATE: EventKind = EventKind("paid_late")

        @JvmField
        public val PAID_TWICE: EventKind = EventKind("paid_twice")

        @JvmField
        public val AWAITING_DEPOSIT: EventKind = EventKind("awaiting_deposit")

        @JvmField
        public val DEPOSIT_EXPIRED: EventKind = EventKind("deposit_expired")

        @JvmField
        public val ATTEMPT_FAILED: EventKind = EventKind("attempt_failed")

        @JvmField
        public val ATTEMPT_CANCELLED: EventKind = EventKind("attempt_cancelled")

        @JvmField
        public val NEEDS_REVIEW: EventKind = EventKind("needs_review")

        @JvmField
        public val REFUND_REQUESTED: EventKind = EventKind("refund_requested")

        @JvmField
        public val REFUNDED: EventKind = EventKind("refunded")

        @JvmField
        public val REFUND_WITHDRAWN: EventKind = EventKind("refund_withdrawn")

        @JvmField
        public val CONTRACT_ENDED: EventKind = EventKind("contract_ended")

        @JvmField
        public val GIVEN_UP: EventKind = EventKind("given_up")

        @JvmField
        public val RESERVED: EventKind = EventKind("reserved")

        @JvmField
        public val CANCELLED: EventKind = EventKind("cancelled")

        @JvmField
        public val PARTLY_REFUNDED: EventKind = EventKind("partly_refunded")

        @JvmField
        public val STEP_FAILED: EventKind = EventKind("step_failed")

        @JvmField
        public val CONTRACT_STARTED: EventKind = EventKind("contract_started")

        @JvmField
        public val MILES_ISSUED: EventKind = EventKind("miles_issued")

        @JvmField
        public val MILES_REFUSED: EventKind = EventKind("miles_refused")

        @JvmField
        public val MILES_CANCEL_ANSWERED: EventKind = EventKind("miles_cancel_answered")

        @JvmField
        public val MILES_CANCEL_REFUSED: EventKind = EventKind("miles_cancel_refused")

        @JvmField
        public val EXCHANGE_ISSUED: EventKind = EventKind("exchange_issued")

        @JvmField
        public val EXCHANGE_REFUSED: EventKind = EventKind("exchange_refused")

        @JvmField
        public val EXCHANGE_UNCONFIRMED: EventKind = EventKind("exchange_unconfirmed")

        /** The one with this name, which may be unknown here. */
        @JvmStatic
        public fun of(value: String): EventKind = EventKind(value)
    }
}

/** By which of its URLs the browser came back. */
public class ReturnedBy private constructor(value: String) : Name(value) {
    public companion object {
        @JvmField
        public val SUCCESS: ReturnedBy = ReturnedBy("success")

        @JvmField
        public val CANCEL: ReturnedBy = ReturnedBy("cancel")

        @JvmField
        public val ERROR: ReturnedBy = ReturnedBy("error")

        /** The one with this name, which may be unknown here. */
        @JvmStatic
        public fun of(value: String): ReturnedBy = ReturnedBy(value)
    }
}

/** The kind of a message that comes back; the shop knows it by the URL on which it arrives. */
public class MessageKind private constructor(value: String) : Name(value) {
    public companion object {
        @JvmField
        public val PURCHASE_NOTICE: MessageKind = MessageKind("purchase_notice")

        @JvmField
        public val PURCHASE_RETURN: MessageKind = MessageKind("purchase_return")

        @JvmField
        public val CANCEL_RETURN: MessageKind = MessageKind("cancel_return")

        @JvmField
        public val ERROR_RETURN: MessageKind = MessageKind("error_return")

        @JvmField
        public val REGISTRATION_NOTICE: MessageKind = MessageKind("registration_notice")

        @JvmField
        public val REGISTRATION_RETURN: MessageKind = MessageKind("registration_return")

        @JvmField
        public val RECURRING_NOTICE: MessageKind = MessageKind("recurring_notice")

        @JvmField
        public val RECURRING_RETURN: MessageKind = MessageKind("recurring_return")

        /** The one with this name, which may be unknown here. */
        @JvmStatic
        public fun of(value: String): MessageKind = MessageKind(value)
    }
}
