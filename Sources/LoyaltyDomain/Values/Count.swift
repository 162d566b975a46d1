/// A whole number of one kind of thing; stamps cannot be added to visits by mistake.
public struct Count<Unit: CountableUnit>: Hashable, Comparable, Sendable {
    /// The number.
    public let rawValue: Int32

    /// Creates a count.
    public init(_ rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Creates a count from a wider integer, or nil where it does not fit 32 bits.
    public init?(exactly value: Int64) {
        guard let narrow = Int32(exactly: value) else { return nil }
        self.rawValue = narrow
    }

    /// None.
    public static var zero: Count { Count(0) }

    /// The largest count one command may name or cause: 10^9.
    public static var largest: Count { Count(1_000_000_000) }

    /// Whether the left count is smaller.
    public static func < (left: Count, right: Count) -> Bool { left.rawValue < right.rawValue }

    /// The sum; it wraps, which `decide` rules out and `CardState.firstViolation` finds: bytes from disk never trap.
    public static func + (left: Count, right: Count) -> Count { Count(left.rawValue &+ right.rawValue) }

    /// The difference; it wraps like the sum.
    public static func - (left: Count, right: Count) -> Count { Count(left.rawValue &- right.rawValue) }

    /// Adds in place.
    public static func += (left: inout Count, right: Count) { left = left + right }

    /// Subtracts in place.
    public static func -= (left: inout Count, right: Count) { left = left - right }
}

extension Count: ExpressibleByIntegerLiteral {
    /// Creates a count from a literal.
    public init(integerLiteral value: Int32) { self.init(value) }
}

extension Count: CustomStringConvertible {
    /// The bare number.
    public var description: String { String(rawValue) }
}

/// The kind of thing that a `Count` counts.
///
/// Do not declare new conformances outside the domain.
public protocol CountableUnit: Sendable {
    /// The word for one of them.
    static var singular: String { get }
}

/// A stamp on a card.
public enum Stamp: CountableUnit {
    /// The word for one of them.
    public static let singular = "stamp"
}

/// A reward that a full card unlocks or a person grants.
public enum Reward: CountableUnit {
    /// The word for one of them.
    public static let singular = "reward"
}

/// A visit: one purchase or visit transaction, however many stamps it earned (R10).
public enum Visit: CountableUnit {
    /// The word for one of them.
    public static let singular = "visit"
}

/// A number of stamps.
public typealias Stamps = Count<Stamp>

/// A number of rewards.
public typealias Rewards = Count<Reward>

/// A number of visits.
public typealias Visits = Count<Visit>
