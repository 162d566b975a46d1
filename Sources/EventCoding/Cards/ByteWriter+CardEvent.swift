internal import LogFormat
internal import LoyaltyDomain

extension ByteWriter {
    /// Writes an event: tag, the difference where it counts later than it occurred, and its fields.
    mutating func cardEvent(_ recorded: EffectiveEvent, occurredAt: Timestamp) {
        let later = recorded.effectiveAt.milliseconds - occurredAt.milliseconds
        precondition(later >= 0, "an event counts \(-later) ms before it occurred")
        guard let type = recorded.event.type else {
            guard case .unknown(let event) = recorded.event else { preconditionFailure("an event without a type") }
            return self.event(ofType: event.type, isIgnorable: true, later: later) { $0.bytes(event.bytes) }
        }
        event(ofType: type.number, isIgnorable: type.isIgnorable, later: later) { $0.fields(of: recorded.event) }
    }

    private mutating func fields(of event: CardEvent) {
        switch event {
        case .cardIssued(let card, let customer, let program):
            varint(UInt64(program.rawValue))
            string(card.text)
            string(customer.text)
        case .cardInstalled(let platform): u8(platform.rawValue)
        case .cardDeleted: break
        case .purchaseRecorded(let amount, let award):
            self.amount(amount)
            self.award(award)
            if let detail = award.detail { self.detail(detail) }
        case .visitRecorded(let amount, let award):
            optional(amount) { $0.amount($1) }
            self.award(award)
            if let detail = award.detail { self.detail(detail) }
        case .stampsAdded(let count), .stampsRemoved(let count), .debtPaid(let count): self.count(count)
        case .rewardsUnlocked(let rewards, let converted, let ruleVersion):
            count(rewards)
            count(converted)
            version(ruleVersion)
        case .amountRefunded(let amount, let name, let correction):
            self.amount(amount)
            optional(name) { $0.transactionName($1) }
            self.correction(correction)
        case .visitsRemoved(let count, let correction):
            self.count(count)
            self.correction(correction)
        case .amountEdited(let edit): amountEdit(edit)
        case .rewardsGranted(let rewards, let purchase), .rewardsRedeemed(let rewards, let purchase):
            count(rewards)
            amount(purchase)
        case .grantReversed(let id, let rewards, let purchase):
            commandID(id)
            count(rewards)
            amount(purchase)
        case .rewardsRemoved(let rewards, let purchase, let reason):
            count(rewards)
            amount(purchase)
            u8(reason.rawValue)
        case .expirySet(let day): self.day(day)
        case .cardExpired(let day): self.day(day)
        case .commandRefused(let action, let refusal):
            cardAction(action)
            self.refusal(refusal)
        default: partFields(of: event)
        }
    }

    /// The command id of a name; its reference is a text and lies among the details.
    mutating func transactionName(_ name: TransactionName) {
        optional(name.commandID) { $0.commandID($1) }
    }

    private mutating func amountEdit(_ edit: AmountEdit) {
        transactionName(edit.named)
        version(edit.transaction)
        day(edit.day)
        amount(edit.from)
        amount(edit.to)
        award(edit.award)
        count(edit.absorbed)
        clawback(edit.clawback)
        u8(edit.visitChange.rawValue)
        flag(edit.wasStamped)
        lastDays(edit.remaining)
        guard edit.isDetailed else { return }
        detail(edit.award.detail ?? AwardDetail())
        amount(edit.eligibleChange)
        count(edit.lapsed)
    }
}

extension CardEvent {
    /// The type it is written as; nil for one that only a later version knows.
    var type: CardEventType? {
        switch self {
        case .cardIssued: .cardIssued
        case .cardInstalled: .cardInstalled
        case .cardDeleted: .cardDeleted
        case .purchaseRecorded(_, let award): award.detail == nil ? .purchaseRecorded : .purchaseDetailed
        case .visitRecorded(_, let award): award.detail == nil ? .visitRecorded : .visitDetailed
        case .stampsAdded: .stampsAdded
        case .stampsRemoved: .stampsRemoved
        case .debtPaid: .debtPaid
        case .rewardsUnlocked: .rewardsUnlocked
        case .amountRefunded: .amountRefunded
        case .visitsRemoved: .visitsRemoved
        case .amountEdited(let edit): edit.isDetailed ? .amountEditedDetailed : .amountEdited
        case .rewardsGranted: .rewardsGranted
        case .grantReversed: .grantReversed
        case .rewardsRedeemed: .rewardsRedeemed
        case .rewardsRemoved: .rewardsRemoved
        case .expirySet: .expirySet
        case .cardExpired: .cardExpired
        case .commandRefused: .commandRefused
        case .stampsCredited: .stampsCredited
        case .bonusRemoved: .bonusRemoved
        case .stampsSpent: .stampsSpent
        case .spendingReversed: .spendingReversed
        case .loadReversed: .loadReversed
        case .stampsLapsed: .stampsLapsed
        case .stampsRestored: .stampsRestored
        case .milestoneReached: .milestoneReached
        case .milestoneRedeemed: .milestoneRedeemed
        case .rewardClaimed: .rewardClaimed
        case .claimUsed: .claimUsed
        case .claimRemoved: .claimRemoved
        case .redemptionReversed: .redemptionReversed
        case .redemptionConflicted: .redemptionConflicted
        case .rewardsCredited: .rewardsCredited
        case .tierChanged: .tierChanged
        case .membershipSet: .membershipSet
        case .periodStarted: .periodStarted
        case .membershipRenewed: .membershipRenewed
        case .membershipCancelled: .membershipCancelled
        case .cardReinstalled: .cardReinstalled
        case .programLeft: .programLeft
        case .programRejoined: .programRejoined
        case .cardReferred: .cardReferred
        case .referralPaid: .referralPaid
        case .referralCredited: .referralCredited
        case .referralCollected: .referralCollected
        case .referenceClaimed: .referenceClaimed
        case .cardMerged: .cardMerged
        case .cardAbsorbed: .cardAbsorbed
        case .cardConverted: .cardConverted
        case .cardCreated: .cardCreated
        case .conversionUndone: .conversionUndone
        case .couponRedeemed: .couponRedeemed
        case .termSet: .termSet
        case .useConflicted: .useConflicted
        case .caseOpened: .caseOpened
        case .evidenceAdded: .evidenceAdded
        case .caseDecided: .caseDecided
        case .caseRemedied: .caseRemedied
        case .caseClosed: .caseClosed
        case .unknown: nil
        }
    }
}
