// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Settings of an issue; what is not given is as the campaign says.
public struct IssueSettings: NetmileRecord {
    /// Days until the miles are deposited: 0 for at once, 1 to 365.
    public var depositDays: Int64?
    /// Whether the member is mailed when they are.
    public var depositMail: Bool?
    /// Text in that mail, at most 500 characters.
    public var insertedText: String?
    /// Register who is no member yet.
    public var memberRegistration: Bool
    /// And make a password.
    public var passwordGeneration: Bool

    public init(
        depositDays: Int64? = nil,
        depositMail: Bool? = nil,
        insertedText: String? = nil,
        memberRegistration: Bool = false,
        passwordGeneration: Bool = false
    ) {
        self.depositDays = depositDays
        self.depositMail = depositMail
        self.insertedText = insertedText
        self.memberRegistration = memberRegistration
        self.passwordGeneration = passwordGeneration
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("depositDays", depositDays as Any),
            ("depositMail", depositMail as Any),
            ("memberRegistration", memberRegistration),
            ("passwordGeneration", passwordGeneration),
        ]
    }
}

extension IssueSettings: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.depositDays = try reader.readIfPresent("deposit_days")
        self.depositMail = try reader.readIfPresent("deposit_mail")
        self.insertedText = try reader.readIfPresent("inserted_text")
        self.memberRegistration = try reader.read("member_registration", or: false)
        self.passwordGeneration = try reader.read("password_generation", or: false)
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("deposit_days", depositDays)
        try writer.write("deposit_mail", depositMail)
        try writer.write("inserted_text", insertedText)
        try writer.write("member_registration", memberRegistration)
        try writer.write("password_generation", passwordGeneration)
        return writer.wire
    }
}

/// One issue of miles (自動発行).
public struct IssueRequest: NetmileRecord {
    /// The shop's own id of the issue, never used twice.
    public var tranId: String
    /// Campaign (キャンペーンID).
    public var campaignId: String
    /// Who gets them.
    public var user: MileUser
    /// The shop's own key of what is rewarded (指定キー). May be personal.
    public var designatedKey: String
    /// Miles; only for a campaign of variable miles.
    public var miles: Int64?
    /// Settings.
    public var settings: IssueSettings?

    public init(
        tranId: String,
        campaignId: String,
        user: MileUser,
        designatedKey: String,
        miles: Int64? = nil,
        settings: IssueSettings? = nil
    ) {
        self.tranId = tranId
        self.campaignId = campaignId
        self.user = user
        self.designatedKey = designatedKey
        self.miles = miles
        self.settings = settings
    }

    public var shownFields: [(label: String, value: Any)] {
        [("tranId", tranId), ("campaignId", campaignId), ("miles", miles as Any)]
    }
}

extension IssueRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.tranId = try reader.read("tran_id")
        self.campaignId = try reader.read("campaign_id")
        self.user = try reader.read("user")
        self.designatedKey = try reader.read("designated_key")
        self.miles = try reader.readIfPresent("miles")
        self.settings = try reader.readIfPresent("settings")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tran_id", tranId)
        try writer.write("campaign_id", campaignId)
        try writer.write("user", user)
        try writer.write("designated_key", designatedKey)
        try writer.write("miles", miles)
        try writer.write("settings", settings)
        return writer.wire
    }
}

/// Miles that were issued.
public struct IssuedMiles: NetmileRecord {
    /// NetMile's id of the issue.
    public var issuanceId: String
    /// NetMile's id of the registration.
    public var registrationId: String
    /// Miles.
    public var miles: Int64
    /// When.
    public var issuedAt: Date
    /// When they are deposited, `YYYY-MM-DD`.
    public var depositOn: String
    /// `held`, `valid` or `cancelled`.
    public var state: String

    public init(
        issuanceId: String,
        registrationId: String,
        miles: Int64,
        issuedAt: Date,
        depositOn: String,
        state: String
    ) {
        self.issuanceId = issuanceId
        self.registrationId = registrationId
        self.miles = miles
        self.issuedAt = issuedAt
        self.depositOn = depositOn
        self.state = state
    }

    public var shownFields: [(label: String, value: Any)] {
        [("issuanceId", issuanceId), ("registrationId", registrationId), ("miles", miles), ("state", state)]
    }
}

extension IssuedMiles: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.issuanceId = try reader.read("issuance_id")
        self.registrationId = try reader.read("registration_id")
        self.miles = try reader.read("miles")
        self.issuedAt = try reader.read("issued_at_ms")
        self.depositOn = try reader.read("deposit_on")
        self.state = try reader.read("state")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("issuance_id", issuanceId)
        try writer.write("registration_id", registrationId)
        try writer.write("miles", miles)
        try writer.write("issued_at_ms", issuedAt)
        try writer.write("deposit_on", depositOn)
        try writer.write("state", state)
        return writer.wire
    }
}

/// How an issue ended.
public typealias IssueOutcome = Outcome<IssuedMiles>

/// One row of an issue by hand.
public struct HandRow: NetmileRecord {
    /// Mail address. Personal.
    public var mail: String
    /// The shop's own key (指定キー). May be personal.
    public var designatedKey: String
    /// Miles; only for a campaign of variable miles.
    public var miles: Int64?
    /// Whether the member is mailed.
    public var depositMail: Bool?

    public init(mail: String, designatedKey: String, miles: Int64? = nil, depositMail: Bool? = nil) {
        self.mail = mail
        self.designatedKey = designatedKey
        self.miles = miles
        self.depositMail = depositMail
    }

    public var shownFields: [(label: String, value: Any)] {
        [("miles", miles as Any), ("depositMail", depositMail as Any)]
    }
}

extension HandRow: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.mail = try reader.read("mail")
        self.designatedKey = try reader.read("designated_key")
        self.miles = try reader.readIfPresent("miles")
        self.depositMail = try reader.readIfPresent("deposit_mail")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("mail", mail)
        try writer.write("designated_key", designatedKey)
        try writer.write("miles", miles)
        try writer.write("deposit_mail", depositMail)
        return writer.wire
    }
}

/// Up to ten issues under one id (手動発行).
package struct HandIssueRequest: NetmileRecord {
    /// The shop's own id.
    package var tranId: String
    /// Campaign.
    package var campaignId: String
    /// 1 to 10 rows.
    package var rows: [HandRow]
    /// Settings.
    package var settings: IssueSettings?

    package init(tranId: String, campaignId: String, rows: [HandRow], settings: IssueSettings? = nil) {
        self.tranId = tranId
        self.campaignId = campaignId
        self.rows = rows
        self.settings = settings
    }

    package var shownFields: [(label: String, value: Any)] {
        [("tranId", tranId), ("campaignId", campaignId)]
    }
}

extension HandIssueRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.tranId = try reader.read("tran_id")
        self.campaignId = try reader.read("campaign_id")
        self.rows = try reader.read("rows")
        self.settings = try reader.readIfPresent("settings")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tran_id", tranId)
        try writer.write("campaign_id", campaignId)
        try writer.write("rows", rows)
        try writer.write("settings", settings)
        return writer.wire
    }
}

/// What became of a row.
public struct HandRowResult: NetmileRecord {
    /// Whether it was issued.
    public var issued: Bool
    /// NetMile's id of the issue.
    public var issuanceId: String?
    /// Why not.
    public var rejection: Refusal?

    public init(issued: Bool, issuanceId: String? = nil, rejection: Refusal? = nil) {
        self.issued = issued
        self.issuanceId = issuanceId
        self.rejection = rejection
    }

    public var shownFields: [(label: String, value: Any)] {
        [("issued", issued), ("issuanceId", issuanceId as Any), ("rejection", rejection as Any)]
    }
}

extension HandRowResult: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.issued = try reader.read("issued")
        self.issuanceId = try reader.readIfPresent("issuance_id")
        self.rejection = try reader.readIfPresent("rejection")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("issued", issued)
        try writer.write("issuance_id", issuanceId)
        try writer.write("rejection", rejection)
        return writer.wire
    }
}

/// What became of an issue by hand.
public struct HandIssued: NetmileRecord {
    /// NetMile's id of the registration.
    public var registrationId: String
    /// In the order of the request.
    public var rows: [HandRowResult]

    public init(registrationId: String, rows: [HandRowResult]) {
        self.registrationId = registrationId
        self.rows = rows
    }

    public var shownFields: [(label: String, value: Any)] {
        [("registrationId", registrationId), ("rows", rows)]
    }
}

extension HandIssued: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.registrationId = try reader.read("registration_id")
        self.rows = try reader.read("rows")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("registration_id", registrationId)
        try writer.write("rows", rows)
        return writer.wire
    }
}

/// How an issue by hand ended.
public typealias HandIssueOutcome = Outcome<HandIssued>

