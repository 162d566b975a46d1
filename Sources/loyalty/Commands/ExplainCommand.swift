import ArgumentParser
import LoyaltyLedger

/// `loyalty explain`: why a card's balance is what it is.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a card's balance, event by event, with the arithmetic.",
        discussion: """
            One line per event that counts, in the order in which they were recorded, with the rules it was decided by, who did \
            it, where and on which device; refused attempts say why and what to do instead. The arithmetic is worked out again \
            and compared with what was recorded.

              loyalty explain shop.ledger 00111
              loyalty explain shop.ledger 00111 --at 1997-12-31
              loyalty explain shop.ledger 00111 --known-at 1997-06-01T12:00 --format json

            Exit status: 0, or 1 where a line does not add up.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "The card's serial.")
    var card: String

    @Option(
        help: ArgumentHelp("Only what had taken effect by then: a time, or a day for its end.", valueName: "time"),
        transform: PointInTimeText.init
    )
    var at: PointInTimeText?

    @Option(
        help: ArgumentHelp("Only what the ledger knew by then: a time, or a day for its end.", valueName: "time"),
        transform: PointInTimeText.init
    )
    var knownAt: PointInTimeText?

    @Option(help: "text or json.")
    var format: ExplanationFormat = .text

    func run() async throws {
        let opened = try await ledger.openForReading()
        let profile = try await ledger.profile(of: card, in: opened, asOf: .now)
        let calendar = CalendarCache(opened)[profile.program]
        let point = PointInTime(
            occurred: try at?.limit(in: opened, option: "--at"),
            known: try knownAt?.limit(in: opened, option: "--known-at")
        )
        guard let explanation = try await ledger.reading({ try await opened.explain(profile.card, asOf: point) }) else {
            return
        }
        switch format {
        case .text: try ExplanationText(explanation: explanation, calendar: calendar).print()
        case .json:
            var output = StandardOutput()
            output.write(explanation.json(in: calendar).text + "\n")
            try output.finish()
        }
        guard explanation.isConsistent else {
            throw CommandFailure(
                .failure,
                "\(explanation.discrepancies.count) lines do not add up",
                hint: "loyalty verify \(ledger.path) tells whether the log is damaged."
            )
        }
    }
}

/// How an explanation is written.
enum ExplanationFormat: String, CaseIterable, ExpressibleByArgument {
    /// For a person.
    case text
    /// One object.
    case json
}
