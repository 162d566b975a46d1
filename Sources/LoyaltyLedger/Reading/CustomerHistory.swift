public import LoyaltyDomain

/// What a card's holder may see of it, by the newest rules of its program (C12, S59): nothing, its figures, or its events as well.
public struct CustomerHistory: Hashable, Sendable {
    /// How much the program shows.
    public let view: CustomerHistoryView
    /// The card's figures; nil where nothing is shown.
    public let summary: CustomerSummary?
    /// Its events in recorded order; none where the program shows figures only.
    public let entries: [CustomerHistoryEntry]
}

/// A card's figures as its holder may see them.
public struct CustomerSummary: Hashable, Sendable {
    /// When the card was issued.
    public let issuedAt: Timestamp
    /// Visits that count.
    public let visits: Visits
    /// What was spent on them.
    public let spent: MinorUnits
    /// Stamps ever earned.
    public let stampsEarned: Stamps
    /// Stamps there now.
    public let balance: Stamps
    /// Stamps until the next reward; nil where stamps make none.
    public let stampsToNextReward: Stamps?
    /// Rewards ever earned.
    public let rewardsEarned: Rewards
    /// Rewards redeemed.
    public let rewardsRedeemed: Rewards
    /// Rewards there to redeem.
    public let rewardsAvailable: Rewards
    /// The local day of the last visit.
    public let lastVisitOn: LocalDay?
    /// When the last stamp was earned.
    public let lastStampAt: Timestamp?
    /// When the last reward was earned.
    public let lastRewardAt: Timestamp?
    /// When something was last redeemed.
    public let lastRedeemedAt: Timestamp?

    init(_ profile: CardProfile) {
        let state = profile.state
        issuedAt = state.issuedAt
        visits = state.visits
        spent = state.transactionAmount
        stampsEarned = state.stampsEarned
        balance = state.balance
        stampsToNextReward = profile.stampsToNextReward
        rewardsEarned = state.rewardsEarned
        rewardsRedeemed = state.rewardsRedeemed
        rewardsAvailable = state.rewardsAvailable
        lastVisitOn = state.lastDays.visit
        lastStampAt = state.lastStampAt
        lastRewardAt = state.lastRewardAt
        lastRedeemedAt = state.lastRedeemedAt
    }
}

extension Ledger {
    /// What a card's holder may see of its history; nil where the card is not issued (C12, S59, I9).
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events of the card) where its program shows them, else O(1).
    public func customerHistory(of id: CardID) async throws -> CustomerHistory? {
        guard let profile = card(id) else { return nil }
        let view = profile.program.rules.customerHistory
        let entries = view == .entries ? try await history(of: id).map { CustomerHistoryEntry.visible(in: $0) } : nil
        return CustomerHistory(
            view: view,
            summary: view == .nothing ? nil : CustomerSummary(profile),
            entries: entries ?? []
        )
    }

    /// The cards of a customer that are installed: while there are any, the customer is not deleted (R13, S68).
    ///
    /// - Complexity: O(cards).
    public func installedCards(of customer: CustomerID) -> [CardID] {
        state.read { state in
            state.directory.cards(of: customer)
                .filter { if case .installed = state.cards[$0].installation { true } else { false } }
                .map { state.directory.card($0) }
        }
    }
}