/// Issues to cancel.
package struct MileCancelRequest: NetmileRecord {
    /// The shop's own id of this wish.
    package var tranId: String
    /// NetMile's ids of the issues, 1 to 1000.
    package var issuanceIds: [String]
    /// `duplicate`, `condition_not_met`, `returned_goods`, `wrong_amount` or `other`.
    package var reason: String

    package init(tranId: String, issuanceIds: [String], reason: String) {
        self.tranId = tranId
        self.issuanceIds = issuanceIds
        self.reason = reason
    }

    package var shownFields: [(label: String, value: Any)] {
        [("tranId", tranId), ("issuanceIds", issuanceIds), ("reason", reason)]
    }
}

extension MileCancelRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.tranId = try reader.read("tran_id")
        self.issuanceIds = try reader.read("issuance_ids")
        self.reason = try reader.read("reason")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tran_id", tranId)
        try writer.write("issuance_ids", issuanceIds)
        try writer.write("reason", reason)
        return writer.wire
    }
}

/// What became of the wish for one issue.
public struct CancelledIssue: NetmileRecord {
    /// NetMile's id of the issue.
    public var issuanceId: String
    /// `cancelled`, `applied` (NetMile decides), `approved`, `rejected` (by NetMile) or `refused` (by a rule).
    public var standing: String
    /// Why not.
    public var code: String?

    public init(issuanceId: String, standing: String, code: String? = nil) {
        self.issuanceId = issuanceId
        self.standing = standing
        self.code = code
    }

    public var shownFields: [(label: String, value: Any)] {
        [("issuanceId", issuanceId), ("standing", standing), ("code", code as Any)]
    }
}

extension CancelledIssue: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.issuanceId = try reader.read("issuance_id")
        self.standing = try reader.read("standing")
        self.code = try reader.readIfPresent("code")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("issuance_id", issuanceId)
        try writer.write("standing", standing)
        try writer.write("code", code)
        return writer.wire
    }
}

/// What became of a wish to cancel.
public struct MileCancellation: NetmileRecord {
    /// NetMile's id of it.
    public var cancellationId: String
    /// The reason that was given.
    public var reason: String
    /// Whether NetMile still has to decide about some of it.
    public var pending: Bool
    /// In the order of the request.
    public var results: [CancelledIssue]

    public init(cancellationId: String, reason: String, pending: Bool, results: [CancelledIssue]) {
        self.cancellationId = cancellationId
        self.reason = reason
        self.pending = pending
        self.results = results
    }

    public var shownFields: [(label: String, value: Any)] {
        [("cancellationId", cancellationId), ("reason", reason), ("pending", pending), ("results", results)]
    }
}

extension MileCancellation: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.cancellationId = try reader.read("cancellation_id")
        self.reason = try reader.read("reason")
        self.pending = try reader.read("pending")
        self.results = try reader.read("results")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("cancellation_id", cancellationId)
        try writer.write("reason", reason)
        try writer.write("pending", pending)
        try writer.write("results", results)
        return writer.wire
    }
}

/// How a wish to cancel ended.
public typealias MileCancelOutcome = Outcome<MileCancellation>

/// Names a wish to cancel.
package struct CancellationId: NetmileRecord {
    /// NetMile's id.
    package var cancellationId: String

    package init(cancellationId: String) {
        self.cancellationId = cancellationId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("cancellationId", cancellationId)]
    }
}

extension CancellationId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.cancellationId = try reader.read("cancellation_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("cancellation_id", cancellationId)
        return writer.wire
    }
}

/// Names a task under a `tran_id`.
package struct TaskId: NetmileRecord {
    /// `issue`, `by_hand` or `cancel`.
    package var kind: TaskKind
    /// The shop's own id.
    package var tranId: String

    package init(kind: TaskKind, tranId: String) {
        self.kind = kind
        self.tranId = tranId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("kind", kind), ("tranId", tranId)]
    }
}

extension TaskId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.kind = try reader.read("kind")
        self.tranId = try reader.read("tran_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("kind", kind)
        try writer.write("tran_id", tranId)
        return writer.wire
    }
}

/// Which tasks to list.
package struct TaskQuery: NetmileRecord {
    /// `issue`, `by_hand` or `cancel`.
    package var kind: TaskKind
    /// In one of these phases; none means any.
    package var phases: [TaskPhase]
    /// After the one with this `tran_id` (of the client's site): the last one of the previous page.
    package var after: String?
    /// At most so many, 1 to 1000.
    package var limit: Int64

    package init(kind: TaskKind, limit: Int64, phases: [TaskPhase] = [], after: String? = nil) {
        self.kind = kind
        self.phases = phases
        self.after = after
        self.limit = limit
    }

    package var shownFields: [(label: String, value: Any)] {
        [("kind", kind), ("phases", phases), ("after", after as Any), ("limit", limit)]
    }
}

extension TaskQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.kind = try reader.read("kind")
        self.phases = try reader.read("phases", or: [])
        self.after = try reader.readIfPresent("after")
        self.limit = try reader.read("limit")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("kind", kind)
        try writer.write("phases", phases)
        try writer.write("after", after)
        try writer.write("limit", limit)
        return writer.wire
    }
}

/// What a person found out about a task under review. With `happened` comes what NetMile's pages show.
public struct TaskReview: NetmileRecord {
    /// `issue`, `by_hand` or `cancel`.
    public var kind: TaskKind
    /// The shop's own id.
    public var tranId: String
    /// `happened` or `missing`.
    public var verdict: ReviewVerdict
    /// What was issued, of an issue that happened.
    public var issued: IssuedMiles?
    /// What became of the rows, of issues by hand that happened.
    public var byHand: HandIssued?
    /// What became of it, of a wish to cancel that happened.
    public var cancellation: MileCancellation?

    public init(
        kind: TaskKind,
        tranId: String,
        verdict: ReviewVerdict,
        issued: IssuedMiles? = nil,
        byHand: HandIssued? = nil,
        cancellation: MileCancellation? = nil
    ) {
        self.kind = kind
        self.tranId = tranId
        self.verdict = verdict
        self.issued = issued
        self.byHand = byHand
        self.cancellation = cancellation
    }

    public var shownFields: [(label: String, value: Any)] {
        [("kind", kind), ("tranId", tranId), ("verdict", verdict)]
    }
}

extension TaskReview: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.kind = try reader.read("kind")
        self.tranId = try reader.read("tran_id")
        self.verdict = try reader.read("verdict")
        self.issued = try reader.readIfPresent("issued")
        self.byHand = try reader.readIfPresent("by_hand")
        self.cancellation = try reader.readIfPresent("cancellation")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("kind", kind)
        try writer.write("tran_id", tranId)
        try writer.write("verdict", verdict)
        try writer.write("issued", issued)
        try writer.write("by_hand", byHand)
        try writer.write("cancellation", cancellation)
        return writer.wire
    }
}

/// A task under a `tran_id`, as the journal knows it.
public struct MileTask: NetmileRecord {
    /// `issue`, `by_hand` or `cancel`.
    public let kind: TaskKind
    /// Site.
    public let siteId: String
    /// The shop's own id.
    public let tranId: String
    /// `prepared`, `sending`, `unknown`, `done`, `refused` or `needs_review`.
    public let phase: TaskPhase
    /// Since when.
    public let since: Date
    /// How often somebody looked for its outcome.
    public let looks: Int64
    /// What was issued.
    public let issued: IssuedMiles?
    /// What became of the rows.
    public let byHand: HandIssued?
    /// What became of the wish.
    public let cancellation: MileCancellation?
    /// Why it was refused.
    public let rejection: Refusal?

    public init(
        kind: TaskKind,
        siteId: String,
        tranId: String,
        phase: TaskPhase,
        since: Date,
        looks: Int64,
        issued: IssuedMiles? = nil,
        byHand: HandIssued? = nil,
        cancellation: MileCancellation? = nil,
        rejection: Refusal? = nil
    ) {
        self.kind = kind
        self.siteId = siteId
        self.tranId = tranId
        self.phase = phase
        self.since = since
        self.looks = looks
        self.issued = issued
        self.byHand = byHand
        self.cancellation = cancellation
        self.rejection = rejection
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("kind", kind),
            ("siteId", siteId),
            ("tranId", tranId),
            ("phase", phase),
            ("issued", issued as Any),
            ("byHand", byHand as Any),
            ("cancellation", cancellation as Any),
            ("rejection", rejection as Any),
        ]
    }
}

