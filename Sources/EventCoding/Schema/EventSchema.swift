/// The types of events there are, with names and layouts: declared once (DESIGN.md section 9).
///
/// A number is never used again, and the bytes of its layout never change; a changed layout is a line of its own here.
public enum EventSchema {
    /// Every type of card event, by number.
    public static let card: [EventLayout] = CardEventType.allCases
        .map { type in
            EventLayout(
                number: type.number,
                name: type.name,
                layout: type.layout,
                supersededBy: type.supersededBy.map(\.number)
            )
        }
        .sorted { $0.number < $1.number }

    /// Every type of event of the ledger's own, by number.
    public static let ledger: [EventLayout] = LedgerEventType.allCases
        .map { EventLayout(number: UInt64($0.rawValue), name: "\($0)", layout: 1, supersededBy: nil) }

    /// The newest type of card event this version knows.
    public static let newestType: UInt64 = card.last?.number ?? 0

    /// Types from here on are never assigned: they are for tests.
    public static let firstUnassigned: UInt64 = 16_384
}

/// One type of event: a number, and the one layout that its bytes have for ever.
public struct EventLayout: Hashable, Sendable {
    /// The number on disk.
    public let number: UInt64
    /// The name of the event, the same for all its layouts.
    public let name: String
    /// Which of its layouts it is, from 1.
    public let layout: Int
    /// The number with the layout that came after it; nil for the newest.
    public let supersededBy: UInt64?
}
