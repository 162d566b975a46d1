package import LoyaltyLedger

/// The terms of every program of a ledger, for the rows of one import.
package final class ProgramTermsTable {
    private let ledger: Ledger
    private let terms: [ProgramID: ProgramTerms]
    private let first: ProgramID

    /// The programs under which rows of this import issue cards that the ledger does not show yet.
    ///
    /// Without it the meaning of a later row would depend on where a batch ends.
    private var issuing: [CardID: ProgramID] = [:]

    /// Takes the terms from a ledger.
    package init(_ ledger: Ledger) {
        var terms: [ProgramID: ProgramTerms] = [:]
        for program in ledger.programs {
            guard let calendar = ledger.calendar(of: program.id) else { continue }
            terms[program.id] = ProgramTerms(
                currency: program.currency,
                calendar: calendar,
                program: program.id,
                tiers: program.rules.tiers?.tiers.map(\.name.text) ?? []
            )
        }
        guard let first = ledger.programs.first?.id, terms[first] != nil else {
            preconditionFailure("a ledger is created with a program, and every program has a calendar")
        }
        self.ledger = ledger
        self.terms = terms
        self.first = first
    }

    /// The terms of the ledger's first program.
    package var standard: ProgramTerms { terms(of: first) }

    /// The terms of a card's program: the one it was issued under, else the one that the row names, else the first.
    package func terms(of named: ProgramID?, _ card: CardID) throws(RowProblem) -> ProgramTerms {
        if let named, terms[named] == nil { throw .unknownProgram(named.text) }
        guard terms.count > 1 else { return standard }
        let known = ledger.card(card)?.program.id ?? issuing[card]
        if let known, let named, known != named { throw .otherProgram(known.text, card: card.text) }
        if known == nil, let named { issuing[card] = named }
        return terms(of: known ?? named ?? first)
    }

    private func terms(of program: ProgramID) -> ProgramTerms {
        guard let terms = terms[program] else {
            preconditionFailure("program \(program.text) is one of this ledger's")
        }
        return terms
    }
}
