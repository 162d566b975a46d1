/// Rows under columns, written as a table, as CSV or as JSON.
struct Report<Rows: Sequence> where Rows.Element == [Cell] {
    /// The columns.
    let columns: [Column]

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
        let writer = RowWriter(columns)
        output.write(writer.csvHeader)
        for row in rows { output.write(writer.csvLine(row)) }
    }

    private func writeJSON(to output: inout some TextOutputStream) {
        let writer = RowWriter(columns)
        output.write("[")
        var isFirst = true
        for row in rows {
            output.write((isFirst ? "\n" : ",\n") + writer.jsonObject(row))
            isFirst = false
        }
        output.write(isFirst ? "]\n" : "\n]\n")
    }

    private func writeTable(to output: inout some TextOutputStream, style: TextStyle) {
        let rows = Array(rows)
        let shown = columns.indices.filter { columns[$0].audience != .dataOnly }
        var table = TextTable()
        let headings = shown.map { index in
            TextTable.Field(columns[index].title, isFlushRight: rows.contains { $0[index].isNumber })
        }
        table.add(headings)
        for row in rows {
            table.add(shown.map { TextTable.Field(row[$0].shown, isFlushRight: row[$0].isNumber) })
        }
        for (index, line) in table.lines.enumerated() {
            output.write((index == 0 ? style.heading(line) : line) + "\n")
        }
    }
}

extension StandardOutput {
    /// Writes a report to standard output.
    static func print(_ report: Report<some Sequence>, as format: OutputFormat) throws(CommandFailure) {
        var output = StandardOutput()
        report.write(as: format, to: &output, style: StandardStream.output.style)
        try output.finish()
    }
}
