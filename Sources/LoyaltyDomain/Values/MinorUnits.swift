/// A whole number of minor units (cents) of a currency that is known from the place: the card's program names it.
public struct MinorUnits: Hashable, Comparable, Sendable {
    /// The number of minor units.
    public let rawValue: Int64

    /// Creates an amount from a number of minor units.
    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Nothing.
    public static let zero = MinorUnits(0)

    /// The largest amount one command may name: 10^15 minor units.
    ///
    /// A card's sums stay within 64 bits for 9,000 such commands
    /// and are checked all the same.
    public static let largest = MinorUnits(1_000_000_000_000_000)

    /// Whether the left amount is smaller.
    public static func < (left: MinorUnits, right: MinorUnits) -> Bool { left.rawValue < right.rawValue }

    /// The sum; it wraps, which `decide` rules out and `CardState.firstViolation` finds: bytes from disk never trap.
    public static func + (left: MinorUnits, right: MinorUnits) -> MinorUnits {
        MinorUnits(left.rawValue &+ right.rawValue)
    }

    /// The difference; it wraps like the sum.
    public static func - (left: MinorUnits, right: MinorUnits) -> MinorUnits {
        MinorUnits(left.rawValue &- right.rawValue)
    }

    /// Adds in place.
    public static func += (left: inout MinorUnits, right: MinorUnits) { left = left + right }

    /// Subtracts in place.
    public static func -= (left: inout MinorUnits, right: MinorUnits) { left = left - right }

    /// The amount as a decimal number in that currency, such as `27.50`; a minus sign in front where it is negative.
    public func decimal(in currency: Currency) -> String {
        let digits = padded(rawValue.magnitude, to: currency.minorDigits + 1)
        let sign = rawValue < 0 ? "-" : ""
        guard currency.minorDigits > 0 else { return sign + digits }
        return sign + digits.dropLast(currency.minorDigits) + "." + digits.suffix(currency.minorDigits)
    }
}