extension MileTask: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.kind = try reader.read("kind")
        self.siteId = try reader.read("site_id")
        self.tranId = try reader.read("tran_id")
        self.phase = try reader.read("phase")
        self.since = try reader.read("since_ms")
        self.looks = try reader.read("looks")
        self.issued = try reader.readIfPresent("issued")
        self.byHand = try reader.readIfPresent("by_hand")
        self.cancellation = try reader.readIfPresent("cancellation")
        self.rejection = try reader.readIfPresent("rejection")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("kind", kind)
        try writer.write("site_id", siteId)
        try writer.write("tran_id", tranId)
        try writer.write("phase", phase)
        try writer.write("since_ms", since)
        try writer.write("looks", looks)
        try writer.write("issued", issued)
        try writer.write("by_hand", byHand)
        try writer.write("cancellation", cancellation)
        try writer.write("rejection", rejection)
        return writer.wire
    }
}

/// Tasks.
public struct MileTasks: NetmileRecord {
    /// In the order of site and `tran_id`.
    public let tasks: [MileTask]

    public init(tasks: [MileTask]) {
        self.tasks = tasks
    }

    public var shownFields: [(label: String, value: Any)] {
        [("tasks", tasks)]
    }
}

extension MileTasks: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.tasks = try reader.read("tasks")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tasks", tasks)
        return writer.wire
    }
}

/// Names a campaign.
package struct CampaignId: NetmileRecord {
    /// Campaign (キャンペーンID).
    package var campaignId: String

    package init(campaignId: String) {
        self.campaignId = campaignId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("campaignId", campaignId)]
    }
}

extension CampaignId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.campaignId = try reader.read("campaign_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("campaign_id", campaignId)
        return writer.wire
    }
}

/// A campaign.
public struct CampaignInfo: NetmileRecord {
    /// Its id.
    public let campaignId: String
    /// Its name.
    public let name: String
    /// `running`, `ended`, `suspended` or `unapproved`.
    public let state: String
    /// Whether every issue has the same miles.
    public let fixed: Bool
    /// Fewest miles of an issue.
    public let minMiles: Int64
    /// Most miles of an issue.
    public let maxMiles: Int64
    /// First day of issuing.
    public let issueFrom: String
    /// Last day of issuing.
    public let issueUntil: String
    /// How often a member may get it.
    public let perMember: Int64?
    /// How often on one day.
    public let perMemberDay: Int64?
    /// When issued miles can be used: `at_once`, `after_days` or `on`.
    public let usable: String
    /// Days until then.
    public let usableDays: Int64?
    /// The day.
    public let usableOn: String?

    public init(
        campaignId: String,
        name: String,
        state: String,
        fixed: Bool,
        minMiles: Int64,
        maxMiles: Int64,
        issueFrom: String,
        issueUntil: String,
        usable: String,
        perMember: Int64? = nil,
        perMemberDay: Int64? = nil,
        usableDays: Int64? = nil,
        usableOn: String? = nil
    ) {
        self.campaignId = campaignId
        self.name = name
        self.state = state
        self.fixed = fixed
        self.minMiles = minMiles
        self.maxMiles = maxMiles
        self.issueFrom = issueFrom
        self.issueUntil = issueUntil
        self.perMember = perMember
        self.perMemberDay = perMemberDay
        self.usable = usable
        self.usableDays = usableDays
        self.usableOn = usableOn
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("campaignId", campaignId),
            ("name", name),
            ("state", state),
            ("fixed", fixed),
            ("minMiles", minMiles),
            ("maxMiles", maxMiles),
        ]
    }
}

extension CampaignInfo: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.campaignId = try reader.read("campaign_id")
        self.name = try reader.read("name")
        self.state = try reader.read("state")
        self.fixed = try reader.read("fixed")
        self.minMiles = try reader.read("min_miles")
        self.maxMiles = try reader.read("max_miles")
        self.issueFrom = try reader.read("issue_from")
        self.issueUntil = try reader.read("issue_until")
        self.perMember = try reader.readIfPresent("per_member")
        self.perMemberDay = try reader.readIfPresent("per_member_day")
        self.usable = try reader.read("usable")
        self.usableDays = try reader.readIfPresent("usable_days")
        self.usableOn = try reader.readIfPresent("usable_on")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("campaign_id", campaignId)
        try writer.write("name", name)
        try writer.write("state", state)
        try writer.write("fixed", fixed)
        try writer.write("min_miles", minMiles)
        try writer.write("max_miles", maxMiles)
        try writer.write("issue_from", issueFrom)
        try writer.write("issue_until", issueUntil)
        try writer.write("per_member", perMember)
        try writer.write("per_member_day", perMemberDay)
        try writer.write("usable", usable)
        try writer.write("usable_days", usableDays)
        try writer.write("usable_on", usableOn)
        return writer.wire
    }
}

/// Which sample.
package struct SampleQuery: NetmileRecord {
    /// Campaign.
    package var campaignId: String
    /// `deposit` or `member_registration`.
    package var kind: String
    /// Text to insert.
    package var insertedText: String?

    package init(campaignId: String, kind: String, insertedText: String? = nil) {
        self.campaignId = campaignId
        self.kind = kind
        self.insertedText = insertedText
    }

    package var shownFields: [(label: String, value: Any)] {
        [("campaignId", campaignId), ("kind", kind)]
    }
}

extension SampleQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.campaignId = try reader.read("campaign_id")
        self.kind = try reader.read("kind")
        self.insertedText = try reader.readIfPresent("inserted_text")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("campaign_id", campaignId)
        try writer.write("kind", kind)
        try writer.write("inserted_text", insertedText)
        return writer.wire
    }
}

/// A mail as a member gets it.
public struct SampleMailText: NetmileRecord {
    /// Subject.
    public let subject: String
    /// Body.
    public let body: String

    public init(subject: String, body: String) {
        self.subject = subject
        self.body = body
    }

    public var shownFields: [(label: String, value: Any)] {
        [("subject", subject)]
    }
}

extension SampleMailText: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.subject = try reader.read("subject")
        self.body = try reader.read("body")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("subject", subject)
        try writer.write("body", body)
        return writer.wire
    }
}

/// Names a registration.
package struct RegistrationRef: NetmileRecord {
    /// NetMile's id.
    package var registrationId: String

    package init(registrationId: String) {
        self.registrationId = registrationId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("registrationId", registrationId)]
    }
}

extension RegistrationRef: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.registrationId = try reader.read("registration_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("registration_id", registrationId)
        return writer.wire
    }
}

/// Names a registration by the shop's id.
package struct TranRef: NetmileRecord {
    /// The shop's own id.
    package var tranId: String

    package init(tranId: String) {
        self.tranId = tranId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("tranId", tranId)]
    }
}

extension TranRef: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.tranId = try reader.read("tran_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tran_id", tranId)
        return writer.wire
    }
}

/// How often a code stands in a registration.
public struct CodeTally: NetmileRecord {
    /// Code.
    public let code: String
    /// Rows.
    public let count: Int64

    public init(code: String, count: Int64) {
        self.code = code
        self.count = count
    }

    public var shownFields: [(label: String, value: Any)] {
        [("code", code), ("count", count)]
    }
}

extension CodeTally: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.code = try reader.read("code")
        self.count = try reader.read("count")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("code", code)
        try writer.write("count", count)
        return writer.wire
    }
}

/// A registration (登録).
public struct MileRegistration: NetmileRecord {
    /// NetMile's id.
    public let registrationId: String
    /// `csv` or `by_hand`.
    public let kind: String
    /// Campaign.
    public let campaignId: String
    /// Its name.
    public let campaignName: String
    /// By what the members are named.
    public let method: String
    /// Name of the file.
    public let fileName: String?
    /// The batch it is of.
    public let batchId: String?
    /// Number of its first row in the batch, from 1.
    public let firstRow: Int64?
    /// When it was accepted.
    public let acceptedAt: Date
    /// When all of it was processed.
    public let finishedAt: Date?
    /// `accepted`, `processing` or `finished`.
    public let state: String
    /// Rows.
    public let records: Int64
    /// Refused rows.
    public let errors: Int64
    /// Miles issued.
    public let milesIssued: Int64
    /// Miles refused.
    public let milesRefused: Int64
    /// Refused rows by code.
    public let breakdown: [CodeTally]
    /// Whether its lists can be fetched: `none`, `available` or `deleted`.
    public let lists: String

    public init(
        registrationId: String,
        kind: String,
        campaignId: String,
        campaignName: String,
        method: String,
        acceptedAt: Date,
        state: String,
        records: Int64,
        errors: Int64,
        milesIssued: Int64,
        milesRefused: Int64,
        breakdown: [CodeTally],
        lists: String,
        fileName: String? = nil,
        batchId: String? = nil,
        firstRow: Int64? = nil,
        finishedAt: Date? = nil
    ) {
        self.registrationId = registrationId
        self.kind = kind
        self.campaignId = campaignId
        self.campaignName = campaignName
        self.method = method
        self.fileName = fileName
        self.batchId = batchId
        self.firstRow = firstRow
        self.acceptedAt = acceptedAt
        self.finishedAt = finishedAt
        self.state = state
        self.records = records
        self.errors = errors
        self.milesIssued = milesIssued
        self.milesRefused = milesRefused
        self.breakdown = breakdown
        self.lists = lists
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("registrationId", registrationId),
            ("kind", kind),
            ("campaignId", campaignId),
            ("state", state),
            ("records", records),
            ("errors", errors),
            ("milesIssued", milesIssued),
            ("milesRefused", milesRefused),
        ]
    }
}

