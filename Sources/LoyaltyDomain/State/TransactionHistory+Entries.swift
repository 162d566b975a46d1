extension TransactionHistory {
    /// Stamps that were paid for, as reversals have left them.
    public struct Load: Hashable, Sendable {
        /// The command that loaded them.
        public let commandID: CommandID
        /// Stamps not taken back.
        public internal(set) var stamps: Stamps
        /// The amount not taken back.
        public internal(set) var purchase: MinorUnits
        /// The event that loaded them.
        public internal(set) var version: CardVersion
    }

    /// Stamps that were spent.
    public struct Spent: Hashable, Sendable {
        /// The command that spent them.
        public let commandID: CommandID
        /// From which purse.
        public let purse: PurseKind
        /// How many.
        public let stamps: Stamps
        /// The bonus points it earned.
        public let bonus: Stamps
        /// Whether it is a visit.
        public let isVisit: Bool
        /// The local day on which it occurred.
        public let occurredOn: LocalDay
        /// The lots they came from.
        var draws: [LotBook.Draw]
        /// Whether it was undone.
        public internal(set) var isReversed = false
    }

    /// Rewards that were redeemed.
    public struct Redemption: Hashable, Sendable {
        /// The command that redeemed them.
        public let commandID: CommandID
        /// How many.
        public let rewards: Rewards
        /// Of which milestone, where it was one.
        public let milestone: MilestoneNumber?
        /// Stamps its restart of the cycle converted.
        public let converted: Stamps
        /// Whether it was the use of a coupon.
        public let isCoupon: Bool
        /// The lots the converted stamps came from.
        var draws: [LotBook.Draw]
        /// Whether it was undone.
        public internal(set) var isReversed = false
    }

    /// A reward claimed from a catalogue (D26).
    public struct Claim: Hashable, Sendable {
        /// Where it stands.
        public enum Status: Hashable, Sendable {
            /// It waits.
            case outstanding
            /// It was handed out.
            case used
            /// It was taken back.
            case removed
        }

        /// The command that claimed it.
        public let commandID: CommandID
        /// Its name.
        public let item: Label
        /// What it cost.
        public let cost: Stamps
        /// The lots the stamps came from.
        var draws: [LotBook.Draw]
        /// Where it stands.
        public internal(set) var status = Status.outstanding
    }

    /// Stamps that lapsed all together, by a sliding life.
    public struct Lapse: Hashable, Sendable {
        /// The last day on which they were there.
        public let through: LocalDay
        /// What of them no refund has consumed and nothing restored.
        public internal(set) var left: Stamps
    }
}

extension TransactionHistory {
    /// Folds the events that only some card types have.
    mutating func evolveParts(_ event: CardEvent, of commandID: CommandID, at moment: CardState.Moment) {
        switch event {
        case .stampsAdded(let count): earn(count, at: moment, lapsesAfter: nil)
        case .stampsCredited(let credit): add(credit, of: commandID, at: moment)
        case .referralCredited(_, let count): earn(count, at: moment, lapsesAfter: nil)
        case .stampsRemoved(let count), .debtPaid(let count), .rewardsUnlocked(_, converted: let count, _),
            .conversionUndone(let count):
            lots.consume(count)
        case .stampsLapsed(let count, let day, _):
            if lots.isEmpty { lapses.append(Lapse(through: day, left: count)) } else { lots.lapse(through: day) }
        case .stampsRestored(_, let day):
            if let index = lapses.firstIndex(where: { $0.through == day }) { lapses[index].left = 0 }
        case .stampsSpent(let spending): add(spending, of: commandID, at: moment)
        case .spendingReversed(let reversal):
            guard let index = spendings.firstIndex(where: { $0.commandID == reversal.named }) else { return }
            spendings[index].isReversed = true
            lots.restore(spendings[index].draws)
        case .loadReversed(let reversal): apply(reversal)
        case .referralCollected(_, let clawback): lots.takeNewest(clawback.taken)
        default: evolveRewards(event, of: commandID)
        }
    }

