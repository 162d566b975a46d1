internal import LoyaltyDomain

extension Deduction {
    mutating func issued(_ card: CardID, _ customer: CustomerID) {
        title("Card issued")
        say("card \(card.text) of customer \(customer.text)")
    }

    /// Events that move a card through its life and no figure.
    mutating func life(_ event: CardEvent) {
        switch event {
        case .cardInstalled(let platform): title("Card installed on \(Deduction.words(for: platform))")
        case .cardReinstalled(let platform): title("Card installed again on \(Deduction.words(for: platform))")
        case .cardDeleted: title("Card deleted; its history stays")
        case .programLeft: title("The customer left the program")
        case .programRejoined: title("The customer came back to the program")
        case .expirySet(let day): title(day.map { "Card valid through \($0), set by hand" } ?? "Card valid without end")
        case .cardExpired(let day):
            title("Card ran out at the end of \(day)")
            check("last valid day", before.expiresOn, is: day)
        case .membershipRenewed(let day): title("Membership paid for through \(day)")
        case .membershipCancelled: title("Membership cancelled")
        case .termSet(let day):
            title("Card valid through \(day)")
            reasoning.ruleVersion = earning?.version
            let last = earning?.program.rules.term.lastDay(issuedOn: record.moment.occurredOn)
            check("last valid day", last, is: day)
        default: break
        }
    }

    private static func words(for platform: Platform) -> String {
        switch platform {
        case .iOS: "an iPhone"
        case .android: "an Android telephone"
        case .webApp: "a web page"
        }
    }

    mutating func tierChanged(_ change: TierChange) {
        title("From \(tier(change.from)) to \(tier(change.to))")
        check("tier before", before.tier.number, is: change.from)
        switch change.cause {
        case .manual: say("set by hand")
        case .spend: spendTier(change, newest?.program.rules, isPinned: before.tier.pin != .none)
        case .unpinned:
            say("it follows the spend again")
            spendTier(change, newest?.program.rules, isPinned: false)
        case .pinEnded:
            say("the day through which it was held is over")
            spendTier(change, known, isPinned: false)
        }
        switch change.pin {
        case .none: break
        case .until(let day): say("held through \(day)")
        case .indefinite: say("held until it is let go")
        }
    }

    /// The tier that the card's net spend reaches (R19), or the one it is in where it may not fall.
    private mutating func spendTier(_ change: TierChange, _ rules: CardRules?, isPinned: Bool) {
        guard let table = rules?.tiers, table.basis == .spend else {
            return check("tier", before.tier.number, is: change.to)
        }
        if rules == newest?.program.rules { reasoning.ruleVersion = newest?.version }
        let reached = table.tiers.count { $0.threshold <= before.transactionAmount }
        var expected = TierNumber(UInt8(reached))
        if isPinned || table.neverDrop { expected = max(expected, before.tier.number) }
        let spend = words.decimal(before.transactionAmount)
        if let tier = table[change.to] {
            say("a net spend of \(spend); \(tier.name.text) begins at \(words.decimal(tier.threshold))")
        } else {
            say("a net spend of \(spend) reaches no tier")
        }
        check("tier", expected, is: change.to)
    }

    private func tier(_ number: TierNumber) -> String {
        guard number != .none else { return "no tier" }
        let name = (newest?.program.rules ?? known)?.tiers?[number]?.name.text
        return name.map { "the tier \($0)" } ?? "tier \(number.rawValue)"
    }

    mutating func membershipSet(_ terms: MembershipTerms) {
        title("Membership: \(tier(terms.tier)), counted by the \(terms.period) from \(terms.anchor)")
        guard !terms.isByHand else { return say("set by hand") }
        check("period", earning?.program.rules.subscription?.period, is: terms.period)
        check("first day", record.moment.occurredOn, is: terms.anchor)
    }

    mutating func periodStarted(_ day: LocalDay) {
        title("A new period began on \(day)")
        say("uses count from 0; \(before.membership.used) in the one before")
        let start = before.membership.period?.start(of: record.moment.occurredOn, from: before.membership.anchor)
        check("first day", start, is: day)
    }
}
