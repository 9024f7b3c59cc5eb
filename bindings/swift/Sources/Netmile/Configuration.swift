import Foundation

/// One cell of the capability matrix: connection × billing × terminal.
public struct Cell: NetmileRecord {
    /// How often a purchase is billed.
    public var billing: Billing
    /// What the customer holds.
    public var terminal: Terminal
    /// By which type of connection.
    public var connection: Connection

    /// By which type of connection a method is reached.
    public enum Connection: String, Hashable, Sendable {
        case link
        case api
    }

    public init(billing: Billing, terminal: Terminal, connection: Connection = .link) {
        self.billing = billing
        self.terminal = terminal
        self.connection = connection
    }

    public var shownFields: [(label: String, value: Any)] {
        [("billing", billing), ("terminal", terminal), ("connection", connection.rawValue)]
    }

    fileprivate var config: JSONValue {
        ["connection": .string(connection.rawValue), "billing": .string(billing.name), "terminal": .string(terminal.name)]
    }
}

/// A payment method of a contract, as plain data.
public struct PaymentMethod: NetmileRecord {
    /// Which combinations the contract allows.
    public enum Cells: Hashable, Sendable {
        /// Every combination.
        case all
        /// No combination.
        case empty
        /// Those of NetMile as SBPS publishes it.
        case netmile
        /// These.
        case these([Cell])

        fileprivate var config: JSONValue {
            switch self {
            case .all: return "all"
            case .empty: return "none"
            case .netmile: return "netmile"
            case .these(let cells): return .array(cells.map { $0.config })
            }
        }
    }

    /// When the money is there.
    public enum Settlement: String, Hashable, Sendable {
        case immediate
        case byDeposit = "by_deposit"
    }

    /// The tag, such as `netmile`.
    public var tag: String
    /// Which combinations the contract allows.
    public var cells: Cells?
    /// Its English name.
    public var nameEn: String?
    /// Its Japanese name.
    public var nameJa: String?
    /// The lowest amount, in yen.
    public var minYen: Int64?
    /// The highest amount, in yen.
    public var maxYen: Int64?
    /// When the money is there.
    public var settlement: Settlement?
    /// What it is called in the API type: `"credit"`, `"web_convenience_store"`, `"docomo"`, `"au"`, `"softbank"`, or
    /// all of it as an object.
    public var api: JSONValue?

    public init(
        tag: String,
        cells: Cells? = nil,
        nameEn: String? = nil,
        nameJa: String? = nil,
        minYen: Int64? = nil,
        maxYen: Int64? = nil,
        settlement: Settlement? = nil,
        api: JSONValue? = nil
    ) {
        self.tag = tag
        self.cells = cells
        self.nameEn = nameEn
        self.nameJa = nameJa
        self.minYen = minYen
        self.maxYen = maxYen
        self.settlement = settlement
        self.api = api
    }

    public var shownFields: [(label: String, value: Any)] {
        [("tag", tag)]
    }

    fileprivate func config() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tag", tag)
        try writer.write("cells", cells?.config)
        try writer.write("name_en", nameEn)
        try writer.write("name_ja", nameJa)
        try writer.write("min_yen", minYen)
        try writer.write("max_yen", maxYen)
        try writer.write("settlement", settlement?.rawValue)
        try writer.write("api", api)
        return writer.wire
    }
}

/// One contract with the gateway. Printing shows no key.
public struct Contract: NetmileRecord {
    /// Which gateway.
    public enum Environment: String, Hashable, Sendable {
        case test
        case production
        case mock
    }

    /// Key (24 bytes) and initial vector (8 bytes) of the API type. Never printed.
    public struct Encryption: NetmileRecord {
        public var key: String
        public var iv: String

        public init(key: String, iv: String) {
            self.key = key
            self.iv = iv
        }

        public var shownFields: [(label: String, value: Any)] {
            []
        }
    }

    /// User and password of the API type's basic authentication, where they differ from the usual ones. Never printed.
    public struct Basic: NetmileRecord {
        public var user: String
        public var password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }

        public var shownFields: [(label: String, value: Any)] {
            []
        }
    }

    /// マーチャントID, 5 digits.
    public var merchantId: String
    /// サービスID, 3 digits.
    public var serviceId: String
    /// ハッシュキー. Never printed.
    public var hashKey: String
    /// Which gateway.
    public var environment: Environment
    /// URL of the mock; for the environment `mock` only.
    public var baseUrl: String?
    /// Methods beyond NetMile as SBPS publishes it, or `netmile` itself with a wider matrix.
    public var methods: [PaymentMethod]
    /// URLs that differ from the environment's: `purchase`, `registration`, `registration_delete`, `recurring`, `api`,
    /// `management`.
    public var endpoints: [String: String]
    /// How many months back a refund is possible.
    public var refundMonths: Int64?
    /// Keys of the API type.
    public var encryption: Encryption?
    /// Basic authentication of the API type.
    public var basic: Basic?
    /// Whether the API type's notices are encrypted.
    public var encryptedNotices: Bool

    public init(
        merchantId: String,
        serviceId: String,
        hashKey: String,
        environment: Environment,
        baseUrl: String? = nil,
        methods: [PaymentMethod] = [],
        endpoints: [String: String] = [:],
        refundMonths: Int64? = nil,
        encryption: Encryption? = nil,
        basic: Basic? = nil,
        encryptedNotices: Bool = false
    ) {
        self.merchantId = merchantId
        self.serviceId = serviceId
        self.hashKey = hashKey
        self.environment = environment
        self.baseUrl = baseUrl
        self.methods = methods
        self.endpoints = endpoints
        self.refundMonths = refundMonths
        self.encryption = encryption
        self.basic = basic
        self.encryptedNotices = encryptedNotices
    }

    /// A contract with a mock gateway.
    public static func mock(
        _ baseUrl: String,
        merchantId: String,
        serviceId: String,
        hashKey: String,
        methods: [PaymentMethod] = [],
        encryption: Encryption? = nil
    ) -> Contract {
        Contract(
            merchantId: merchantId,
            serviceId: serviceId,
            hashKey: hashKey,
            environment: .mock,
            baseUrl: baseUrl,
            methods: methods,
            encryption: encryption
        )
    }

    public var shownFields: [(label: String, value: Any)] {
        [("merchantId", merchantId), ("serviceId", serviceId), ("environment", environment.rawValue)]
    }

    fileprivate func config() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("merchant_id", merchantId)
        try writer.write("service_id", serviceId)
        try writer.write("hash_key", hashKey)
        try writer.write("environment", environment.rawValue)
        try writer.write("base_url", baseUrl)
        try writer.write("methods", try methods.map { try $0.config() })
        try writer.write("endpoints", endpoints.isEmpty ? nil : endpoints)
        try writer.write("refund_months", refundMonths)
        try writer.write("encryption", encryption.map { ["key": $0.key, "iv": $0.iv] })
        try writer.write("basic", basic.map { ["user": $0.user, "password": $0.password] })
        try writer.write("encrypted_notices", encryptedNotices)
        return writer.wire
    }
}

