public import LoyaltyDomain
public import Projections

/// Why a card's balance is what it is: one line for each event that counts, with its arithmetic (DESIGN.md 7.7).
public struct Explanation: Sendable {
    /// The serial.
    public let card: CardID
    /// Who holds it, by pseudonym.
    public let customer: CustomerID
    /// The program, by its newest rules.
    public let program: Program
    /// Until when events count; nil for all of them.
    public let asOf: Timestamp?
    /// Until when the ledger had learnt of them; nil for all it has learnt.
    public let knownAt: Timestamp?
    /// The lines, in recorded order.
    public let lines: [Line]
    /// Events of the card that do not count as of these two instants.
    public let leftOut: Int
    /// The card as these lines leave it; nil where it was not issued yet.
    public let state: CardState?

    /// One event of the card.
    public struct Line: Hashable, Sendable {
        /// The event, with who, where and when; its state is the card as of the two clocks.
        public let entry: HistoryEntry
        /// Why it did what it did.
        public let reasoning: Reasoning
        /// What it changed.
        public let change: Change
    }

    /// What one event changed.
    public struct Change: Hashable, Sendable {
        /// The balance.
        public let stamps: Stamps
        /// What is owed.
        public let debt: Stamps
        /// The bonus points.
        public let bonus: Stamps
        /// The rewards there to redeem.
        public let rewards: Rewards
        /// Visits.
        public let visits: Visits
        /// The lifetime value.
        public let lifetimeValue: MinorUnits

        /// The difference of two states; nil stands for none.
        init(from before: CardState?, to after: CardState) {
            stamps = after.balance - (before?.balance ?? 0)
            debt = after.debt - (before?.debt ?? 0)
            bonus = after.bonus.balance - (before?.bonus.balance ?? 0)
            rewards = after.rewardsAvailable - (before?.rewardsAvailable ?? 0)
            visits = after.visits - (before?.visits ?? 0)
            lifetimeValue = after.lifetimeValue - (before?.lifetimeValue ?? .zero)
        }
    }

    /// The lines' changes of the balance, added up.
    public var sum: Stamps { lines.reduce(0) { $0 + $1.change.stamps } }

    /// Lines whose arithmetic is not what was recorded.
    public var discrepancies: [Line] { lines.filter { !$0.reasoning.discrepancies.isEmpty } }

    /// Whether every line adds up, and all of them together give the balance.
    public var isConsistent: Bool {
        discrepancies.isEmpty && sum == state?.balance ?? 0 && state?.firstViolation == nil
    }
}
