package netmile.checkout

import java.util.Base64
import netmile.internal.parseJson

/** Which of the return URLs the browser was sent to. */
public enum class ReturnedBy {
    /** The shop's success URL. */
    SUCCESS,

    /** The shop's cancel URL. */
    CANCEL,

    /** The shop's error URL. */
    ERROR,
}

/** What the app has seen. It is never proof of payment: anybody can open a URL. Ask the shop's server. */
public sealed class Observation {
    /** Not a return URL; let the web view go on. */
    public object Continue : Observation() {
        override fun toString(): String = "Continue"
    }

    /** The customer is back; close the web view. */
    public class Returned internal constructor(
        /** By which URL. */
        public val how: ReturnedBy,
        /** The posted bytes, if the web view shows them (most do not); forward them to the shop's server untouched. */
        public val body: ByteArray?,
    ) : Observation() {
        override fun toString(): String = "Returned(how=$how, bodyBytes=${body?.size})"
    }
}

/** The text is not what a shop's server hands to its app. It is not quoted, since it may be personal. */
public class NotACheckoutException internal constructor(detail: String) : RuntimeException(detail)

/**
 * A signed request as plain data, which the shop's server made (`checkout.start(…).hosted`). It holds no secret:
 * everything in it goes through the customer's own browser anyway.
 *
 * A web view loads it by posting [body] to [action], with [contentType], and asks [observe] about every URL that it is
 * about to open. `toString` shows no field values.
 */
public class HostedCheckout private constructor(
    /** Where to post to. */
    public val action: String,
    /** `application/x-www-form-urlencoded`. */
    public val contentType: String,
    private val bytes: ByteArray,
    private val watched: List<Pair<ReturnedBy, Address>>,
) {
    /** `POST`. */
    public val method: String get() = "POST"

    /** What to post: url-encoded, in Shift_JIS. */
    public val body: ByteArray get() = bytes.copyOf()

    /**
     * Says what a URL means that the web view is about to open.
     *
     * Scheme, host, port and path must be exactly those of a return URL. The query is compared only when the return
     * URL has one. The answer is never proof of payment.
     */
    @JvmOverloads
    public fun observe(url: String, body: ByteArray? = null): Observation {
        val seen = Address.of(url) ?: return Observation.Continue
        val matching = watched.filter { (_, address) -> address.matches(seen) }
        // One URL for all three, told apart by the query: the one that names a query is meant.
        val (how, _) = matching.firstOrNull { (_, address) -> address.query != null }
            ?: matching.firstOrNull()
            ?: return Observation.Continue
        return Observation.Returned(how, body)
    }

    override fun toString(): String = "HostedCheckout(action=$action)"

    public companion object {
        private const val MAX_JSON = 8 * 1024 * 1024

        /**
         * Reads what the shop's server sent, at most 8 MiB.
         *
         * @throws NotACheckoutException when it is something else, or one of its URLs is not an http or https URL.
         */
        @JvmStatic
        public fun fromJson(json: String): HostedCheckout {
            if (json.length > MAX_JSON) throw NotACheckoutException("the JSON of a checkout has at most 8 MiB")
            val from = try {
                parseJson(json) as? Map<*, *>
            } catch (_: IllegalArgumentException) {
                null
            } ?: throw malformed()
            val text = { name: String -> from[name] as? String ?: throw malformed() }
            val action = text("action")
            if (text("method") != "POST" || Address.of(action) == null) throw malformed()
            val watched = listOf(
                ReturnedBy.SUCCESS to text("success_url"),
                ReturnedBy.CANCEL to text("cancel_url"),
                ReturnedBy.ERROR to text("error_url"),
            ).map { (how, url) -> how to (Address.of(url) ?: throw malformed()) }
            val body = try {
                Base64.getDecoder().decode(text("body_base64"))
            } catch (_: IllegalArgumentException) {
                throw malformed()
            }
            return HostedCheckout(action, text("content_type"), body, watched)
        }

        private fun malformed() = NotACheckoutException("is not the JSON of a checkout")
    }
}
