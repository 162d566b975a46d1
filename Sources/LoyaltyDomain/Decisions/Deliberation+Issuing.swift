extension Deliberation {
    /// Issues the card: with its term, its membership, its welcome bonus and its first tier, by the rules of the moment.
    mutating func issue(_ id: CardID, to customer: CustomerID) {
        record(.cardIssued(card: id, customer: customer, program: card.program), as: .addition)
        guard let rules = basis.catalog.version(of: card.program, at: moment.occurredAt)?.program.rules else { return }
        if let last = rules.term.lastDay(issuedOn: moment.occurredOn) { record(.termSet(last), as: .addition) }
        if let subscription = rules.subscription {
            let terms = MembershipTerms(
                tier: rules.tiers == nil ? .none : TierNumber(1),
                period: subscription.period,
                anchor: moment.occurredOn,
                isByHand: false
            )
            record(.membershipSet(terms), as: .addition)
        }
        do throws(Refusal) {
            if rules.welcome.rewards > 0 { record(.rewardsCredited(rules.welcome.rewards, .welcome), as: .addition) }
            try credit(rules.welcome.stamps, .welcome)
            try followSpend()
        } catch {
            // A new card has room for every bonus that rules may name.
        }
    }

    /// Adds stamps that came by no purchase, and everything that follows from them.
    mutating func credit(
        _ stamps: Stamps,
        _ cause: Credit.Cause,
        purchase: MinorUnits = .zero
    ) throws(Refusal) {
        guard stamps > 0 else { return }
        try checkRoom(stamps: stamps)
        let last = try earningRules().program.rules.life.lastDay(earnedOn: moment.occurredOn)
        let (prevented, next) = (preventedLapse(), card.lapse.next)
        if cause == .manual && last == nil {
            record(.stampsAdded(stamps), as: .addition)
        } else {
            record(.stampsCredited(Credit(stamps, cause, purchase: purchase, lapsesAfter: last)), as: .addition)
        }
        try settle(earned: stamps, lapsesAfter: last, next: next, prevented)
    }
}
