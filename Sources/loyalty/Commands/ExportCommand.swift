import ArgumentParser
import LoyaltyLedger

/// `loyalty export`: the whole history of all cards.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the whole history of all cards, one row per event.",
        discussion: """
            Rows are in the order in which events were recorded, and are written while they are read: memory grows with the \
            cards, not with the events. The changes of each column add up to the figures of loyalty cards.

              loyalty export shop.ledger --format csv > history.csv
              loyalty export shop.ledger --format jsonl | gzip > history.jsonl.gz
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @OptionGroup var pointInTime: PointInTimeOptions

    @Option(help: "csv, or jsonl: one JSON object per line.")
    var format: ExportFormat = .csv

    func run() async throws {
        let opened = try await ledger.openForReading()
        let calendars = CalendarCache(opened)
        let point = try pointInTime.point(in: opened)
        let programs = try await ledger.reading { try await opened.programs(asOf: point) }
        let writer = RowWriter(ExportColumns.all)
        var start = StandardOutput()
        if format == .csv { start.write(writer.csvHeader) }
        let output = try await ledger.reading { [format] in
            try await opened.foldHistory(into: start, asOf: point) { output, entry in
                // A program that was defined while the export ran has no card in it.
                guard let program = programs[entry.program] else { return }
                let columns = HistoryColumns(program: program, calendar: calendars[program])
                let row = ExportColumns.cells(of: entry, in: columns)
                output.write(format == .csv ? writer.csvLine(row) : writer.jsonObject(row) + "\n")
            }
        }
        try output.finish()
    }
}

/// How an export is written.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
    /// RFC 4180 with LF, with a header.
    case csv
    /// One object per line.
    case jsonl
}

/// The columns of an export: those of a history, behind the card's.
enum ExportColumns {
    /// The columns, in the order that scripts rely on.
    static let all = [Column("card"), Column("customer"), Column("program")] + HistoryColumns.all

    /// The cells of an event, one for each column.
    static func cells(of entry: LedgerHistoryEntry, in columns: HistoryColumns) -> [Cell] {
        [.text(entry.card.text), .text(entry.customer.text), .text(columns.program.id.text)]
            + columns.cells(of: entry.entry, since: entry.stateBefore)
    }
}

extension Ledger {
    /// The programs by their numbers.
    fileprivate func programs(asOf point: PointInTime) async throws -> [ProgramNumber: Program] {
        Dictionary(try await ruleVersions(asOf: point).map { ($0.number, $0.program) }, uniquingKeysWith: { $1 })
    }
}
