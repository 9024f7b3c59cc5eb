package netmile.checkout

/** The parts of an http or https URL that are compared, as the library compares them. */
internal class Address private constructor(
    private val scheme: String,
    private val host: String,
    private val port: Int,
    private val path: String,
    val query: String?,
) {
    /** Whether `seen` is this watched URL. */
    fun matches(seen: Address): Boolean =
        scheme == seen.scheme && host == seen.host && port == seen.port && path == seen.path &&
            (query == null || query == seen.query)

    companion object {
        private val PORTS = mapOf("https" to 443, "http" to 80)

        /** Null for what is not a plain http or https URL; a user name before the host is not plain. */
        fun of(url: String): Address? {
            val scheme = lower(url.substringBefore("://", ""))
            val usual = PORTS[scheme] ?: return null
            val rest = url.substringAfter("://")
            if (!rest.all { it in '!'..'~' && it != '\\' }) return null
            val plain = rest.substringBefore('#')
            val before = plain.substringBefore('?')
            val query = if ('?' in plain) plain.substringAfter('?') else null
            val authority = before.substringBefore('/')
            val path = if ('/' in before) before.substring(authority.length) else "/"
            if ('@' in authority) return null
            // The colons of an IPv6 address stand inside brackets.
            val hostEnd = authority.lastIndexOf(']') + 1
            val colon = authority.indexOf(':', hostEnd)
            val host = if (colon < 0) authority else authority.substring(0, colon)
            val digits = if (colon < 0) "" else authority.substring(colon + 1)
            if (host.isEmpty() || !digits.all { it in '0'..'9' }) return null
            val port = if (digits.isEmpty()) usual else digits.toIntOrNull()?.takeIf { it <= 65_535 } ?: return null
            return Address(scheme, lower(host), port, path, query)
        }

        private fun lower(text: String): String = text.map { if (it in 'A'..'Z') it + 32 else it }.joinToString("")
    }
}
