public import LoyaltyLedger

extension Expectation {
    /// Stamps on the card.
    public static func stamps(_ count: Stamps) -> Expectation { figure("stamps", count) { $0.state.balance } }
    /// Points on the card.
    public static func points(_ count: Stamps) -> Expectation { figure("points", count) { $0.state.balance } }
    /// Prepaid visits that are left.
    public static func visitsLeft(_ count: Stamps) -> Expectation { figure("visits left", count) { $0.state.balance } }
    /// Stored value that is left.
    public static func value(_ text: String) -> Expectation {
        amount("value", text) { MinorUnits(Int64($0.balance.rawValue)) }
    }
    /// Points of the second purse.
    public static func bonusPoints(_ count: Stamps) -> Expectation {
        figure("bonus points", count) { $0.state.bonus.balance }
    }
    /// Stamps owed.
    public static func debt(_ count: Stamps) -> Expectation { figure("debt", count) { $0.state.debt } }
    /// Stamps ever earned.
    public static func earned(_ count: Stamps) -> Expectation { figure("earned", count) { $0.state.stampsEarned } }
    /// Stamps taken by corrections and by hand.
    public static func removed(_ count: Stamps) -> Expectation { figure("removed", count) { $0.state.stampsRemoved } }
    /// Stamps due back that were gone.
    public static func uncollected(_ count: Stamps) -> Expectation {
        figure("uncollected", count) { $0.state.stampsUncollected }
    }
    /// Stamps spent.
    public static func spent(_ count: Stamps) -> Expectation { figure("spent", count) { $0.state.purse.spent } }
    /// Stamps that lapsed.
    public static func lapsed(_ count: Stamps) -> Expectation { figure("lapsed", count) { $0.state.purse.lapsed } }
    /// Stamps that came back.
    public static func restored(_ count: Stamps) -> Expectation {
        figure("restored", count) { $0.state.purse.restored }
    }
    /// Stamps that devices spent without having them.
    public static func overspent(_ count: Stamps) -> Expectation {
        figure("overspent", count) { $0.state.purse.overspent }
    }
    /// Stamps until the next reward.
    public static func toNextReward(_ count: Stamps?) -> Expectation {
        figure("to the next reward", count) { $0.stampsToNextReward }
    }

    /// Rewards there to redeem.
    public static func rewards(_ count: Rewards) -> Expectation {
        figure("rewards", count) { $0.state.rewardsAvailable }
    }
    /// Rewards ever earned.
    public static func rewardsEarned(_ count: Rewards) -> Expectation {
        figure("rewards earned", count) { $0.state.rewardsEarned }
    }
    /// Rewards redeemed.
    public static func redeemed(_ count: Rewards) -> Expectation {
        figure("rewards redeemed", count) { $0.state.rewardsRedeemed }
    }
    /// The reward that was redeemed last; nil for none.
    public static func lastRedeemed(_ reward: RedeemedReward?) -> Expectation {
        figure("reward redeemed last", reward) { $0.state.lastRedeemedReward }
    }
    /// The reward that was redeemed last is the one that the step of that name claimed.
    public static func lastRedeemed(claim name: String) -> Expectation {
        lastRedeemed(.claim(CommandID(named: name)))
    }
    /// Rewards taken as corrections.
    public static func corrected(_ count: Rewards) -> Expectation {
        figure("rewards corrected", count) { $0.state.rewardsCorrected }
    }
    /// Rewards that devices redeemed without their being there.
    public static func overRedeemed(_ count: Rewards) -> Expectation {
        figure("rewards over-redeemed", count) { $0.state.rewardsOverRedeemed }
    }
    /// Claimed rewards that wait.
    public static func claims(_ count: Rewards) -> Expectation { figure("claims", count) { $0.state.claims } }

    /// Lifetime value.
    public static func ltv(_ text: String) -> Expectation { amount("LTV", text) { $0.lifetimeValue } }
    /// The total of purchases.
    public static func spend(_ text: String) -> Expectation { amount("spend", text) { $0.transactionAmount } }
    /// Visits.
    public static func visits(_ count: Visits) -> Expectation { figure("visits", count) { $0.state.visits } }
    /// Visits that earned a stamp.
    public static func stampedVisits(_ count: Visits) -> Expectation {
        figure("stamped visits", count) { $0.state.stampedVisits }
    }
    /// Uses in the membership's running period.
    public static func uses(_ count: Visits) -> Expectation { figure("uses", count) { $0.state.membership.used } }

    /// The name of the card's tier; nil for none.
    public static func tier(_ name: String?) -> Expectation {
        figure("tier", name) { $0.program.rules.tiers?[$0.state.tier.number]?.name.text }
    }
    /// Whether the card's tier is held by hand.
    public static func pinned(_ isPinned: Bool) -> Expectation {
        figure("pinned", isPinned) { $0.state.tier.pin != .none }
    }
    /// The card's status.
    public static func status(_ status: CardProfile.Status) -> Expectation { figure("status", status) { $0.status } }
    /// The card's last valid day.
    public static func validThrough(day: Int?) -> Expectation {
        figure("last valid day", day.map(LocalDay.scenario)) { $0.state.expiresOn }
    }
    /// Commands that were refused on the card.
    public static func refusals(_ count: Int32) -> Expectation { figure("refusals", count) { $0.state.refusals } }
    /// Customers the card brought, and was rewarded for.
    public static func newcomers(_ count: Int32) -> Expectation {
        figure("newcomers", count) { $0.state.referral.newcomers }
    }
    /// Stamps by recommendation.
    public static func referralStamps(_ count: Stamps) -> Expectation {
        figure("stamps by recommendation", count) { $0.state.referral.earned }
    }
    /// The discount, or share of cashback, that the last purchase got, in basis points.
    public static func lastShare(_ points: Int32?) -> Expectation {
        Expectation { outcome, card in
            let shares = outcome.events(of: card).compactMap { event in
                if case .purchaseRecorded(_, let award) = event { award } else { nil }
            }
            let found = shares.last?.detail?.share?.rawValue
            return found == points ? nil : "share: expected \(points ?? -1), found \(found ?? -1)"
        }
    }
    /// What withheld the stamps of the last purchase or visit.
    public static func withheld(_ count: Stamps, by reason: Guard? = nil) -> Expectation {
        Expectation { outcome, card in
            let awards = outcome.events(of: card).compactMap { event -> Award? in
                switch event {
                case .purchaseRecorded(_, let award), .visitRecorded(_, let award): award
                default: nil
                }
            }
            let last = awards.last
            return last?.withheld == count && last?.detail?.withheldBy == reason
                ? nil : "withheld: expected \(count), found \(last.map { "\($0)" } ?? "no award")"
        }
    }
}
