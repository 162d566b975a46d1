import LoyaltyLedger

/// The terms of every program of a ledger, for the rows of an import.
struct ProgramTermsTable {
    private let ledger: Ledger
    private let terms: [ProgramID: ProgramTerms]
    private let first: ProgramTerms

    /// Takes the terms from a ledger.
    init(_ ledger: Ledger) {
        var terms: [ProgramID: ProgramTerms] = [:]
        for program in ledger.programs {
            guard let calendar = ledger.calendar(of: program.id) else { continue }
            terms[program.id] = ProgramTerms(currency: program.currency, calendar: calendar)
        }
        guard let id = ledger.programs.first?.id, let first = terms[id] else {
            preconditionFailure("a ledger is created with a program, and every program has a calendar")
        }
        self.ledger = ledger
        self.terms = terms
        self.first = first
    }

    /// The terms of the ledger's first program.
    var calendar: ProgramCalendar { first.calendar }

    /// The terms of the program a row names, else of its card's; a card that is unknown as yet has the first program's.
    func terms(of program: ProgramID?, _ card: CardID) throws(RowProblem) -> ProgramTerms {
        if let program {
            guard let terms = terms[program] else { throw .unknownProgram(program.text) }
            return terms
        }
        guard terms.count > 1, let profile = ledger.card(card) else { return first }
        return terms[profile.program.id] ?? first
    }
}