extension MileRegistration: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.registrationId = try reader.read("registration_id")
        self.kind = try reader.read("kind")
        self.campaignId = try reader.read("campaign_id")
        self.campaignName = try reader.read("campaign_name")
        self.method = try reader.read("method")
        self.fileName = try reader.readIfPresent("file_name")
        self.batchId = try reader.readIfPresent("batch_id")
        self.firstRow = try reader.readIfPresent("first_row")
        self.acceptedAt = try reader.read("accepted_at_ms")
        self.finishedAt = try reader.readIfPresent("finished_at_ms")
        self.state = try reader.read("state")
        self.records = try reader.read("records")
        self.errors = try reader.read("errors")
        self.milesIssued = try reader.read("miles_issued")
        self.milesRefused = try reader.read("miles_refused")
        self.breakdown = try reader.read("breakdown")
        self.lists = try reader.read("lists")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("registration_id", registrationId)
        try writer.write("kind", kind)
        try writer.write("campaign_id", campaignId)
        try writer.write("campaign_name", campaignName)
        try writer.write("method", method)
        try writer.write("file_name", fileName)
        try writer.write("batch_id", batchId)
        try writer.write("first_row", firstRow)
        try writer.write("accepted_at_ms", acceptedAt)
        try writer.write("finished_at_ms", finishedAt)
        try writer.write("state", state)
        try writer.write("records", records)
        try writer.write("errors", errors)
        try writer.write("miles_issued", milesIssued)
        try writer.write("miles_refused", milesRefused)
        try writer.write("breakdown", breakdown)
        try writer.write("lists", lists)
        return writer.wire
    }
}

/// A registration, if there is one.
public struct FoundRegistration: NetmileRecord {
    /// It.
    public let registration: MileRegistration?

    public init(registration: MileRegistration? = nil) {
        self.registration = registration
    }

    public var shownFields: [(label: String, value: Any)] {
        [("registration", registration as Any)]
    }
}

extension FoundRegistration: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.registration = try reader.readIfPresent("registration")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("registration", registration)
        return writer.wire
    }
}

/// Which registrations.
public struct RegistrationQuery: NetmileRecord {
    /// Of this campaign.
    public var campaignId: String?
    /// With this id.
    public var registrationId: String?
    /// `csv` or `by_hand`.
    public var kind: String?
    /// From this day, `YYYY-MM-DD`.
    public var from: String?
    /// To this day.
    public var to: String?
    /// Page, from 1.
    public var page: Int64

    public init(
        page: Int64,
        campaignId: String? = nil,
        registrationId: String? = nil,
        kind: String? = nil,
        from: String? = nil,
        to: String? = nil
    ) {
        self.campaignId = campaignId
        self.registrationId = registrationId
        self.kind = kind
        self.from = from
        self.to = to
        self.page = page
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("campaignId", campaignId as Any),
            ("registrationId", registrationId as Any),
            ("kind", kind as Any),
            ("from", from as Any),
            ("to", to as Any),
            ("page", page),
        ]
    }
}

extension RegistrationQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.campaignId = try reader.readIfPresent("campaign_id")
        self.registrationId = try reader.readIfPresent("registration_id")
        self.kind = try reader.readIfPresent("kind")
        self.from = try reader.readIfPresent("from")
        self.to = try reader.readIfPresent("to")
        self.page = try reader.read("page")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("campaign_id", campaignId)
        try writer.write("registration_id", registrationId)
        try writer.write("kind", kind)
        try writer.write("from", from)
        try writer.write("to", to)
        try writer.write("page", page)
        return writer.wire
    }
}

/// A page of registrations.
public struct RegistrationPage: NetmileRecord {
    /// How many there are.
    public let total: Int64
    /// This page.
    public let page: Int64
    /// How many pages.
    public let pages: Int64
    /// Those of this page.
    public let items: [MileRegistration]

    public init(total: Int64, page: Int64, pages: Int64, items: [MileRegistration]) {
        self.total = total
        self.page = page
        self.pages = pages
        self.items = items
    }

    public var shownFields: [(label: String, value: Any)] {
        [("total", total), ("page", page), ("pages", pages), ("items", items)]
    }
}

extension RegistrationPage: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.total = try reader.read("total")
        self.page = try reader.read("page")
        self.pages = try reader.read("pages")
        self.items = try reader.read("items")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("total", total)
        try writer.write("page", page)
        try writer.write("pages", pages)
        try writer.write("items", items)
        return writer.wire
    }
}

/// A list of a registration, as CSV in CP932. Personal.
public struct ListFile: NetmileRecord {
    /// The bytes.
    public let file: Data

    public init(file: Data) {
        self.file = file
    }

    public var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension ListFile: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.file = try reader.read("file")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("file", file)
        return writer.wire
    }
}

/// How deleting the lists ended.
public typealias DeletionOutcome = Outcome<Done>

/// It is done.
public struct Done: NetmileRecord {
    public init() {
    }

    public var shownFields: [(label: String, value: Any)] {
        []
    }
}

extension Done: Wire {
    package init(wire: JSONValue) throws {
        _ = try WireReader(wire)
    }

    package func toWire() throws -> JSONValue {
        .object([:])
    }
}

/// Which issues of a campaign.
public struct HistoryQuery: NetmileRecord {
    /// Campaign.
    public var campaignId: String
    /// With this key (指定キー). May be personal.
    public var designatedKey: String?
    /// From this hour, `YYYY-MM-DDTHH`, Japanese time.
    public var from: String?
    /// To this hour.
    public var to: String?
    /// At least so many miles.
    public var milesFrom: Int64?
    /// At most so many miles.
    public var milesTo: Int64?
    /// `held`, `valid` or `cancelled`.
    public var state: String?
    /// `issued_at`, `designated_key`, `miles`, `deposit_on` or `state`, the least first; with `-` before it the
    /// greatest first. Without it the newest first.
    public var order: String?
    /// Page, from 1.
    public var page: Int64

    public init(
        campaignId: String,
        page: Int64,
        designatedKey: String? = nil,
        from: String? = nil,
        to: String? = nil,
        milesFrom: Int64? = nil,
        milesTo: Int64? = nil,
        state: String? = nil,
        order: String? = nil
    ) {
        self.campaignId = campaignId
        self.designatedKey = designatedKey
        self.from = from
        self.to = to
        self.milesFrom = milesFrom
        self.milesTo = milesTo
        self.state = state
        self.order = order
        self.page = page
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("campaignId", campaignId),
            ("from", from as Any),
            ("to", to as Any),
            ("milesFrom", milesFrom as Any),
            ("milesTo", milesTo as Any),
            ("state", state as Any),
            ("order", order as Any),
            ("page", page),
        ]
    }
}

extension HistoryQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.campaignId = try reader.read("campaign_id")
        self.designatedKey = try reader.readIfPresent("designated_key")
        self.from = try reader.readIfPresent("from")
        self.to = try reader.readIfPresent("to")
        self.milesFrom = try reader.readIfPresent("miles_from")
        self.milesTo = try reader.readIfPresent("miles_to")
        self.state = try reader.readIfPresent("state")
        self.order = try reader.readIfPresent("order")
        self.page = try reader.read("page")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("campaign_id", campaignId)
        try writer.write("designated_key", designatedKey)
        try writer.write("from", from)
        try writer.write("to", to)
        try writer.write("miles_from", milesFrom)
        try writer.write("miles_to", milesTo)
        try writer.write("state", state)
        try writer.write("order", order)
        try writer.write("page", page)
        return writer.wire
    }
}

/// One issue of the history.
public struct HistoryRow: NetmileRecord {
    /// NetMile's id.
    public let issuanceId: String
    /// When.
    public let issuedAt: Date
    /// The key. May be personal.
    public let designatedKey: String
    /// Miles.
    public let miles: Int64
    /// When they are deposited.
    public let depositOn: String
    /// `held`, `valid` or `cancelled`.
    public let state: String

    public init(
        issuanceId: String,
        issuedAt: Date,
        designatedKey: String,
        miles: Int64,
        depositOn: String,
        state: String
    ) {
        self.issuanceId = issuanceId
        self.issuedAt = issuedAt
        self.designatedKey = designatedKey
        self.miles = miles
        self.depositOn = depositOn
        self.state = state
    }

    public var shownFields: [(label: String, value: Any)] {
        [("issuanceId", issuanceId), ("miles", miles), ("state", state)]
    }
}

