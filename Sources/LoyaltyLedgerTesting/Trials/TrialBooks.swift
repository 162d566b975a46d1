internal import LoyaltyDomain
internal import LoyaltyLedger

/// Books of a whole trial kept the simplest way there is: lists that are added up anew each time.
///
/// They know what was asked for and whether it was accepted, and never look at a card's state.
struct TrialBooks {
    private var rules: [String: [(from: Timestamp, rules: CardRules)]] = [:]
    private var cards: [String: CardBook] = [:]
    private var hasRuleChanges = false

    init(_ programs: [Program]) {
        for program in programs { rules[program.id.text] = [(.earliest, program.rules)] }
    }

    mutating func define(_ program: Program, at instant: Timestamp) {
        rules[program.id.text, default: []].append((instant, program.rules))
        hasRuleChanges = true
    }

    /// Books an accepted command; what cannot be right is told.
    mutating func take(_ request: CommandRequest, _ receipt: Receipt) -> [String] {
        let name = request.command.card.text
        guard let program = request.issuing?.program?.text else { return [] }
        var book = cards[name] ?? CardBook(program: program)
        defer { cards[name] = book }
        guard receipt.refusal == nil else { return [] }
        if case .merge(let target) = request.command.action {
            cards[target.text, default: CardBook(program: program)].takeIn(book)
            book = CardBook(program: program)
            book.isMerged = true
            return []
        }
        // A coupon may have issued the card under another program.
        let versions = rules[program] ?? []
        let version = versions.last { $0.from <= request.command.occurredAt }?.rules
        let problems = book.take(request, receipt, rules: version, hasRuleChanges: hasRuleChanges)
        return problems.map { "books of \(name): \($0), by \(request.command.action)" }
    }

    /// Where the ledger's cards are not what the books say.
    func differences(from profiles: [CardProfile]) -> [String] {
        profiles.flatMap { profile -> [String] in
            guard let book = cards[profile.card.text], !book.isMerged else { return [] }
            let state = profile.state
            var figures = [
                ("LTV", state.lifetimeValue.rawValue, book.lifetimeValue),
                ("S19", state.transactionAmount.rawValue, book.spend),
            ]
            if !book.hasTakenIn { figures.append(("visits", Int64(state.visits.rawValue), book.visits)) }
            var found = figures.filter { $0.1 != $0.2 }.map {
                "books of \(profile.card.text): \($0.0) is \($0.1), and not \($0.2)"
            }
            if let table = profile.program.rules.tiers, table.basis == .spend, !table.neverDrop, !hasRuleChanges,
                !book.hasTierByHand, !book.hasTakenIn
            {
                let expected = table.tiers.count { $0.threshold.rawValue <= book.spend }
                if Int(state.tier.number.rawValue) != expected {
                    found.append("books of \(profile.card.text): tier \(state.tier.number), and not \(expected)")
                }
            }
            return found
        }
    }
}
