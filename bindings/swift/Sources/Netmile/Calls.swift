import Foundation

/// How awaited calls reach the library.
package struct Calls: Sendable {
    package let native: Native
    package let transport: (any Transport)?

    package init(native: Native, transport: (any Transport)?) {
        self.native = native
        self.transport = transport
    }

    /// Runs one operation. A task that is cancelled before sends nothing; one that is cancelled later does not stop
    /// what runs in the library, and gets what became of it.
    func invoke<Request: Wire & Sendable, Answer: Wire & Sendable>(
        _ operation: String,
        _ request: Request
    ) async throws -> Answer {
        try answer(try await invoke(operation, json: try written(request)))
    }

    private func invoke(_ operation: String, json: String) async throws -> JSONValue {
        try Task.checkCancellation()
        guard let transport else { return try read(try await native.invokeAwaited(operation, json)) }
        let run = try native.start(operation, json)
        var step = try Step(try await run.stepAwaited(nil))
        while true {
            switch step {
            case .send(let request):
                let became = await sent(request, by: transport)
                step = try Step(try await run.stepAwaited(became.input))
            case .done(let answer):
                return answer
            }
        }
    }
}

/// How blocking calls reach the library.
package struct BlockingCalls: Sendable {
    package let native: Native
    package let transport: (any BlockingTransport)?

    package init(native: Native, transport: (any BlockingTransport)?) {
        self.native = native
        self.transport = transport
    }

    /// Runs one operation.
    func invoke<Request: Wire, Answer: Wire>(_ operation: String, _ request: Request) throws -> Answer {
        try answer(try invoke(operation, json: try written(request)))
    }

    private func invoke(_ operation: String, json: String) throws -> JSONValue {
        guard let transport else { return try read(try native.invoke(operation, json)) }
        let run = try native.start(operation, json)
        var step = try Step(try run.step(nil))
        while true {
            switch step {
            case .send(let request):
                let became = sent(request, by: transport)
                step = try Step(try run.step(became.input))
            case .done(let answer):
                return answer
            }
        }
    }
}

/// Longer than any notice that the library reads to its end.
private let maxReceived = 2 * 1024 * 1024

/// What a stranger sent, or so much of it that the library still answers that it is too large: a notice is answered,
/// however long it is.
func received(_ body: Data) -> Data {
    body.count <= maxReceived ? body : Data(body.prefix(maxReceived))
}

private func written<Request: Wire>(_ request: Request) throws -> String {
    do {
        return try request.toWire().text()
    } catch {
        throw NetmileError.unusableArgument
    }
}

private func read(_ text: String) throws -> JSONValue {
    do {
        return try JSONValue(text: text)
    } catch {
        throw NetmileError.unreadableAnswer
    }
}

private func answer<Answer: Wire>(_ json: JSONValue) throws -> Answer {
    do {
        return try Answer(wire: json)
    } catch {
        throw NetmileError.unreadableAnswer
    }
}
