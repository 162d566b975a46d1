internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain

// The fields of each event, in the order of DESIGN.md section 7.

extension LedgerDump {
    static func fields(_ event: LedgerEvent) -> [DumpValue] {
        switch event {
        case .ledgerCreated(let clock): return [DumpValue(clock.rawValue)]
        case .programDefined(let version):
            let program = version.program
            return [
                DumpValue(version.version.rawValue), DumpValue(version.number.rawValue),
                .number(version.effectiveFrom.milliseconds), .text(program.id.text), .text(program.currency.code),
                .text(program.timeZone),
            ] + layout(program.rules)
        case .attributionDefined(let number, let attribution):
            let labels = [attribution.staff, attribution.device, attribution.location]
            return [DumpValue(number.rawValue)] + labels.map { DumpValue($0?.text) }
        case .sourceRegistered(let source):
            let prefixes = source.prefixes.map { DumpValue.list([DumpValue($0.rows), hex($0.digest)]) }
            return [DumpValue(source.number), hex(source.digest), DumpValue(source.rows), .list(prefixes)]
        case .deviceRegistered(let device): return [DumpValue(device.number), .text(device.label.text)]
        case .unknown(let event): return fields(event)
        }
    }

    private static func fields(_ event: UnknownEvent) -> [DumpValue] { [DumpValue(event.type), hex(event.bytes)] }

