/// A request or an answer. Printing, interpolating, `dump` and `Mirror` show only what is neither secret nor personal.
public protocol NetmileRecord: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// Names and values of what may be printed.
    var shownFields: [(label: String, value: Any)] { get }
}

extension NetmileRecord {
    /// The name of the type and what may be printed.
    public var description: String {
        let fields = shownFields.map { "\($0.label): \(printed($0.value))" }
        return "\(type(of: self))(\(fields.joined(separator: ", ")))"
    }

    /// The same as `description`.
    public var debugDescription: String {
        description
    }

    /// What may be printed, and nothing else.
    public var customMirror: Mirror {
        let children = shownFields.map { field -> Mirror.Child in (label: field.label, value: field.value) }
        return Mirror(self, children: children, displayStyle: .struct)
    }
}

/// A value as text: an optional without its wrapping.
func printed(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return String(reflecting: value) }
    guard let held = mirror.children.first else { return "nil" }
    return String(reflecting: held.value)
}

/// A name that the library gives or takes. A newer library may know more of them: such a one is kept as it came.
public protocol NetmileName: Hashable, Sendable, CustomStringConvertible {
    /// From the name as the library writes it.
    init(_ name: String)
    /// The name as the library writes it.
    var name: String { get }
}

extension NetmileName {
    /// The name as the library writes it.
    public var description: String {
        name
    }
}
