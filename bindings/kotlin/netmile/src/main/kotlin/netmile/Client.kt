package netmile

import netmile.internal.*

/**
 * Takes payments for one or several contracts, issues and exchanges miles for one or several sites. Coroutines and
 * threads may share it; keep it as long as the shop runs. Java uses [BlockingClient], which has the same methods.
 *
 * Cancelling a call stops waiting for it. What was sent stays sent: the journal knows of it, and [resolve] finds out.
 *
 * ```kotlin
 * Client(Config(contract, journal = "sqlite://shop.db")).use { client ->
 *     val checkout = client.checkout.start(request)
 * }
 * ```
 */
public class Client internal constructor(
    private val connection: Connection,
    private val transport: AsyncTransport?,
) : AutoCloseable {
    private val port = AwaitedPort(connection, transport)

    /** Starts purchases and hands out their forms. */
    @JvmField
    public val checkout: Checkouts = Checkouts(port)

    /** Takes the gateway's server-to-server notices: the only proof of payment. */
    @JvmField
    public val notices: Notices = Notices(port)

    /** Reads what the browser brings back. Evidence for display, never proof of payment. */
    @JvmField
    public val returns: Returns = Returns(port)

    /** What the shop has to act on, until it acknowledges. */
    @JvmField
    public val events: Events = Events(port)

    /** Looks purchases up and resolves those that wait. */
    @JvmField
    public val purchases: Purchases = Purchases(port)

    /** Asks for refunds and records that they were executed. */
    @JvmField
    public val refunds: Refunds = Refunds(port)

    /** Recurring contracts, by link and server to server. */
    @JvmField
    public val subscriptions: Subscriptions = Subscriptions(port)

    /** Customer payment data at the gateway. */
    @JvmField
    public val registrations: Registrations = Registrations(port)

    /** Single messages, without a journal: for tests, and for shops with records of their own. */
    @JvmField
    public val link: Link = Link(port)

    /** Charges server to server. */
    @JvmField
    public val payments: Payments = Payments(port)

    /** Statements against the journal. */
    @JvmField
    public val settlement: Settlement = Settlement(port)

    /** NetMile members. */
    @JvmField
    public val members: Members = Members(port)

    /** Miles: issues, cancels, files, campaigns, tags. */
    @JvmField
    public val miles: Miles = Miles(port)

    /** Point exchange. */
    @JvmField
    public val exchanges: Exchanges = Exchanges(port)

    /** Methods and codes as data. */
    @JvmField
    public val catalogue: Catalogue = Catalogue(port)

    /**
     * A client with this configuration, and a transport of the shop's own if it needs one.
     *
     * @throws NetmileException when the configuration is refused, naming the field, or the library cannot be loaded.
     */
    @JvmOverloads
    public constructor(config: Config, transport: AsyncTransport? = null) : this(Connection.open(config.toJson()), transport)

    /** The same client for one of its contracts. Needed only when it has several. */
    public fun forContract(merchantId: String, serviceId: String): Client =
        Client(connection.forContract(merchantId, serviceId), transport)

    /** The same client for one of its sites. Needed only when it has several. */
    public fun forSite(siteId: String): Client = Client(connection.forSite(siteId), transport)

    /** Looks after everything that is due; call it once a minute. */
    public suspend fun resolve(): ResolvedAll = port.call("client.resolve", emptyMap(), ::readResolvedAll)

    /** Looks after everything that a crash may have left open; call it when the shop starts. */
    public suspend fun recover(): RecoveredAll = port.call("client.recover", emptyMap(), ::readRecoveredAll)

    /**
     * Names the wrong recipe behind a hash that somebody else computed. Never shows the key. The message is
     * `purchase`, `notice` or another that [Link] knows.
     */
    public suspend fun explainHash(message: String, fields: List<FormField>, claimed: String): HashExplanation =
        port.call(
            "hash.explain",
            jsonOf("message" to message, "fields" to fields.map(::writeFormField), "claimed" to claimed),
            ::readHashExplanation,
        )

    /** Every error code with what to do about it. */
    public suspend fun errorCatalogue(): List<ErrorEntry> =
        port.call("catalogue.errors", emptyMap()) { it.list("errors", ::readErrorEntry) }

    /** What is known about a code of the gateway; an unknown one gives an entry that says so. */
    public suspend fun code(code: String): CodeEntry =
        port.call("catalogue.code", jsonOf("code" to code), ::readCodeEntry)

    /** Every code of the gateway that is known. */
    public suspend fun codeCatalogue(): List<CodeEntry> =
        port.call("catalogue.codes", emptyMap()) { it.list("codes", ::readCodeEntry) }

    /** Lets go of the journal. Calls that are under way go on to their end; those after it are refused. */
    override fun close() {
        connection.close()
    }

    override fun toString(): String = if (connection.isClosed) "Client(closed)" else "Client(open)"

    /** The library's object, for the conformance suite. */
    internal fun connection(): Connection = connection

    public companion object {
        /** A client from plain data, for example what was read from a JSON or TOML file. */
        @JvmStatic
        @JvmOverloads
        public fun fromConfig(config: Map<String, Any?>, transport: AsyncTransport? = null): Client =
            Client(Connection.open(config), transport)
    }
}
