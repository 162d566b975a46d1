import ArgumentParser
import LoyaltyLedger

/// `loyalty quote`: what a balance buys.
struct QuoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quote",
        abstract: "Show what a card's balance buys, and what would remain.",
        discussion: """
            One row per reward of the program's catalogue; loyalty do LEDGER claim-reward takes one.

              loyalty quote shop.ledger C-7
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "The card's serial.")
    var card: String

    @OptionGroup var pointInTime: PointInTimeOptions

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let opened = try await ledger.openForReading()
        let point = try pointInTime.point(in: opened)
        let profile = try await ledger.profile(of: card, in: opened, asOf: point)
        guard case .catalogue = profile.program.rules.rewards,
            let quote = try await ledger.reading({ try await opened.quote(profile.card, asOf: point) })
        else {
            throw CommandFailure(
                .failure,
                "program \(profile.program.id.text) has no catalogue of rewards to spend a balance on",
                hint: "loyalty card \(ledger.path) \(card) shows what the card has."
            )
        }
        let rows = quote.lines.map { QuoteColumns.cells(of: $0, balance: quote.balance) }
        let report = Report(columns: QuoteColumns.all, rows: rows)
        try StandardOutput.print(report, as: format, asOf: point, in: opened)
    }
}

/// The columns of a quote.
enum QuoteColumns {
    /// The columns, in the order that scripts rely on.
    static let all = [
        Column("item"), Column("cost"), Column("balance"), Column("remaining"), Column("missing"), Column("uses_left"),
        Column("available"),
    ]

    /// The cells of a reward, one for each column.
    static func cells(of line: RewardQuote.Line, balance: Stamps) -> [Cell] {
        [
            .text(line.item.name.text),
            .count(line.item.cost),
            .count(balance),
            .count(line.remaining),
            .count(line.missing),
            .count(line.usesLeft),
            .text(line.isAvailable ? "yes" : "no"),
        ]
    }
}