/// One site (加盟サイト) that rewards with miles. Printing shows no secret.
public struct Site: NetmileRecord {
    public var siteId: String
    public var keyId: String
    /// Never printed.
    public var secret: String
    public var baseUrl: String

    public init(siteId: String, keyId: String, secret: String, baseUrl: String) {
        self.siteId = siteId
        self.keyId = keyId
        self.secret = secret
        self.baseUrl = baseUrl
    }

    public var shownFields: [(label: String, value: Any)] {
        [("siteId", siteId)]
    }

    fileprivate var config: [String: String] {
        ["site_id": siteId, "key_id": keyId, "secret": secret, "base_url": baseUrl]
    }
}

/// What a client is configured with: at least one contract or site. Printing shows no key.
public struct Configuration: NetmileRecord {
    /// The language of texts for people.
    public enum Language: String, Hashable, Sendable {
        case en
        case ja
    }

    /// Which characters go on the wire.
    public enum TextPolicy: String, Hashable, Sendable {
        case cp932
        case strict
    }

    /// How much of a message must equal what was asked.
    public enum EchoCheck: String, Hashable, Sendable {
        case strict
        case identity
    }

    /// Contracts with the gateway.
    public var contracts: [Contract]
    /// Sites that reward with miles.
    public var sites: [Site]
    /// `memory:` (gone with the process), `sqlite://…` or `postgres://…`. Never printed: it may hold a password.
    public var journal: String?
    /// The language of texts for people.
    public var lang: Language?
    /// How long one operation sends and waits at most.
    public var overallSeconds: Int64?
    /// How long a form stays valid.
    public var formLimitSeconds: Int64?
    /// How long a call of the API type stays valid.
    public var apiLimitSeconds: Int64?
    /// For how long a taken event is hidden from other workers.
    public var leaseSeconds: Int64?
    /// Which characters go on the wire.
    public var textPolicy: TextPolicy?
    /// Names of replacements, such as `wave_dash`.
    public var replacements: [String]
    /// How much of a message must equal what was asked.
    public var echoCheck: EchoCheck?
    /// Which mail domains are those of mobile carriers; the known ones when not given.
    public var carrierDomains: [String]?

    public init(
        contracts: [Contract] = [],
        sites: [Site] = [],
        journal: String? = nil,
        lang: Language? = nil,
        overallSeconds: Int64? = nil,
        formLimitSeconds: Int64? = nil,
        apiLimitSeconds: Int64? = nil,
        leaseSeconds: Int64? = nil,
        textPolicy: TextPolicy? = nil,
        replacements: [String] = [],
        echoCheck: EchoCheck? = nil,
        carrierDomains: [String]? = nil
    ) {
        self.contracts = contracts
        self.sites = sites
        self.journal = journal
        self.lang = lang
        self.overallSeconds = overallSeconds
        self.formLimitSeconds = formLimitSeconds
        self.apiLimitSeconds = apiLimitSeconds
        self.leaseSeconds = leaseSeconds
        self.textPolicy = textPolicy
        self.replacements = replacements
        self.echoCheck = echoCheck
        self.carrierDomains = carrierDomains
    }

    public var shownFields: [(label: String, value: Any)] {
        [("contracts", contracts), ("sites", sites)]
    }

    /// The document that the library takes.
    func json() throws -> String {
        do {
            var writer = WireWriter()
            try writer.write("contracts", try contracts.map { try $0.config() })
            try writer.write("sites", sites.map { $0.config })
            try writer.write("journal", journal)
            try writer.write("lang", lang?.rawValue)
            try writer.write("overall_seconds", overallSeconds)
            try writer.write("form_limit_seconds", formLimitSeconds)
            try writer.write("api_limit_seconds", apiLimitSeconds)
            try writer.write("lease_seconds", leaseSeconds)
            try writer.write("text_policy", textPolicy?.rawValue)
            try writer.write("replacements", replacements)
            try writer.write("echo_check", echoCheck?.rawValue)
            try writer.write("carrier_domains", carrierDomains)
            return try writer.wire.text()
        } catch {
            throw NetmileError.unusableArgument
        }
    }
}
