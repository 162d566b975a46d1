import LoyaltyLedger

/// What the rewards are called that cards redeemed last (S14).
struct RedeemedRewards {
    private let items: [CommandID: Label]

    /// Looks the names of claimed rewards up in the log.
    init(of profiles: [CardProfile], in ledger: Ledger) async throws {
        let claims = profiles.compactMap { profile in
            if case .claim(let id) = profile.state.lastRedeemedReward { id } else { nil }
        }
        items = try await ledger.claimedItems(claims)
    }

    /// The item as it was called when it was claimed, the milestone, or that it was a reward without a name; nil where none was
    /// redeemed yet.
    func name(of profile: CardProfile) -> String? {
        switch profile.state.lastRedeemedReward {
        case nil: nil
        case .plain: profile.program.rules.hasUses ? "use" : Reward.singular
        case .milestone(let value): "milestone \(value)"
        case .claim(let id): items[id]?.text ?? "claim \(id)"
        }
    }
}
