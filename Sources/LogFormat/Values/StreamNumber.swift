/// The dense number of a stream.
///
/// 0 is the ledger itself; 1, 2, 3 and so on are cards in the order of their issue.
public struct StreamNumber: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: UInt32

    /// Names the stream with this number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The ledger itself.
    public static let ledger = StreamNumber(rawValue: 0)
}

extension StreamNumber: Comparable {
    /// Whether the left one comes first.
    public static func < (left: StreamNumber, right: StreamNumber) -> Bool { left.rawValue < right.rawValue }
}

extension StreamNumber: CustomStringConvertible {
    /// The value as text, for people.
    public var description: String { "\(rawValue)" }
}
