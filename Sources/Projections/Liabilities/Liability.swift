public import LoyaltyDomain

/// What a program owes the holders of its cards, of one kind, by age.
public struct Liability: Hashable, Sendable {
    /// What is owed.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Units of the main purse: stamps, points, prepaid visits, stored value.
        case balance
        /// Points of the second purse.
        case bonus
        /// Rewards there to redeem, claimed ones and uses of coupons among them.
        case rewards
    }

    /// The program.
    public let program: ProgramNumber
    /// What is owed.
    public let kind: Kind
    /// How much, by the days since it was earned.
    public internal(set) var bands = AgeBands()
    /// How much of it lies on cards that were deleted, past their last day or outside the program.
    public internal(set) var onUnusableCards: Int64 = 0
    /// Cards that have any.
    public internal(set) var cards = 0

    init(_ program: ProgramNumber, _ kind: Kind) {
        self.program = program
        self.kind = kind
    }

    mutating func add(_ bands: AgeBands, isUsable: Bool) {
        guard bands.total > 0 else { return }
        self.bands += bands
        if !isUsable { onUnusableCards += bands.total }
        cards += 1
    }
}
