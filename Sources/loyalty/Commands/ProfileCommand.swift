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
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "The card's serial.")
    var card: String

    func run() async throws {
        let opened = try await ledger.openForReading()
        let profile = try ledger.profile(of: card, in: opened)
        let text = ProfileText(profile: profile, calendar: CalendarCache(opened)[profile.program])
        var output = StandardOutput()
        for line in text.lines(style: StandardStream.output.style) { output.write(line + "\n") }
        try output.finish()
    }
}
