/// The dense number of an event in the log: 1, 2, 3 ...
public struct Position: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: UInt64

    /// Names the event with this number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Before the first event.
    public static let zero = Position(rawValue: 0)
    /// The first event.
    public static let first = Position(rawValue: 1)

    /// The position `count` events later.
    ///
    /// - Precondition: the result is not negative and fits 64 bits.
    public func advanced(by count: Int) -> Position {
        Position(rawValue: count >= 0 ? rawValue + UInt64(count) : rawValue - UInt64(-count))
    }

    /// The number of events from this position to another.
    public func distance(to other: Position) -> Int {
        other.rawValue >= rawValue ? Int(other.rawValue - rawValue) : -Int(rawValue - other.rawValue)
    }

    /// The number in 16 hexadecimal digits, as segments are named.
    public var hexadecimal: String { Hexadecimal.text(rawValue) }

    /// Reads 16 lower-case hexadecimal digits; nil for anything else.
    public init?(hexadecimal text: some StringProtocol) {
        guard let value = Hexadecimal.word(text) else { return nil }
        self.init(rawValue: value)
    }
}

extension Position: Comparable {
    /// Whether the left one comes first.
    public static func < (left: Position, right: Position) -> Bool { left.rawValue < right.rawValue }
}

extension Position: CustomStringConvertible {
    /// The value as text, for people.
    public var description: String { "\(rawValue)" }
}
