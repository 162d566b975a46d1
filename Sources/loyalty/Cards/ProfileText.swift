import LoyaltyLedger

/// A card's profile as a person reads it (S4-S22).
struct ProfileText {
    /// The card.
    let profile: CardProfile

    /// The calendar of its program.
    let calendar: ProgramCalendar

    private var state: CardState { profile.state }
    private var currency: Currency { profile.program.currency }

    /// The lines: a heading, then a figure on each.
    func lines(style: TextStyle) -> [String] {
        var table = TextTable()
        for (label, value) in figures { table.add([.init(label), .init(value)]) }
        return [style.heading("Card \(profile.card.text)")] + table.lines
    }

    private var figures: [(label: String, value: String)] {
        identity + money + stamps + rewards + [("RFM segment", segment)]
    }

    private var identity: [(String, String)] {
        [
            ("Customer", profile.customer.text),
            ("Program", "\(profile.program.id.text), \(profile.program.rules.summary(in: currency))"),
            ("Status", profile.status.rawValue),
            ("Issued", time(state.issuedAt)),
            ("Valid through", state.expiresOn?.description ?? "no end"),
        ]
    }

    private var money: [(String, String)] {
        [
            ("Lifetime value", "\(Money(state.lifetimeValue, currency))"),
            ("Transaction amount", "\(Money(state.transactionAmount, currency))"),
            ("Visits", "\(state.visits), of which \(state.stampedVisits) with stamps"),
        ]
    }

    private var stamps: [(String, String)] {
        let away = profile.stampsToNextReward.map { ", \(counted($0, Stamp.singular)) away from the next reward" } ?? ""
        let debt = state.debt > 0 ? ", \(state.debt) of them owed" : ""
        return [
            ("Stamps", "\(state.balance)\(away)\(debt)"),
            ("Stamps earned", "\(state.stampsEarned) ever, by referral \(state.referral.earned)"),
            ("Stamps removed", "\(state.stampsRemoved), uncollected \(state.stampsUncollected)"),
            ("Last stamp", time(state.lastStampAt)),
        ]
    }

    private var rewards: [(String, String)] {
        let taken = "removed \(state.rewardsCorrected + state.rewardsExpired)"
        return [
            ("Rewards available", "\(state.rewardsAvailable)"),
            ("Rewards earned", "\(state.rewardsEarned) ever, redeemed \(state.rewardsRedeemed), \(taken)"),
            ("Last reward", time(state.lastRewardAt)),
            ("Last redemption", time(state.lastRedeemedAt)),
        ]
    }

    /// The segment of the platform's own grid, which needs no other card.
    private var segment: String {
        let rows = RFMScheme.visitsGrid.rows(of: [RFMSubject(profile.number, state)], asOf: profile.today)
        return rows.map { "\($0.segment), visits-grid as of \(profile.today)" }.joined()
    }

    private func time(_ instant: Timestamp?) -> String {
        instant.map { calendar.shortText(of: $0) } ?? "never"
    }
}
