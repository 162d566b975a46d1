extension CardState {
    /// When a command happened; what an event needs of it to be folded.
    public struct Moment: Hashable, Sendable {
        /// When it happened at the till.
        public var occurredAt: Timestamp
        /// The local day of that, in the program's zone.
        public var occurredOn: LocalDay

        /// Creates a moment.
        public init(occurredAt: Timestamp, occurredOn: LocalDay) {
            self.occurredAt = occurredAt
            self.occurredOn = occurredOn
        }
    }

    /// Folds one event into the state: pure arithmetic on what the event says, with no rule decided again.
    ///
    /// - Complexity: O(1); O(transactions reduced) for a correction.
    public mutating func evolve(_ recorded: borrowing EffectiveEvent, at moment: Moment) {
        let isUnused = links.createdFrom != CardNumber(0) && version == links.createdAt
        version = CardVersion(version.rawValue + 1)
        if isUnused && recorded.event.isNoUse { links.createdAt = version }
        if case .commandRefused = recorded.event {
            // It holds no later taking back, least of all with the wrong clock it may have been refused for.
            refusals += 1
            return
        }
        if case .unknown = recorded.event { return }
        if recorded.event.isAboutCase { return }
        greatestEffectiveAt = max(greatestEffectiveAt, recorded.effectiveAt)
        if let latest = lapse.latest { lapse.latest = max(latest, moment.occurredOn) }
        switch recorded.event {
        case .cardIssued: break
        case .cardInstalled(let platform): installation = .installed(platform)
        case .cardDeleted: installation = .deleted
        case .purchaseRecorded(let amount, let award): addTransaction(amount, award, isPurchase: true, at: moment)
        case .visitRecorded(let amount, let award):
            addTransaction(amount ?? .zero, award, isPurchase: false, at: moment)
        case .stampsAdded(let count): earn(count, at: moment)
        case .stampsRemoved(let count): purse.remove(count)
        case .debtPaid(let count): purse.payDebt(count)
        case .rewardsUnlocked(let count, let converted, _):
            unlock(count, converting: converted, at: recorded.effectiveAt)
        case .amountRefunded(_, _, let correction), .visitsRemoved(_, let correction): apply(correction)
        case .amountEdited(let edit): apply(edit, at: moment)
        case .rewardsGranted(let count, let purchase):
            lifetimeValue += purchase
            addRewards(count, at: recorded.effectiveAt)
        case .grantReversed(_, let count, let purchase):
            lifetimeValue -= purchase
            rewardsCorrected += count
            take(count)
        case .rewardsRedeemed(let count, _):
            redeem(count, at: recorded.effectiveAt)
        case .rewardsRemoved(let count, _, let reason):
            take(count)
            if reason == .correction { rewardsCorrected += count } else { rewardsExpired += count }
        case .expirySet(let day):
            expiresOn = day
            isExpiryRecorded = false
        case .cardExpired: isExpiryRecorded = true
        case .commandRefused: break
        default: evolveParts(recorded, at: moment)
        }
    }

    private mutating func addTransaction(_ amount: MinorUnits, _ award: Award, isPurchase: Bool, at moment: Moment) {
        lifetimeValue += amount
        transactionAmount += amount
        visits += 1
        lastDays.visit = latest(lastDays.visit, moment.occurredOn)
        if isPurchase {
            purchases += 1
            lastDays.purchase = latest(lastDays.purchase, moment.occurredOn)
            changeRemainder(of: award.ruleVersion, by: award.detail?.eligible ?? amount)
        }
        if membership.period != nil && moment.occurredOn >= membership.start { membership.used += 1 }
        if award.stamps > 0 {
            stampedVisits += 1
            lastAwardAt = latest(lastAwardAt, moment.occurredAt)
        }
        count(award, on: moment.occurredOn)
        earn(award.stamps, at: moment, lapsesAfter: award.detail?.lapsesAfter)
    }

    mutating func earn(_ count: Stamps, at moment: Moment, lapsesAfter last: LocalDay? = nil) {
        guard count > 0 else { return }
        purse.earn(count)
        lastStampAt = latest(lastStampAt, moment.occurredAt)
        lastStampOn = latest(lastStampOn, moment.occurredOn)
        guard let last else { return }
        lapse.next = lapse.next.map { min($0, last) } ?? last
        lapse.latest = latest(lapse.latest, moment.occurredOn)
    }

    /// Takes rewards without redeeming them: those without a name first, then those of the lowest milestones.
    private mutating func take(_ count: Rewards) {
        milestones.takeLowest(max(count - plainRewards, 0))
        rewardsAvailable -= count
    }

    private mutating func unlock(_ count: Rewards, converting stamps: Stamps, at instant: Timestamp) {
        purse.convert(stamps)
        addRewards(count, at: instant)
    }

    mutating func addRewards(_ count: Rewards, at instant: Timestamp) {
        rewardsEarned += count
        rewardsAvailable += count
        lastRewardAt = latest(lastRewardAt, instant)
    }

    private mutating func apply(_ correction: borrowing Correction) {
        for reduction in correction.reductions {
            lifetimeValue -= reduction.amount
            transactionAmount -= reduction.amount
            if reduction.isPurchase {
                changeRemainder(of: reduction.ruleVersion, by: MinorUnits.zero - reduction.eligible)
            }
            if reduction.withdrawsVisit {
                withdrawVisit(isPurchase: reduction.isPurchase, wasStamped: reduction.wasStamped)
            }
        }
        purse.collect(correction.clawback)
        if let remaining = correction.remaining { lastDays = remaining }
    }

    private mutating func apply(_ edit: AmountEdit, at moment: Moment) {
        let change = edit.to - edit.from
        lifetimeValue += change
        transactionAmount += change
        changeRemainder(of: edit.award.ruleVersion, by: edit.eligibleChange)
        count(edit.award, on: edit.day)
        switch edit.visitChange {
        case .unchanged: if !edit.wasStamped && edit.award.stamps > 0 { stampedVisits += 1 }
        case .withdrawn: withdrawVisit(isPurchase: true, wasStamped: edit.wasStamped)
        case .restored:
            visits += 1
            purchases += 1
            if edit.wasStamped || edit.award.stamps > 0 { stampedVisits += 1 }
            lastDays = LastDays(visit: latest(lastDays.visit, edit.day), purchase: latest(lastDays.purchase, edit.day))
        }
        purse.collect(edit.clawback)
        earn(edit.award.stamps, at: moment, lapsesAfter: edit.award.detail?.lapsesAfter)
        if let remaining = edit.remaining { lastDays = remaining }
    }

    mutating func withdrawVisit(isPurchase: Bool, wasStamped: Bool) {
        visits -= 1
        // The newest visits go first, and those of the running period are the newest.
        if membership.period != nil && membership.used > 0 { membership.used -= 1 }
        if isPurchase { purchases -= 1 }
        if wasStamped { stampedVisits -= 1 }
    }

    mutating func changeRemainder(of version: RuleVersion, by change: MinorUnits) {
        if version > remainder.ruleVersion { remainder = RemainderBase(ruleVersion: version, open: .zero) }
        if version == remainder.ruleVersion { remainder.open += change }
    }

    private mutating func count(_ award: Award, on day: LocalDay) {
        if day > capped.day { capped = CappedDay(day: day, awarded: 0) }
        if day == capped.day { capped.awarded += award.stamps }
    }
}

extension CardEvent {
    /// Whether it leaves a card unused that a coupon turned into: nobody did anything on the card, or was refused (D21).
    fileprivate var isNoUse: Bool {
        switch self {
        case .commandRefused, .stampsLapsed, .cardExpired, .periodStarted: true
        case .tierChanged(let change): change.cause == .pinEnded
        default: isAboutCase
        }
    }
}

/// The later of two, where the first may not be there yet.
func latest<Value: Comparable>(_ known: Value?, _ other: Value) -> Value {
    known.map { max($0, other) } ?? other
}
