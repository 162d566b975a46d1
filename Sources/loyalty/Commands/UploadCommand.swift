import ArgumentParser
import LedgerImport
import LoyaltyLedger

/// `loyalty upload`: what a device did while it was offline.
struct UploadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Take in what a device did while it was offline.",
        discussion: """
            The file is one of loyalty import's, with the number that the device gave each row in the column sequence. Device \
            and sequence are the row's command id: uploading again records nothing twice, and rows of several uploads may \
            come in any order. A redemption of what was gone by then is recorded as a conflict and not refused. Numbers that \
            the device has left out so far are told as gaps.

              loyalty upload shop.ledger till-7.csv --device "till 7"

            Exit status: 0 all rows are in, 3 some were refused, 1 failure, 4 another process writes, 64 usage.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @OptionGroup var rows: RowFileArguments

    @Option(help: "The device's name.")
    var device: String

    @OptionGroup var recordedTime: RecordedTimeOption

    func run() async throws {
        guard let label = Label(device) else {
            throw CommandFailure.usage("--device \(device) is no name", hint: "It has 1 to 64 bytes.")
        }
        let bytes = try InputFile(path: rows.file).bytes()
        let mapping = try rows.mapping(of: bytes)
        let (run, gaps) = try await ledger.writing { opened in
            let rejects = try rows.rejectsFile(mapping)
            let now = try recordedTime.instant(for: opened)
            let source = try await opened.register(device: label, recordedAt: now).number
            let settings = UploadRun.Settings(device: label, source: source, issuesCards: rows.issueCards, now: now)
            var run = UploadRun(into: opened, mapping: mapping, settings: settings, rejects: rejects)
            try await run.run(bytes)
            return (run, opened.sequenceGaps(of: label) ?? [])
        }
        var output = StandardOutput()
        let ranges = gaps.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        let tally = run.tally
        output.write("rows=\(tally.rows) accepted=\(tally.accepted) already_there=\(tally.alreadyThere) ")
        output.write("refused=\(tally.refused) conflicts=\(run.conflicts) gaps=\(ranges.joined(separator: ","))\n")
        try output.finish()
        if tally.refused > 0 { throw rows.refused(tally, in: run.rejected) }
    }
}
