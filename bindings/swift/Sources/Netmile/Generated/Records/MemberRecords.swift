// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Whose membership is asked. Exactly one is given.
package struct MemberQuery: NetmileRecord {
    /// Mail address. Personal.
    package var mail: String?
    /// NetMile user id. Personal.
    package var userId: String?

    package init(mail: String? = nil, userId: String? = nil) {
        self.mail = mail
        self.userId = userId
    }

    package var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension MemberQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.mail = try reader.readIfPresent("mail")
        self.userId = try reader.readIfPresent("user_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("mail", mail)
        try writer.write("user_id", userId)
        return writer.wire
    }
}

/// Whether somebody is a member.
public struct MembershipAnswer: NetmileRecord {
    /// Whether the address or id belongs to a member.
    public let exists: Bool
    /// Whether miles can be issued to it.
    public let active: Bool
    /// The user id. Personal.
    public let userId: String?

    public init(exists: Bool, active: Bool, userId: String? = nil) {
        self.exists = exists
        self.active = active
        self.userId = userId
    }

    public var shownFields: [(label: String, value: Any)] {
        [("exists", exists), ("active", active)]
    }
}

extension MembershipAnswer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.exists = try reader.read("exists")
        self.active = try reader.read("active")
        self.userId = try reader.readIfPresent("user_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("exists", exists)
        try writer.write("active", active)
        try writer.write("user_id", userId)
        return writer.wire
    }
}

/// Names a member.
package struct MemberId: NetmileRecord {
    /// NetMile user id. Personal.
    package var userId: String

    package init(userId: String) {
        self.userId = userId
    }

    package var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension MemberId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.userId = try reader.read("user_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("user_id", userId)
        return writer.wire
    }
}

/// A member.
public struct MemberInfo: NetmileRecord {
    /// NetMile user id. Personal.
    public let userId: String
    /// `provisional`, `full` or `barred`.
    public let status: String
    /// `YYYY-MM-DD`.
    public let registeredOn: String

    public init(userId: String, status: String, registeredOn: String) {
        self.userId = userId
        self.status = status
        self.registeredOn = registeredOn
    }

    public var shownFields: [(label: String, value: Any)] {
        [("status", status)]
    }
}

extension MemberInfo: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.userId = try reader.read("user_id")
        self.status = try reader.read("status")
        self.registeredOn = try reader.read("registered_on")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("user_id", userId)
        try writer.write("status", status)
        try writer.write("registered_on", registeredOn)
        return writer.wire
    }
}

/// What a member has. All of it is personal.
public struct PassbookAnswer: NetmileRecord {
    /// Deposited miles.
    public let balance: Int64
    /// Miles that are still to come.
    public let pendingTotal: Int64
    /// When which of them come.
    public let pending: [PendingMiles]

    public init(balance: Int64, pendingTotal: Int64, pending: [PendingMiles]) {
        self.balance = balance
        self.pendingTotal = pendingTotal
        self.pending = pending
    }

    public var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension PassbookAnswer: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.balance = try reader.read("balance")
        self.pendingTotal = try reader.read("pending_total")
        self.pending = try reader.read("pending")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("balance", balance)
        try writer.write("pending_total", pendingTotal)
        try writer.write("pending", pending)
        return writer.wire
    }
}

/// Miles that are still to come.
public struct PendingMiles: NetmileRecord {
    /// Miles.
    public let miles: Int64
    /// `YYYY-MM-DD`.
    public let depositOn: String
    /// Of which campaign.
    public let campaignId: String

    public init(miles: Int64, depositOn: String, campaignId: String) {
        self.miles = miles
        self.depositOn = depositOn
        self.campaignId = campaignId
    }

    public var shownFields: [(label: String, value: Any)] {
        [("campaignId", campaignId)]
    }
}

extension PendingMiles: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.miles = try reader.read("miles")
        self.depositOn = try reader.read("deposit_on")
        self.campaignId = try reader.read("campaign_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("miles", miles)
        try writer.write("deposit_on", depositOn)
        try writer.write("campaign_id", campaignId)
        return writer.wire
    }
}
