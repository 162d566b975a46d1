/// A card's single transactions and grants: what corrections need and the flat state does not keep.
///
/// Rare commands read it; the ledger folds it from the card's own events when one comes.
public struct TransactionHistory: Hashable, Sendable {
    /// One purchase or visit, as corrections have left it.
    public struct Transaction: Hashable, Sendable {
        /// The event that recorded it.
        public let version: CardVersion
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
    public private(set) var transactions: [Transaction] = []
    /// Grants in the order in which they were recorded.
    public private(set) var grants: [Grant] = []
    private var version: UInt32 = 0

    /// Creates the history of a card without events.
    public init() {}

    /// Folds one event into the history.
    ///
    /// - Parameters:
    ///   - event: The next event of the card.
    ///   - commandID: The command it belongs to.
    ///   - reference: The command's reference.
    ///   - moment: When the command occurred.
    public mutating func evolve(
        _ event: CardEvent,
        of commandID: CommandID,
        reference: String?,
        at moment: CardState.Moment
    ) {
        version += 1
        switch event {
        case .purchaseRecorded(let amount, let award):
            add(amount, award, isPurchase: true, of: commandID, reference: reference, at: moment)
        case .visitRecorded(let amount, let award):
            add(amount ?? .zero, award, isPurchase: false, of: commandID, reference: reference, at: moment)
        case .amountRefunded(_, _, let correction), .visitsRemoved(_, let correction): apply(correction)
        case .amountEdited(let edit): apply(edit)
        case .rewardsGranted(let rewards, let purchase):
            grants.append(Grant(commandID: commandID, rewards: rewards, purchase: purchase, isReversed: false))
        case .grantReversed(let named, _, _):
            if let index = grants.firstIndex(where: { $0.commandID == named }) { grants[index].isReversed = true }
        default: break
        }
    }

    private mutating func add(
        _ amount: MinorUnits,
        _ award: Award,
        isPurchase: Bool,
        of commandID: CommandID,
        reference: String?,
        at moment: CardState.Moment
    ) {
        transactions.append(
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
                isWithdrawn: false
            )
        )
    }

    private mutating func apply(_ correction: Correction) {
        for reduction in correction.reductions {
            guard let index = index(of: reduction.transaction) else { continue }
            transactions[index].refunded += reduction.amount
            transactions[index].withheld -= reduction.absorbed
            if reduction.withdrawsVisit { transactions[index].isWithdrawn = true }
        }
    }

    private mutating func apply(_ edit: AmountEdit) {
        guard let index = index(of: edit.transaction) else { return }
        transactions[index].gross = edit.to
        transactions[index].awarded += edit.award.stamps
        transactions[index].withheld += edit.award.withheld
        transactions[index].withheld -= edit.absorbed
        switch edit.visitChange {
        case .unchanged: break
        case .withdrawn: transactions[index].isWithdrawn = true
        case .restored: transactions[index].isWithdrawn = false
        }
    }

    /// Transactions lie in the order of their versions, so a long history is folded without a search through all of it.
    private func index(of version: CardVersion) -> Int? {
        var (low, high) = (0, transactions.count)
        while low < high {
            let middle = low + (high - low) / 2
            if transactions[middle].version < version { low = middle + 1 } else { high = middle }
        }
        return low < transactions.count && transactions[low].version == version ? low : nil
    }
}
