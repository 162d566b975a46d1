package import LoyaltyLedger

extension RowProblem {
    /// A command that the rules refused (D1).
    package init(_ refusal: Refusal, under program: Program) {
        self.init(code: refusal.code, message: refusal.message(under: program))
    }

    /// A command that got no answer at all; a failure of the ledger itself is thrown on.
    package init(_ error: CommandError) throws(LedgerError) {
        switch error {
        case .conflict:
            self.init(code: "conflict", message: "the row's command id was used before for something else")
        case .unknownCard(let card):
            self.init(code: "unknown-card", message: "card \(card.text) is not issued; --issue-cards issues it")
        case .unknownProgram(let program): self = .unknownProgram(program.text)
        case .occurredInFuture: self.init(code: Refusal.occurredInFuture.code, message: error.description)
        case .malformed(let reason): self.init(code: "malformed", message: reason)
        case .ledger(let error): throw error
        }
    }
}
