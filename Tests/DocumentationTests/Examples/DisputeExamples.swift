import LoyaltyLedger

/// The code of the articles on explanations and disputes; `CatalogTests` compares the two.
enum DisputeExamples {
    static func explain(_ ledger: Ledger, _ card: CardID, on friday: Timestamp) async throws {
        guard let explanation = try await ledger.explain(card) else { return }
        for line in explanation.lines {
            print(line.reasoning.title, line.change.stamps, line.entry.stateAfter.balance)
            for step in line.reasoning.steps { print("  \(step)") }
            if let refusal = line.reasoning.refusal { print("  \(refusal.reason); \(refusal.nextStep)") }
        }
        print(explanation.sum, explanation.isConsistent ? "adds up" : "does not add up")

        let then = try await ledger.explain(card, asOf: .occurred(friday, knownAt: friday))
        print(then?.state?.balance ?? 0)
    }

    static func dispute(
        _ ledger: Ledger,
        _ program: Program,
        _ card: CardID,
        _ adjustment: CommandID,
        _ cost: Money
    ) async throws {
        let claim = try Claim(reading: "9 stamps on 2026-11-20", in: program.currency)
        guard let report = try await ledger.dispute(card, claim: claim) else { return }
        print(report.verdict.words, report.then.text, report.now.text)
        for change in report.changes {
            print(change.kind.rawValue, change.line.reasoning.title, change.line.entry.attribution.staff?.text ?? "")
        }
        for proposal in report.proposals { print(proposal.text) }

        guard let calendar = ledger.calendar(of: program.id) else { return }
        let pages = [report.page(in: calendar), report.statement.page(in: calendar)]

        let actions: [CardAction] = [
            .openCase(claim),
            .addEvidence(CaseNumber(1), position: report.proof.position),
            .decideCase(CaseNumber(1), report.verdict),
            .remedyCase(CaseNumber(1), adjustment: adjustment, cost: cost),
            .closeCase(CaseNumber(1)),
        ]
        print(pages.count, actions.count)
    }
}