    private static func hex(_ bytes: [UInt8]) -> DumpValue {
        .text(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }

    /// The layout byte and the fields of the rules: of a plain stamp card, or of every part.
    private static func layout(_ rules: CardRules) -> [DumpValue] {
        guard let required = rules.stampsPerReward, rules.isPlainStampCard else { return [2, .list(parts(rules))] }
        let cap: DumpValue = rules.dailyStampCap.map { count($0) } ?? .none
        return [1, .list(mechanic(rules.mechanic) + [count(required), cap] + policies(rules))]
    }

    static func mechanic(_ mechanic: Mechanic) -> [DumpValue] {
        switch mechanic {
        case .spend(let rule):
            [rule.remainder == .cumulative ? 2 : 1, count(rule.stamps), .number(rule.unit.rawValue)]
        case .visit(let stamps): [3, count(stamps)]
        case .manual: [4]
        case .percent(let rule): [5, DumpValue(rule.share.rawValue), .number(rule.pointValue.rawValue)]
        case .amounts: [6]
        }
    }

    static func policies(_ rules: CardRules) -> [DumpValue] {
        let uncollected: DumpValue =
            switch rules.uncollected {
            case .forgive: 1
            case .carryAsDebt: 2
            case .reject: 3
            }
        let expired: [DumpValue] =
            switch rules.redeemWhenExpired {
            case .allowed: [1]
            case .denied: [2]
            case .graceDays(let days): [3, DumpValue(days)]
            }
        return [uncollected] + expired
    }

    static func fields(_ event: CardEvent) -> [DumpValue] {
        switch event {
        case .cardIssued(let card, let customer, let program):
            [DumpValue(program.rawValue), .text(card.text), .text(customer.text)]
        case .cardInstalled(let platform): [DumpValue(platform.rawValue)]
        case .cardDeleted: []
        case .purchaseRecorded(let amount, let award): [.number(amount.rawValue), self.award(award)]
        case .visitRecorded(let amount, let award): [DumpValue(amount?.rawValue), self.award(award)]
        case .stampsAdded(let stamps), .stampsRemoved(let stamps), .debtPaid(let stamps): [count(stamps)]
        case .rewardsUnlocked(let rewards, let converted, let version):
            [count(rewards), count(converted), DumpValue(version.rawValue)]
        case .amountRefunded(let amount, let name, let correction):
            [.number(amount.rawValue), name.map(self.name) ?? .none, self.correction(correction)]
        case .visitsRemoved(let visits, let correction): [count(visits), self.correction(correction)]
        case .amountEdited(let edit): self.edit(edit)
        case .rewardsGranted(let rewards, let purchase), .rewardsRedeemed(let rewards, let purchase):
            [count(rewards), .number(purchase.rawValue)]
        case .grantReversed(let id, let rewards, let purchase):
            [self.id(id), count(rewards), .number(purchase.rawValue)]
        case .rewardsRemoved(let rewards, let purchase, let reason):
            [count(rewards), .number(purchase.rawValue), DumpValue(reason.rawValue)]
        case .expirySet(let day): [self.day(day)]
        case .cardExpired(let day): [self.day(day)]
        case .commandRefused(let action, let refusal): [.list(fields(action)), .list(fields(refusal))]
        case .unknown(let event): fields(event)
        default: partFields(event)
        }
    }

    private static func edit(_ edit: AmountEdit) -> [DumpValue] {
        let fields: [DumpValue] = [
            name(edit.named), DumpValue(edit.transaction.rawValue), day(edit.day), .number(edit.from.rawValue),
            .number(edit.to.rawValue), .list(figures(edit.award)), count(edit.absorbed), clawback(edit.clawback),
            DumpValue(edit.visitChange.rawValue), edit.wasStamped ? 1 : 0, lastDays(edit.remaining),
        ]
        guard edit.isDetailed else { return fields }
        let award = detail(edit.award.detail ?? AwardDetail())
        return fields + [award, .number(edit.eligibleChange.rawValue), count(edit.lapsed)]
    }

    static func fields(_ action: CardAction) -> [DumpValue] {
        switch action {
        case .issue(let customer, let program): [1, .text(customer.text), .text(program.text)]
        case .install(let platform): [2, DumpValue(platform.rawValue)]
        case .delete: [3]
        case .purchase(let amount, let stated): [4, money(amount), stated.map(money) ?? .none]
        case .visit(let amount): [5, amount.map(money) ?? .none]
        case .refund(let amount, let name): [6, money(amount), name.map(self.name) ?? .none]
        case .editAmount(let name, let amount): [7, self.name(name), money(amount)]
        case .removeVisits(let visits): [8, count(visits)]
        case .addStamps(let stamps): [9, count(stamps)]
        case .removeStamps(let stamps): [10, count(stamps)]
        case .grantRewards(let rewards, let purchase): [11, count(rewards), money(purchase)]
        case .reverseGrant(let id): [12, self.id(id)]
        case .redeemRewards(let rewards, let purchase): [13, count(rewards), money(purchase)]
        case .removeRewards(let rewards, let purchase, let reason):
            [14, count(rewards), money(purchase), DumpValue(reason.rawValue)]
        case .setExpiry(let day): [15, self.day(day)]
        default: partFields(action)
        }
    }

    private static func fields(_ refusal: Refusal) -> [DumpValue] {
        switch refusal {
        case .cardExpired(let day): [1, self.day(day)]
        case .cardDeleted: [2]
        case .alreadyIssued: [3]
        case .currencyMismatch(let expected): [4, .text(expected.code)]
        case .amountsDiffer: [5]
        case .amountTooSmall: [6]
        case .quantityTooSmall: [7]
        case .limitExceeded: [8]
        case .exceedsBalance(let balance): [9, count(balance)]
        case .exceedsAvailable(let available): [10, count(available)]
        case .exceedsOpenAmount(let amount): [11, .number(amount.rawValue)]
        case .exceedsVisits(let visits): [12, count(visits)]
        case .belowRefunded(let amount): [13, .number(amount.rawValue)]
        case .transactionNotFound: [14]
        case .transactionAmbiguous: [15]
        case .spendCardsOnly: [16]
        case .occurredInFuture: [17]
        case .shortfall(let due, let balance): [18, count(due), count(balance)]
        case .alreadyReversed: [19]
        default: partFields(refusal)
        }
    }

    static func count<Unit>(_ value: Count<Unit>) -> DumpValue { DumpValue(value.rawValue) }
    static func day(_ value: LocalDay?) -> DumpValue { DumpValue(value.map { Int64($0.daysSince1970) }) }
    static func money(_ value: Money) -> DumpValue {
        .list([.text(value.currency.code), .number(value.minorUnits.rawValue)])
    }
    static func id(_ value: CommandID) -> DumpValue { .text(text(RecordID(value))) }
    static func name(_ value: TransactionName) -> DumpValue { .list([value.commandID.map(id) ?? .none]) }
    static func award(_ value: Award) -> DumpValue {
        .list(figures(value) + (value.detail.map { [detail($0)] } ?? []))
    }
    private static func figures(_ value: Award) -> [DumpValue] {
        [DumpValue(value.ruleVersion.rawValue), count(value.stamps), count(value.withheld)]
    }
    static func clawback(_ value: Clawback) -> DumpValue {
        .list([count(value.due), count(value.taken), value.carriesDebt ? 1 : 0])
    }
    static func lastDays(_ value: LastDays?) -> DumpValue {
        value.map { .list([day($0.visit), day($0.purchase)]) } ?? .none
    }
    private static func correction(_ value: Correction) -> DumpValue {
        let reductions = value.reductions.map { reduction -> DumpValue in
            let isPartial = reduction.eligible != reduction.amount
            let flags = [
                reduction.isPurchase, reduction.withdrawsVisit, reduction.wasStamped, isPartial, reduction.lapsed != 0,
            ]
            let rest: [DumpValue] =
                (isPartial ? [.number(reduction.eligible.rawValue)] : [])
                + (reduction.lapsed != 0 ? [count(reduction.lapsed)] : [])
            let bits = flags.enumerated().reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) }
            return .list(
                [
                    DumpValue(reduction.transaction.rawValue), DumpValue(reduction.ruleVersion.rawValue),
                    DumpValue(bits),
                    .number(reduction.amount.rawValue), count(reduction.absorbed), count(reduction.due),
                ] + rest
            )
        }
        return .list([.list(reductions), clawback(value.clawback), lastDays(value.remaining)])
    }
}
