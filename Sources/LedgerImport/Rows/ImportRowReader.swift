package import LoyaltyLedger

/// Turns rows of a file into commands.
package struct ImportRowReader {
    /// Where the fields come from.
    package let mapping: ImportMapping

    /// The terms of a row's program: of the one it names, else of the one its card was issued under.
    package let terms: (ProgramID?, CardID) throws(RowProblem) -> ProgramTerms

    /// Whether each row must have the number that its device gave it (D23).
    package let readsSequence: Bool

    /// Creates a reader of rows.
    package init(
        mapping: ImportMapping,
        readsSequence: Bool = false,
        terms: @escaping (ProgramID?, CardID) throws(RowProblem) -> ProgramTerms
    ) {
        self.mapping = mapping
        self.readsSequence = readsSequence
        self.terms = terms
    }

    /// Reads a row.
    ///
    /// - Throws: The row's first problem: unreadable as CSV, then its card, kind, program, time, amount and quantity,
    ///   then its texts.
    package func read(_ record: CSVRecord) throws(RowProblem) -> ImportRow {
        if let problem = record.problem { throw RowProblem(code: problem.code, message: problem.message) }
        let fields = RowFields(mapping: mapping, record: record)
        guard let card = try fields.identifier(.card, CardID.init) else { throw .missing(.card) }
        let kind = try fields.kind()
        let program = try fields.identifier(.program, ProgramID.init)
        let terms = try terms(program, card)
        let occurredAt = try fields.instant(in: terms.calendar)
        let action = try fields.action(kind, on: terms)
        return ImportRow(
            row: record.row,
            commandID: try fields.line(.commandID, longest: 256).map { CommandID(text: $0) },
            command: CardCommand(action, on: card, at: occurredAt),
            context: try fields.context(),
            customer: try fields.identifier(.customer, CustomerID.init),
            program: program,
            sequence: readsSequence ? try fields.sequence() : nil
        )
    }
}
