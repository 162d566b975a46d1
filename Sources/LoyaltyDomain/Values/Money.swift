/// An amount of money in whole minor units of one currency.
///
/// There is no floating point anywhere (R1).
public struct Money: Hashable, Sendable {
    /// Minor units: cents for USD, yen for JPY.
    public let minorUnits: MinorUnits

    /// The currency the minor units belong to.
    public let currency: Currency

    /// Creates an amount from minor units.
    public init(_ minorUnits: MinorUnits, _ currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Reads a decimal number such as `27.50` or `27.5`, or nil where it is not one.
    ///
    /// Digits with at most one point, at most as many decimals as the currency has, no sign, no exponent, no grouping, and
    /// not more than `MinorUnits.largest`.
    public init?(decimal text: some StringProtocol, _ currency: Currency) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, LoyaltyDomain.decimal(Array(whole.utf8)) != nil else { return nil }
        let fraction = parts.count == 2 ? Array(parts[1].utf8) : []
        if parts.count == 2 && fraction.isEmpty { return nil }
        guard fraction.count <= currency.minorDigits else { return nil }
        let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: currency.minorDigits - fraction.count)
        let digits = (Array(whole.utf8) + fraction + zeros).drop { $0 == UInt8(ascii: "0") }
        guard let value = digits.isEmpty ? 0 : LoyaltyDomain.decimal(digits) else { return nil }
        guard value <= MinorUnits.largest.rawValue else { return nil }
        self.init(MinorUnits(Int64(value)), currency)
    }
}

extension Money: CustomStringConvertible {
    /// The amount as a decimal number and the currency code, such as `27.50 USD`.
    public var description: String { "\(minorUnits.decimal(in: currency)) \(currency)" }
}
