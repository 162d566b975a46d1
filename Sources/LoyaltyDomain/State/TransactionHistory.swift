/// A card's single transactions and grants: what corrections need and the flat state does not keep.
///
/// Rare commands read it; the ledger folds it from the card's own events when one comes.
public struct TransactionHistory: Hashable, Sendable {
    /// One purchase or visit, as corrections have left it.
    public struct Transaction: Hashable, Sendable {
        /// The event that recorded it.
        public internal(set) var version: CardVersion
        /// The command that recorded it.
        public let commandID: CommandID
        /// The shop's own number for it.
        public let reference: String?
        /// Whether it is a purchase, and not a visit.
        public let isPurchase: Bool
        /// When it occurred.
        public let occurredAt: Timestamp
        /// The local day of that.
        public let occurredOn: LocalDay
        /// The rule version it earned by.
        public let ruleVersion: RuleVersion
        /// Its amount as recorded or last edited.
        public internal(set) var gross: MinorUnits
        /// What was given back of it.
        public internal(set) var refunded: MinorUnits
        /// Stamps awarded for it so far.
        public internal(set) var awarded: Stamps
        /// Stamps withheld from it that no reduction has absorbed yet (D7).
        public internal(set) var withheld: Stamps
        /// What of the part that earns is open (D27).
        public internal(set) var eligibleOpen: MinorUnits
        /// What else its award applied.
        public let detail: AwardDetail?
        /// Who, with what, where: a number of the ledger's table.
        public let attribution: AttributionNumber
        /// Whether nothing is left of it, so that it is no visit.
        public internal(set) var isWithdrawn: Bool

        /// What is left of its amount.
        public var open: MinorUnits { gross - refunded }
    }

    /// One grant of rewards.
    public struct Grant: Hashable, Sendable {
        /// The command that made it.
        public let commandID: CommandID
        /// The rewards granted.
        public let rewards: Rewards
        /// The amount granted with them.
        public let purchase: MinorUnits
        /// Whether it was taken back.
        public internal(set) var isReversed: Bool
    }

    /// Purchases and visits in the order in which they were recorded.
    public internal(set) var transactions: [Transaction] = []
    /// Grants in the order in which they were recorded.
    public internal(set) var grants: [Grant] = []
    /// Loads in the order in which they were recorded.
    public internal(set) var loads: [Load] = []
    /// Spendings in the order in which they were recorded.
    public internal(set) var spendings: [Spent] = []
    /// Redemptions in the order in which they were recorded.
    public internal(set) var redemptions: [Redemption] = []
    /// Claims in the order in which they were recorded.
    public internal(set) var claims: [Claim] = []
    /// Stamps with a last day of their own.
    public internal(set) var lots = LotBook()
    /// What lapsed by a sliding life.
    public internal(set) var lapses: [Lapse] = []
    /// Disputes in the order in which they were opened; those of a card that was merged into this one stay with that.
    public internal(set) var cases: [DisputeCase] = []
    /// The commands that were accepted on the card.
    public internal(set) var commands: Set<CommandID> = []
    /// The local days on which stamps were earned, as recorded.
    public internal(set) var stampDays: [LocalDay] = []
    var version: UInt32 = 0
    var absorbed: UInt32 = 0
    private var places: [CardVersion: Int] = [:]

    /// Creates the history of a card without events.
    public init() {}