extension HistoryRow: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.issuanceId = try reader.read("issuance_id")
        self.issuedAt = try reader.read("issued_at_ms")
        self.designatedKey = try reader.read("designated_key")
        self.miles = try reader.read("miles")
        self.depositOn = try reader.read("deposit_on")
        self.state = try reader.read("state")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("issuance_id", issuanceId)
        try writer.write("issued_at_ms", issuedAt)
        try writer.write("designated_key", designatedKey)
        try writer.write("miles", miles)
        try writer.write("deposit_on", depositOn)
        try writer.write("state", state)
        return writer.wire
    }
}

/// What was issued in a campaign (発行履歴).
public struct HistoryPage: NetmileRecord {
    /// Name of the campaign.
    public let campaignName: String
    /// Miles in all.
    public let milesIssued: Int64
    /// Issues in all.
    public let issued: Int64
    /// Of which valid.
    public let valid: Int64
    /// Of which cancelled.
    public let cancelled: Int64
    /// Rows that were found.
    public let total: Int64
    /// This page.
    public let page: Int64
    /// How many pages.
    public let pages: Int64
    /// Those of this page.
    public let rows: [HistoryRow]

    public init(
        campaignName: String,
        milesIssued: Int64,
        issued: Int64,
        valid: Int64,
        cancelled: Int64,
        total: Int64,
        page: Int64,
        pages: Int64,
        rows: [HistoryRow]
    ) {
        self.campaignName = campaignName
        self.milesIssued = milesIssued
        self.issued = issued
        self.valid = valid
        self.cancelled = cancelled
        self.total = total
        self.page = page
        self.pages = pages
        self.rows = rows
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("campaignName", campaignName),
            ("milesIssued", milesIssued),
            ("issued", issued),
            ("valid", valid),
            ("cancelled", cancelled),
            ("total", total),
            ("page", page),
            ("pages", pages),
            ("rows", rows),
        ]
    }
}

extension HistoryPage: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.campaignName = try reader.read("campaign_name")
        self.milesIssued = try reader.read("miles_issued")
        self.issued = try reader.read("issued")
        self.valid = try reader.read("valid")
        self.cancelled = try reader.read("cancelled")
        self.total = try reader.read("total")
        self.page = try reader.read("page")
        self.pages = try reader.read("pages")
        self.rows = try reader.read("rows")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("campaign_name", campaignName)
        try writer.write("miles_issued", milesIssued)
        try writer.write("issued", issued)
        try writer.write("valid", valid)
        try writer.write("cancelled", cancelled)
        try writer.write("total", total)
        try writer.write("page", page)
        try writer.write("pages", pages)
        try writer.write("rows", rows)
        return writer.wire
    }
}

/// Names a month.
package struct MonthRef: NetmileRecord {
    /// `YYYYMM`.
    package var month: String

    package init(month: String) {
        self.month = month
    }

    package var shownFields: [(label: String, value: Any)] {
        [("month", month)]
    }
}

extension MonthRef: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.month = try reader.read("month")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("month", month)
        return writer.wire
    }
}

/// Sums of a bill.
public struct BillSums: NetmileRecord {
    /// Miles issued.
    public let issued: Int64
    /// Miles cancelled.
    public let cancelled: Int64
    /// Miles to pay.
    public let miles: Int64
    /// Yen to pay.
    public let yen: Int64

    public init(issued: Int64, cancelled: Int64, miles: Int64, yen: Int64) {
        self.issued = issued
        self.cancelled = cancelled
        self.miles = miles
        self.yen = yen
    }

    public var shownFields: [(label: String, value: Any)] {
        [("issued", issued), ("cancelled", cancelled), ("miles", miles), ("yen", yen)]
    }
}

extension BillSums: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.issued = try reader.read("issued")
        self.cancelled = try reader.read("cancelled")
        self.miles = try reader.read("miles")
        self.yen = try reader.read("yen")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("issued", issued)
        try writer.write("cancelled", cancelled)
        try writer.write("miles", miles)
        try writer.write("yen", yen)
        return writer.wire
    }
}

/// A campaign's part of a bill.
public struct CampaignBill: NetmileRecord {
    /// Campaign.
    public let campaignId: String
    /// Sums.
    public let sums: BillSums

    public init(campaignId: String, sums: BillSums) {
        self.campaignId = campaignId
        self.sums = sums
    }

    public var shownFields: [(label: String, value: Any)] {
        [("campaignId", campaignId), ("sums", sums)]
    }
}

extension CampaignBill: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.campaignId = try reader.read("campaign_id")
        self.sums = try reader.read("sums")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("campaign_id", campaignId)
        try writer.write("sums", sums)
        return writer.wire
    }
}

/// What a month costs.
public struct MileBill: NetmileRecord {
    /// `YYYY-MM`.
    public let month: String
    /// All of it.
    public let total: BillSums
    /// By campaign.
    public let campaigns: [CampaignBill]

    public init(month: String, total: BillSums, campaigns: [CampaignBill]) {
        self.month = month
        self.total = total
        self.campaigns = campaigns
    }

    public var shownFields: [(label: String, value: Any)] {
        [("month", month), ("total", total), ("campaigns", campaigns)]
    }
}

extension MileBill: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.month = try reader.read("month")
        self.total = try reader.read("total")
        self.campaigns = try reader.read("campaigns")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("month", month)
        try writer.write("total", total)
        try writer.write("campaigns", campaigns)
        return writer.wire
    }
}

/// What miles a campaign issues: `fixed`, or `min` and `max`.
public struct MileRule: NetmileRecord {
    /// Every issue has so many.
    public var fixed: Int64?
    /// At least so many.
    public var min: Int64?
    /// At most so many.
    public var max: Int64?

    public init(fixed: Int64? = nil, min: Int64? = nil, max: Int64? = nil) {
        self.fixed = fixed
        self.min = min
        self.max = max
    }

    public var shownFields: [(label: String, value: Any)] {
        [("fixed", fixed as Any), ("min", min as Any), ("max", max as Any)]
    }
}

extension MileRule: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.fixed = try reader.readIfPresent("fixed")
        self.min = try reader.readIfPresent("min")
        self.max = try reader.readIfPresent("max")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("fixed", fixed)
        try writer.write("min", min)
        try writer.write("max", max)
        return writer.wire
    }
}

/// A mile-get tag to make. With `tran_id` and `expires_at_ms` it is signed by the client's site, which must be the one
/// it is for.
public struct TagRequest: NetmileRecord {
    /// Site (加盟サイトID).
    public var siteId: String
    /// Campaign.
    public var campaignId: String
    /// What the campaign issues.
    public var rule: MileRule
    /// Miles; for a variable campaign only.
    public var miles: Int64?
    /// The shop's key of what is rewarded (指定キー). May be personal.
    public var designatedKey: String?
    /// The shop's own id, of a signed tag.
    public var tranId: String?
    /// Until when a signed tag can be used.
    public var expiresAt: Date?
    /// Where it leads, such as `https://mile.example`; NetMile's own page when not given.
    public var origin: String?

    public init(
        siteId: String,
        campaignId: String,
        rule: MileRule,
        miles: Int64? = nil,
        designatedKey: String? = nil,
        tranId: String? = nil,
        expiresAt: Date? = nil,
        origin: String? = nil
    ) {
        self.siteId = siteId
        self.campaignId = campaignId
        self.rule = rule
        self.miles = miles
        self.designatedKey = designatedKey
        self.tranId = tranId
        self.expiresAt = expiresAt
        self.origin = origin
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("siteId", siteId),
            ("campaignId", campaignId),
            ("rule", rule),
            ("miles", miles as Any),
            ("tranId", tranId as Any),
            ("expiresAt", expiresAt as Any),
        ]
    }
}

extension TagRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.siteId = try reader.read("site_id")
        self.campaignId = try reader.read("campaign_id")
        self.rule = try reader.read("rule")
        self.miles = try reader.readIfPresent("miles")
        self.designatedKey = try reader.readIfPresent("designated_key")
        self.tranId = try reader.readIfPresent("tran_id")
        self.expiresAt = try reader.readIfPresent("expires_at_ms")
        self.origin = try reader.readIfPresent("origin")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("site_id", siteId)
        try writer.write("campaign_id", campaignId)
        try writer.write("rule", rule)
        try writer.write("miles", miles)
        try writer.write("designated_key", designatedKey)
        try writer.write("tran_id", tranId)
        try writer.write("expires_at_ms", expiresAt)
        try writer.write("origin", origin)
        return writer.wire
    }
}

/// A mile-get tag.
public struct TagText: NetmileRecord {
    /// Whether it is signed.
    public let signed: Bool
    /// The link. Holds the designated key.
    public let url: String
    /// The link as HTML.
    public let html: String

