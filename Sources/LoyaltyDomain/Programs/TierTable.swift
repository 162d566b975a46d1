/// The tiers of a program, lowest first (R19).
public struct TierTable: Hashable, Sendable {
    /// What moves a card from tier to tier.
    public enum Basis: UInt8, Hashable, Sendable, CaseIterable {
        /// Its net spend: open purchase and visit amounts.
        case spend = 1
        /// A person.
        case manual = 2
    }

    /// What moves a card.
    public var basis: Basis

    /// Whether a card never falls by itself, whatever is refunded.
    public var neverDrop: Bool

    /// The tiers, thresholds ascending; tier number n is at index n - 1.
    public var tiers: [Tier]

    /// Creates a table.
    public init(basis: Basis = .spend, neverDrop: Bool = false, _ tiers: [Tier]) {
        self.basis = basis
        self.neverDrop = neverDrop
        self.tiers = tiers
    }

    /// The most tiers a program may have.
    public static let mostTiers = 32

    /// The tier of that number, or nil for none.
    public subscript(number: TierNumber) -> Tier? {
        let index = Int(number.rawValue) - 1
        return tiers.indices.contains(index) ? tiers[index] : nil
    }

    /// The highest tier whose threshold a net spend reaches.
    public func tier(forSpend spend: MinorUnits) -> TierNumber {
        TierNumber(UInt8(tiers.prefix { $0.threshold <= spend }.count))
    }

    /// The next tier above a net spend, or nil at the top.
    public func next(aboveSpend spend: MinorUnits) -> Tier? { tiers.first { $0.threshold > spend } }

    var firstContradiction: String? {
        guard (1...Self.mostTiers).contains(tiers.count) else {
            return "tiers must be 1 to \(Self.mostTiers), not \(tiers.count)"
        }
        if basis == .spend && zip(tiers, tiers.dropFirst()).contains(where: { $0.threshold >= $1.threshold }) {
            return "the thresholds of tiers must ascend"
        }
        return tiers.lazy.compactMap(\.firstContradiction).first
    }
}

/// One tier.
public struct Tier: Hashable, Sendable {
    /// Its name.
    public var name: Label
    /// The net spend from which a card is in it.
    public var threshold: MinorUnits
    /// The discount, or the share of cashback, of its cards.
    public var share: BasisPoints
    /// What entering it gives, once per card, ever (D18).
    public var entry: Bonus
    /// How often its cards may be used per period; nil for no limit.
    public var usesPerPeriod: Int32?
    /// How often they may be used at one location per period; nil for no limit.
    public var usesPerLocation: Int32?

    /// Creates a tier.
    public init(
        _ name: Label,
        threshold: MinorUnits = .zero,
        share: BasisPoints = BasisPoints(0),
        entry: Bonus = .nothing,
        usesPerPeriod: Int32? = nil,
        usesPerLocation: Int32? = nil
    ) {
        self.name = name
        self.threshold = threshold
        self.share = share
        self.entry = entry
        self.usesPerPeriod = usesPerPeriod
        self.usesPerLocation = usesPerLocation
    }

    /// Whether uses are counted at all.
    var limitsUses: Bool { usesPerPeriod != nil || usesPerLocation != nil }

    var firstContradiction: String? {
        if threshold < .zero || threshold > .largest { return "the threshold of \(name.text) must be 0 to 10^15" }
        guard (0...BasisPoints.whole.rawValue).contains(share.rawValue) else {
            return "the basisPoints of \(name.text) must be 0 to 10000, not \(share.rawValue)"
        }
        for limit in [usesPerPeriod, usesPerLocation].compactMap({ $0 }) where limit < 1 {
            return "a limit of \(name.text) must be at least 1, not \(limit)"
        }
        return entry.firstContradiction
    }
}

/// The number of a tier in its program's table, from 1; 0 for none.
public struct TierNumber: Hashable, Comparable, Sendable {
    /// The number.
    public let rawValue: UInt8

    /// Creates a number.
    public init(_ rawValue: UInt8) { self.rawValue = rawValue }

    /// No tier.
    public static let none = TierNumber(0)

    /// Whether the left tier is lower.
    public static func < (left: TierNumber, right: TierNumber) -> Bool { left.rawValue < right.rawValue }
}
