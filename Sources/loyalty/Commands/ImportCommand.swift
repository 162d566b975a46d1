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

            A row that is refused or cannot be read never stops the import: it goes to the rejects file with the \
            reason. Rows that are in the ledger already are not recorded again, so an interrupted import is simply run \
            once more.

            Exit status: 0 all rows are in, 3 some were refused, 1 failure, 4 another process writes, 64 usage.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: ArgumentHelp("The CSV file.", valueName: "file.csv"))
    var file: String

    @Option(help: ArgumentHelp("Read a column as that field.", valueName: "field=column"))
    var map: [String] = []

    @Option(help: ArgumentHelp("Give a field a value where the file or a row has none.", valueName: "field=value"))
    var set: [String] = []

    @Flag(help: "Issue unknown cards at their first row's time, not installed.")
    var issueCards = false

    @Option(help: ArgumentHelp("Where refused rows go; beside the input unless given.", valueName: "file"))
    var rejects: String?

    @Flag(help: "Import a file although it begins with the rows of an earlier import.")
    var again = false

    @Option(help: ArgumentHelp("The recorded time, for a ledger with a manual clock.", valueName: "time"))
    var now: String?

    func run() async throws {
        let bytes = try InputFile(path: file).bytes()
        let mapping = try mapping(of: bytes)
        let opened = try await ledger.openForWriting()
        let outcome: ImportOutcome
        do {
            outcome = try await run(bytes, mapping, into: opened)
            try await opened.close()
        } catch {
            // The first failure is the one to tell of.
            try? await opened.close()
            throw CommandFailure(error, ledger: ledger.path)
        }
        try await report(outcome)
    }

    private func mapping(of bytes: [UInt8]) throws(CommandFailure) -> ImportMapping {
        var rows = CSVReader(bytes)
        guard let header = rows.next() else {
            throw .usage(
                "\(file) is empty",
                hint: "Its first line must name the columns, such as card,kind,occurred_at,amount."
            )
        }
        if let problem = header.problem {
            throw CommandFailure(.failure, "the first line of \(file): \(problem.message)", hint: "Mend the file.")
        }
        do {
            return try ImportMapping(columns: header.texts, renames: map, values: set)
        } catch {
            throw .usage(error.message, hint: error.hint)
        }
    }

    private func run(_ bytes: [UInt8], _ mapping: ImportMapping, into opened: Ledger) async throws -> ImportOutcome {
        let terms = ProgramTermsTable(opened)
        let now = try recordedTime(in: terms.standard.calendar, clock: opened.clock)
        let start = ContinuousClock.now
        let eventsBefore = opened.summary.events
        let rejects =
            try rejects.map { path throws(CommandFailure) in try chosenRejects(path, mapping) }
            ?? RejectsFile(besides: file, columns: mapping.inputColumns)
        let source = try await source(of: bytes, mapping, in: opened, now: now)
        var run = ImportRun(
            into: opened,
            reader: ImportRowReader(mapping: mapping, terms: terms.terms),
            settings: ImportRun.Settings(source: source, issuesCards: issueCards, now: now),
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

    private func recordedTime(in calendar: ProgramCalendar, clock: ClockMode) throws(CommandFailure) -> Timestamp? {
        switch (clock, now) {
        case (.system, nil): return nil
        case (.manual, let text?):
            guard let instant = calendar.instant(reading: text) else {
                throw .usage(
                    "--now \(text) is not a time",
                    hint: "Write it as 2026-11-01T09:30:00-05:00 or 2026-11-01."
                )
            }
            return instant
        case (.manual, nil):
            throw .usage("the ledger has a manual clock", hint: "Say when the rows are recorded with --now TIME.")
        case (.system, _?):
            throw .usage(
                "the ledger has a system clock and takes no --now",
                hint: "Leave it out, or create a ledger with --clock manual."
            )
        }
    }

    private func chosenRejects(_ path: String, _ mapping: ImportMapping) throws(CommandFailure) -> RejectsFile {
        guard !InputFile(path: file).isFile(at: path) else {
            throw .usage("the rejects file is the input", hint: "Name another file with --rejects.")
        }
        return try RejectsFile(at: path, columns: mapping.inputColumns)
    }

    /// The number under which rows without a command id are known; nil where every row has its own.
    private func source(
        of bytes: [UInt8],
        _ mapping: ImportMapping,
        in opened: Ledger,
        now: Timestamp?
    ) async throws -> UInt32? {
        var rows = CSVReader(bytes)
        var fingerprint = ImportFingerprint(file: bytes, header: rows.next()?.texts ?? [])
        var isNeeded = false
        while let record = rows.next() {
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
        throw CommandFailure(
            .refusedRows,
            "\(outcome.tally.refused) of \(outcome.tally.rows) rows were refused; they are in \(outcome.rejects ?? "no file")",
            hint: "Mend the rows there and import that file with the same options; its first three columns are ignored."
        )
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
