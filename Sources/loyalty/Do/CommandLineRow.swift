import LedgerImport
import LoyaltyLedger

/// The fields of a command line as the one row of a file, so that both are read by the same rules.
struct CommandLineRow {
    private let file: [UInt8]

    /// Writes the row.
    ///
    /// - Parameters:
    ///   - kind: What to do.
    ///   - fields: The fields that were given.
    ///   - now: When it happened, where no field says so.
    ///   - calendar: The calendar in which that is written.
    init(
        _ kind: ImportKind,
        _ fields: [(field: ImportField, text: String)],
        now: Timestamp,
        calendar: ProgramCalendar
    ) {
        var fields = fields + [(.kind, kind.rawValue)]
        if !fields.contains(where: { $0.field == .occurredAt }) {
            fields.append((.occurredAt, calendar.text(of: now)))
        }
        let text = CSVWriter.line(fields.map(\.field.name)) + CSVWriter.line(fields.map(\.text))
        file = Array(text.utf8)
    }

    /// Reads the row.
    func read(terms: @escaping (ProgramID?, CardID) throws(RowProblem) -> ProgramTerms) throws(RowProblem) -> ImportRow
    {
        var rows = CSVReader(file)
        guard let header = rows.next(), let record = rows.next() else {
            preconditionFailure("a row with a card, a kind and a time was written")
        }
        let mapping: ImportMapping
        do throws(MappingProblem) {
            mapping = try ImportMapping(columns: header.texts, renames: [], values: [])
        } catch {
            preconditionFailure("each field was written once: \(error.message)")
        }
        return try ImportRowReader(mapping: mapping, terms: terms).read(record)
    }
}
