import LedgerImport
import LoyaltyLedger

/// Writes single rows as programs read them.
struct RowWriter: Sendable {
    private let names: [String]
    private let shown: [Int]

    /// A writer of rows with one cell per column.
    init(_ columns: [Column]) {
        shown = columns.indices.filter { columns[$0].audience != .tableOnly }
        names = shown.map { columns[$0].name }
    }

    /// The first line of a CSV file.
    var csvHeader: String { CSVWriter.line(names) }

    /// A row of a CSV file.
    func csvLine(_ row: [Cell]) -> String { CSVWriter.line(shown.map { row[$0].plain }) }

    /// A row as a JSON object on one line, without a line end.
    func jsonObject(_ row: [Cell]) -> String {
        let members = zip(names, shown).map { JSONValue.Member($0, row[$1].json) }
        return JSONValue.object(members).text
    }
}
