internal import LogFormat
internal import LoyaltyDomain

extension ByteWriter {
    mutating func amount(_ value: MinorUnits) { zigzag(value.rawValue) }

    mutating func count<Unit>(_ value: Count<Unit>) { zigzag(Int64(value.rawValue)) }

    mutating func day(_ value: LocalDay) { zigzag(Int64(value.daysSince1970)) }

    mutating func day(_ value: LocalDay?) { optional(value) { $0.day($1) } }

    mutating func version(_ value: RuleVersion) { varint(UInt64(value.rawValue)) }

    mutating func version(_ value: CardVersion) { varint(UInt64(value.rawValue)) }

    mutating func flag(_ value: Bool) { u8(value ? 1 : 0) }

    /// One byte 0 for nothing, or 1 and the value.
    mutating func optional<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
        guard let value else { return u8(0) }
        u8(1)
        write(&self, value)
    }

    mutating func money(_ value: Money) {
        string(value.currency.code)
        amount(value.minorUnits)
    }

    mutating func commandID(_ value: CommandID) { recordID(RecordID(value), after: nil) }

    mutating func award(_ award: Award) {
        version(award.ruleVersion)
        count(award.stamps)
        count(award.withheld)
    }

    mutating func clawback(_ clawback: Clawback) {
        count(clawback.due)
        count(clawback.taken)
        flag(clawback.carriesDebt)
    }

    mutating func lastDays(_ days: LastDays?) {
        optional(days) { writer, days in
            writer.day(days.visit)
            writer.day(days.purchase)
        }
    }

    mutating func correction(_ correction: Correction) {
        varint(UInt64(correction.reductions.count))
        for reduction in correction.reductions { self.reduction(reduction) }
        clawback(correction.clawback)
        lastDays(correction.remaining)
    }

    private mutating func reduction(_ reduction: Reduction) {
        version(reduction.transaction)
        version(reduction.ruleVersion)
        let isPartial = reduction.eligible != reduction.amount
        let flags: [Bool] = [
            reduction.isPurchase, reduction.withdrawsVisit, reduction.wasStamped, isPartial, reduction.lapsed != 0,
        ]
        u8(flags.enumerated().reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) })
        amount(reduction.amount)
        count(reduction.absorbed)
        count(reduction.due)
        if isPartial { amount(reduction.eligible) }
        if reduction.lapsed != 0 { count(reduction.lapsed) }
    }

    /// A bit for each field that is there, then the fields.
    mutating func detail(_ detail: AwardDetail) {
        let flags: [Bool] = [
            detail.share != nil, detail.eligible != nil, detail.extra != nil, detail.withheldBy != nil,
            detail.lapsesAfter != nil,
        ]
        u8(flags.enumerated().reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) })
        if let share = detail.share { zigzag(Int64(share.rawValue)) }
        if let eligible = detail.eligible { amount(eligible) }
        if let extra = detail.extra {
            zigzag(Int64(extra.percent))
            count(extra.stamps)
        }
        if let reason = detail.withheldBy { u8(reason.rawValue) }
        if let last = detail.lapsesAfter { day(last) }
    }

    mutating func card(_ number: CardNumber) { varint(UInt64(number.rawValue)) }
}
