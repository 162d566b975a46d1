internal import LoyaltyDomain
internal import LoyaltyLedger

/// The books of one card.
struct CardBook {
    struct Entry {
        let id: CommandID
        let reference: String?
        let isPurchase: Bool
        let occurredAt: Timestamp
        var gross: Int64
        var refunded: Int64 = 0
        var isWithdrawn = false
        let rules: CardRules?
        let hasPlainYield: Bool

        var open: Int64 { gross - refunded }
    }

    let program: String
    var isMerged = false
    private(set) var hasTakenIn = false
    private(set) var hasTierByHand = false
    private var entries: [Entry] = []
    private var grants: [CommandID: Int64] = [:]
    private var loads: [CommandID: Int64] = [:]
    private var prepaid: Set<CommandID> = []

    init(program: String) { self.program = program }

    var spend: Int64 { entries.reduce(0) { $0 + $1.open } }
    var lifetimeValue: Int64 { spend + grants.values.reduce(0, +) + loads.values.reduce(0, +) }
    var visits: Int64 { Int64(entries.count { !$0.isWithdrawn } + prepaid.count) }

    mutating func takeIn(_ other: CardBook) {
        hasTakenIn = true
        hasTierByHand = true
        entries += other.entries
        grants.merge(other.grants) { mine, _ in mine }
        loads.merge(other.loads) { mine, _ in mine }
        prepaid.formUnion(other.prepaid)
    }

    mutating func take(
        _ request: CommandRequest,
        _ receipt: Receipt,
        rules: CardRules?,
        hasRuleChanges: Bool
    ) -> [String] {
        let id = request.id
        switch request.command.action {
        case .purchase(let money, _): return transact(request, receipt, money, isPurchase: true, rules)
        case .purchaseEligible(let money, _): return transact(request, receipt, money, isPurchase: true, rules)
        case .visit(let money): return transact(request, receipt, money, isPurchase: false, rules)
        case .refund(let money, let name): return refund(money.minorUnits.rawValue, name, receipt)
        case .editAmount(let name, let money): return edit(name, to: money.minorUnits.rawValue)
        case .removeVisits(let count): return writeOff(Int(count.rawValue))
        case .grantRewards(_, let money): grants[id] = money.minorUnits.rawValue
        case .reverseGrant(let named): return Self.take(&grants, named, nil, "grant")
        case .load(_, let money): loads[id] = money.minorUnits.rawValue
        case .reverseLoad(let named, _, let money): return Self.take(&loads, named, money?.minorUnits.rawValue, "load")
        case .spend(_, let purse, _):
            let spent = receipt.events.contains { event in
                if case .stampsSpent(let spending) = event.event { spending.stamps > 0 } else { false }
            }
            if purse == .main, spent, let rules, case .visits = rules.spending { prepaid.insert(id) }
        case .reverseSpending(let named): prepaid.remove(named)
        case .setTier, .unpinTier: hasTierByHand = true
        default: break
        }
        return []
    }

    private mutating func transact(
        _ request: CommandRequest,
        _ receipt: Receipt,
        _ money: Money?,
        isPurchase: Bool,
        _ rules: CardRules?
    ) -> [String] {
        let amount = money?.minorUnits.rawValue ?? 0
        var hasPlainYield = rules?.happyHours.isEmpty ?? false
        if case .purchaseEligible = request.command.action { hasPlainYield = false }
        if case .spend(let rule) = rules?.mechanic, rule.remainder == .cumulative { hasPlainYield = false }
        entries.append(
            Entry(
                id: request.id,
                reference: request.context.reference,
                isPurchase: isPurchase,
                occurredAt: request.command.occurredAt,
                gross: amount,
                rules: rules,
                hasPlainYield: hasPlainYield
            )
        )
        guard hasPlainYield, let rules else { return [] }
        for event in receipt.events {
            switch event.event {
            case .purchaseRecorded(_, let award), .visitRecorded(_, let award):
                let expected = Self.yield(amount, isPurchase: isPurchase, rules, share: award.detail?.share)
                let found = Int64(award.stamps.rawValue) + Int64(award.withheld.rawValue)
                return found == expected ? [] : ["earned \(found), and not \(expected)"]
            default: continue
            }
        }
        return ["no transaction was recorded"]
    }

