import ArgumentParser
import LoyaltyLedger

/// `loyalty totals`: the figures of each program as a whole.
struct TotalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "totals",
        abstract: "Show the figures of each program as a whole.",
        discussion: """
            Customers are counted once each; transactions are purchases and visits that were not withdrawn.

              loyalty totals shop.ledger
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @OptionGroup var pointInTime: PointInTimeOptions

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let opened = try await ledger.openForReading()
        let point = try pointInTime.point(in: opened)
        let totals = try await ledger.reading { try await opened.totals(asOf: point) }
        let report = Report(columns: TotalsColumns.all, rows: totals.map(TotalsColumns.cells))
        try StandardOutput.print(report, as: format, asOf: point, in: opened)
    }
}

/// The columns of the totals.
enum TotalsColumns {
    /// The columns, in the order that scripts rely on.
    static let all = [
        Column("program"), Column("type"), Column("customers"), Column("cards"), Column("installed"),
        Column("not_installed"), Column("expired"), Column("deleted"), Column("transactions"),
        Column("ltv_minor", title: "ltv"),
        Column("balance"),
        Column("rewards_available", title: "rewards"),
        Column("rewards_redeemed", title: "redeemed"),
    ]

    /// The cells of a program, one for each column.
    static func cells(of entry: TotalsEntry) -> [Cell] {
        let totals = entry.totals
        return [
            .text(entry.program.id.text),
            .text(entry.program.rules.type.name),
            .integer(totals.customers),
            .integer(totals.cards),
            .integer(totals.installed),
            .integer(totals.notInstalled),
            .integer(totals.expired),
            .integer(totals.deleted),
            .integer(totals.transactions),
            .amount(totals.lifetimeValue, in: entry.program.currency),
            .integer(totals.balance),
            .integer(totals.rewardsAvailable),
            .integer(totals.rewardsRedeemed),
        ]
    }
}
