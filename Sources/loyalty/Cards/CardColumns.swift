import LoyaltyLedger

/// The columns of the list of cards.
struct CardColumns {
    /// The calendars in which instants are told.
    let calendars: CalendarCache

    /// What the rewards are called that cards redeemed last.
    let redeemed: RedeemedRewards

    /// The columns of the list, in the order that scripts rely on; they never change.
    static let list = Array(all.prefix(18))

    /// Those, and behind them the columns that only some types of card fill.
    static let all: [Column] = [
        Column("card"),
        Column("status"),
        Column("issued_at", .dataOnly),
        Column("expires_on", .dataOnly),
        Column("ltv_minor", title: "ltv"),
        Column("visits"),
        Column("stamps_earned", .dataOnly),
        Column("stamps_removed", .dataOnly),
        Column("stamps_uncollected", .dataOnly),
        Column("stamps_balance", title: "stamps"),
        Column("stamps_to_next_reward", title: "to next reward"),
        Column("stamps_referral", .dataOnly),
        Column("rewards_earned", .dataOnly),
        Column("rewards_redeemed", title: "redeemed"),
        Column("rewards_available", title: "rewards"),
        Column("last_stamp_at", title: "last stamp"),
        Column("last_reward_at", .dataOnly),
        Column("last_redeemed_at", .dataOnly),
        Column("program", .dataOnly),
        Column("type", .dataOnly),
        Column("tier", .dataOnly),
        Column("share_basis_points", .dataOnly),
        Column("to_next_tier_minor", .dataOnly),
        Column("stamps_spent", .dataOnly),
        Column("stamps_lapsed", .dataOnly),
        Column("bonus_balance", .dataOnly),
        Column("uses_in_period", .dataOnly),
        Column("uses_left", .dataOnly),
        Column("coupon", .dataOnly),
        Column("best_reward", .dataOnly),
        Column("last_redeemed_reward", .dataOnly),
    ]

    /// The cells of a card, one for each of all columns.
    func cells(of profile: CardProfile) -> [Cell] {
        let state = profile.state
        let calendar = calendars[profile.program]
        return [
            .text(profile.card.text),
            .text(profile.status.rawValue),
            .instant(state.issuedAt, in: calendar),
            .day(state.expiresOn),
            .amount(state.lifetimeValue, in: profile.program.currency),
            .count(state.visits),
            .count(state.stampsEarned),
            .count(state.stampsRemoved),
            .count(state.stampsUncollected),
            .count(state.balance),
            .count(profile.stampsToNextReward),
            .count(state.referral.earned),
            .count(state.rewardsEarned),
            .count(state.rewardsRedeemed),
            .count(state.rewardsAvailable),
            .instant(state.lastStampAt, in: calendar),
            .instant(state.lastRewardAt, in: calendar),
            .instant(state.lastRedeemedAt, in: calendar),
        ] + parts(of: profile)
    }

    private func parts(of profile: CardProfile) -> [Cell] {
        let metrics = profile.metrics
        return [
            .text(profile.program.id.text),
            .text(profile.program.rules.type.name),
            .text(metrics.tier?.name.text),
            .integer(metrics.share?.rawValue),
            .amount(metrics.amountToNextTier, in: profile.program.currency),
            .count(profile.state.purse.spent),
            .count(profile.state.purse.lapsed),
            .count(profile.state.bonus.balance),
            .count(metrics.usesInPeriod),
            .count(metrics.usesLeft),
            .text(metrics.coupon?.rawValue),
            .text(metrics.bestAffordable?.name.text),
            .text(redeemed.name(of: profile)),
        ]
    }
}
