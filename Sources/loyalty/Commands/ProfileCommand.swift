import ArgumentParser
import LoyaltyLedger

/// `loyalty card`: one card's profile.
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract: "Show one card's profile.",
        discussion: """
            Every figure is folded from the card's events; loyalty history shows them.

              loyalty card shop.ledger 00004
              loyalty card shop.ledger 00004 --format json
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "The card's serial.")
    var card: String

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let opened = try await ledger.openForReading()
        let profile = try ledger.profile(of: card, in: opened)
        let redeemed = try await ledger.reading { try await RedeemedRewards(of: [profile], in: opened) }
        guard format == .table else {
            let columns = CardColumns(calendars: CalendarCache(opened), redeemed: redeemed)
            return try StandardOutput.print(
                Report(columns: CardColumns.all, rows: [columns.cells(of: profile)]),
                as: format
            )
        }
        let calendar = CalendarCache(opened)[profile.program]
        let text = ProfileText(profile: profile, calendar: calendar, redeemed: redeemed)
        var output = StandardOutput()
        for line in text.lines(style: StandardStream.output.style) { output.write(line + "\n") }
        try output.finish()
    }
}
