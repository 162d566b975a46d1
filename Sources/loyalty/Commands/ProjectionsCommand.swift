import ArgumentParser
import LoyaltyLedger

/// `loyalty projections`: how far projections and subscribers came.
struct ProjectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "projections",
        abstract: "List the checkpoints of projections and subscribers: name, version, position, and how far behind.",
        discussion: """
            They lie in the ledger's directory projections, and may be deleted: a projection is then folded again from the first \
            event, a subscriber begins again.

              loyalty projections shop.ledger
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let opened = try await ledger.openForReading()
        let summaries = try await ledger.reading { try await opened.checkpoints() }
        let rows = summaries.map { summary -> [Cell] in
            [
                .text(summary.name), .text("\(summary.kind)"),
                summary.kind == .projection ? .integer(summary.version) : .none, .integer(summary.position),
                .integer(summary.behind), .text(summary.problem?.reason.rawValue),
            ]
        }
        let columns = [
            Column("name"), Column("kind"), Column("version"), Column("position"), Column("behind"), Column("problem"),
        ]
        try StandardOutput.print(Report(columns: columns, rows: rows), as: format)
    }
}
