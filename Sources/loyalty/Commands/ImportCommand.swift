import ArgumentParser
import LedgerImport
import LoyaltyLedger

/// `loyalty import`: commands from a CSV file.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import purchases and other commands from a CSV file.",
        discussion: """
            Each row is one command. Its fields are found by their names in the first line, or by --map: \
            \(ImportField.list).

            kind is one of \(ImportKind.list). Times are RFC 3339; without an offset they are local to the program's \
            time zone, and a date alone is its first instant.

              loyalty import shop.ledger sales.csv --map card=card_id --issue-cards
              loyalty import shop.ledger corrections.csv --set kind=adjust --set "comment=Sorry for the delay"

            A row that is refused or cannot be read never stops the import: it goes to the rejects file with the \
            reason. Rows that are in the ledger already are not recorded again, so an interrupted import is simply run \
            once more.

            Exit status: 0 all rows are in, 3 some were refused, 1 failure, 4 another process writes, 64 usage.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @OptionGroup var rows: RowFileArguments

    @Flag(help: "Import a file although it begins with the rows of an earlier import.")
    var again = false

    @OptionGroup var recordedTime: RecordedTimeOption

    func run() async throws {
        let bytes = try InputFile(path: rows.file).bytes()
        let mapping = try rows.mapping(of: bytes)
        let outcome = try await ledger.writing { opened in try await run(bytes, mapping, into: opened) }
        try await report(outcome)
    }

    private func run(_ bytes: [UInt8], _ mapping: ImportMapping, into opened: Ledger) async throws -> ImportOutcome {
        let terms = ProgramTermsTable(opened)
        let now = try recordedTime.instant(for: opened)
        let start = ContinuousClock.now
        let eventsBefore = opened.summary.events
        let rejects = try rows.rejectsFile(mapping)
        let source = try await source(of: bytes, mapping, in: opened, now: now)
        var run = ImportRun(
            into: opened,
            reader: ImportRowReader(mapping: mapping, terms: terms.terms),
            settings: ImportRun.Settings(source: source, issuesCards: rows.issueCards, now: now),
            rejects: rejects
        )
        let rejected = try await run.run(bytes)
        return ImportOutcome(
            tally: run.tally,
            events: opened.summary.events - eventsBefore,
            eventsInAll: opened.summary.events,
            seconds: (ContinuousClock.now - start) / .seconds(1),
            rejects: rejected
        )
    }

    /// The number under which rows without a command id are known; nil where every row has its own.
    private func source(
        of bytes: [UInt8],
        _ mapping: ImportMapping,
        in opened: Ledger,
        now: Timestamp?
    ) async throws -> UInt32? {
        var records = CSVReader(bytes)
        var fingerprint = ImportFingerprint(file: bytes, header: records.next()?.texts ?? [])
        var isNeeded = false
        while let record = records.next() {
            fingerprint.append(record.texts)
            isNeeded = isNeeded || record.problem == nil && mapping.text(of: .commandID, in: record) == nil
        }
        guard isNeeded else { return nil }
        return try await opened.register(fingerprint, allowsGrown: again, recordedAt: now).number
    }

    private func report(_ outcome: ImportOutcome) async throws(CommandFailure) {
        let size: (bytes: Int, events: UInt64)
        do {
            // The bytes up to the end of the last batch: a segment is allocated in full long before it is filled.
            let segments = try await Ledger.describe(at: ledger.path).segments
            size = (segments.reduce(0) { $0 + $1.usedByteCount }, outcome.eventsInAll)
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        var output = StandardOutput()
        output.write(outcome.tally.line(events: outcome.events, seconds: outcome.seconds, size: size) + "\n")
        try output.finish()
        guard outcome.tally.refused > 0 else { return }
        throw rows.refused(outcome.tally, in: outcome.rejects)
    }
}

/// What an import did.
private struct ImportOutcome {
    var tally: ImportTally
    var events: UInt64
    var eventsInAll: UInt64
    var seconds: Double
    var rejects: String?
}
