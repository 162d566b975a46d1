extension Deliberation {
    mutating func purchase(_ money: Money, stated: Money?) throws(Refusal) {
        if let stated, stated != money { throw .amountsDiffer }
        let amount = try amount(money)
        let terms = try earningRules()
        try checkRoom(amount: amount)
        let award = try award(for: amount, isPurchase: true, under: terms)
        record(.purchaseRecorded(amount: amount, award: award), as: .addition)
        try settle(earned: award.stamps)
    }

    mutating func visit(_ money: Money?) throws(Refusal) {
        var spent: MinorUnits?
        if let money { spent = try amount(money) }
        let terms = try earningRules()
        try checkRoom(amount: spent ?? .zero)
        let award = try award(for: spent ?? .zero, isPurchase: false, under: terms)
        record(.visitRecorded(amount: spent, award: award), as: .addition)
        try settle(earned: award.stamps)
    }

    /// The stamps of a new transaction, with a cap applied (D7).
    ///
    /// Visits on spend cards and anything on manual ones earn none (D15).
    private func award(
        for amount: MinorUnits,
        isPurchase: Bool,
        under terms: ProgramCatalog.Version
    ) throws(Refusal) -> Award {
        var earned: Stamps? = 0
        switch terms.program.rules.mechanic {
        case .spend(let rule):
            guard isPurchase else { break }
            earned = rule.stamps(for: amount, above: .zero, of: openAmount(under: terms.version))
        case .visit(let stamps): earned = stamps
        case .manual: break
        }
        guard let earned else { throw .limitExceeded }
        return try award(earned, on: moment.occurredOn, under: terms)
    }

    /// Withholds what goes beyond the cap of a local day (D7).
    func award(_ earned: Stamps, on day: LocalDay, under terms: ProgramCatalog.Version) throws(Refusal) -> Award {
        let room = terms.program.rules.dailyStampCap.map { max($0 - stampsAwarded(on: day), 0) }
        let awarded = min(earned, room ?? earned)
        try checkRoom(stamps: awarded)
        return Award(ruleVersion: terms.version, stamps: awarded, withheld: earned - awarded)
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

    /// Pays debt with newly earned stamps (D16), then converts what makes rewards (R6).
    mutating func settle(earned: Stamps) throws(Refusal) {
        guard earned > 0 else { return }
        let payment = min(earned, card.debt)
        if payment > 0 { record(.debtPaid(payment), as: .taking) }
        let newest = try newestVersion()
        let required = newest.program.rules.stampsPerReward
        let unlocked = Rewards(card.balance.rawValue / required.rawValue)
        guard unlocked > 0 else { return }
        try checkRoom(rewards: unlocked)
        let converted = Stamps(unlocked.rawValue * required.rawValue)
        record(.rewardsUnlocked(unlocked, converted: converted, ruleVersion: newest.version), as: .taking)
    }

    /// Refuses what would make a sum larger than its type; folds may then add without checking.
    func checkRoom(amount: MinorUnits) throws(Refusal) {
        let room = Int64.max - MinorUnits.largest.rawValue
        guard card.lifetimeValue.rawValue <= room - amount.rawValue else { throw .limitExceeded }
    }

    /// Keeps the gross sum within `Stamps.largest`, so that two such sums still fit their type.
    func checkRoom(stamps: Stamps) throws(Refusal) {
        guard card.stampsEarned <= Stamps.largest - stamps else { throw .limitExceeded }
    }

    /// Keeps the gross sum within `Rewards.largest`.
    func checkRoom(rewards: Rewards) throws(Refusal) {
        guard card.rewardsEarned <= Rewards.largest - rewards else { throw .limitExceeded }
    }
}
