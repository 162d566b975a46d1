import ArgumentParser
import LoyaltyLedger

/// `loyalty sweep`: record what is due.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Record what is due on every card: lapses, expiries, periods, pins.",
        discussion: """
            Every command records what is due on its own card, so that a ledger that is never swept is late and not wrong; a \
            sweep, once a day, brings all the others up to date. Sweeping again records nothing.

              loyalty sweep shop.ledger --at 2026-12-01
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: ArgumentHelp("What was due before this time is recorded.", valueName: "time"))
    var at: String

    @OptionGroup var recordedTime: RecordedTimeOption

    func run() async throws {
        let report = try await ledger.writing { opened in
            try await opened.sweep(
                at: try opened.instant(reading: at, option: "--at"),
                recordedAt: try recordedTime.instant(for: opened)
            )
        }
        var output = StandardOutput()
        output.write("cards=\(report.cards) events=\(report.events)\n")
        try output.finish()
    }
}
