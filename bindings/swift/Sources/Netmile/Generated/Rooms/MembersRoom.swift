// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// NetMile members.
public struct MembersRoom: Sendable {
    let calls: Calls

    /// Whether a mail address or user id is a member's; from then on this site may issue to it.
    public func verify(mail: String? = nil, userId: String? = nil) async throws -> MembershipAnswer {
        try await calls.invoke("member.verify", MemberQuery(mail: mail, userId: userId))
    }

    /// A member that this site has authenticated.
    public func info(_ userId: String) async throws -> MemberInfo {
        try await calls.invoke("member.info", MemberId(userId: userId))
    }

    /// What a member has that this site has authenticated.
    public func passbook(_ userId: String) async throws -> PassbookAnswer {
        try await calls.invoke("member.passbook", MemberId(userId: userId))
    }
}

/// NetMile members. On the calling thread.
public struct BlockingMembersRoom: Sendable {
    let calls: BlockingCalls

    /// Whether a mail address or user id is a member's; from then on this site may issue to it.
    @available(*, noasync)
    public func verify(mail: String? = nil, userId: String? = nil) throws -> MembershipAnswer {
        try calls.invoke("member.verify", MemberQuery(mail: mail, userId: userId))
    }

    /// A member that this site has authenticated.
    @available(*, noasync)
    public func info(_ userId: String) throws -> MemberInfo {
        try calls.invoke("member.info", MemberId(userId: userId))
    }

    /// What a member has that this site has authenticated.
    @available(*, noasync)
    public func passbook(_ userId: String) throws -> PassbookAnswer {
        try calls.invoke("member.passbook", MemberId(userId: userId))
    }
}
