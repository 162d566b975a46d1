import ArgumentParser
import LoyaltyLedger

/// `loyalty follow`: events as they are committed.
struct FollowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Print every event behind a position, then those that come, while another process writes.",
        discussion: """
            One line per event, in the order of positions, none left out: those of the ledger's own (programs, staff, imports) \
            too. It goes on until it is interrupted. With --checkpoint it begins where a run of the same name left off; what \
            was printed and not yet noted is printed again.

              loyalty follow shop.ledger
              loyalty follow shop.ledger --after 1200 --once --format csv
              loyalty follow shop.ledger --checkpoint mailer | mailer
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "The last position that is not wanted; 0 for everything.")
    var after: UInt64 = 0

    @Option(help: "jsonl: one JSON object per line; or csv.")
    var format: ExportFormat = .jsonl

    @Option(help: "Keep how far this went under a name, and begin there next time.")
    var checkpoint: String?

    @Flag(help: "Stop at the end as it is now.")
    var once = false

    func run() async throws {
        let opened = try await ledger.openForReading()
        try await ledger.reading {
            let saved = try await start(in: opened)
            let position = saved.map { $0.position > 0 ? $0.position : after } ?? after
            var columns = FollowColumns(opened)
            var iterator = opened.events(after: position, following: !once).makeAsyncIterator()
            var output = format == .csv ? columns.writer.csvHeader : ""
            while let event = try await iterator.next() {
                let row = columns.cells(of: event)
                output += format == .csv ? columns.writer.csvLine(row) : columns.writer.jsonObject(row) + "\n"
                guard iterator.isDrained || output.utf8.count >= 1 << 16 else { continue }
                try print(&output)
                if iterator.isDrained { try await saved?.save(event.position) }
            }
            try print(&output)
        }
    }

    private func start(in opened: Ledger) async throws -> SubscriberCheckpoint? {
        guard let checkpoint else { return nil }
        let saved = try await opened.checkpoint(named: checkpoint)
        if let problem = saved.problem { try? StandardStream.error.write("loyalty: \(problem); beginning again\n") }
        return saved
    }

    private func print(_ output: inout String) throws(CommandFailure) {
        var stream = StandardOutput()
        stream.write(output)
        output = ""
        try stream.finish()
    }
}
