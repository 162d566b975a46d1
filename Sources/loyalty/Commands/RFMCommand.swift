import ArgumentParser
import LoyaltyLedger

/// `loyalty rfm`: cards by recency, frequency and monetary value.
struct RFMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rfm",
        abstract: "Sort cards into segments by recency, frequency and monetary value.",
        discussion: """
            The as-of day is included; what happened later does not count.

              visits-grid  days since the last visit by visits: Beginners ... Champions
              quintiles    scores from 1 to 5 among the cards, on the five-by-five map
              r-rfm        as R's package rfm; leaves out cards without a purchase

              loyalty rfm shop.ledger --as-of 1998-06-30 --scheme r-rfm --format csv
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "visits-grid (the default), quintiles or r-rfm.", transform: RFMCommand.scheme)
    var scheme: RFMScheme = .visitsGrid

    @Option(help: "Only the cards of this program.", transform: ProgramID.argument)
    var program: ProgramID?

    @OptionGroup var pointInTime: PointInTimeOptions

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func validate() throws { try pointInTime.requireAsOf() }

    func run() async throws {
        let opened = try await ledger.openForReading()
        let point = try pointInTime.point(in: opened)
        let entries: [RFMEntry]
        do {
            entries = try await opened.rfm(asOf: point, scheme: scheme, program: program)
                .sorted { $0.card.text.utf8.lexicographicallyPrecedes($1.card.text.utf8) }
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        let rows = entries.lazy.map { entry in
            RFMColumns.cells(of: entry, in: opened.card(entry.card)?.program.currency)
        }
        let report = Report(columns: RFMColumns.all, rows: rows)
        try StandardOutput.print(report, as: format, asOf: point, in: opened)
    }

    private static func scheme(_ name: String) throws -> RFMScheme {
        guard let scheme = RFMScheme(name: name) else {
            throw ValidationError("it must be one of \(RFMScheme.allCases.map(\.name).joined(separator: ", "))")
        }
        return scheme
    }
}

/// The columns of the RFM table.
enum RFMColumns {
    /// The columns, in the order that scripts rely on.
    static let all = [
        Column("card"),
        Column("recency_days", title: "days since"),
        Column("frequency"),
        Column("monetary_minor", title: "monetary"),
        Column("r"),
        Column("f"),
        Column("m"),
        Column("segment"),
    ]

    /// The cells of a card, one for each column.
    static func cells(of entry: RFMEntry, in currency: Currency?) -> [Cell] {
        let row = entry.row
        return [
            .text(entry.card.text),
            .integer(row.recencyDays),
            .integer(row.frequency),
            currency.map { .amount(row.monetary, in: $0) } ?? .integer(row.monetary.rawValue),
            .integer(row.scores?.r),
            .integer(row.scores?.f),
            .integer(row.scores?.m),
            .text(row.segment.name),
        ]
    }
}
