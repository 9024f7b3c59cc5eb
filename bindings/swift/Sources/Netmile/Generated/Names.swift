// Made by generate.py from ffi/manifest.json; do not edit.

/// What the customer holds.
public enum Terminal: NetmileName {
    case pc
    case smartphone
    case featurePhone
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "pc": self = .pc
        case "smartphone": self = .smartphone
        case "feature_phone": self = .featurePhone
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .pc: return "pc"
        case .smartphone: return "smartphone"
        case .featurePhone: return "feature_phone"
        case .unrecognized(let name): return name
        }
    }
}

extension Terminal: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// How often a purchase is billed.
public enum Billing: NetmileName {
    case oneTime
    case recurringSimple
    case recurringMetered
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "one_time": self = .oneTime
        case "recurring_simple": self = .recurringSimple
        case "recurring_metered": self = .recurringMetered
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .oneTime: return "one_time"
        case .recurringSimple: return "recurring_simple"
        case .recurringMetered: return "recurring_metered"
        case .unrecognized(let name): return name
        }
    }
}

extension Billing: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// Where a purchase stands.
public enum Phase: NetmileName {
    case `open`
    case awaitingNotice
    case awaitingDeposit
    case paid
    case paidLate
    case paidTwice
    case needsReview
    case refundRequested
    case refunded
    case givenUp
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "open": self = .open
        case "awaiting_notice": self = .awaitingNotice
        case "awaiting_deposit": self = .awaitingDeposit
        case "paid": self = .paid
        case "paid_late": self = .paidLate
        case "paid_twice": self = .paidTwice
        case "needs_review": self = .needsReview
        case "refund_requested": self = .refundRequested
        case "refunded": self = .refunded
        case "given_up": self = .givenUp
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .open: return "open"
        case .awaitingNotice: return "awaiting_notice"
        case .awaitingDeposit: return "awaiting_deposit"
        case .paid: return "paid"
        case .paidLate: return "paid_late"
        case .paidTwice: return "paid_twice"
        case .needsReview: return "needs_review"
        case .refundRequested: return "refund_requested"
        case .refunded: return "refunded"
        case .givenUp: return "given_up"
        case .unrecognized(let name): return name
        }
    }
}

extension Phase: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// What the shop is told.
public enum EventKind: NetmileName {
    case paid
    case paidLate
    case paidTwice
    case awaitingDeposit
    case depositExpired
    case attemptFailed
    case attemptCancelled
    case needsReview
    case refundRequested
    case refunded
    case refundWithdrawn
    case contractEnded
    case givenUp
    case reserved
    case cancelled
    case partlyRefunded
    case stepFailed
    case contractStarted
    case milesIssued
    case milesRefused
    case milesCancelAnswered
    case milesCancelRefused
    case exchangeIssued
    case exchangeRefused
    case exchangeUnconfirmed
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "paid": self = .paid
        case "paid_late": self = .paidLate
        case "paid_twice": self = .paidTwice
        case "awaiting_deposit": self = .awaitingDeposit
        case "deposit_expired": self = .depositExpired
        case "attempt_failed": self = .attemptFailed
        case "attempt_cancelled": self = .attemptCancelled
        case "needs_review": self = .needsReview
        case "refund_requested": self = .refundRequested
        case "refunded": self = .refunded
        case "refund_withdrawn": self = .refundWithdrawn
        case "contract_ended": self = .contractEnded
        case "given_up": self = .givenUp
        case "reserved": self = .reserved
        case "cancelled": self = .cancelled
        case "partly_refunded": self = .partlyRefunded
        case "step_failed": self = .stepFailed
        case "contract_started": self = .contractStarted
        case "miles_issued": self = .milesIssued
        case "miles_refused": self = .milesRefused
        case "miles_cancel_answered": self = .milesCancelAnswered
        case "miles_cancel_refused": self = .milesCancelRefused
        case "exchange_issued": self = .exchangeIssued
        case "exchange_refused": self = .exchangeRefused
        case "exchange_unconfirmed": self = .exchangeUnconfirmed
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .paid: return "paid"
        case .paidLate: return "paid_late"
        case .paidTwice: return "paid_twice"
        case .awaitingDeposit: return "awaiting_deposit"
        case .depositExpired: return "deposit_expired"
        case .attemptFailed: return "attempt_failed"
        case .attemptCancelled: return "attempt_cancelled"
        case .needsReview: return "needs_review"
        case .refundRequested: return "refund_requested"
        case .refunded: return "refunded"
        case .refundWithdrawn: return "refund_withdrawn"
        case .contractEnded: return "contract_ended"
        case .givenUp: return "given_up"
        case .reserved: return "reserved"
        case .cancelled: return "cancelled"
        case .partlyRefunded: return "partly_refunded"
        case .stepFailed: return "step_failed"
        case .contractStarted: return "contract_started"
        case .milesIssued: return "miles_issued"
        case .milesRefused: return "miles_refused"
        case .milesCancelAnswered: return "miles_cancel_answered"
        case .milesCancelRefused: return "miles_cancel_refused"
        case .exchangeIssued: return "exchange_issued"
        case .exchangeRefused: return "exchange_refused"
        case .exchangeUnconfirmed: return "exchange_unconfirmed"
        case .unrecognized(let name): return name
        }
    }
}

extension EventKind: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// What an event is about.
public enum EventSubject: NetmileName {
    case purchase
    case charge
    case issue
    case byHand
    case cancel
    case exchange
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "purchase": self = .purchase
        case "charge": self = .charge
        case "issue": self = .issue
        case "by_hand": self = .byHand
        case "cancel": self = .cancel
        case "exchange": self = .exchange
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .purchase: return "purchase"
        case .charge: return "charge"
        case .issue: return "issue"
        case .byHand: return "by_hand"
        case .cancel: return "cancel"
        case .exchange: return "exchange"
        case .unrecognized(let name): return name
        }
    }
}

