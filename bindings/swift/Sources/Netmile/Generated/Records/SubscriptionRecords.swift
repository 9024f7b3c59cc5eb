// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// On which days a contract is billed.
public struct BillingSchedule: NetmileRecord {
    /// First day of the contract, `YYYY-MM-DD`.
    public var start: String
    /// Day of the month, 1 to 31; in shorter months the last one.
    public var billingDay: Int64
    /// Every so many months; 1 when not given.
    public var interval: Int64?
    /// A month in which it is billed, `YYYY-MM`; that of the first day when not given.
    public var anchor: String?
    /// The time before the first billing day: `bill_at_once` (when not given), `next_billing_day` or `free`.
    public var first: String?
    /// The last month that is billed, `YYYY-MM`.
    public var lastChargeMonth: String?
    /// The last day of the contract, `YYYY-MM-DD`.
    public var lastDay: String?

    public init(
        start: String,
        billingDay: Int64,
        interval: Int64? = nil,
        anchor: String? = nil,
        first: String? = nil,
        lastChargeMonth: String? = nil,
        lastDay: String? = nil
    ) {
        self.start = start
        self.billingDay = billingDay
        self.interval = interval
        self.anchor = anchor
        self.first = first
        self.lastChargeMonth = lastChargeMonth
        self.lastDay = lastDay
    }

    public var shownFields: [(label: String, value: Any)] {
        [("start", start), ("billingDay", billingDay), ("interval", interval as Any), ("first", first as Any)]
    }
}

extension BillingSchedule: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.start = try reader.read("start")
        self.billingDay = try reader.read("billing_day")
        self.interval = try reader.readIfPresent("interval")
        self.anchor = try reader.readIfPresent("anchor")
        self.first = try reader.readIfPresent("first")
        self.lastChargeMonth = try reader.readIfPresent("last_charge_month")
        self.lastDay = try reader.readIfPresent("last_day")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("start", start)
        try writer.write("billing_day", billingDay)
        try writer.write("interval", interval)
        try writer.write("anchor", anchor)
        try writer.write("first", first)
        try writer.write("last_charge_month", lastChargeMonth)
        try writer.write("last_day", lastDay)
        return writer.wire
    }
}

/// A contract that runs at the gateway already.
public struct AdoptRequest: NetmileRecord {
    /// The shop's own id of the contract.
    public var id: String
    /// Tag of the method.
    public var method: String
    /// The gateway's id of the contract.
    public var trackingId: String
    /// The customer's id at the shop. Personal.
    public var custCode: String
    /// Item id.
    public var itemId: String
    /// Item name.
    public var itemName: String
    /// Yen of each period; 0 when metered.
    public var amount: Int64
    /// On which days it is billed.
    public var schedule: BillingSchedule

    public init(
        id: String,
        method: String,
        trackingId: String,
        custCode: String,
        itemId: String,
        amount: Int64,
        schedule: BillingSchedule,
        itemName: String = ""
    ) {
        self.id = id
        self.method = method
        self.trackingId = trackingId
        self.custCode = custCode
        self.itemId = itemId
        self.itemName = itemName
        self.amount = amount
        self.schedule = schedule
    }

    public var shownFields: [(label: String, value: Any)] {
        [("id", id), ("method", method), ("trackingId", trackingId), ("amount", amount), ("schedule", schedule)]
    }
}

extension AdoptRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.method = try reader.read("method")
        self.trackingId = try reader.read("tracking_id")
        self.custCode = try reader.read("cust_code")
        self.itemId = try reader.read("item_id")
        self.itemName = try reader.read("item_name", or: "")
        self.amount = try reader.read("amount")
        self.schedule = try reader.read("schedule")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("method", method)
        try writer.write("tracking_id", trackingId)
        try writer.write("cust_code", custCode)
        try writer.write("item_id", itemId)
        try writer.write("item_name", itemName)
        try writer.write("amount", amount)
        try writer.write("schedule", schedule)
        return writer.wire
    }
}

/// A contract that a purchase by link type brought about.
public struct AdoptPurchaseRequest: NetmileRecord {
    /// The shop's id of the purchase.
    public var purchaseId: String
    /// The shop's own id of the contract.
    public var id: String
    /// Tag of the method.
    public var method: String
    /// Yen of each period.
    public var amount: Int64
    /// On which days it is billed.
    public var schedule: BillingSchedule

    public init(purchaseId: String, id: String, method: String, amount: Int64, schedule: BillingSchedule) {
        self.purchaseId = purchaseId
        self.id = id
        self.method = method
        self.amount = amount
        self.schedule = schedule
    }

    public var shownFields: [(label: String, value: Any)] {
        [("purchaseId", purchaseId), ("id", id), ("method", method), ("amount", amount), ("schedule", schedule)]
    }
}

