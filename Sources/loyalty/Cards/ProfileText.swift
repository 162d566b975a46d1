import LoyaltyLedger

/// A card's profile as a person reads it (S4-S22): what its program's parts give it, and nothing that they do not.
struct ProfileText {
    /// The card.
    let profile: CardProfile

    /// The calendar of its program.
    let calendar: ProgramCalendar

    /// What the reward is called that it redeemed last.
    let redeemed: RedeemedRewards

    private var state: CardState { profile.state }
    private var rules: CardRules { profile.program.rules }
    private var currency: Currency { profile.program.currency }
    private var phrases: Phrases { Phrases(profile.program) }

    /// The lines: a heading, then a figure on each.
    func lines(style: TextStyle) -> [String] {
        var table = TextTable()
        for (label, value) in figures { table.add([.init(label), .init(value)]) }
        return [style.heading("Card \(profile.card.text)")] + table.lines
    }

    private var figures: [(label: String, value: String)] {
        identity + money + purse + ProfileParts(profile: profile, phrases: phrases).lines + rewards + referral
            + [("RFM segment", segment)]
    }

    private var identity: [(String, String)] {
        [
            ("Customer", profile.customer.text),
            ("Program", "\(profile.program.id.text), \(rules.summary(in: currency))"),
            ("Status", profile.status.rawValue + (state.hasLeftProgram ? ", has left the program" : "")),
            ("Issued", time(state.issuedAt)),
            ("Valid through", state.expiresOn?.description ?? "no end"),
        ]
    }

    private var money: [(String, String)] {
        let stamped = rules.earnsStamps ? ", of which \(state.stampedVisits) with \(rules.type.unit)s" : ""
        return [
            ("Lifetime value", "\(Money(state.lifetimeValue, currency))"),
            ("Transaction amount", "\(Money(state.transactionAmount, currency))"),
            ("Visits", "\(state.visits)\(stamped)"),
        ]
    }

    private var purse: [(String, String)] {
        // By parts and not by type, so that a new type finds its lines here.
        switch rules.spending {
        case .visits: prepaid
        case .purse: rules.mechanic.tracksAmounts ? stamps : storedValue
        case .none: rules.rewards == .none ? [] : stamps
        }
    }

    private var stamps: [(String, String)] {
        let name = rules.type.unit.prefix(1).uppercased() + rules.type.unit.dropFirst() + "s"
        let away = profile.stampsToNextReward.map { ", \(phrases.units($0)) away from the next reward" } ?? ""
        let debt = state.debt > 0 ? ", \(state.debt) of them owed" : ""
        let worth = profile.metrics.balanceValue.map { ", worth \(Money($0, currency))" } ?? ""
        let lapsed = state.purse.lapsed > 0 ? ", lapsed \(state.purse.lapsed)" : ""
        var lines = [
            (name, "\(state.balance)\(worth)\(away)\(debt)"),
            ("\(name) earned", "\(state.stampsEarned) ever, by referral \(state.referral.earned)"),
            ("\(name) removed", "\(state.stampsRemoved), uncollected \(state.stampsUncollected)\(lapsed)"),
            ("Last \(rules.type.unit)", time(state.lastStampAt)),
        ]
        if state.purse.spent > 0 { lines.insert(("\(name) spent", "\(state.purse.spent)"), at: 2) }
        return lines
    }

    private var prepaid: [(String, String)] {
        [
            ("Visits available", "\(state.balance)"),
            ("Visits sold", "\(state.stampsEarned) ever, by referral \(state.referral.earned)"),
            ("Visits redeemed", "\(state.purse.spent)"),
            ("Visits removed", "\(state.stampsRemoved), uncollected \(state.stampsUncollected)"),
            ("Bonus points", "\(state.bonus.balance) of \(state.bonus.earned) earned"),
            ("Last adding", time(state.lastStampAt)),
            ("Last redemption", time(state.lastRedeemedAt)),
        ]
    }

    private var storedValue: [(String, String)] {
        func money(_ count: Stamps) -> String { "\(Money(MinorUnits(Int64(count.rawValue)), currency))" }
        return [
            ("Balance", money(state.balance)),
            ("Loaded", money(state.stampsEarned)),
            ("Spent", money(state.purse.spent)),
            ("Last load", time(state.lastStampAt)),
            ("Last spending", time(state.lastRedeemedAt)),
        ]
    }

    private var rewards: [(String, String)] {
        guard rules.rewards != .none || state.rewardsEarned > 0, !rules.hasUses else { return [] }
        let taken = "removed \(state.rewardsCorrected + state.rewardsExpired)"
        let name = state.lastRedeemedReward == .plain ? nil : redeemed.name(of: profile)
        return [
            ("Rewards available", "\(state.rewardsAvailable)"),
            ("Rewards earned", "\(state.rewardsEarned) ever, redeemed \(state.rewardsRedeemed), \(taken)"),
            ("Last reward", time(state.lastRewardAt)),
            ("Last redemption", time(state.lastRedeemedAt) + (name.map { ", \($0)" } ?? "")),
        ]
    }

    private var referral: [(String, String)] {
        state.referral.newcomers > 0 ? [("Newcomers brought", "\(state.referral.newcomers)")] : []
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

extension CardRules {
    /// Whether purchases or visits can earn.
    fileprivate var earnsStamps: Bool {
        switch mechanic {
        case .spend, .visit, .percent: true
        case .manual: type.choosesRewards
        case .amounts: false
        }
    }
}