    /// What an amount earns by itself (R2, D20).
    private static func yield(_ amount: Int64, isPurchase: Bool, _ rules: CardRules, share: BasisPoints?) -> Int64 {
        switch rules.mechanic {
        case .spend(let rule): isPurchase ? amount / rule.unit.rawValue * Int64(rule.stamps.rawValue) : 0
        case .visit(let stamps): Int64(stamps.rawValue)
        case .percent(let rule):
            isPurchase ? amount * Int64((share ?? rule.share).rawValue) / (10_000 * rule.pointValue.rawValue) : 0
        case .manual, .amounts: 0
        }
    }

    private var newestFirst: [Int] {
        entries.indices.sorted { (entries[$0].occurredAt, $0) > (entries[$1].occurredAt, $1) }
    }

    /// The purchase with that command id, else the only one with that reference (D3).
    private func purchase(_ name: TransactionName) -> Int? {
        if let id = name.commandID, let found = entries.firstIndex(where: { $0.id == id && $0.isPurchase }) {
            return found
        }
        guard let reference = name.reference else { return nil }
        let found = entries.indices.filter { entries[$0].reference == reference && entries[$0].isPurchase }
        return found.count == 1 ? found[0] : nil
    }

    private mutating func refund(_ amount: Int64, _ name: TransactionName?, _ receipt: Receipt) -> [String] {
        var left = amount
        var expected: Int64 = 0
        var isPlain = true
        let candidates: [Int]
        if let name {
            candidates = purchase(name).map { [$0] } ?? []
        } else {
            candidates = newestFirst.filter { entries[$0].isPurchase && entries[$0].open > 0 }
        }
        for index in candidates where left > 0 && entries[index].open > 0 {
            let part = min(left, entries[index].open)
            let isVisitRule = if case .visit = entries[index].rules?.mechanic { true } else { false }
            isPlain = isPlain && entries[index].hasPlainYield && !isVisitRule
            if let rules = entries[index].rules, case .spend = rules.mechanic {
                expected += Self.yield(entries[index].open, isPurchase: true, rules, share: nil)
                expected -= Self.yield(entries[index].open - part, isPurchase: true, rules, share: nil)
            } else {
                isPlain = false
            }
            entries[index].refunded += part
            if entries[index].open == 0 { entries[index].isWithdrawn = true }
            left -= part
        }
        guard left == 0 else { return ["refunded \(left) more than was open"] }
        guard isPlain, !hasTakenIn else { return [] }
        for case .amountRefunded(_, _, let correction) in receipt.events.map(\.event) {
            let found = correction.reductions.reduce(Int64(0)) {
                $0 + Int64($1.due.rawValue) + Int64($1.absorbed.rawValue) + Int64($1.lapsed.rawValue)
            }
            if found != expected { return ["due back \(found), and not \(expected)"] }
        }
        return []
    }

    private mutating func edit(_ name: TransactionName, to gross: Int64) -> [String] {
        guard let index = purchase(name) else { return ["edited a purchase that is not there"] }
        let isLowered = gross < entries[index].gross
        entries[index].gross = gross
        if entries[index].open < 0 { return ["edited below what was refunded"] }
        if entries[index].open > 0 {
            entries[index].isWithdrawn = false
        } else if isLowered {
            entries[index].isWithdrawn = true
        }
        return []
    }

    private mutating func writeOff(_ count: Int) -> [String] {
        let there = newestFirst.filter { !entries[$0].isWithdrawn }
        guard count <= there.count else { return ["wrote off \(count) of \(there.count) visits"] }
        for index in there.prefix(count) {
            entries[index].refunded = entries[index].gross
            entries[index].isWithdrawn = true
        }
        return []
    }

    private static func take(
        _ amounts: inout [CommandID: Int64],
        _ id: CommandID,
        _ part: Int64?,
        _ what: String
    ) -> [String] {
        guard let amount = amounts[id] else { return ["reversed a \(what) that is not there"] }
        let left = amount - (part ?? amount)
        amounts[id] = left
        return left < 0 ? ["reversed more of a \(what) than there was"] : []
    }
}
