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
              loyalty card shop.ledger 00004 --as-of 1997-12-31 --known-at 1998-01-15
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
        if let heading = point.heading(in: opened.calendar()) { output.write(heading + "\n") }
        for line in text.lines(style: StandardStream.output.style) { output.write(line + "\n") }
        try output.finish()
    }
}
