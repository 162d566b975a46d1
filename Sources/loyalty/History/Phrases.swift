import LoyaltyLedger

/// Phrases of which the words for events are made, in the units and the currency of one program.
struct Phrases {
    private let program: Program

    init(_ program: Program) { self.program = program }

    /// An amount without its currency.
    func decimal(_ amount: MinorUnits) -> String { amount.decimal(in: program.currency) }

    /// A claim as it is written.
    func claim(_ claim: Claim) -> String { claim.text(in: program.currency) }

    /// A number of what the card counts: `3 stamps`, `1 visit`; stored value as an amount.
    func units(_ count: Stamps, in purse: PurseKind = .main) -> String {
        if purse == .bonus { return counted(count, "bonus point") }
        if program.rules.type.countsMoney { return decimal(MinorUnits(Int64(count.rawValue))) }
        return counted(count, program.rules.type.unit)
    }

    /// What a purchase or visit earned, and why not more; nil where there is nothing to say.
    func earned(_ award: Award, of amount: MinorUnits?) -> String? {
        var parts: [String] = []
        let detail = award.detail
        if award.stamps > 0 {
            let share = detail?.share.map { " (\($0.percentText) of \(decimal(detail?.eligible ?? amount ?? .zero)))" }
            parts.append("earned \(units(award.stamps))\(share ?? "")")
        } else if let share = detail?.share, share > BasisPoints(0) {
            parts.append("at \(share.percentText)")
        }
        if let eligible = detail?.eligible { parts.append("\(decimal(eligible)) of it earn") }
        if let extra = detail?.extra { parts.append("happy hour: \(extra.words(in: self))") }
        if award.withheld > 0 { parts.append("\(units(award.withheld)) withheld \(withholder(detail?.withheldBy))") }
        if let last = detail?.lapsesAfter { parts.append("there through \(last)") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private func withholder(_ by: Guard?) -> String {
        switch by {
        case .reference: "because the receipt had earned before"
        case .coolDown: "because the last purchase was too near"
        case .dailyCap, nil: "by the cap of the day"
        case .staffCap: "because the staff member had given the day's"
        }
    }

    /// Which transactions a correction reduced by how much, and how the stamps came back.
    func corrected(_ correction: Correction) -> String {
        let parts = correction.reductions.map { "#\($0.transaction.rawValue) by \(decimal($0.amount))" }
        return (parts + [collected(correction.clawback)].compactMap(\.self)).joined(separator: ", ")
    }

    /// How stamps due back were collected: `10 stamps due back: 0 taken, 10 uncollected`; nil where none were due.
    func collected(_ clawback: Clawback, in purse: PurseKind = .main) -> String? {
        guard clawback.due > 0 else { return nil }
        guard clawback.uncollected > 0 else { return "\(units(clawback.taken, in: purse)) taken back" }
        let fate = clawback.carriesDebt ? "carried as debt" : "uncollected"
        return "\(units(clawback.due, in: purse)) due back: \(clawback.taken) taken, \(clawback.uncollected) \(fate)"
    }

    /// A tier by its name, where the newest rules have it.
    func tier(_ number: TierNumber) -> String {
        guard number != .none else { return "no tier" }
        return program.rules.tiers?[number]?.name.text ?? "tier \(number.rawValue)"
    }

    /// A move from tier to tier.
    func moved(_ change: TierChange) -> String {
        let pin: String =
            switch change.pin {
            case .none: ""
            case .until(let day): ", pinned through \(day)"
            case .indefinite: ", pinned"
            }
        return "from \(tier(change.from)) to \(tier(change.to))\(pin)"
    }
}

extension Extra {
    fileprivate func words(in phrases: Phrases) -> String {
        let parts = [percent > 0 ? "\(percent)% more" : nil, stamps > 0 ? "\(phrases.units(stamps)) more" : nil]
        return parts.compactMap(\.self).joined(separator: " and ")
    }
}
