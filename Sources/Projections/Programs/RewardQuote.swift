public import LoyaltyDomain

/// What a card's balance buys from its program's catalogue, and what would remain (S47, S48: "spend balance").
public struct RewardQuote: Hashable, Sendable {
    /// One reward of the catalogue.
    public struct Line: Hashable, Sendable {
        /// The reward.
        public let item: RewardItem
        /// What would remain after it; nil where it is too dear.
        public let remaining: Stamps?
        /// How many stamps are missing; none where there are enough.
        public let missing: Stamps
        /// How often the card has had it.
        public let uses: Rewards

        /// How often the card may still have it; nil where there is no limit.
        public var usesLeft: Rewards? { item.usageLimit.map { max($0 - uses, 0) } }

        /// Whether the balance and the limit allow it now.
        public var isAvailable: Bool { remaining != nil && usesLeft != 0 }
    }

    /// The stamps there to spend.
    public let balance: Stamps

    /// The rewards, in the order of the catalogue; empty where the program has none.
    public let lines: [Line]

    /// Quotes a card.
    ///
    /// - Parameters:
    ///   - state: The card.
    ///   - rules: Its program's newest rules, by whose costs it would pay.
    ///   - claims: What the card has claimed so far; what was taken back does not count towards a limit.
    public init(_ state: CardState, under rules: CardRules, claims: [TransactionHistory.Claim]) {
        let balance = state.balance
        self.balance = balance
        guard case .catalogue(let items) = rules.rewards else {
            lines = []
            return
        }
        lines = items.map { item in
            let uses = claims.count { $0.item == item.name && $0.status != .removed }
            return Line(
                item: item,
                remaining: item.cost <= balance ? balance - item.cost : nil,
                missing: max(item.cost - balance, 0),
                uses: Rewards(Int32(clamping: uses))
            )
        }
    }
}
