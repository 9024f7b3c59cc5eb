import Foundation
import NetmileGenerated
import NetmileVersion

/// Refuses a library that does not belong to this package.
package enum LibraryVersion {
    /// Asks by the C face: the generated code would end the process where this can throw.
    package static func check(
        abiVersion: UInt32 = Manifest.abiVersion,
        version: String = Manifest.libraryVersion
    ) throws {
        let found = (abi: self.abiVersion, version: self.version)
        guard found.abi == abiVersion, found.version == version else {
            throw NetmileError.versionMismatch(
                found: "interface \(found.abi) and version \(found.version)",
                needed: "interface \(abiVersion) and version \(version)"
            )
        }
    }

    /// The version of the library's operations and records.
    package static var abiVersion: UInt32 {
        netmile_abi_version()
    }

    /// The version of the library.
    package static var version: String {
        guard let text = netmile_version() else { return "" }
        return String(cString: text)
    }
}

/// The library's client. The only place, with ``NativeRun``, that touches generated code.
package final class Native: Sendable {
    private let client: NetmileClient

    package convenience init(config: String) throws {
        try LibraryVersion.check()
        try checkSize(config)
        self.init(try translated { try NetmileClient(config: config) })
    }

    private init(_ client: NetmileClient) {
        self.client = client
    }

    package func forContract(merchantId: String, serviceId: String) throws -> Native {
        Native(try translated { try client.forContract(merchantId: merchantId, serviceId: serviceId) })
    }

    package func forSite(siteId: String) throws -> Native {
        Native(try translated { try client.forSite(siteId: siteId) })
    }

    package func invoke(_ operation: String, _ request: String) throws -> String {
        try checkSize(request)
        return try translated { try client.invoke(operation: operation, request: request) }
    }

    package func invokeAwaited(_ operation: String, _ request: String) async throws -> String {
        try checkSize(request)
        do {
            return try await client.invokeAsync(operation: operation, request: request)
        } catch {
            throw translate(error)
        }
    }

    package func start(_ operation: String, _ request: String) throws -> NativeRun {
        try checkSize(request)
        return NativeRun(client.start(operation: operation, request: request))
    }
}

/// The library's run: an operation whose HTTP requests the caller sends itself.
package final class NativeRun: Sendable {
    private let run: NetmileRun

    fileprivate init(_ run: NetmileRun) {
        self.run = run
    }

    package func step(_ input: String?) throws -> String {
        try translated { try run.step(input: input) }
    }

    package func stepAwaited(_ input: String?) async throws -> String {
        do {
            return try await run.stepAsync(input: input)
        } catch {
            throw translate(error)
        }
    }
}

/// The generated code counts bytes in 32 bits, and ends the process beyond them.
private func checkSize(_ text: String) throws {
    guard text.utf8.count <= 1 << 30 else { throw NetmileError.tooLarge }
}

private func translated<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch {
        throw translate(error)
    }
}

private func translate(_ error: any Error) -> NetmileError {
    guard let failure = error as? NetmileFailure else { return .panicked }
    switch failure {
    case .Failed(let code, let field, let detail, let hintEn, let hintJa, let retryable):
        return NetmileError(
            code: code,
            detail: detail,
            field: field,
            hint: hintEn,
            hintJa: hintJa,
            retryable: retryable
        )
    }
}
