import LoyaltyLedger

/// The code of the catalog's articles; `CatalogTests` compares the two.
enum CatalogExamples {
    static func overview(
        _ path: String,
        _ program: Program,
        _ card: CardID,
        _ price: Money,
        _ id: CommandID
    ) async throws {
        let ledger = try await Ledger.create(at: path, program: program)
        let purchase = CardCommand(.purchase(price), on: card, at: .systemClock)
        let request = CommandRequest(purchase, id: id, context: CommandContext(source: .scanner), issuing: CardIssue())
        for outcome in try await ledger.execute([request]) {
            let receipt = try outcome.get()
            print(receipt.refusal?.message(under: program) ?? "durable at \(receipt.positions)")
        }
        try await ledger.close()
    }

    static func whatIf(_ ledger: Ledger, _ generous: Program, since march: Timestamp) async throws {
        var supposition = Supposition()
        supposition.leftOut = [41]
        supposition.rules = [Supposition.Rules(generous, from: march)]
        let report = try await ledger.whatIf(supposition)
        for difference in report.differences {
            print(difference.card.text, difference.figure.rawValue, difference.actual ?? 0, difference.supposed ?? 0)
        }
        for answer in report.answers where answer.supposed != nil {
            print("position \(answer.position ?? 0) would be refused")
        }
    }
}
