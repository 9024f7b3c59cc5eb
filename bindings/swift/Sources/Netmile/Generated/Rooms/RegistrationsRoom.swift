// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Customer payment data at the gateway.
public struct RegistrationsRoom: Sendable {
    let calls: Calls

    /// Signs a registration or update of payment data.
    public func register(_ request: RegistrationRequest) async throws -> SignedForm {
        try await calls.invoke("registration.register", request)
    }

    /// Signs a deletion of payment data.
    public func delete(_ request: RegistrationRequest) async throws -> SignedForm {
        try await calls.invoke("registration.delete", request)
    }

    /// Verifies a registration notice.
    public func notice(_ body: Data, contentType: String? = nil) async throws -> RegistrationResult {
        try await calls.invoke("registration.notice", Received(body: received(body), contentType: contentType))
    }

    /// Verifies the browser's return from a registration.
    public func returned(_ body: Data, contentType: String? = nil) async throws -> RegistrationResult {
        try await calls.invoke("registration.returned", Received(body: received(body), contentType: contentType))
    }

    /// Verifies the result of a registration and that it answers what was asked. Only then may its values be used.
    public func check(_ request: RegistrationCheck) async throws -> RegistrationResult {
        try await calls.invoke("registration.check", request)
    }
}

/// Customer payment data at the gateway. On the calling thread.
public struct BlockingRegistrationsRoom: Sendable {
    let calls: BlockingCalls

    /// Signs a registration or update of payment data.
    @available(*, noasync)
    public func register(_ request: RegistrationRequest) throws -> SignedForm {
        try calls.invoke("registration.register", request)
    }

    /// Signs a deletion of payment data.
    @available(*, noasync)
    public func delete(_ request: RegistrationRequest) throws -> SignedForm {
        try calls.invoke("registration.delete", request)
    }

    /// Verifies a registration notice.
    @available(*, noasync)
    public func notice(_ body: Data, contentType: String? = nil) throws -> RegistrationResult {
        try calls.invoke("registration.notice", Received(body: received(body), contentType: contentType))
    }

    /// Verifies the browser's return from a registration.
    @available(*, noasync)
    public func returned(_ body: Data, contentType: String? = nil) throws -> RegistrationResult {
        try calls.invoke("registration.returned", Received(body: received(body), contentType: contentType))
    }

    /// Verifies the result of a registration and that it answers what was asked. Only then may its values be used.
    @available(*, noasync)
    public func check(_ request: RegistrationCheck) throws -> RegistrationResult {
        try calls.invoke("registration.check", request)
    }
}
