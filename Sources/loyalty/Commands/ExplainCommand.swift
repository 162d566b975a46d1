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

    @Option(help: "Only what counts at that instant; a day means its end.")
    var at: String?

    @Option(help: "Only what the ledger had learnt by that instant; a day means its end.")
    var knownAt: String?

    @Option(help: "text or json.")
    var format: ExplanationFormat = .text

    func run() async throws {
        let opened = try await ledger.openForReading()
        let profile = try ledger.profile(of: card, in: opened)
        let calendar = CalendarCache(opened)[profile.program]
        let asOf = try at.map { text throws(CommandFailure) in try calendar.instant(ofArgument: text, for: "--at") }
        let known = try knownAt.map { text throws(CommandFailure) in
            try calendar.instant(ofArgument: text, for: "--known-at")
        }
        guard
            let explanation = try await ledger.reading({
                try await opened.explain(profile.card, asOf: asOf, knownAt: known)
            })
        else { return }
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
