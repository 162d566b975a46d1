import ArgumentParser
import LoyaltyLedger

/// `loyalty liabilities`: what the shop owes its customers.
struct LiabilitiesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "liabilities",
        abstract: "Show what is owed to customers at the end of a day, by age.",
        discussion: """
            Stamps, points, prepaid visits, stored value and rewards that are open, by the days since they were earned; the \
            oldest are spent first. "unusable" lie on cards that were deleted, ran out, or left the program.

              loyalty liabilities shop.ledger --as-of 2026-12-31 --format csv
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @OptionGroup var pointInTime: PointInTimeOptions

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func validate() throws { try pointInTime.requireAsOf() }

    func run() async throws {
        let opened = try await ledger.openForReading()
        let point = try pointInTime.point(in: opened)
        let entries = try await ledger.reading { try await opened.liabilities(asOf: point) }
        let report = Report(columns: LiabilityColumns.all, rows: entries.map(LiabilityColumns.cells))
        try StandardOutput.print(report, as: format, asOf: point, in: opened)
    }
}

/// The columns of what is owed.
enum LiabilityColumns {
    /// The columns, in the order that scripts rely on.
    static let all = [
        Column("program"), Column("kind"), Column("unit"), Column("total"),
        Column("days_0_30", title: "0-30 days"),
        Column("days_31_90", title: "31-90"),
        Column("days_91_365", title: "91-365"),
        Column("days_over_365", title: "over 365"),
        Column("unusable"), Column("cards"),
        Column("value_minor", title: "value"),
    ]

    /// The cells of a row, one for each column.
    static func cells(of entry: LiabilityEntry) -> [Cell] {
        let bands = entry.liability.bands
        return [
            .text(entry.program.id.text),
            .text(entry.liability.kind.rawValue),
            .text(entry.unit),
            .integer(bands.total),
            .integer(bands.upTo30),
            .integer(bands.upTo90),
            .integer(bands.upTo365),
            .integer(bands.over365),
            .integer(entry.liability.onUnusableCards),
            .integer(entry.liability.cards),
            .amount(entry.value, in: entry.program.currency),
        ]
    }
}
