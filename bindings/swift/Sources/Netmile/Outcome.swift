/// What became of something that moves money or miles.
///
/// `unknown` is a value and no error: the shop goes on, repeats nothing by hand, and `client.resolve()` finds out.
public enum Outcome<Value: Hashable & Sendable>: Hashable, Sendable {
    /// It happened.
    case done(Value)
    /// It was refused; nothing moved.
    case rejected(Refusal)
    /// It may have happened. The journal knows of it.
    case unknown(OpenTicket)

    /// Whether it happened.
    public var isDone: Bool {
        if case .done = self { return true }
        return false
    }

    /// Whether it was refused; nothing moved.
    public var isRejected: Bool {
        if case .rejected = self { return true }
        return false
    }

    /// Whether it may have happened: it is found out later, and must not be repeated by hand.
    public var isUnknown: Bool {
        if case .unknown = self { return true }
        return false
    }

    /// What it gave, if it happened.
    public var value: Value? {
        if case .done(let value) = self { return value }
        return nil
    }

    /// Why it was refused, if it was.
    public var rejection: Refusal? {
        if case .rejected(let refusal) = self { return refusal }
        return nil
    }

    /// What names the open question, if there is one.
    public var ticket: OpenTicket? {
        if case .unknown(let ticket) = self { return ticket }
        return nil
    }

    fileprivate var name: String {
        switch self {
        case .done: return "done"
        case .rejected: return "rejected"
        case .unknown: return "unknown"
        }
    }

    /// What may be printed: a value that is no record may be personal.
    fileprivate var shown: Any? {
        switch self {
        case .done(let value): return (value is any NetmileRecord) ? value : nil
        case .rejected(let refusal): return refusal
        case .unknown(let ticket): return ticket
        }
    }
}

extension Outcome: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of outcome, and what of it may be printed.
    public var description: String {
        guard let shown else { return name }
        return "\(name)(\(String(describing: shown)))"
    }

    /// The same as `description`.
    public var debugDescription: String {
        description
    }

    /// What may be printed, and nothing else.
    public var customMirror: Mirror {
        var children: [Mirror.Child] = []
        if let shown {
            children.append((label: name, value: shown))
        }
        return Mirror(self, children: children, displayStyle: .enum)
    }
}

extension Outcome: Wire where Value: Wire {
    package init(wire: JSONValue) throws {
        let reader = try WireReader(wire)
        let outcome: String = try reader.read("outcome")
        switch outcome {
        case "done": self = .done(try reader.read("value"))
        case "rejected": self = .rejected(try reader.read("rejection"))
        // Whatever else a newer library may say: it is not certain that nothing moved.
        default: self = .unknown(try reader.read("ticket"))
        }
    }

    package func toWire() throws -> JSONValue {
        var writer = WireWriter()
        try writer.write("outcome", name)
        try writer.write("value", value)
        try writer.write("rejection", rejection)
        try writer.write("ticket", ticket)
        return writer.wire
    }
}
