public import LoyaltyDomain
public import Projections

/// One card as a person looks at it: the figures of section 1b, all folded from events (S4-S22).
public struct CardProfile: Hashable, Sendable {
    /// The serial.
    public let card: CardID
    /// Who holds it, by pseudonym.
    public let customer: CustomerID
    /// The dense number the ledger gave it.
    public let number: CardNumber
    /// The program, by its newest rules.
    public let program: Program
    /// What its events add up to.
    public let state: CardState
    /// The local day on which it is looked at: today, or the day of the newest recorded event of a manual clock.
    public let today: LocalDay

    /// The figures that depend on the program's rules, on that day.
    public var metrics: CardMetrics { CardMetrics(state, under: program.rules, on: today) }

    /// Where the card is in its life: deleted, else expired, else installed or not (S62).
    public var status: Status {
        if state.installation == .deleted { return .deleted }
        if let day = state.expiresOn, day < today { return .expired }
        return state.installation == .notInstalled ? .notInstalled : .installed
    }

    /// Stamps until the next reward, debt included (S22, D2); nil where stamps make no rewards or all milestones are reached.
    public var stampsToNextReward: Stamps? { state.stampsToNextReward(under: program.rules) }

    /// Where a card is in its life.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        /// Deleted; corrections are still possible.
        case deleted
        /// Past its last valid day.
        case expired
        /// On a telephone.
        case installed
        /// Issued, not on a telephone.
        case notInstalled = "not-installed"
    }
}
