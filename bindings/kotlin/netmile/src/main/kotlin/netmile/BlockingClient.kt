package netmile

import netmile.internal.*

/**
 * The same as [Client], for Java and for threads: every call blocks the calling thread until it is over. Threads may
 * share it.
 *
 * ```java
 * try (var client = new BlockingClient(new Config(contract, "sqlite://shop.db"))) {
 *     Checkout checkout = client.checkout.start(request);
 * }
 * ```
 */
public class BlockingClient internal constructor(
    private val connection: Connection,
    private val transport: Transport?,
) : AutoCloseable {
    private val port = BlockingPort(connection, transport)

    /** Starts purchases and hands out their forms. */
    @JvmField
    public val checkout: BlockingCheckouts = BlockingCheckouts(port)

    /** Takes the gateway's server-to-server notices: the only proof of payment. */
    @JvmField
    public val notices: BlockingNotices = BlockingNotices(port)

    /** Reads what the browser brings back. Evidence for display, never proof of payment. */
    @JvmField
    public val returns: BlockingReturns = BlockingReturns(port)

    /** What the shop has to act on, until it acknowledges. */
    @JvmField
    public val events: BlockingEvents = BlockingEvents(port)

    /** Looks purchases up and resolves those that wait. */
    @JvmField
    public val purchases: BlockingPurchases = BlockingPurchases(port)

    /** Asks for refunds and records that they were executed. */
    @JvmField
    public val refunds: BlockingRefunds = BlockingRefunds(port)

    /** Recurring contracts, by link and server to server. */
    @JvmField
    public val subscriptions: BlockingSubscriptions = BlockingSubscriptions(port)

    /** Customer payment data at the gateway. */
    @JvmField
    public val registrations: BlockingRegistrations = BlockingRegistrations(port)

    /** Single messages, without a journal: for tests, and for shops with records of their own. */
    @JvmField
    public val link: BlockingLink = BlockingLink(port)

    /** Charges server to server. */
    @JvmField
    public val payments: BlockingPayments = BlockingPayments(port)

    /** Statements against the journal. */
    @JvmField
    public val settlement: BlockingSettlement = BlockingSettlement(port)

    /** NetMile members. */
    @JvmField
    public val members: BlockingMembers = BlockingMembers(port)

    /** Miles: issues, cancels, files, campaigns, tags. */
    @JvmField
    public val miles: BlockingMiles = BlockingMiles(port)

    /** Point exchange. */
    @JvmField
    public val exchanges: BlockingExchanges = BlockingExchanges(port)

    /** Methods and codes as data. */
    @JvmField
    public val catalogue: BlockingCatalogue = BlockingCatalogue(port)

    /**
     * A client with this configuration, and a transport of the shop's own if it needs one.
     *
     * @throws NetmileException when the configuration is refused, naming the field, or the library cannot be loaded.
     */
    @JvmOverloads
    public constructor(config: Config, transport: Transport? = null) : this(Connection.open(config.toJson()), transport)

    /** The same client for one of its contracts. Needed only when it has several. */
    public fun forContract(merchantId: String, serviceId: String): BlockingClient =
        BlockingClient(connection.forContract(merchantId, serviceId), transport)

    /** The same client for one of its sites. Needed only when it has several. */
    public fun forSite(siteId: String): BlockingClient = BlockingClient(connection.forSite(siteId), transport)

    /** Looks after everything that is due; call it once a minute. */
    public fun resolve(): ResolvedAll = port.call("client.resolve", emptyMap(), ::readResolvedAll)

    /** Looks after everything that a crash may have left open; call it when the shop starts. */
    public fun recover(): RecoveredAll = port.call("client.recover", emptyMap(), ::readRecoveredAll)

    /**
     * Names the wrong recipe behind a hash that somebody else computed. Never shows the key. The message is
     * `purchase`, `notice` or another that [Link] knows.
     */
    public fun explainHash(message: String, fields: List<FormField>, claimed: String): HashExplanation =
        port.call(
            "hash.explain",
            jsonOf("message" to message, "fields" to fields.map(::writeFormField), "claimed" to claimed),
            ::readHashExplanation,
        )

    /** Every error code with what to do about it. */
    public fun errorCatalogue(): List<ErrorEntry> =
        port.call("catalogue.errors", emptyMap()) { it.list("errors", ::readErrorEntry) }

    /** What is known about a code of the gateway; an unknown one gives an entry that says so. */
    public fun code(code: String): CodeEntry =
        port.call("catalogue.code", jsonOf("code" to code), ::readCodeEntry)

    /** Every code of the gateway that is known. */
    public fun codeCatalogue(): List<CodeEntry> =
        port.call("catalogue.codes", emptyMap()) { it.list("codes", ::readCodeEntry) }

    /** Lets go of the journal. Calls that are under way go on to their end; those after it are refused. */
    override fun close() {
        connection.close()
    }

    override fun toString(): String = if (connection.isClosed) "BlockingClient(closed)" else "BlockingClient(open)"

    /** The library's object, for the conformance suite. */
    internal fun connection(): Connection = connection

    public companion object {
        /** A client from plain data, for example what was read from a JSON or TOML file. */
        @JvmStatic
        @JvmOverloads
        public fun fromConfig(config: Map<String, Any?>, transport: Transport? = null): BlockingClient =
            BlockingClient(Connection.open(config), transport)
    }
}