    /// Folds one event into the history.
    ///
    /// What another card brought is not in the event: `absorb` adds it.
    ///
    /// - Parameters:
    ///   - event: The next event of the card.
    ///   - commandID: The command it belongs to.
    ///   - reference: The command's reference.
    ///   - moment: When the command occurred.
    ///   - attribution: Who, with what, where.
    public mutating func evolve(
        _ event: CardEvent,
        of commandID: CommandID,
        reference: String?,
        at moment: CardState.Moment,
        attribution: AttributionNumber = .none
    ) {
        version += 1
        if event.isAboutCase { return evolveCases(event, at: moment, attribution) }
        if case .commandRefused = event { return }
        commands.insert(commandID)
        switch event {
        case .purchaseRecorded(let amount, let award):
            add(transaction(amount, award, true, commandID, reference, at: moment, attribution), award, at: moment)
        case .visitRecorded(let amount, let award):
            let spent = amount ?? .zero
            add(transaction(spent, award, false, commandID, reference, at: moment, attribution), award, at: moment)
        case .amountRefunded(_, _, let correction), .visitsRemoved(_, let correction): apply(correction)
        case .amountEdited(let edit): apply(edit, at: moment)
        case .rewardsGranted(let rewards, let purchase):
            grants.append(Grant(commandID: commandID, rewards: rewards, purchase: purchase, isReversed: false))
        case .grantReversed(let named, _, _):
            if let index = grants.firstIndex(where: { $0.commandID == named }) { grants[index].isReversed = true }
        default: evolveParts(event, of: commandID, at: moment)
        }
    }

    private func transaction(
        _ amount: MinorUnits,
        _ award: Award,
        _ isPurchase: Bool,
        _ commandID: CommandID,
        _ reference: String?,
        at moment: CardState.Moment,
        _ attribution: AttributionNumber
    ) -> Transaction {
        Transaction(
            version: CardVersion(version),
            commandID: commandID,
            reference: reference,
            isPurchase: isPurchase,
            occurredAt: moment.occurredAt,
            occurredOn: moment.occurredOn,
            ruleVersion: award.ruleVersion,
            gross: amount,
            refunded: .zero,
            awarded: award.stamps,
            withheld: award.withheld,
            eligibleOpen: award.detail?.eligible ?? amount,
            detail: award.detail,
            attribution: attribution,
            isWithdrawn: false
        )
    }

    private mutating func add(_ transaction: Transaction, _ award: Award, at moment: CardState.Moment) {
        append(transaction)
        earn(award.stamps, at: moment, lapsesAfter: award.detail?.lapsesAfter)
    }

    /// Adds a transaction that has its number.
    mutating func append(_ transaction: Transaction) {
        places[transaction.version] = transactions.count
        transactions.append(transaction)
    }

    /// Notes that stamps were earned by the event just folded.
    mutating func earn(_ stamps: Stamps, at moment: CardState.Moment, lapsesAfter last: LocalDay?) {
        guard stamps > 0 else { return }
        stampDays.append(moment.occurredOn)
        guard let last else { return }
        lots.add(LotBook.Lot(version: CardVersion(version), lastDay: last, occurredAt: moment.occurredAt, left: stamps))
    }

    private mutating func apply(_ correction: Correction) {
        var left = correction.clawback.taken
        for reduction in correction.reductions {
            guard let index = places[reduction.transaction] else { continue }
            transactions[index].refunded += reduction.amount
            transactions[index].eligibleOpen -= reduction.eligible
            transactions[index].withheld -= reduction.absorbed
            absorbLapsed(reduction.lapsed, of: transactions[index])
            if reduction.withdrawsVisit { transactions[index].isWithdrawn = true }
            left -= lots.take(min(left, reduction.due), of: reduction.transaction)
        }
        lots.takeNewest(left)
    }

    private mutating func apply(_ edit: AmountEdit, at moment: CardState.Moment) {
        guard let index = places[edit.transaction] else { return }
        transactions[index].gross = edit.to
        transactions[index].eligibleOpen += edit.eligibleChange
        transactions[index].awarded += edit.award.stamps
        transactions[index].withheld += edit.award.withheld
        transactions[index].withheld -= edit.absorbed
        absorbLapsed(edit.lapsed, of: transactions[index])
        let taken = edit.clawback.taken
        lots.takeNewest(taken - lots.take(taken, of: edit.transaction))
        earn(edit.award.stamps, at: moment, lapsesAfter: edit.award.detail?.lapsesAfter)
        switch edit.visitChange {
        case .unchanged: break
        case .withdrawn: transactions[index].isWithdrawn = true
        case .restored: transactions[index].isWithdrawn = false
        }
    }
}