    public init(signed: Bool, url: String, html: String) {
        self.signed = signed
        self.url = url
        self.html = html
    }

    public var shownFields: [(label: String, value: Any)] {
        [("signed", signed)]
    }
}

extension TagText: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.signed = try reader.read("signed")
        self.url = try reader.read("url")
        self.html = try reader.read("html")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("signed", signed)
        try writer.write("url", url)
        try writer.write("html", html)
        return writer.wire
    }
}

/// A tag or link to check.
package struct TagCheck: NetmileRecord {
    /// Link or HTML. Holds the designated key.
    package var tag: String
    /// Whether it must be signed by the client's site.
    package var signed: Bool
    /// Now, for tests; the machine's clock when not given.
    package var at: Date?

    package init(tag: String, signed: Bool = false, at: Date? = nil) {
        self.tag = tag
        self.signed = signed
        self.at = at
    }

    package var shownFields: [(label: String, value: Any)] {
        [("signed", signed), ("at", at as Any)]
    }
}

extension TagCheck: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.tag = try reader.read("tag")
        self.signed = try reader.read("signed", or: false)
        self.at = try reader.readIfPresent("at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("tag", tag)
        try writer.write("signed", signed)
        try writer.write("at_ms", at)
        return writer.wire
    }
}

/// What a tag says.
public struct TagContents: NetmileRecord {
    /// Site.
    public let siteId: String
    /// Campaign.
    public let campaignId: String
    /// The key. May be personal.
    public let designatedKey: String?
    /// Miles.
    public let miles: Int64?
    /// Whether it is signed. A published tag proves nothing.
    public let signed: Bool
    /// The shop's own id.
    public let tranId: String?
    /// Until when it can be used.
    public let expiresAt: Date?

    public init(
        siteId: String,
        campaignId: String,
        signed: Bool,
        designatedKey: String? = nil,
        miles: Int64? = nil,
        tranId: String? = nil,
        expiresAt: Date? = nil
    ) {
        self.siteId = siteId
        self.campaignId = campaignId
        self.designatedKey = designatedKey
        self.miles = miles
        self.signed = signed
        self.tranId = tranId
        self.expiresAt = expiresAt
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("siteId", siteId),
            ("campaignId", campaignId),
            ("miles", miles as Any),
            ("signed", signed),
            ("tranId", tranId as Any),
            ("expiresAt", expiresAt as Any),
        ]
    }
}

extension TagContents: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.siteId = try reader.read("site_id")
        self.campaignId = try reader.read("campaign_id")
        self.designatedKey = try reader.readIfPresent("designated_key")
        self.miles = try reader.readIfPresent("miles")
        self.signed = try reader.read("signed")
        self.tranId = try reader.readIfPresent("tran_id")
        self.expiresAt = try reader.readIfPresent("expires_at_ms")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("site_id", siteId)
        try writer.write("campaign_id", campaignId)
        try writer.write("designated_key", designatedKey)
        try writer.write("miles", miles)
        try writer.write("signed", signed)
        try writer.write("tran_id", tranId)
        try writer.write("expires_at_ms", expiresAt)
        return writer.wire
    }
}

/// A file to check. Exactly one of `file` and `path` is given.
public struct FileCheckRequest: NetmileRecord {
    /// `mail`, `mobile_mail`, `user_id` or `exchange`.
    public var kind: String
    /// The bytes, at most 3 MB. Personal.
    public var file: Data?
    /// A file on this machine, of any size.
    public var path: String?
    /// What the campaign issues.
    public var rule: MileRule?
    /// Whether more rows than one upload may have are allowed.
    public var anySize: Bool
    /// Which mail domains are those of mobile carriers, instead of the known ones.
    public var carrierDomains: [String]?

    public init(
        kind: String,
        file: Data? = nil,
        path: String? = nil,
        rule: MileRule? = nil,
        anySize: Bool = false,
        carrierDomains: [String]? = nil
    ) {
        self.kind = kind
        self.file = file
        self.path = path
        self.rule = rule
        self.anySize = anySize
        self.carrierDomains = carrierDomains
    }

    public var shownFields: [(label: String, value: Any)] {
        [("kind", kind), ("path", path as Any)]
    }
}

extension FileCheckRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.kind = try reader.read("kind")
        self.file = try reader.readIfPresent("file")
        self.path = try reader.readIfPresent("path")
        self.rule = try reader.readIfPresent("rule")
        self.anySize = try reader.read("any_size", or: false)
        self.carrierDomains = try reader.readIfPresent("carrier_domains")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("kind", kind)
        try writer.write("file", file)
        try writer.write("path", path)
        try writer.write("rule", rule)
        try writer.write("any_size", anySize)
        try writer.write("carrier_domains", carrierDomains)
        return writer.wire
    }
}

/// What is wrong in a place of a file.
public struct FileFaultEntry: NetmileRecord {
    /// Line, from 1.
    public let line: Int64
    /// Column, from 1.
    public let column: Int64?
    /// Which field.
    public let field: String?
    /// NetMile's code for it, if it has one.
    public let code: String?
    /// What, in the client's language. Never the value.
    public let text: String

    public init(line: Int64, text: String, column: Int64? = nil, field: String? = nil, code: String? = nil) {
        self.line = line
        self.column = column
        self.field = field
        self.code = code
        self.text = text
    }

    public var shownFields: [(label: String, value: Any)] {
        [("line", line), ("column", column as Any), ("field", field as Any), ("code", code as Any)]
    }
}

extension FileFaultEntry: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.line = try reader.read("line")
        self.column = try reader.readIfPresent("column")
        self.field = try reader.readIfPresent("field")
        self.code = try reader.readIfPresent("code")
        self.text = try reader.read("text")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("line", line)
        try writer.write("column", column)
        try writer.write("field", field)
        try writer.write("code", code)
        try writer.write("text", text)
        return writer.wire
    }
}

/// What a check found.
public struct FileCheckReport: NetmileRecord {
    /// Whether it can be uploaded as it is.
    public let clean: Bool
    /// Data rows.
    public let rows: Int64
    /// Of which faulty.
    public let faultyRows: Int64
    /// How many faults.
    public let faults: Int64
    /// Miles of the good rows.
    public let miles: Int64
    /// Whether it begins with a header.
    public let hasHeader: Bool
    /// The first 1000 faults.
    public let found: [FileFaultEntry]

    public init(
        clean: Bool,
        rows: Int64,
        faultyRows: Int64,
        faults: Int64,
        miles: Int64,
        hasHeader: Bool,
        found: [FileFaultEntry]
    ) {
        self.clean = clean
        self.rows = rows
        self.faultyRows = faultyRows
        self.faults = faults
        self.miles = miles
        self.hasHeader = hasHeader
        self.found = found
    }

    public var shownFields: [(label: String, value: Any)] {
        [("clean", clean), ("rows", rows), ("faultyRows", faultyRows), ("faults", faults), ("miles", miles)]
    }
}

extension FileCheckReport: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.clean = try reader.read("clean")
        self.rows = try reader.read("rows")
        self.faultyRows = try reader.read("faulty_rows")
        self.faults = try reader.read("faults")
        self.miles = try reader.read("miles")
        self.hasHeader = try reader.read("has_header")
        self.found = try reader.read("found")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("clean", clean)
        try writer.write("rows", rows)
        try writer.write("faulty_rows", faultyRows)
        try writer.write("faults", faults)
        try writer.write("miles", miles)
        try writer.write("has_header", hasHeader)
        try writer.write("found", found)
        return writer.wire
    }
}

/// Miles for a file of any size, under one batch id. Called again with the same, also after a crash, it goes on.
public struct BatchIssueRequest: NetmileRecord {
    /// The shop's own id, at most 40 characters.
    public var batchId: String
    /// Campaign.
    public var campaignId: String
    /// `mail`, `mobile_mail`, `user_id` or `exchange`.
    public var kind: String
    /// The file on this machine.
    public var path: String
    /// Where faulty rows are written, with all their faults. Personal.
    public var faultsPath: String
    /// Where refused rows are written, with their codes. Personal.
    public var refusedPath: String
    /// Settings of the issues.
    public var settings: IssueSettings?
    /// What the campaign issues; with it rows are checked against it.
    public var rule: MileRule?
    /// Name under which NetMile shows it.
    public var fileName: String?
    /// Whom NetMile mails when an upload is processed. Personal.
    public var notify: String?
    /// Rows of one upload, 1 to 10000.
    public var rowsPerUpload: Int64?
    /// Issue the good rows although there are faulty ones.
    public var leaveOutFaulty: Bool
    /// Which mail domains are those of mobile carriers, instead of the known ones.
    public var carrierDomains: [String]?

