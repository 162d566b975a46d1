/// What earns stamps.
public enum Mechanic: Hashable, Sendable {
    /// Money spent: `1 stamp per 10.00`.
    case spend(SpendRule)

    /// Each visit earns so many stamps, whatever is bought.
    case visit(stamps: Stamps)

    /// Only a person gives stamps.
    case manual

    /// A share of the money spent, by basis points (D20).
    case percent(PercentRule)

    /// Amounts are kept, for tiers; they earn nothing.
    case amounts

    /// Whether purchases are kept by their amounts, which can then be given back (S30).
    public var tracksAmounts: Bool {
        switch self {
        case .spend, .percent, .amounts: true
        case .visit, .manual: false
        }
    }

    /// What is wrong with the mechanic, in words, or nil where nothing is.
    var firstContradiction: String? {
        switch self {
        case .spend(let rule) where rule.unit < MinorUnits(1): "perAmount must be more than nothing"
        case .spend(let rule): Mechanic.contradiction(in: rule.stamps)
        case .visit(let stamps): Mechanic.contradiction(in: stamps)
        case .percent(let rule): rule.firstContradiction
        case .manual, .amounts: nil
        }
    }

    private static func contradiction(in stamps: Stamps) -> String? {
        1...Stamps.largest ~= stamps ? nil : "stamps must be 1 to \(Stamps.largest), not \(stamps)"
    }
}

/// A share of one hundredth of a percent.
public struct BasisPoints: Hashable, Comparable, Sendable {
    /// The number: 300 for 3 %.
    public let rawValue: Int32

    /// Creates a share.
    public init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// Everything: 100 %.
    public static let whole = BasisPoints(10_000)

    /// Whether the left share is smaller.
    public static func < (left: BasisPoints, right: BasisPoints) -> Bool { left.rawValue < right.rawValue }
}

/// Points for a share of the money spent: floor(amount x basis points / (10000 x point value)), in minor units (D20).
public struct PercentRule: Hashable, Sendable {
    /// The share where the card's tier names none.
    public var share: BasisPoints

    /// How many minor units a point is worth.
    public var pointValue: MinorUnits

    /// Creates a rule.
    public init(share: BasisPoints, pointValue: MinorUnits) {
        self.share = share
        self.pointValue = pointValue
    }

    /// The points for an open amount at a share, or nil where they are beyond `Stamps.largest`.
    func points(for amount: MinorUnits, at share: BasisPoints) -> Stamps? {
        let product = amount.rawValue.multipliedFullWidth(by: Int64(share.rawValue))
        let (divisor, overflow) = pointValue.rawValue.multipliedReportingOverflow(by: 10_000)
        // 10^15 x 10^4 is below 2^64, so that the high word is 0 for every amount a command may name.
        guard !overflow, product.high == 0, product.low <= UInt64(Int64.max) else { return nil }
        let points = Int64(product.low) / divisor
        return points <= Int64(Stamps.largest.rawValue) ? Stamps(exactly: points) : nil
    }

    var firstContradiction: String? {
        guard (0...BasisPoints.whole.rawValue).contains(share.rawValue) else {
            return "basisPoints must be 0 to 10000, not \(share.rawValue)"
        }
        guard MinorUnits(1)...MinorUnits(1_000_000_000) ~= pointValue else {
            return "pointValue must be more than nothing and at most 10^9 minor units"
        }
        return nil
    }
}
