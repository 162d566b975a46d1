internal import LoyaltyDomain

/// One event's reason in the making: what it asked for, worked out again under the rules of its version.
struct Deduction {
    let record: CardRecord
    let recorded: EffectiveEvent
    let before: CardState
    let history: TransactionHistory
    let terms: ReasoningFold.Terms
    let words: UnitWords
    let given: Stamps
    var reasoning = Reasoning(title: "")

    /// The rules by which transactions of that moment earn.
    var earning: ProgramCatalog.Version? {
        terms.catalog.version(of: before.program, at: record.moment.occurredAt)
    }

    /// The newest rules in effect when it was recorded.
    var newest: ProgramCatalog.Version? { terms.catalog.version(of: before.program, at: record.recordedAt) }

    /// The newest rules known when it was recorded, in effect or not: by these facts fall due.
    var known: CardRules? { terms.catalog.program(before.program)?.rules }

    mutating func title(_ title: String) { reasoning.title = title }

    mutating func say(_ step: String) { reasoning.steps.append(step) }

    /// Compares what was worked out with what was recorded.
    mutating func check<Value: Equatable>(_ what: String, _ worked: Value, is recorded: Value) {
        guard worked != recorded else { return }
        let told =
            "\(what): \(Deduction.text(recorded)) was recorded, and by these rules it is \(Deduction.text(worked))"
        reasoning.discrepancies.append(told)
    }

    mutating func require(_ condition: Bool, _ problem: String) {
        if !condition { reasoning.discrepancies.append(problem) }
    }

    /// Works out how units due back were collected (R4).
    mutating func collected(_ clawback: Clawback, from balance: Stamps, in purse: PurseKind = .main) {
        guard clawback.due > 0 else { return }
        let taken = min(clawback.due, balance)
        check("taken back", taken, is: clawback.taken)
        guard clawback.uncollected > 0 else { return say("\(words.units(clawback.taken, in: purse)) taken back") }
        let fate = clawback.carriesDebt ? "carried as debt" : "uncollected, and not asked for again"
        let there = "\(words.units(clawback.due, in: purse)) due back, \(words.units(balance, in: purse)) there"
        say("\(there): \(clawback.taken) taken, \(clawback.uncollected) \(fate)")
    }

    private static func text<Value>(_ value: Value) -> String {
        if let day = value as? LocalDay? { return day?.description ?? "nothing" }
        if let count = value as? Stamps { return count.description }
        if let count = value as? Rewards { return count.description }
        if let amount = value as? MinorUnits { return "\(amount.rawValue) minor units" }
        return "\(value)"
    }
}

extension Deduction {
    /// Puts the event into words and checks its figures: every kind of event is here.
    mutating func deduce() {
        switch recorded.event {
        case .cardIssued(let card, let customer, _): issued(card, customer)
        case .purchaseRecorded(let amount, let award): transaction(amount, award, isPurchase: true)
        case .visitRecorded(let amount, let award): transaction(amount, award, isPurchase: false)
        case .amountRefunded(let amount, let named, let correction): refunded(amount, named, correction)
        case .visitsRemoved(let count, let correction): visitsRemoved(count, correction)
        case .amountEdited(let edit): edited(edit)
        case .stampsAdded(let count): added(count)
        case .stampsCredited(let credit): credited(credit)
        case .stampsRemoved(let count): removed(count, from: .main)
        case .bonusRemoved(let count): removed(count, from: .bonus)
        case .debtPaid(let count): debtPaid(count)
        case .stampsSpent(let spending): spent(spending)
        case .spendingReversed(let reversal): reversed(reversal)
        case .loadReversed(let reversal): reversed(reversal)
        case .stampsLapsed(let count, let day, _): lapsed(count, through: day)
        case .stampsRestored(let count, let day): restored(count, through: day)
        case .rewardsUnlocked(let rewards, let converted, let version): unlocked(rewards, converted, version)
        case .milestoneReached(_, let value, let version): reached(value, version)
        case .milestoneRedeemed(let redemption): redeemed(redemption)
        case .rewardClaimed(let item, let cost, _, let version): claimed(item, cost, version)
        case .claimUsed(let named, _): claimUsed(named)
        case .claimRemoved(let named, let returned): claimRemoved(named, returned)
        case .rewardsGranted(let count, let amount): granted(count, amount)
        case .grantReversed(let named, let count, let amount): grantReversed(named, count, amount)
        case .rewardsCredited(let count, let cause): credited(count, cause)
        case .rewardsRedeemed(let count, let amount): redeemed(count, amount)
        case .rewardsRemoved(let count, _, let reason): removed(count, reason)
        case .redemptionReversed(let reversal): reversed(reversal)
        case .redemptionConflicted(let count, let over, _): conflicted(count, over)
        case .useConflicted(let action): useConflicted(action)
        case .couponRedeemed(_, let newCard): couponRedeemed(newCard)
        case .tierChanged(let change): tierChanged(change)
        case .membershipSet(let terms): membershipSet(terms)
        case .periodStarted(let day): periodStarted(day)
        case .cardInstalled, .cardDeleted, .cardReinstalled, .programLeft, .programRejoined, .expirySet, .cardExpired,
            .membershipRenewed, .membershipCancelled, .termSet:
            life(recorded.event)
        case .referralPaid(let payment): referralPaid(payment)
        case .referralCollected(let other, let clawback): referralCollected(other, clawback)
        case .cardReferred, .referralCredited, .referenceClaimed, .cardMerged, .cardAbsorbed, .cardConverted,
            .cardCreated, .conversionUndone:
            link(recorded.event)
        case .caseOpened, .evidenceAdded, .caseDecided, .caseRemedied, .caseClosed: dispute(recorded.event)
        case .commandRefused(let action, let refusal): refused(action, refusal)
        case .unknown(let unknown): title("Something that only a later version knows (\(unknown)); it moves no figure")
        }
    }
}
