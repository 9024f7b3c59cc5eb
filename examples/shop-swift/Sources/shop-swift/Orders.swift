import Foundation

/// The shop's own records: one file, written whole or not at all.
actor Orders {
    private struct Book: Codable {
        var items: [String: String] = [:]
        var deliveries: [String: Set<Int64>] = [:]
    }

    private let file: URL
    private var book: Book

    init(directory: URL) throws {
        let file = directory.appendingPathComponent("shop.json")
        self.file = file
        if FileManager.default.fileExists(atPath: file.path) {
            book = try JSONDecoder().decode(Book.self, from: try Data(contentsOf: file))
        } else {
            book = Book()
        }
    }

    /// A new order; its id is not guessable.
    func add(item: String) throws -> String {
        let order = UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        var next = book
        next.items[order] = item
        try write(next)
        return order
    }

    /// What was ordered.
    func item(of order: String) -> String? {
        book.items[order]
    }

    /// Delivers once, however often it is told.
    func deliver(event: Int64, order: String) throws {
        var next = book
        next.deliveries[order, default: []].insert(event)
        try write(next)
    }

    /// How often it was delivered.
    func delivered(_ order: String) -> Int {
        book.deliveries[order]?.count ?? 0
    }

    private func write(_ next: Book) throws {
        try JSONEncoder().encode(next).write(to: file, options: .atomic)
        book = next
    }
}