extension AdoptPurchaseRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
        self.id = try reader.read("id")
        self.method = try reader.read("method")
        self.amount = try reader.read("amount")
        self.schedule = try reader.read("schedule")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        try writer.write("id", id)
        try writer.write("method", method)
        try writer.write("amount", amount)
        try writer.write("schedule", schedule)
        return writer.wire
    }
}

/// A simple contract (継続課金・簡易) that the gateway bills already.
public struct AdoptSimpleRequest: NetmileRecord {
    /// The shop's own id of the contract.
    public var id: String
    /// Tag of the method.
    public var method: String
    /// The gateway's id of the contract.
    public var trackingId: String
    /// The customer's id at the shop. Personal.
    public var custCode: String
    /// Item id.
    public var itemId: String
    /// Item name.
    public var itemName: String
    /// Yen of each month.
    public var amount: Int64
    /// What the customer holds: `pc` (when not given), `smartphone` or `feature_phone`.
    public var terminal: Terminal?

    public init(
        id: String,
        method: String,
        trackingId: String,
        custCode: String,
        itemId: String,
        amount: Int64,
        itemName: String = "",
        terminal: Terminal? = nil
    ) {
        self.id = id
        self.method = method
        self.trackingId = trackingId
        self.custCode = custCode
        self.itemId = itemId
        self.itemName = itemName
        self.amount = amount
        self.terminal = terminal
    }

    public var shownFields: [(label: String, value: Any)] {
        [("id", id), ("method", method), ("trackingId", trackingId), ("amount", amount)]
    }
}

extension AdoptSimpleRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.method = try reader.read("method")
        self.trackingId = try reader.read("tracking_id")
        self.custCode = try reader.read("cust_code")
        self.itemId = try reader.read("item_id")
        self.itemName = try reader.read("item_name", or: "")
        self.amount = try reader.read("amount")
        self.terminal = try reader.readIfPresent("terminal")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("method", method)
        try writer.write("tracking_id", trackingId)
        try writer.write("cust_code", custCode)
        try writer.write("item_id", itemId)
        try writer.write("item_name", itemName)
        try writer.write("amount", amount)
        try writer.write("terminal", terminal)
        return writer.wire
    }
}

/// A simple contract that a purchase by link type brought about.
package struct AdoptSimplePurchaseRequest: NetmileRecord {
    /// The shop's id of the purchase; customer, item and monthly yen come from there.
    package var purchaseId: String
    /// The shop's own id of the contract.
    package var id: String
    /// Tag of the method.
    package var method: String

    package init(purchaseId: String, id: String, method: String) {
        self.purchaseId = purchaseId
        self.id = id
        self.method = method
    }

    package var shownFields: [(label: String, value: Any)] {
        [("purchaseId", purchaseId), ("id", id), ("method", method)]
    }
}

extension AdoptSimplePurchaseRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.purchaseId = try reader.read("purchase_id")
        self.id = try reader.read("id")
        self.method = try reader.read("method")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("purchase_id", purchaseId)
        try writer.write("id", id)
        try writer.write("method", method)
        return writer.wire
    }
}

/// A period to bill.
package struct BillRequest: NetmileRecord {
    /// The shop's id of the contract.
    package var id: String
    /// Which period: the month it starts in, `2026-02`, or `2026-02-2` where it is the second that does.
    package var period: String
    /// Yen.
    package var amount: Int64

    package init(id: String, period: String, amount: Int64) {
        self.id = id
        self.period = period
        self.amount = amount
    }

    package var shownFields: [(label: String, value: Any)] {
        [("id", id), ("period", period), ("amount", amount)]
    }
}

extension BillRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.period = try reader.read("period")
        self.amount = try reader.read("amount")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("period", period)
        try writer.write("amount", amount)
        return writer.wire
    }
}

/// Names a period.
package struct PeriodId: NetmileRecord {
    /// The shop's id of the contract.
    package var id: String
    /// Which period: the month it starts in, `2026-02`, or `2026-02-2` where it is the second that does.
    package var period: String

    package init(id: String, period: String) {
        self.id = id
        self.period = period
    }

    package var shownFields: [(label: String, value: Any)] {
        [("id", id), ("period", period)]
    }
}

extension PeriodId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.period = try reader.read("period")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("period", period)
        return writer.wire
    }
}

/// A month of a simple contract.
package struct MonthRefundRequest: NetmileRecord {
    /// The shop's id of the contract.
    package var id: String
    /// `YYYYMM`.
    package var month: String

    package init(id: String, month: String) {
        self.id = id
        self.month = month
    }

    package var shownFields: [(label: String, value: Any)] {
        [("id", id), ("month", month)]
    }
}

extension MonthRefundRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.id = try reader.read("id")
        self.month = try reader.read("month")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("id", id)
        try writer.write("month", month)
        return writer.wire
    }
}

/// A period that is due and was not billed.
public struct DuePeriod: NetmileRecord {
    /// The shop's id of the contract.
    public let subscription: String
    /// Which period, such as `2026-02`.
    public let period: String
    /// Its first day.
    public let starts: String
    /// Its last day.
    public let ends: String
    /// Yen of the contract; 0 when metered.
    public let amount: Int64

