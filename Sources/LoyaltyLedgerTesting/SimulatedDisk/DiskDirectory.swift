/// The names in a directory of a simulated disk: as they are seen, and which are durable.
struct DiskDirectory: Sendable {
    enum Entry: Hashable, Sendable {
        case file(Int)
        case directory
    }

    /// One change, which survives a crash whole or not at all: a rename takes a name away and gives another.
    struct Change: Sendable {
        var removed: String?
        var added: String?
        var entry: Entry = .directory
    }

    private(set) var live: [String: Entry] = [:]
    private(set) var durable: [String: Entry] = [:]
    /// What was not synced, oldest first.
    private(set) var changes: [Change] = []

    mutating func add(_ name: String, _ entry: Entry) { apply(Change(added: name, entry: entry)) }

    mutating func remove(_ name: String) { apply(Change(removed: name)) }

    mutating func rename(_ name: String, to newName: String, _ entry: Entry) {
        apply(Change(removed: name, added: newName, entry: entry))
    }

    mutating func sync() {
        durable = live
        changes.removeAll(keepingCapacity: true)
    }

    /// The changes that survive are durable, in their order.
    mutating func crash(survives: (Int) -> Bool) {
        for (index, change) in changes.enumerated() where survives(index) { Self.apply(change, to: &durable) }
        live = durable
        changes.removeAll(keepingCapacity: true)
    }

    private mutating func apply(_ change: Change) {
        changes.append(change)
        Self.apply(change, to: &live)
    }

    private static func apply(_ change: Change, to entries: inout [String: Entry]) {
        if let name = change.removed { entries[name] = nil }
        if let name = change.added { entries[name] = change.entry }
    }
}
