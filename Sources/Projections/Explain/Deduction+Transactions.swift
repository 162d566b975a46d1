internal import LoyaltyDomain

extension Deduction {
    mutating func transaction(_ amount: MinorUnits?, _ award: Award, isPurchase: Bool) {
        let spent = amount.map { " of \(words.decimal($0))" } ?? ""
        title(isPurchase ? "Purchase\(spent)" : "Visit\(spent)")
        reasoning.ruleVersion = award.ruleVersion
        guard let rules = rules(award.ruleVersion) else { return }
        let detail = award.detail
        let part = detail?.eligible ?? amount ?? .zero
        if let eligible = detail?.eligible {
            say("\(words.decimal(eligible)) of it earn")
            require(eligible <= amount ?? .zero, "the part that earns is larger than the amount")
        }
        check("share", isPurchase ? expectedShare(rules) : nil, is: detail?.share)
        tellTier(of: detail?.share, rules)
        let arithmetic = EarningArithmetic(
            rules: rules,
            isPurchase: isPurchase,
            share: detail?.share,
            extra: detail?.extra,
            words: words
        )
        let worked = arithmetic.worked(
            EarningArithmetic.Change(
                from: .zero,
                to: part,
                ofAll: openAmount(under: award.ruleVersion),
                wasVisit: false,
                isVisit: true
            )
        )
        reasoning.steps += worked.steps
        check("earned", worked.count, is: sum(award))
        checkHappyHour(detail?.extra, earned: worked.count, rules)
        withheld(award, on: record.moment.occurredOn, rules)
        lastDay(award.detail?.lapsesAfter, of: award.stamps, rules)
    }

    /// The amount of a past purchase set anew (D17).
    mutating func edited(_ edit: AmountEdit) {
        title("Amount of a purchase set from \(words.decimal(edit.from)) to \(words.decimal(edit.to))")
        reasoning.ruleVersion = edit.award.ruleVersion
        guard let found = history.transactions.last(where: { $0.version == edit.transaction }) else {
            return require(false, "the purchase it corrects is not among the card's")
        }
        say("of \(name(found))")
        check("amount before", found.gross, is: edit.from)
        check("open amount afterwards", found.open + edit.to - edit.from, is: edit.to - found.refunded)
        if edit.to < edit.from { lowered(found, edit) } else { raised(found, edit) }
    }

    private mutating func lowered(_ found: TransactionHistory.Transaction, _ edit: AmountEdit) {
        let reduction = Reduction(
            transaction: edit.transaction,
            ruleVersion: edit.award.ruleVersion,
            isPurchase: true,
            amount: edit.from - edit.to,
            eligible: .zero - edit.eligibleChange,
            absorbed: edit.absorbed,
            lapsed: edit.lapsed,
            due: edit.clawback.due,
            withdrawsVisit: edit.visitChange == .withdrawn,
            wasStamped: edit.wasStamped
        )
        var shared = SharedSums()
        reduced(found, by: reduction, goes: edit.visitChange == .withdrawn, &shared)
        collected(edit.clawback, from: before.balance)
    }

    private mutating func raised(_ found: TransactionHistory.Transaction, _ edit: AmountEdit) {
        guard let rules = rules(edit.award.ruleVersion) else { return }
        let returns = edit.visitChange == .restored
        let worked = arithmetic(of: found, rules).worked(
            EarningArithmetic.Change(
                from: found.eligibleOpen,
                to: found.eligibleOpen + edit.to - edit.from,
                ofAll: openAmount(under: edit.award.ruleVersion),
                wasVisit: !returns,
                isVisit: true
            )
        )
        reasoning.steps += worked.steps
        if returns { say("it is a visit again") }
        check("earned on top", worked.count, is: sum(edit.award))
        withheld(edit.award, on: found.occurredOn, rules, isNew: false)
        lastDay(edit.award.detail?.lapsesAfter, of: edit.award.stamps, rules)
    }

    /// What guards held back, by figures where the card has them (D7, D22).
    private mutating func withheld(_ award: Award, on day: LocalDay, _ rules: CardRules, isNew: Bool = true) {
        let guards = rules.guards
        var room: Stamps?
        if let cap = guards.dailyCap {
            let had = awarded(on: day)
            room = max(cap - had, 0)
            require(award.stamps <= cap - had || award.stamps == 0, "more than the cap of the day was given")
            if award.withheld > 0 && award.detail?.withheldBy == nil {
                say("the cap of \(words.units(cap)) a day, of which the day had \(had): \(withheld(award))")
            }
        }
        guard award.withheld > 0 else { return }
        switch award.detail?.withheldBy {
        case .dailyCap, nil: check("room below the cap of the day", room, is: award.stamps)
        case .reference:
            say("the receipt had earned before, and earns once: \(withheld(award))")
            require(award.stamps == 0 && guards.singleUseReferences, "no guard of receipts withholds so much")
        case .coolDown:
            let seconds = guards.coolDown ?? 0
            say("another purchase that earned lies within \(seconds) seconds: \(withheld(award))")
            require(award.stamps == 0 && guards.coolDown != nil && isNew, "no cool-down withholds so much")
        case .staffCap:
            let cap = guards.dailyStaffCap ?? 0
            say("the staff member's cap of \(words.units(cap)) a day was reached: \(withheld(award))")
            require(guards.dailyStaffCap.map { award.stamps <= $0 } ?? false, "no cap of staff withholds so much")
        }
    }

    private func withheld(_ award: Award) -> String {
        "\(words.units(award.withheld)) withheld, \(words.units(award.stamps)) given"
    }

    private func awarded(on day: LocalDay) -> Stamps {
        if day == before.capped.day { return before.capped.awarded }
        return history.transactions.reduce(0) { $1.occurredOn == day ? $0 + $1.awarded : $0 }
    }

    private mutating func checkHappyHour(_ extra: Extra?, earned: Int64, _ rules: CardRules) {
        let minute = terms.minuteOfDay
        let held = rules.happyHours.first { $0.holds(on: record.moment.occurredOn, minute: minute) }?.extra
        check("happy hour", earned > 0 ? held : nil, is: extra)
    }

    /// The share of the card's tier before the purchase, of cashback or of discount (3.1, 3.4).
    private func expectedShare(_ rules: CardRules) -> BasisPoints? {
        let tier = rules.tiers.flatMap { $0.basis == .spend ? $0[before.tier.number] : nil }
        switch rules.mechanic {
        case .percent(let rule): return tier?.share ?? rule.share
        case .amounts: return tier?.share ?? BasisPoints(0)
        case .spend, .visit, .manual: return nil
        }
    }

    private mutating func tellTier(of share: BasisPoints?, _ rules: CardRules) {
        guard let share, let tier = rules.tiers?[before.tier.number], rules.tiers?.basis == .spend else { return }
        say("\(share.percentText) is the share of the tier \(tier.name.text), in which the card was before")
    }

    private func sum(_ award: Award) -> Int64 { Int64(award.stamps.rawValue) + Int64(award.withheld.rawValue) }
}
