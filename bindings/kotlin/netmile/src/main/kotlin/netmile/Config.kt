package netmile

import netmile.internal.Json
import netmile.internal.jsonOf

/** Which gateway a contract is with. */
public enum class Environment(internal val value: String) {
    /** The gateway's test environment. */
    TEST("test"),

    /** Real money. */
    PRODUCTION("production"),

    /** A mock at [Contract.baseUrl]. */
    MOCK("mock"),
}

/** The language of texts for people. */
public enum class Language(internal val value: String) {
    /** English. */
    EN("en"),

    /** Japanese. */
    JA("ja"),
}

/** One cell of the capability matrix: connection × billing × terminal. */
public data class Cell @JvmOverloads constructor(
    val billing: Billing,
    val terminal: Terminal,
    /** `link` or `api`. */
    val connection: String = "link",
) {
    internal fun toJson(): Json = jsonOf("connection" to connection, "billing" to billing, "terminal" to terminal)
}

/** A payment method of a contract, as plain data. */
public data class Method @JvmOverloads constructor(
    /** Such as `netmile` or `credit`. */
    val tag: String,
    /**
     * What it is called in the API type: `credit`, `web_convenience_store`, `docomo`, `au`, `softbank`, or all of it
     * as a map.
     */
    val api: Any? = null,
    /** Where it is offered: `all`, `none`, `netmile`; [cells] instead names them one by one. */
    val matrix: String? = null,
    val cells: List<Cell>? = null,
    val nameEn: String? = null,
    val nameJa: String? = null,
    val minYen: Long? = null,
    val maxYen: Long? = null,
    /** `immediate` or `by_deposit`. */
    val settlement: String? = null,
) {
    internal fun toJson(): Json = jsonOf(
        "tag" to tag,
        "cells" to (cells?.map(Cell::toJson) ?: matrix),
        "name_en" to nameEn,
        "name_ja" to nameJa,
        "min_yen" to minYen,
        "max_yen" to maxYen,
        "settlement" to settlement,
        "api" to api,
    )
}

/** Key and initial vector of the API type. `toString` shows neither. */
public class Encryption(
    /** 24 bytes of ASCII. */
    internal val key: String,
    /** 8 bytes of ASCII. */
    internal val iv: String,
) {
    override fun toString(): String = "Encryption(…)"
}

/** User and password of the API type's basic authentication. `toString` shows neither. */
public class Basic(internal val user: String, internal val password: String) {
    override fun toString(): String = "Basic(…)"
}

/** One contract with the gateway. `toString` shows no key. */
public class Contract @JvmOverloads constructor(
    public val merchantId: String,
    public val serviceId: String,
    internal val hashKey: String,
    public val environment: Environment,
    /** URL of the mock; for the environment `MOCK` only. */
    public val baseUrl: String? = null,
    /** Methods beyond NetMile as SBPS publishes it, or `netmile` itself with a wider matrix. */
    public val methods: List<Method> = emptyList(),
    /** For the API type with encrypted fields. */
    public val encryption: Encryption? = null,
    /** Where it differs from merchant id and hash key. */
    public val basic: Basic? = null,
    /** Whether the API type's notices come encrypted. */
    public val encryptedNotices: Boolean = false,
    /**
     * URLs that differ from the environment's: `purchase`, `registration`, `registration_delete`, `recurring`, `api`,
     * `management`.
     */
    public val endpoints: Map<String, String>? = null,
    /** For how many months a payment can be refunded. */
    public val refundMonths: Long? = null,
) {
    internal fun toJson(): Json = jsonOf(
        "merchant_id" to merchantId,
        "service_id" to serviceId,
        "hash_key" to hashKey,
        "environment" to environment.value,
        "base_url" to baseUrl,
        "methods" to methods.map(Method::toJson),
        "encryption" to encryption?.let { jsonOf("key" to it.key, "iv" to it.iv) },
        "basic" to basic?.let { jsonOf("user" to it.user, "password" to it.password) },
        "encrypted_notices" to encryptedNotices,
        "endpoints" to endpoints,
        "refund_months" to refundMonths,
    )

    override fun toString(): String =
        "Contract(merchantId=$merchantId, serviceId=$serviceId, environment=$environment, baseUrl=$baseUrl)"

    public companion object {
        /** A contract with a mock gateway. */
        @JvmStatic
        @JvmOverloads
        public fun mock(
            baseUrl: String,
            merchantId: String,
            serviceId: String,
            hashKey: String,
            methods: List<Method> = emptyList(),
            encryption: Encryption? = null,
        ): Contract = Contract(merchantId, serviceId, hashKey, Environment.MOCK, baseUrl, methods, encryption)
    }
}

/** One site (加盟サイト) that rewards with miles. `toString` shows no secret. */
public class Site(
    public val siteId: String,
    public val keyId: String,
    internal val secret: String,
    public val baseUrl: String,
) {
    internal fun toJson(): Json =
        jsonOf("site_id" to siteId, "key_id" to keyId, "secret" to secret, "base_url" to baseUrl)

    override fun toString(): String = "Site(siteId=$siteId, keyId=$keyId, baseUrl=$baseUrl)"
}

/** What a client is configured with. There must be a contract or a site. */
public class Config @JvmOverloads constructor(
    public val contracts: List<Contract> = emptyList(),
    /**
     * Where purchases are kept: `memory:` (gone with the process), `sqlite://…`, `postgres://…`. When it is not given,
     * a contract in production is refused, and everything else keeps it in memory.
     */
    internal val journal: String? = null,
    public val lang: Language = Language.EN,
    public val sites: List<Site> = emptyList(),
    /** How long one operation sends and waits at most: 1 to 89 seconds; 80 when not given. */
    public val overallSeconds: Long? = null,
    /** Which characters go on the wire: `cp932` or `strict`. */
    public val textPolicy: String = "cp932",
    /** Characters that are replaced by ones that the gateway knows, such as `wave_dash`. */
    public val replacements: List<String> = emptyList(),
    /** How long a form stays valid. */
    public val formLimitSeconds: Long? = null,
    /** For how long a call of the API type is valid. */
    public val apiLimitSeconds: Long? = null,
    /** How much of a message must equal what was asked: `strict` or `identity`. */
    public val echoCheck: String = "strict",
    /** How long a taken event is hidden from other workers. */
    public val leaseSeconds: Long? = null,
    /** Which mail domains are those of mobile carriers; the known ones when not given. */
    public val carrierDomains: List<String>? = null,
) {
    /** For one contract. */
    @JvmOverloads
    public constructor(contract: Contract, journal: String? = null, lang: Language = Language.EN) :
        this(listOf(contract), journal, lang)

    internal fun toJson(): Json = jsonOf(
        "contracts" to contracts.map(Contract::toJson),
        "journal" to journal,
        "lang" to lang.value,
        "sites" to sites.map(Site::toJson),
        "overall_seconds" to overallSeconds,
        "text_policy" to textPolicy,
        "replacements" to replacements,
        "form_limit_seconds" to formLimitSeconds,
        "api_limit_seconds" to apiLimitSeconds,
        "echo_check" to echoCheck,
        "lease_seconds" to leaseSeconds,
        "carrier_domains" to carrierDomains,
    )

    override fun toString(): String = "Config(contracts=$contracts, sites=$sites, lang=$lang)"
}
