internal import LoyaltyDomain

extension Deduction {
    mutating func added(_ count: Stamps) {
        title("\(words.units(count)) added by hand")
        lastDay(nil, of: count, earning?.program.rules)
    }

    mutating func removed(_ count: Stamps, from purse: PurseKind) {
        let there = purse == .main ? before.balance : before.bonus.balance
        title("\(words.units(count, in: purse)) removed by hand")
        say("of \(words.units(there, in: purse)) there")
        require(count <= there, "more was removed than was there")
    }

    mutating func debtPaid(_ count: Stamps) {
        title("\(words.units(count)) went to pay what was owed")
        say("\(words.units(given)) came in, \(words.units(before.debt)) owed: \(words.units(count)) paid")
        check("paid", min(given, before.debt), is: count)
    }

    mutating func credited(_ credit: Credit) {
        let units = words.units(credit.stamps, in: credit.purse)
        title("\(units) \(Deduction.words(for: credit.cause))")
        switch credit.cause {
        case .manual: break
        case .load: say("\(words.decimal(credit.purchase)) was paid for \(units)")
        case .welcome:
            reasoning.ruleVersion = earning?.version
            say("a new card begins with \(units)")
            check("welcome", earning?.program.rules.welcome.stamps, is: credit.stamps)
        case .referral: check("for the newcomer", before.referral.paidToNewcomer, is: credit.stamps)
        case .conversion:
            let target = terms.catalog.program(before.program)?.id
            let isPromised = terms.catalog.versions.contains { version in
                version.program.rules.conversion.map { $0.program == target && $0.stamps == credit.stamps } ?? false
            }
            require(isPromised, "no coupon promises \(units)")
        case .tier:
            let entries = [newest?.program.rules, known].compactMap { $0?.tiers?[before.tier.number]?.entry.stamps }
            require(entries.contains(credit.stamps), "entering the tier does not give \(units)")
        }
        if credit.purse == .main { lastDay(credit.lapsesAfter, of: credit.stamps, earning?.program.rules) }
    }

    mutating func spent(_ spending: Spending) {
        let units = words.units(spending.stamps, in: spending.purse)
        let there = spending.purse == .main ? before.balance : before.bonus.balance
        title("\(units) spent")
        say("of \(words.units(there, in: spending.purse)) there")
        require(spending.stamps <= there, "more was spent than was there")
        if spending.over > 0 {
            say("\(words.units(spending.over, in: spending.purse)) more were given out offline that were not there")
            check("there", there, is: spending.stamps)
        }
        var perVisit: Stamps = 0
        if case .visits(let bonus) = newest?.program.rules.spending, spending.purse == .main { perVisit = bonus }
        let bonus = Stamps(truncating: Int64(perVisit.rawValue) * Int64(spending.stamps.rawValue))
        check("bonus points", bonus, is: spending.bonus)
        guard spending.bonus > 0 else { return }
        reasoning.ruleVersion = newest?.version
        let rate = words.units(perVisit, in: .bonus)
        say("\(units) at \(rate) each: \(words.units(spending.bonus, in: .bonus))")
    }

    mutating func reversed(_ reversal: SpendingReversal) {
        title("A spending undone: \(words.units(reversal.stamps, in: reversal.purse)) back")
        guard let spent = history.spendings.first(where: { $0.commandID == reversal.named }) else {
            return require(false, "the spending it undoes is not among the card's")
        }
        say("spent on \(spent.occurredOn)")
        check("back", spent.stamps, is: reversal.stamps)
        check("bonus points due back", spent.bonus, is: reversal.bonus.due)
        collected(reversal.bonus, from: before.bonus.balance, in: .bonus)
    }

    mutating func reversed(_ reversal: LoadReversal) {
        title("A load taken back: \(words.units(reversal.clawback.taken))")
        guard let load = history.loads.first(where: { $0.commandID == reversal.named }) else {
            return require(false, "the load it takes back is not among the card's")
        }
        say("\(words.units(load.stamps)) for \(words.decimal(load.purchase)) were left of it")
        check("due back", reversal.asked ?? load.stamps, is: reversal.clawback.due)
        check("amount", reversal.askedAmount ?? load.purchase, is: reversal.purchase)
        collected(reversal.clawback, from: before.balance)
    }

    /// Units that lapsed: all of them by a sliding life, else the lots whose day is over, else those that came too late.
    mutating func lapsed(_ count: Stamps, through day: LocalDay) {
        title("\(words.units(count)) lapsed")
        if case .sliding(let days) = known?.life, let last = before.lastStampOn, last.advanced(byDays: days) == day {
            say("the last was earned on \(last), and all stay \(days) days after it, through \(day)")
            return check("lapsed", before.balance, is: count)
        }
        let ended = history.lots.lots.reduce(Stamps.zero) { $1.lastDay <= day ? $0 + $1.left : $0 }
        let late = min(given, before.balance)
        if late == count && ended != count {
            return say("they were earned before \(day) and learnt of after it, so they lapsed at once")
        }
        say("\(words.units(ended)) were there through \(day) and no longer")
        check("lapsed", min(ended, before.balance), is: count)
    }

    mutating func restored(_ count: Stamps, through day: LocalDay) {
        title("\(words.units(count)) that had lapsed came back")
        say("what was earned late kept the card running beyond \(day)")
        check("came back", history.lapses.first { $0.through == day }?.left, is: count)
    }

    /// The last day of units just earned, where they have one of their own (D12).
    mutating func lastDay(_ day: LocalDay?, of count: Stamps, _ rules: CardRules?) {
        guard count > 0 else { return check("last day", nil, is: day) }
        check("last day", rules?.life.lastDay(earnedOn: record.moment.occurredOn), is: day)
        if let day { say("there through \(day)") }
    }

    private static func words(for cause: Credit.Cause) -> String {
        switch cause {
        case .manual: "added by hand"
        case .load: "loaded"
        case .welcome: "as a welcome"
        case .referral: "for coming by recommendation"
        case .conversion: "that the coupon promised"
        case .tier: "for entering the tier"
        }
    }
}

extension Count {
    /// The low 32 bits of a number: figures from disk never trap.
    fileprivate init(truncating value: Int64) { self.init(Int32(truncatingIfNeeded: value)) }
}
