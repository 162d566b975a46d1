extension Deliberation {
    /// Moves the card to the tier of its net spend (3.1, 3.4); a pinned one only upwards (D18).
    ///
    /// - Parameter mayRise: Whether it may rise. A correction never raises a card, even where new rules would by now: the entry
    ///   reward would come of a refund (I4). The next purchase raises it.
    mutating func followSpend(mayRise: Bool = true) throws(Refusal) {
        let rules = try newestRules()
        guard let table = rules.tiers, table.basis == .spend else { return }
        let target = tier(in: table, isPinned: card.tier.pin != .none)
        guard target < card.tier.number || (mayRise && target > card.tier.number) else { return }
        enter(target, .spend, pin: card.tier.pin, grantsEntry: true, under: rules)
    }

    /// The tier of the card's net spend, or the one it is in where it may not fall.
    func tier(in table: TierTable, isPinned: Bool) -> TierNumber {
        guard table.basis == .spend else { return card.tier.number }
        let target = table.tier(forSpend: card.transactionAmount)
        return (isPinned || table.neverDrop) ? max(target, card.tier.number) : target
    }

    /// Puts the card into a tier by hand (R19).
    mutating func setTier(_ number: TierNumber, until day: LocalDay?, grantsEntry: Bool) throws(Refusal) {
        let rules = try newestRules()
        guard let table = rules.tiers else { throw .notOnThisCard }
        guard number == .none || table[number] != nil else { throw .unknownTier }
        enter(number, .manual, pin: day.map { .until($0) } ?? .indefinite, grantsEntry: grantsEntry, under: rules)
    }

    /// Lets the card's tier follow its spend again.
    mutating func unpinTier() throws(Refusal) {
        let rules = try newestRules()
        guard let table = rules.tiers else { throw .notOnThisCard }
        enter(tier(in: table, isPinned: false), .unpinned, pin: .none, grantsEntry: true, under: rules)
    }

    private mutating func enter(
        _ number: TierNumber,
        _ cause: TierChange.Cause,
        pin: TierPin,
        grantsEntry: Bool,
        under rules: CardRules
    ) {
        // A fall by itself gives nothing, not even into a tier that was skipped on the way up (I4, S45).
        let rises = number > card.tier.number || (cause == .manual && number != card.tier.number)
        let isFirst = grantsEntry && rises && !card.tier.hasEntered(number)
        let change = TierChange(
            from: card.tier.number,
            to: number,
            cause: cause,
            pin: pin,
            grantsEntry: grantsEntry,
            isFirstEntry: isFirst
        )
        record(.tierChanged(change), as: .taking)
        if isFirst { grantEntry(of: number, under: rules) }
    }

    /// Gives the entry bonus of a tier (D18); none where the card's sums have no room for it.
    mutating func grantEntry(of number: TierNumber, under rules: CardRules) {
        guard let entry = rules.tiers?[number]?.entry else { return }
        do throws(Refusal) {
            if entry.rewards > 0 {
                try checkRoom(rewards: entry.rewards)
                record(.rewardsCredited(entry.rewards, .tier), as: .taking)
            }
            try credit(entry.stamps, .tier)
        } catch {
            // The tier is entered all the same; a bonus beyond what a ledger keeps is nobody's.
        }
    }

    /// Refuses a use of a membership beyond its limits, or of one that was cancelled (3.6).
    func checkUses() throws(Refusal) {
        guard card.membership.period != nil else { return }
        if card.membership.isCancelled { throw .membershipCancelled }
        guard let tier = try newestRules().tiers?[card.tier.number] else { return }
        // A use that comes late belongs to a period that is over, whose limit was its own.
        guard moment.occurredOn >= card.membership.start else { return }
        if let limit = tier.usesPerPeriod, card.membership.used.rawValue >= limit { throw .periodLimitReached(limit) }
        if let limit = tier.usesPerLocation, basis.surroundings.usesHere >= limit { throw .periodLimitReached(limit) }
    }

    mutating func setMembership(_ number: TierNumber, _ period: MembershipPeriod) throws(Refusal) {
        let rules = try newestRules()
        guard rules.subscription != nil else { throw .notOnThisCard }
        guard rules.tiers?[number] != nil else { throw .unknownTier }
        let terms = MembershipTerms(tier: number, period: period, anchor: moment.occurredOn, isByHand: true)
        record(.membershipSet(terms), as: .taking)
    }

    mutating func renewMembership(through day: LocalDay) throws(Refusal) {
        guard try newestRules().subscription != nil else { throw .notOnThisCard }
        record(.membershipRenewed(through: day), as: .taking)
        recordDueFacts()
    }

    mutating func cancelMembership() throws(Refusal) {
        guard try newestRules().subscription != nil else { throw .notOnThisCard }
        if card.membership.isCancelled { throw .membershipCancelled }
        record(.membershipCancelled, as: .taking)
    }
}
