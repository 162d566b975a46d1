extension Deliberation {
    mutating func purchase(_ money: Money, eligible: Money?) throws(Refusal) {
        let amount = try amount(money)
        let terms = try earningRules()
        let rules = terms.program.rules
        // What a stored-value card pays for was counted when it was loaded (3.5).
        guard rules.spending != .purse || rules.mechanic.tracksAmounts else { throw .notOnThisCard }
        var part: MinorUnits?
        if let eligible {
            part = try self.amount(eligible)
            guard part ?? .zero <= amount else { throw .eligibleExceedsAmount }
        }
        try checkRoom(amount: amount)
        let award = try award(for: amount, eligible: part, isPurchase: true, under: terms)
        let (prevented, next) = (award.stamps > 0 ? preventedLapse() : nil, card.lapse.next)
        record(.purchaseRecorded(amount: amount, award: award), as: .addition)
        try settleTransaction(award, under: rules, next: next, prevented)
    }

    mutating func visit(_ money: Money?) throws(Refusal) {
        var spent: MinorUnits?
        if let money { spent = try amount(money) }
        let terms = try earningRules()
        let rules = terms.program.rules
        guard rules.spending == .none || rules.mechanic.tracksAmounts else { throw .notOnThisCard }
        try checkUses()
        try checkRoom(amount: spent ?? .zero)
        let award = try award(for: spent ?? .zero, eligible: nil, isPurchase: false, under: terms)
        let (prevented, next) = (award.stamps > 0 ? preventedLapse() : nil, card.lapse.next)
        record(.visitRecorded(amount: spent, award: award), as: .addition)
        try settleTransaction(award, under: rules, next: next, prevented)
    }

    /// What follows from a purchase or visit besides its stamps: a used reference, another tier, a referral's moment.
    private mutating func settleTransaction(
        _ award: Award,
        under rules: CardRules,
        next: LocalDay?,
        _ prevented: TransactionHistory.Lapse?
    ) throws(Refusal) {
        if rules.guards.singleUseReferences, award.stamps > 0, let reference = basis.surroundings.reference {
            record(.referenceClaimed(reference), as: .addition)
        }
        try settle(earned: award.stamps, lapsesAfter: award.detail?.lapsesAfter, next: next, prevented)
        try followSpend()
        try payReferral()
    }

    /// The stamps of a new transaction, with the guards applied (D7).
    ///
    /// Visits on spend cards and anything on manual ones earn none (D15).
    private func award(
        for amount: MinorUnits,
        eligible: MinorUnits?,
        isPurchase: Bool,
        under terms: ProgramCatalog.Version
    ) throws(Refusal) -> Award {
        let rules = terms.program.rules
        var detail = AwardDetail(share: isPurchase ? share(under: rules) : nil, eligible: eligible)
        let minute = basis.surroundings.minuteOfDay
        detail.extra = rules.happyHours.first { $0.holds(on: moment.occurredOn, minute: minute) }?.extra
        let yield = Yield(rules: rules, isPurchase: isPurchase, share: detail.share, extra: detail.extra)
        let open = openAmount(under: terms.version)
        guard let earned = yield.stamps(for: eligible ?? amount, above: .zero, of: open, movesVisit: true) else {
            throw .limitExceeded
        }
        if earned == 0 { detail.extra = nil }
        return try award(earned, on: moment.occurredOn, under: terms, detail, isNew: true)
    }

    /// The share that the card's tier before the purchase gives, of cashback or of discount (3.1, 3.4).
    private func share(under rules: CardRules) -> BasisPoints? {
        let tier = rules.tiers.flatMap { $0.basis == .spend ? $0[card.tier.number] : nil }
        if case .percent(let rule) = rules.mechanic { return tier?.share ?? rule.share }
        return rules.mechanic == .amounts ? tier?.share ?? BasisPoints(0) : nil
    }

    /// Withholds what goes beyond the guards; for a purchase that is edited only the cap of its day counts (D7).
    func award(
        _ earned: Stamps,
        on day: LocalDay,
        under terms: ProgramCatalog.Version,
        _ detail: AwardDetail = AwardDetail(),
        isNew: Bool = false
    ) throws(Refusal) -> Award {
        let rules = terms.program.rules
        var (awarded, detail) = (earned, detail)
        func limit(to room: Stamps, by reason: Guard) {
            guard room < awarded else { return }
            awarded = max(room, 0)
            detail.withheldBy = reason == .dailyCap ? nil : reason
        }
        if isNew && earned > 0 {
            if rules.guards.singleUseReferences && basis.surroundings.isReferenceUsed { limit(to: 0, by: .reference) }
            if let seconds = rules.guards.coolDown, isCoolingDown(seconds) { limit(to: 0, by: .coolDown) }
            if let cap = rules.guards.dailyStaffCap { limit(to: cap - basis.surroundings.staffStamps, by: .staffCap) }
        }
        if let cap = rules.guards.dailyCap { limit(to: cap - stampsAwarded(on: day), by: .dailyCap) }
        try checkRoom(stamps: awarded)
        if awarded > 0 { detail.lapsesAfter = rules.life.lastDay(earnedOn: moment.occurredOn) }
        return Award(
            ruleVersion: terms.version,
            stamps: awarded,
            withheld: earned - awarded,
            detail: detail.unlessEmpty
        )
    }

    /// Whether another stamped transaction lies within so many seconds.
    private func isCoolingDown(_ seconds: Int32) -> Bool {
        guard let last = card.lastAwardAt else { return false }
        let span = Int64(seconds) * 1000
        if moment.occurredAt < last { return history().hasAward(within: span, of: moment.occurredAt) }
        return moment.occurredAt.milliseconds - last.milliseconds < span
    }

    /// Stamps awarded on a local day so far: from the flat state for the newest day, from the history for an older one.
    private func stampsAwarded(on day: LocalDay) -> Stamps {
        if day == card.capped.day { return card.capped.awarded }
        return day > card.capped.day ? 0 : history().awarded(on: day)
    }

    /// C of D4: from the flat state for the newest version, from the history for an older one.
    func openAmount(under version: RuleVersion) -> MinorUnits {
        if version == card.remainder.ruleVersion { return card.remainder.open }
        return version > card.remainder.ruleVersion ? .zero : history().open(under: version)
    }

    mutating func addStamps(_ count: Stamps) throws(Refusal) {
        try checkUsesStamps()
        try credit(try quantity(count), .manual)
    }

    mutating func removeStamps(_ count: Stamps) throws(Refusal) {
        let count = try quantity(count)
        guard count <= card.balance else { throw .exceedsBalance(card.balance) }
        record(.stampsRemoved(count), as: .taking)
    }

    /// Whether stamps can be anything on this card but ink.
    func checkUsesStamps() throws(Refusal) {
        let rules = try newestRules()
        guard rules.rewards != .none || rules.spending != .none else { throw .notOnThisCard }
    }

    /// Pays debt with newly earned stamps (D16), lets them lapse where they came too late, gives back what they would have kept
    /// from lapsing, then converts what makes rewards (R6, D13).
    mutating func settle(
        earned: Stamps,
        lapsesAfter last: LocalDay? = nil,
        next: LocalDay? = nil,
        _ prevented: TransactionHistory.Lapse? = nil
    ) throws(Refusal) {
        guard earned > 0 else { return }
        let payment = min(earned, card.debt)
        if payment > 0 { record(.debtPaid(payment), as: .taking) }
        lapseIfLate(earned - payment, after: last, next: next)
        restore(prevented)
        let newest = try newestVersion()
        switch newest.program.rules.rewards {
        case .none, .catalogue: return
        case .milestones(let values): try reachMilestones(values, under: newest.version)
        case .unlock(let required):
            let unlocked = Rewards(card.balance.rawValue / required.rawValue)
            guard unlocked > 0 else { return }
            try checkRoom(rewards: unlocked)
            let converted = Stamps(unlocked.rawValue * required.rawValue)
            record(.rewardsUnlocked(unlocked, converted: converted, ruleVersion: newest.version), as: .taking)
        }
    }

    /// Refuses what would make a sum larger than its type; folds may then add without checking.
    func checkRoom(amount: MinorUnits) throws(Refusal) {
        let room = Int64.max - MinorUnits.largest.rawValue
        guard card.lifetimeValue.rawValue <= room - amount.rawValue else { throw .limitExceeded }
    }

    /// Keeps the gross sum within `Stamps.largest`, so that two such sums still fit their type.
    func checkRoom(stamps: Stamps) throws(Refusal) {
        guard card.purse.earned <= Stamps.largest - stamps else { throw .limitExceeded }
    }

    /// Keeps the gross sum within `Rewards.largest`.
    func checkRoom(rewards: Rewards) throws(Refusal) {
        guard card.rewardsEarned <= Rewards.largest - rewards else { throw .limitExceeded }
    }
}