    private mutating func evolveRewards(_ event: CardEvent, of commandID: CommandID) {
        switch event {
        case .rewardsRedeemed(let count, _), .redemptionConflicted(let count, _, _): add(count, of: commandID)
        case .couponRedeemed: add(1, of: commandID, isCoupon: true)
        case .milestoneRedeemed(let redemption):
            let converted = redemption.restart ?? 0
            add(1, of: commandID, milestone: redemption.number, converted: converted)
        case .redemptionReversed(let reversal):
            guard let index = redemptions.firstIndex(where: { $0.commandID == reversal.named }) else { return }
            redemptions[index].isReversed = true
            lots.restore(redemptions[index].draws)
        case .rewardClaimed(let item, let cost, _, _):
            claims.append(Claim(commandID: commandID, item: item, cost: cost, draws: lots.consume(cost)))
        case .claimUsed(let named, _):
            if let index = claims.firstIndex(where: { $0.commandID == named }) { claims[index].status = .used }
        case .claimRemoved(let named, let returned):
            guard let index = claims.firstIndex(where: { $0.commandID == named }) else { return }
            claims[index].status = .removed
            if returned != nil { lots.restore(claims[index].draws) }
        default: break
        }
    }

    private mutating func add(_ credit: Credit, of commandID: CommandID, at moment: CardState.Moment) {
        guard credit.purse == .main else { return }
        earn(credit.stamps, at: moment, lapsesAfter: credit.lapsesAfter)
        guard credit.cause == .load else { return }
        loads.append(
            Load(
                commandID: commandID,
                stamps: credit.stamps,
                purchase: credit.purchase,
                version: CardVersion(version)
            )
        )
    }

    private mutating func add(_ spending: Spending, of commandID: CommandID, at moment: CardState.Moment) {
        spendings.append(
            Spent(
                commandID: commandID,
                purse: spending.purse,
                stamps: spending.stamps,
                bonus: spending.bonus,
                isVisit: spending.isVisit,
                occurredOn: moment.occurredOn,
                draws: spending.purse == .main ? lots.consume(spending.stamps) : []
            )
        )
    }

    private mutating func add(
        _ rewards: Rewards,
        of commandID: CommandID,
        milestone: MilestoneNumber? = nil,
        converted: Stamps = 0,
        isCoupon: Bool = false
    ) {
        redemptions.append(
            Redemption(
                commandID: commandID,
                rewards: rewards,
                milestone: milestone,
                converted: converted,
                isCoupon: isCoupon,
                draws: lots.consume(converted)
            )
        )
    }

    private mutating func apply(_ reversal: LoadReversal) {
        guard let index = loads.firstIndex(where: { $0.commandID == reversal.named }) else { return }
        loads[index].stamps -= reversal.clawback.due
        loads[index].purchase -= reversal.purchase
        let taken = reversal.clawback.taken
        lots.takeNewest(taken - lots.take(taken, of: loads[index].version))
    }

    /// Notes that a refund consumed stamps that had lapsed: of the transaction's own lot, else of the oldest lapse (D11).
    mutating func absorbLapsed(_ count: Stamps, of transaction: Transaction) {
        guard count > 0, !lots.absorbLapsed(count, of: transaction.version) else { return }
        var left = count
        for index in lapses.indices where left > 0 && lapses[index].through >= transaction.occurredOn {
            let taken = min(left, lapses[index].left)
            lapses[index].left -= taken
            left -= taken
        }
    }

    /// Takes in the history of a card that was merged into this one, right after the event that says so (D24).
    ///
    /// Its events get numbers from 2^31 on, which no event of this card has.
    public mutating func absorb(_ other: TransactionHistory) {
        var numbers: [CardVersion: CardVersion] = [:]
        func number(_ version: CardVersion) -> CardVersion {
            if let known = numbers[version] { return known }
            let number = CardVersion(1 << 31 + absorbed)
            absorbed += 1
            numbers[version] = number
            return number
        }
        for var transaction in other.transactions {
            transaction.version = number(transaction.version)
            append(transaction)
        }
        for var load in other.loads {
            load.version = number(load.version)
            loads.append(load)
        }
        for var lot in other.lots.lots {
            lot.version = number(lot.version)
            lots.add(lot)
        }
        func drawn(_ draws: [LotBook.Draw]) -> [LotBook.Draw] {
            draws.map { LotBook.Draw(lot: number($0.lot), stamps: $0.stamps) }
        }
        for var spending in other.spendings {
            spending.draws = drawn(spending.draws)
            spendings.append(spending)
        }
        for var redemption in other.redemptions {
            redemption.draws = drawn(redemption.draws)
            redemptions.append(redemption)
        }
        for var claim in other.claims {
            claim.draws = drawn(claim.draws)
            claims.append(claim)
        }
        grants += other.grants
        lapses += other.lapses
        stampDays += other.stampDays
    }
}