    public init(subscription: String, period: String, starts: String, ends: String, amount: Int64) {
        self.subscription = subscription
        self.period = period
        self.starts = starts
        self.ends = ends
        self.amount = amount
    }

    public var shownFields: [(label: String, value: Any)] {
        [("subscription", subscription), ("period", period), ("starts", starts), ("ends", ends), ("amount", amount)]
    }
}

extension DuePeriod: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.subscription = try reader.read("subscription")
        self.period = try reader.read("period")
        self.starts = try reader.read("starts")
        self.ends = try reader.read("ends")
        self.amount = try reader.read("amount")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("subscription", subscription)
        try writer.write("period", period)
        try writer.write("starts", starts)
        try writer.write("ends", ends)
        try writer.write("amount", amount)
        return writer.wire
    }
}

/// Periods that are due.
public struct DuePeriods: NetmileRecord {
    /// In the order of contracts and periods.
    public let due: [DuePeriod]

    public init(due: [DuePeriod]) {
        self.due = due
    }

    public var shownFields: [(label: String, value: Any)] {
        [("due", due)]
    }
}

extension DuePeriods: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.due = try reader.read("due")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("due", due)
        return writer.wire
    }
}

/// What a period costs.
public struct PeriodAmount: NetmileRecord {
    /// The shop's id of the contract.
    public var subscription: String
    /// Which period, as `subscription.due` names it.
    public var period: String
    /// Yen.
    public var amount: Int64

    public init(subscription: String, period: String, amount: Int64) {
        self.subscription = subscription
        self.period = period
        self.amount = amount
    }

    public var shownFields: [(label: String, value: Any)] {
        [("subscription", subscription), ("period", period), ("amount", amount)]
    }
}

extension PeriodAmount: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.subscription = try reader.read("subscription")
        self.period = try reader.read("period")
        self.amount = try reader.read("amount")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("subscription", subscription)
        try writer.write("period", period)
        try writer.write("amount", amount)
        return writer.wire
    }
}

/// What the billing job bills.
package struct BillDueRequest: NetmileRecord {
    /// Bill each period of a contract that has an amount with it.
    package var contractAmount: Bool
    /// Amounts of single periods; they go before that of the contract. A period without an amount is left for later.
    package var amounts: [PeriodAmount]

    package init(contractAmount: Bool = false, amounts: [PeriodAmount] = []) {
        self.contractAmount = contractAmount
        self.amounts = amounts
    }

    package var shownFields: [(label: String, value: Any)] {
        [("contractAmount", contractAmount), ("amounts", amounts)]
    }
}

extension BillDueRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.contractAmount = try reader.read("contract_amount", or: false)
        self.amounts = try reader.read("amounts", or: [])
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("contract_amount", contractAmount)
        try writer.write("amounts", amounts)
        return writer.wire
    }
}

/// What the billing job did about one period.
public struct BilledPeriod: NetmileRecord {
    /// The shop's id of the contract.
    public let subscription: String
    /// Which period.
    public let period: String
    /// How it ended, if it was sent.
    public let outcome: ChargeOutcome?
    /// Why nothing was sent.
    public let problem: Problem?
    /// `billed`, `refused`, `later`, `unknown` or `not_sent`.
    public let next: String
    /// When it is tried again.
    public let againAt: Date?

    public init(
        subscription: String,
        period: String,
        next: String,
        outcome: ChargeOutcome? = nil,
        problem: Problem? = nil,
        againAt: Date? = nil
    ) {
        self.subscription = subscription
        self.period = period
        self.outcome = outcome
        self.problem = problem
        self.next = next
        self.againAt = againAt
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("subscription", subscription),
            ("period", period),
            ("outcome", outcome as Any),
            ("problem", problem as Any),
            ("next", next),
            ("againAt", againAt as Any),
        ]
    }
}

extension BilledPeriod: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.subscription = try reader.read("subscription")
        self.period = try reader.read("period")
        self.outcome = try reader.readIfPresent("outcome")
        self.problem = try reader.readIfPresent("problem")
        self.next = try reader.read("next")
        self.againAt = try reader.readIfPresent("again_at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("subscription", subscription)
        try writer.write("period", period)
        try writer.write("outcome", outcome)
        try writer.write("problem", problem)
        try writer.write("next", next)
        try writer.write("again_at_ms", againAt)
        return writer.wire
    }
}

/// What the billing job did.
public struct BilledPeriods: NetmileRecord {
    /// In the order of contracts and periods.
    public let periods: [BilledPeriod]

    public init(periods: [BilledPeriod]) {
        self.periods = periods
    }

    public var shownFields: [(label: String, value: Any)] {
        [("periods", periods)]
    }
}

extension BilledPeriods: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.periods = try reader.read("periods")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("periods", periods)
        return writer.wire
    }
}
