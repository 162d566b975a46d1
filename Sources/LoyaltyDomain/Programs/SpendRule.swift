/// `stamps` for every `unit` of money spent (R2).
public struct SpendRule: Hashable, Sendable {
    /// Stamps per full unit.
    public var stamps: Stamps

    /// The unit, such as 1000 cents.
    public var unit: MinorUnits

    /// What becomes of the part of an amount that fills no unit.
    public var remainder: RemainderPolicy

    /// Creates a rule.
    public init(stamps: Stamps, per unit: MinorUnits, remainder: RemainderPolicy = .perTransaction) {
        self.stamps = stamps
        self.unit = unit
        self.remainder = remainder
    }

    /// The stamps that `change` of one purchase moves: earned when it is added, due back when it is taken away.
    ///
    /// - Parameters:
    ///   - change: The amount added to, or taken from, the purchase.
    ///   - open: What the purchase amounts to without the change.
    ///   - openOfAll: What all the card's purchases under this rule version amount to without the change (D4).
    /// - Returns: The number of stamps, or nil where it is beyond `Stamps.largest`.
    func stamps(for change: MinorUnits, above open: MinorUnits, of openOfAll: MinorUnits) -> Stamps? {
        let floor = remainder == .perTransaction ? open : openOfAll
        let units = (floor + change).rawValue / unit.rawValue - floor.rawValue / unit.rawValue
        let (product, overflow) = units.multipliedReportingOverflow(by: Int64(stamps.rawValue))
        guard !overflow, product <= Int64(Stamps.largest.rawValue) else { return nil }
        return Stamps(exactly: product)
    }
}

/// What becomes of the part of an amount that fills no unit (R2, D4).
public enum RemainderPolicy: Hashable, Sendable {
    /// It is lost: 15.00 and 15.00 at 1 per 10.00 are 2 stamps.
    case perTransaction

    /// It waits for the next purchase: 15.00 and 15.00 are 3 stamps.
    case cumulative
}
