import ArgumentParser
import Foundation
import LedgerLoad
import LoyaltyLedger

/// `loyalty generate`: a ledger full of made-up work, for trials and measurements.
struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Fill a new ledger with made-up work of a chain of shops.",
        discussion: """
            Purchases with refunds, redemptions, grants, corrections by hand and changes of expiry, by staff at tills in \
            24 places, at a shop's hours of the week; some cards come much more often than others. The same events, cards, seed and \
            batch give the same log. A run that was interrupted is made again with the same options and goes on where it stopped.

              loyalty generate load.ledger --events 1000000 --cards 100000 --seed 1

            --rows writes each event as a row of 48 bytes and its texts, too, as Benchmarks reads them.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "How many events are recorded; the last command may record some more.")
    var events = 100_000

    @Option(help: "How many cards there are.")
    var cards = 10_000

    @Option(help: "Another seed gives another load.")
    var seed: UInt64 = 1

    @Option(help: "How many commands share a write and a sync.")
    var batch = 10_000

    @Option(help: "How commands are known: by numbers of one source, or by 16 bytes that say nothing.")
    var ids: IdentifierChoice = .sequence

    @Flag(help: "No command carries a comment or a note.")
    var withoutComments = false

    @Option(help: ArgumentHelp("Write the events as rows to a file, too.", valueName: "file"))
    var rows: String?

    func validate() throws {
        guard (1...LoadPlan.mostCards).contains(cards) else {
            throw ValidationError("--cards must be 1 to \(LoadPlan.mostCards)")
        }
        guard events >= 1, events <= 1 << 40 else { throw ValidationError("--events must be 1 to \(1 << 40)") }
        guard (1...1 << 20).contains(batch) else { throw ValidationError("--batch must be 1 to \(1 << 20)") }
    }

    func run() async throws {
        try await create()
        let plan = LoadPlan(
            events: events,
            cards: cards,
            seed: seed,
            identifiers: ids.identifiers,
            hasComments: !withoutComments
        )
        let report = try await ledger.writing { opened in try await run(plan, into: opened) }
        var output = StandardOutput()
        let seconds = report.duration / .seconds(1)
        let perSecond = seconds > 0 ? Int(Double(report.commands) / seconds) : 0
        output.write(
            "commands=\(report.commands) events=\(report.events) repeats=\(report.repeats) refused=\(report.refusals) "
                + "commands_per_s=\(perSecond)\n"
        )
        try output.finish()
    }

    /// Creates the ledger, unless it is there.
    private func create() async throws(CommandFailure) {
        guard !FileManager.default.fileExists(atPath: ledger.path) else { return }
        _ = try await ledger.reading {
            try await Ledger.create(at: ledger.path, program: LoadPlan.program, clock: .manual).close()
        }
    }

    private func run(_ plan: LoadPlan, into opened: Ledger) async throws -> LoadRun.Report {
        guard opened.clock == .manual, opened.programs.map(\.id) == [LoadPlan.program.id] else {
            throw CommandFailure(
                .failure,
                "\(ledger.path) is no ledger of made-up work",
                hint: "Name a directory that does not exist; nothing was changed."
            )
        }
        let file = try rows.map { path in try writingRows { try LoadRowFile(at: path) } }
        var run = try await LoadRun(plan, into: opened, batch: batch)
        var bar = ProgressBar()
        defer { bar.clear() }
        let report = try await run.run(rows: file) { bar.update(rows: $0, fraction: Double($0) / Double(events)) }
        try writingRows { try file?.flush() }
        return report
    }

    /// Runs a call that writes rows; its failure becomes one for the person who typed the command.
    private func writingRows<Value>(_ body: () throws -> Value) throws(CommandFailure) -> Value {
        do {
            return try body()
        } catch {
            throw CommandFailure(
                .failure,
                "the rows cannot be written: \(error)",
                hint: "Make room or choose another file, and run the command again; it goes on where it stopped."
            )
        }
    }
}

/// How commands are known.
enum IdentifierChoice: String, CaseIterable, ExpressibleByArgument {
    case sequence
    case opaque

    var identifiers: LoadPlan.Identifiers {
        switch self {
        case .sequence: .sequence
        case .opaque: .opaque
        }
    }
}
