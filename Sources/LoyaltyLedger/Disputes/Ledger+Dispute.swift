internal import EventLog
public import LoyaltyDomain

extension Ledger {
    /// Looks into what a customer says of a card; nil where the card is not issued.
    ///
    /// Damage of the log does not stop it: what can be read is, and the verdict says what that leaves undecided.
    ///
    /// - Parameters:
    ///   - id: The card.
    ///   - claim: What the customer says.
    /// - Throws: `ClaimProblem` where the claim does not fit the card's program or lies in the future, `LedgerError` where the log
    ///   cannot be read at all.
    /// - Complexity: O(events of the card) for each instant of the claim's day and of the chart, and O(events of the ledger) where other
    ///   cards are looked at.
    public func dispute(_ id: CardID, claim: Claim) async throws -> DisputeReport? {
        try await inquire(id) { _ in (claim, nil) }
    }

    /// Looks into the claim of a case of a card; nil where the card is not issued.
    ///
    /// - Throws: As `dispute(_:claim:)`; `ClaimProblem` where the card has no such case.
    public func dispute(_ id: CardID, case number: CaseNumber) async throws -> DisputeReport? {
        try await inquire(id) { cases in
            guard let found = cases.first(where: { $0.number == number }) else {
                throw ClaimProblem(
                    "card \(id.text) has no case \(number.rawValue)",
                    hint: "loyalty do LEDGER open-case --card \(id.text) --claim CLAIM opens one."
                )
            }
            return (found.claim, number)
        }
    }

    /// The disputes of a card, in the order in which they were opened; nil where it is not issued.
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events of the card).
    public func cases(of id: CardID) async throws -> [DisputeCase]? {
        guard let number = state.read({ $0.directory.number(of: id) }) else { return nil }
        return try await offThePool { [makeReader] in
            let reader = try LedgerError.reading { try makeReader() }
            return try reader.transactions(of: number).cases
        }
    }

    private func inquire(
        _ id: CardID,
        _ claim: @escaping @Sendable ([DisputeCase]) throws -> (Claim, CaseNumber?)
    ) async throws -> DisputeReport? {
        let now = options.now()
        return try await offThePool { [state, makeReader] in
            let live = state.copy
            guard let number = live.directory.number(of: id) else { return nil }
            let reader = try LedgerError.reading { try makeReader() }
            // What damage leaves readable may still name the case.
            var history = TransactionHistory()
            try? reader.forEachCardRecord(of: number) { history.evolve($1) }
            let (claim, caseNumber) = try claim(history.cases)
            let inquiry = try DisputeInquiry(
                live,
                reader,
                card: number,
                claim,
                of: caseNumber,
                now: live.clock == .manual ? live.recordedAt : now
            )
            return try inquiry.report()
        }
    }
}
