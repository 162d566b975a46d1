extension CardState {
    /// Puts a state together again from all its fields, as a snapshot kept them.
    ///
    /// Nothing is checked: what the fields add up to was folded once, and replay compares it.
    package init(
        program: ProgramNumber,
        issuedAt: Timestamp,
        installation: Installation,
        expiresOn: LocalDay?,
        isExpiryRecorded: Bool,
        version: CardVersion,
        greatestEffectiveAt: Timestamp,
        lifetimeValue: MinorUnits,
        transactionAmount: MinorUnits,
        visits: Visits,
        stampedVisits: Visits,
        purchases: Visits,
        lastDays: LastDays,
        balance: Stamps,
        debt: Stamps,
        stampsEarned: Stamps,
        stampsRemoved: Stamps,
        stampsUncollected: Stamps,
        stampsConverted: Stamps,
        debtPaid: Stamps,
        debtCarried: Stamps,
        rewardsEarned: Rewards,
        rewardsRedeemed: Rewards,
        rewardsCorrected: Rewards,
        rewardsExpired: Rewards,
        rewardsAvailable: Rewards,
        lastStampAt: Timestamp?,
        lastRewardAt: Timestamp?,
        lastRedeemedAt: Timestamp?,
        remainder: RemainderBase,
        capped: CappedDay,
        refusals: Int32
    ) {
        self.program = program
        self.issuedAt = issuedAt
        self.installation = installation
        self.expiresOn = expiresOn
        self.isExpiryRecorded = isExpiryRecorded
        self.version = version
        self.greatestEffectiveAt = greatestEffectiveAt
        self.lifetimeValue = lifetimeValue
        self.transactionAmount = transactionAmount
        self.visits = visits
        self.stampedVisits = stampedVisits
        self.purchases = purchases
        self.lastDays = lastDays
        self.balance = balance
        self.debt = debt
        self.stampsEarned = stampsEarned
        self.stampsRemoved = stampsRemoved
        self.stampsUncollected = stampsUncollected
        self.stampsConverted = stampsConverted
        self.debtPaid = debtPaid
        self.debtCarried = debtCarried
        self.rewardsEarned = rewardsEarned
        self.rewardsRedeemed = rewardsRedeemed
        self.rewardsCorrected = rewardsCorrected
        self.rewardsExpired = rewardsExpired
        self.rewardsAvailable = rewardsAvailable
        self.lastStampAt = lastStampAt
        self.lastRewardAt = lastRewardAt
        self.lastRedeemedAt = lastRedeemedAt
        self.remainder = remainder
        self.capped = capped
        self.refusals = refusals
    }
}

extension RemainderBase {
    /// Restores the base as a snapshot kept it.
    package init(restoring ruleVersion: RuleVersion, open: MinorUnits) {
        self.init(ruleVersion: ruleVersion, open: open)
    }
}

extension CappedDay {
    /// Restores the day as a snapshot kept it.
    package init(restoring day: LocalDay, awarded: Stamps) {
        self.init(day: day, awarded: awarded)
    }
}
