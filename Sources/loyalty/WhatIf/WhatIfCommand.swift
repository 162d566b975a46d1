import ArgumentParser
import LoyaltyLedger

/// `loyalty what-if`: what the cards would show if something had been otherwise.
struct WhatIfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if",
        abstract: "Tell what the cards would show if something had been otherwise.",
        discussion: """
            Every command is decided again in recorded order, without touching the ledger: with some left out, changed or \
            added, or under other rules. Positions are those of loyalty history. CSV has a line for each figure of each card \
            that would differ; the table tells besides which commands would be refused, or no longer be.

              loyalty what-if shop.ledger --leave-out 41
              loyalty what-if shop.ledger --change 41=12.50 --move 57=2026-11-01T09:30
              loyalty what-if shop.ledger --add forgotten.csv --issue-cards
              loyalty what-if shop.ledger --rules coffee-2027.json --from 2026-01-01 --format csv
              loyalty what-if shop.ledger --rules-version 1 --to supposed.ledger

            The rows of --add are those of loyalty import, each decided when it occurred. Exit status: 0 told, 1 failure, 64 \
            usage.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @OptionGroup var supposed: SuppositionOptions

    @Option(help: ArgumentHelp("Keep the ledger as it would be in a new directory.", valueName: "dir"))
    var to: String?

    @Flag(help: "Show the commands that would be answered otherwise, and not the figures.")
    var answers = false

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let opened = try await ledger.openForReading()
        let supposition = try await supposed.supposition(on: opened)
        let bar = WorkProgress("deciding again")
        defer { bar.clear() }
        let report = try await ledger.reading {
            try await opened.whatIf(supposition, keepingAt: to, progress: { bar.update($0) })
        }
        bar.clear()
        let columns = WhatIfColumns(opened, report)
        guard !answers else { return try StandardOutput.print(columns.answers, as: format) }
        if format != .table || !report.differences.isEmpty {
            try StandardOutput.print(columns.differences, as: format)
        }
        guard format == .table else { return }
        var output = StandardOutput()
        if report.differences.isEmpty { output.write("no card would differ\n") }
        if !report.answers.isEmpty || !report.undecided.isEmpty {
            output.write("\n")
            columns.answers.write(as: .table, to: &output, style: StandardStream.output.style)
        }
        output.write(
            "\ncommands=\(report.commands) cards_differing=\(columns.cardsDiffering) answers_differing=\(report.answers.count) "
                + "undecided=\(report.undecided.count)\n"
        )
        if let to { output.write("the ledger as it would be is in \(to)\n") }
        try output.finish()
    }
}
