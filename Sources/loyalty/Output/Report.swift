import LoyaltyLedger

/// Rows under named columns, written as a table, as CSV or as JSON.
struct Report<Rows: Sequence> where Rows.Element == [Cell] {
    /// The columns' names: the CSV header and the keys in JSON.
    let columns: [String]

    /// The rows; each has one cell per column.
    ///
    /// CSV and JSON take them one at a time.
    let rows: Rows

    /// Writes the report.
    func write(as format: OutputFormat, to output: inout some TextOutputStream, style: TextStyle = .plain) {
        switch format {
        case .table: writeTable(to: &output, style: style)
        case .csv: writeCSV(to: &output)
        case .json: writeJSON(to: &output)
        }
    }

    private func writeCSV(to output: inout some TextOutputStream) {
        output.write(CSVWriter.line(columns))
        for row in rows { output.write(CSVWriter.line(row.map(\.plain))) }
    }

    private func writeJSON(to output: inout some TextOutputStream) {
        output.write("[")
        var isFirst = true
        for row in rows {
            let members = zip(columns, row).map { JSONValue.Member($0, $1.json) }
            output.write((isFirst ? "\n" : ",\n") + JSONValue.object(members).text)
            isFirst = false
        }
        output.write(isFirst ? "]\n" : "\n]\n")
    }

    private func writeTable(to output: inout some TextOutputStream, style: TextStyle) {
        let rows = Array(rows)
        let titles = columns.map { $0.replacing("_", with: " ") }
        var table = TextTable()
        table.add(
            titles.indices.map { index in
                let isNumber = rows.contains { $0[index].isNumber }
                return TextTable.Field(titles[index], isFlushRight: isNumber)
            }
        )
        for row in rows { table.add(row.map { TextTable.Field($0.shown, isFlushRight: $0.isNumber) }) }
        for (index, line) in table.lines.enumerated() {
            output.write((index == 0 ? style.heading(line) : line) + "\n")
        }
    }
}