    public init(
        batchId: String,
        campaignId: String,
        kind: String,
        path: String,
        faultsPath: String,
        refusedPath: String,
        settings: IssueSettings? = nil,
        rule: MileRule? = nil,
        fileName: String? = nil,
        notify: String? = nil,
        rowsPerUpload: Int64? = nil,
        leaveOutFaulty: Bool = false,
        carrierDomains: [String]? = nil
    ) {
        self.batchId = batchId
        self.campaignId = campaignId
        self.kind = kind
        self.path = path
        self.faultsPath = faultsPath
        self.refusedPath = refusedPath
        self.settings = settings
        self.rule = rule
        self.fileName = fileName
        self.notify = notify
        self.rowsPerUpload = rowsPerUpload
        self.leaveOutFaulty = leaveOutFaulty
        self.carrierDomains = carrierDomains
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("batchId", batchId),
            ("campaignId", campaignId),
            ("kind", kind),
            ("path", path),
            ("leaveOutFaulty", leaveOutFaulty),
        ]
    }
}

extension BatchIssueRequest: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.batchId = try reader.read("batch_id")
        self.campaignId = try reader.read("campaign_id")
        self.kind = try reader.read("kind")
        self.path = try reader.read("path")
        self.faultsPath = try reader.read("faults_path")
        self.refusedPath = try reader.read("refused_path")
        self.settings = try reader.readIfPresent("settings")
        self.rule = try reader.readIfPresent("rule")
        self.fileName = try reader.readIfPresent("file_name")
        self.notify = try reader.readIfPresent("notify")
        self.rowsPerUpload = try reader.readIfPresent("rows_per_upload")
        self.leaveOutFaulty = try reader.read("leave_out_faulty", or: false)
        self.carrierDomains = try reader.readIfPresent("carrier_domains")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("batch_id", batchId)
        try writer.write("campaign_id", campaignId)
        try writer.write("kind", kind)
        try writer.write("path", path)
        try writer.write("faults_path", faultsPath)
        try writer.write("refused_path", refusedPath)
        try writer.write("settings", settings)
        try writer.write("rule", rule)
        try writer.write("file_name", fileName)
        try writer.write("notify", notify)
        try writer.write("rows_per_upload", rowsPerUpload)
        try writer.write("leave_out_faulty", leaveOutFaulty)
        try writer.write("carrier_domains", carrierDomains)
        return writer.wire
    }
}

/// What became of a file.
public struct BatchIssueReport: NetmileRecord {
    /// `done`, `waiting` (call again), `refused` or `needs_review`.
    public let state: String
    /// Rows to issue.
    public let rows: Int64
    /// Their miles.
    public let miles: Int64
    /// Faulty rows that were left out.
    public let leftOut: Int64
    /// Uploads that NetMile has.
    public let uploads: Int64
    /// Rows issued.
    public let issued: Int64
    /// Their miles.
    public let milesIssued: Int64
    /// Rows refused.
    public let refused: Int64
    /// Their miles.
    public let milesRefused: Int64
    /// Rows of which nothing is known yet.
    public let unknown: Int64
    /// Their miles.
    public let milesUnknown: Int64
    /// Refused rows by code.
    public let breakdown: [CodeTally]
    /// Why NetMile refused an upload as a whole.
    public let rejection: Refusal?
    /// Whether rows in are issued + refused, and the miles likewise.
    public let addsUp: Bool

    public init(
        state: String,
        rows: Int64,
        miles: Int64,
        leftOut: Int64,
        uploads: Int64,
        issued: Int64,
        milesIssued: Int64,
        refused: Int64,
        milesRefused: Int64,
        unknown: Int64,
        milesUnknown: Int64,
        breakdown: [CodeTally],
        addsUp: Bool,
        rejection: Refusal? = nil
    ) {
        self.state = state
        self.rows = rows
        self.miles = miles
        self.leftOut = leftOut
        self.uploads = uploads
        self.issued = issued
        self.milesIssued = milesIssued
        self.refused = refused
        self.milesRefused = milesRefused
        self.unknown = unknown
        self.milesUnknown = milesUnknown
        self.breakdown = breakdown
        self.rejection = rejection
        self.addsUp = addsUp
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("state", state),
            ("rows", rows),
            ("miles", miles),
            ("issued", issued),
            ("milesIssued", milesIssued),
            ("refused", refused),
            ("milesRefused", milesRefused),
            ("unknown", unknown),
            ("addsUp", addsUp),
        ]
    }
}

extension BatchIssueReport: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.state = try reader.read("state")
        self.rows = try reader.read("rows")
        self.miles = try reader.read("miles")
        self.leftOut = try reader.read("left_out")
        self.uploads = try reader.read("uploads")
        self.issued = try reader.read("issued")
        self.milesIssued = try reader.read("miles_issued")
        self.refused = try reader.read("refused")
        self.milesRefused = try reader.read("miles_refused")
        self.unknown = try reader.read("unknown")
        self.milesUnknown = try reader.read("miles_unknown")
        self.breakdown = try reader.read("breakdown")
        self.rejection = try reader.readIfPresent("rejection")
        self.addsUp = try reader.read("adds_up")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("state", state)
        try writer.write("rows", rows)
        try writer.write("miles", miles)
        try writer.write("left_out", leftOut)
        try writer.write("uploads", uploads)
        try writer.write("issued", issued)
        try writer.write("miles_issued", milesIssued)
        try writer.write("refused", refused)
        try writer.write("miles_refused", milesRefused)
        try writer.write("unknown", unknown)
        try writer.write("miles_unknown", milesUnknown)
        try writer.write("breakdown", breakdown)
        try writer.write("rejection", rejection)
        try writer.write("adds_up", addsUp)
        return writer.wire
    }
}

/// Names a batch.
package struct BatchId: NetmileRecord {
    /// The shop's own id.
    package var batchId: String

    package init(batchId: String) {
        self.batchId = batchId
    }

    package var shownFields: [(label: String, value: Any)] {
        [("batchId", batchId)]
    }
}

extension BatchId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.batchId = try reader.read("batch_id")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("batch_id", batchId)
        return writer.wire
    }
}

/// How far a batch is that runs in this process.
public struct BatchProgressReport: NetmileRecord {
    /// Whether it was started in this process.
    public let known: Bool
    /// `checking` or `issuing`.
    public let stage: String?
    /// Bytes read in this stage.
    public let bytes: Int64
    /// Bytes of the file.
    public let bytesTotal: Int64?
    /// Good rows found.
    public let rows: Int64
    /// Rows that NetMile has.
    public let uploaded: Int64
    /// Rows whose outcome is known.
    public let finished: Int64
    /// Of which refused.
    public let refused: Int64

    public init(
        known: Bool,
        bytes: Int64,
        rows: Int64,
        uploaded: Int64,
        finished: Int64,
        refused: Int64,
        stage: String? = nil,
        bytesTotal: Int64? = nil
    ) {
        self.known = known
        self.stage = stage
        self.bytes = bytes
        self.bytesTotal = bytesTotal
        self.rows = rows
        self.uploaded = uploaded
        self.finished = finished
        self.refused = refused
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("known", known),
            ("stage", stage as Any),
            ("bytes", bytes),
            ("bytesTotal", bytesTotal as Any),
            ("rows", rows),
            ("uploaded", uploaded),
            ("finished", finished),
            ("refused", refused),
        ]
    }
}

extension BatchProgressReport: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.known = try reader.read("known")
        self.stage = try reader.readIfPresent("stage")
        self.bytes = try reader.read("bytes")
        self.bytesTotal = try reader.readIfPresent("bytes_total")
        self.rows = try reader.read("rows")
        self.uploaded = try reader.read("uploaded")
        self.finished = try reader.read("finished")
        self.refused = try reader.read("refused")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("known", known)
        try writer.write("stage", stage)
        try writer.write("bytes", bytes)
        try writer.write("bytes_total", bytesTotal)
        try writer.write("rows", rows)
        try writer.write("uploaded", uploaded)
        try writer.write("finished", finished)
        try writer.write("refused", refused)
        return writer.wire
    }
}

/// A batch as the journal knows it.
public struct BatchState: NetmileRecord {
    /// The shop's own id.
    public let batchId: String
    /// Site.
    public let siteId: String
    /// SHA-256 of the file.
    public let fileSha256: String
    /// Rows to issue.
    public let rows: Int64
    /// Their miles.
    public let miles: Int64
    /// Faulty rows that were left out.
    public let leftOut: Int64
    /// `running`, `done` or `needs_review`.
    public let phase: String

    public init(
        batchId: String,
        siteId: String,
        fileSha256: String,
        rows: Int64,
        miles: Int64,
        leftOut: Int64,
        phase: String
    ) {
        self.batchId = batchId
        self.siteId = siteId
        self.fileSha256 = fileSha256
        self.rows = rows
        self.miles = miles
        self.leftOut = leftOut
        self.phase = phase
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("batchId", batchId),
            ("siteId", siteId),
            ("rows", rows),
            ("miles", miles),
            ("leftOut", leftOut),
            ("phase", phase),
        ]
    }
}