extension EventSubject: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// By which of its URLs the browser came back.
public enum ReturnedBy: NetmileName {
    case success
    case cancel
    case error
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "success": self = .success
        case "cancel": self = .cancel
        case "error": self = .error
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .success: return "success"
        case .cancel: return "cancel"
        case .error: return "error"
        case .unrecognized(let name): return name
        }
    }
}

extension ReturnedBy: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// The kind of a message that comes back; the shop knows it by the URL on which it arrives.
public enum MessageKind: NetmileName {
    case purchaseNotice
    case purchaseReturn
    case cancelReturn
    case errorReturn
    case registrationNotice
    case registrationReturn
    case recurringNotice
    case recurringReturn
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "purchase_notice": self = .purchaseNotice
        case "purchase_return": self = .purchaseReturn
        case "cancel_return": self = .cancelReturn
        case "error_return": self = .errorReturn
        case "registration_notice": self = .registrationNotice
        case "registration_return": self = .registrationReturn
        case "recurring_notice": self = .recurringNotice
        case "recurring_return": self = .recurringReturn
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .purchaseNotice: return "purchase_notice"
        case .purchaseReturn: return "purchase_return"
        case .cancelReturn: return "cancel_return"
        case .errorReturn: return "error_return"
        case .registrationNotice: return "registration_notice"
        case .registrationReturn: return "registration_return"
        case .recurringNotice: return "recurring_notice"
        case .recurringReturn: return "recurring_return"
        case .unrecognized(let name): return name
        }
    }
}

extension MessageKind: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// Where a charge stands.
public enum ChargePhase: NetmileName {
    case prepared
    case unknown
    case authorised
    case reserved
    case awaitingDeposit
    case paid
    case partlyRefunded
    case refunded
    case cancelled
    case rejected
    case expired
    case active
    case ended
    case needsReview
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "prepared": self = .prepared
        case "unknown": self = .unknown
        case "authorised": self = .authorised
        case "reserved": self = .reserved
        case "awaiting_deposit": self = .awaitingDeposit
        case "paid": self = .paid
        case "partly_refunded": self = .partlyRefunded
        case "refunded": self = .refunded
        case "cancelled": self = .cancelled
        case "rejected": self = .rejected
        case "expired": self = .expired
        case "active": self = .active
        case "ended": self = .ended
        case "needs_review": self = .needsReview
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .prepared: return "prepared"
        case .unknown: return "unknown"
        case .authorised: return "authorised"
        case .reserved: return "reserved"
        case .awaitingDeposit: return "awaiting_deposit"
        case .paid: return "paid"
        case .partlyRefunded: return "partly_refunded"
        case .refunded: return "refunded"
        case .cancelled: return "cancelled"
        case .rejected: return "rejected"
        case .expired: return "expired"
        case .active: return "active"
        case .ended: return "ended"
        case .needsReview: return "needs_review"
        case .unrecognized(let name): return name
        }
    }
}

extension ChargePhase: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// What a task of the miles is.
public enum TaskKind: NetmileName {
    case issue
    case byHand
    case cancel
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "issue": self = .issue
        case "by_hand": self = .byHand
        case "cancel": self = .cancel
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .issue: return "issue"
        case .byHand: return "by_hand"
        case .cancel: return "cancel"
        case .unrecognized(let name): return name
        }
    }
}

extension TaskKind: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// Where a task of the miles stands.
public enum TaskPhase: NetmileName {
    case prepared
    case sending
    case unknown
    case done
    case refused
    case needsReview
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "prepared": self = .prepared
        case "sending": self = .sending
        case "unknown": self = .unknown
        case "done": self = .done
        case "refused": self = .refused
        case "needs_review": self = .needsReview
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .prepared: return "prepared"
        case .sending: return "sending"
        case .unknown: return "unknown"
        case .done: return "done"
        case .refused: return "refused"
        case .needsReview: return "needs_review"
        case .unrecognized(let name): return name
        }
    }
}

extension TaskPhase: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// Where an exchange stands.
public enum ExchangePhase: NetmileName {
    case debiting
    case debited
    case issuing
    case issued
    case refused
    case creditedBack
    case notDebited
    case needsReview
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "debiting": self = .debiting
        case "debited": self = .debited
        case "issuing": self = .issuing
        case "issued": self = .issued
        case "refused": self = .refused
        case "credited_back": self = .creditedBack
        case "not_debited": self = .notDebited
        case "needs_review": self = .needsReview
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .debiting: return "debiting"
        case .debited: return "debited"
        case .issuing: return "issuing"
        case .issued: return "issued"
        case .refused: return "refused"
        case .creditedBack: return "credited_back"
        case .notDebited: return "not_debited"
        case .needsReview: return "needs_review"
        case .unrecognized(let name): return name
        }
    }
}

extension ExchangePhase: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}

/// What a person found out.
public enum ReviewVerdict: NetmileName {
    case happened
    case missing
    /// A name that a newer library knows and this package does not.
    case unrecognized(String)

    public init(_ name: String) {
        switch name {
        case "happened": self = .happened
        case "missing": self = .missing
        default: self = .unrecognized(name)
        }
    }

    public var name: String {
        switch self {
        case .happened: return "happened"
        case .missing: return "missing"
        case .unrecognized(let name): return name
        }
    }
}

extension ReviewVerdict: Wire {
    package init(wire: JSONValue) throws {
        self.init(try String(wire: wire))
    }

    package func toWire() throws -> JSONValue {
        .string(name)
    }
}