extension BatchState: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.batchId = try reader.read("batch_id")
        self.siteId = try reader.read("site_id")
        self.fileSha256 = try reader.read("file_sha256")
        self.rows = try reader.read("rows")
        self.miles = try reader.read("miles")
        self.leftOut = try reader.read("left_out")
        self.phase = try reader.read("phase")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("batch_id", batchId)
        try writer.write("site_id", siteId)
        try writer.write("file_sha256", fileSha256)
        try writer.write("rows", rows)
        try writer.write("miles", miles)
        try writer.write("left_out", leftOut)
        try writer.write("phase", phase)
        return writer.wire
    }
}

/// Which uploads of a batch.
package struct UploadQuery: NetmileRecord {
    /// The shop's own id.
    package var batchId: String
    /// From the upload whose first row is this; 1 for the first.
    package var firstRow: Int64
    /// At most so many, 1 to 1000.
    package var limit: Int64

    package init(batchId: String, firstRow: Int64, limit: Int64) {
        self.batchId = batchId
        self.firstRow = firstRow
        self.limit = limit
    }

    package var shownFields: [(label: String, value: Any)] {
        [("batchId", batchId), ("firstRow", firstRow), ("limit", limit)]
    }
}

extension UploadQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.batchId = try reader.read("batch_id")
        self.firstRow = try reader.read("first_row")
        self.limit = try reader.read("limit")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("batch_id", batchId)
        try writer.write("first_row", firstRow)
        try writer.write("limit", limit)
        return writer.wire
    }
}

/// Names an upload.
package struct UploadId: NetmileRecord {
    /// The shop's own id of the batch.
    package var batchId: String
    /// Its first row.
    package var firstRow: Int64

    package init(batchId: String, firstRow: Int64) {
        self.batchId = batchId
        self.firstRow = firstRow
    }

    package var shownFields: [(label: String, value: Any)] {
        [("batchId", batchId), ("firstRow", firstRow)]
    }
}

extension UploadId: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.batchId = try reader.read("batch_id")
        self.firstRow = try reader.read("first_row")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("batch_id", batchId)
        try writer.write("first_row", firstRow)
        return writer.wire
    }
}

/// Names an upload of any site of the client.
public struct UploadRef: NetmileRecord {
    /// Site.
    public var siteId: String
    /// The shop's own id of the batch.
    public var batchId: String
    /// Its first row.
    public var firstRow: Int64

    public init(siteId: String, batchId: String, firstRow: Int64) {
        self.siteId = siteId
        self.batchId = batchId
        self.firstRow = firstRow
    }

    public var shownFields: [(label: String, value: Any)] {
        [("siteId", siteId), ("batchId", batchId), ("firstRow", firstRow)]
    }
}

extension UploadRef: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.siteId = try reader.read("site_id")
        self.batchId = try reader.read("batch_id")
        self.firstRow = try reader.read("first_row")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("site_id", siteId)
        try writer.write("batch_id", batchId)
        try writer.write("first_row", firstRow)
        return writer.wire
    }
}

/// Which open uploads.
package struct OpenUploadQuery: NetmileRecord {
    /// After this one: the last one of the previous page.
    package var after: UploadRef?
    /// At most so many, 1 to 1000.
    package var limit: Int64

    package init(limit: Int64, after: UploadRef? = nil) {
        self.after = after
        self.limit = limit
    }

    package var shownFields: [(label: String, value: Any)] {
        [("after", after as Any), ("limit", limit)]
    }
}

extension OpenUploadQuery: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.after = try reader.readIfPresent("after")
        self.limit = try reader.read("limit")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("after", after)
        try writer.write("limit", limit)
        return writer.wire
    }
}

/// One upload of a batch.
public struct Upload: NetmileRecord {
    /// Site.
    public let siteId: String
    /// The shop's own id of the batch.
    public let batchId: String
    /// Its first row.
    public let firstRow: Int64
    /// Its rows.
    public let rows: Int64
    /// Their miles.
    public let miles: Int64
    /// `sending`, `accepted`, `finished`, `refused` or `needs_review`.
    public let phase: String
    /// NetMile's id.
    public let registrationId: String?
    /// Refused rows.
    public let refused: Int64
    /// Miles issued.
    public let milesIssued: Int64
    /// Miles refused.
    public let milesRefused: Int64
    /// Refused rows by code.
    public let breakdown: [CodeTally]
    /// Why it was refused as a whole.
    public let rejection: Refusal?
    /// Why a person must look: `unanswered`, `refused`, `sums_differ`, `two_ids` or `list_differs`.
    public let review: String?

    public init(
        siteId: String,
        batchId: String,
        firstRow: Int64,
        rows: Int64,
        miles: Int64,
        phase: String,
        refused: Int64,
        milesIssued: Int64,
        milesRefused: Int64,
        breakdown: [CodeTally],
        registrationId: String? = nil,
        rejection: Refusal? = nil,
        review: String? = nil
    ) {
        self.siteId = siteId
        self.batchId = batchId
        self.firstRow = firstRow
        self.rows = rows
        self.miles = miles
        self.phase = phase
        self.registrationId = registrationId
        self.refused = refused
        self.milesIssued = milesIssued
        self.milesRefused = milesRefused
        self.breakdown = breakdown
        self.rejection = rejection
        self.review = review
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("siteId", siteId),
            ("batchId", batchId),
            ("firstRow", firstRow),
            ("rows", rows),
            ("miles", miles),
            ("phase", phase),
            ("registrationId", registrationId as Any),
            ("refused", refused),
            ("milesIssued", milesIssued),
            ("milesRefused", milesRefused),
            ("review", review as Any),
        ]
    }
}

extension Upload: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.siteId = try reader.read("site_id")
        self.batchId = try reader.read("batch_id")
        self.firstRow = try reader.read("first_row")
        self.rows = try reader.read("rows")
        self.miles = try reader.read("miles")
        self.phase = try reader.read("phase")
        self.registrationId = try reader.readIfPresent("registration_id")
        self.refused = try reader.read("refused")
        self.milesIssued = try reader.read("miles_issued")
        self.milesRefused = try reader.read("miles_refused")
        self.breakdown = try reader.read("breakdown")
        self.rejection = try reader.readIfPresent("rejection")
        self.review = try reader.readIfPresent("review")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("site_id", siteId)
        try writer.write("batch_id", batchId)
        try writer.write("first_row", firstRow)
        try writer.write("rows", rows)
        try writer.write("miles", miles)
        try writer.write("phase", phase)
        try writer.write("registration_id", registrationId)
        try writer.write("refused", refused)
        try writer.write("miles_issued", milesIssued)
        try writer.write("miles_refused", milesRefused)
        try writer.write("breakdown", breakdown)
        try writer.write("rejection", rejection)
        try writer.write("review", review)
        return writer.wire
    }
}

/// Uploads.
public struct Uploads: NetmileRecord {
    /// In the order of site, batch and rows.
    public let uploads: [Upload]

    public init(uploads: [Upload]) {
        self.uploads = uploads
    }

    public var shownFields: [(label: String, value: Any)] {
        [("uploads", uploads)]
    }
}

extension Uploads: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.uploads = try reader.read("uploads")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("uploads", uploads)
        return writer.wire
    }
}

/// What a person found out about an upload under review: it is not there, or what was counted.
public struct UploadReview: NetmileRecord {
    /// The shop's own id.
    public var batchId: String
    /// Its first row.
    public var firstRow: Int64
    /// `not_there` or `counted`.
    public var verdict: String
    /// Refused rows, when counted.
    public var refused: Int64?
    /// Miles refused, when counted.
    public var milesRefused: Int64?

    public init(batchId: String, firstRow: Int64, verdict: String, refused: Int64? = nil, milesRefused: Int64? = nil) {
        self.batchId = batchId
        self.firstRow = firstRow
        self.verdict = verdict
        self.refused = refused
        self.milesRefused = milesRefused
    }

    public var shownFields: [(label: String, value: Any)] {
        [
            ("batchId", batchId),
            ("firstRow", firstRow),
            ("verdict", verdict),
            ("refused", refused as Any),
            ("milesRefused", milesRefused as Any),
        ]
    }
}

extension UploadReview: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        self.batchId = try reader.read("batch_id")
        self.firstRow = try reader.read("first_row")
        self.verdict = try reader.read("verdict")
        self.refused = try reader.readIfPresent("refused")
        self.milesRefused = try reader.readIfPresent("miles_refused")
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("batch_id", batchId)
        try writer.write("first_row", firstRow)
        try writer.write("verdict", verdict)
        try writer.write("refused", refused)
        try writer.write("miles_refused", milesRefused)
        return writer.wire
    }
}
