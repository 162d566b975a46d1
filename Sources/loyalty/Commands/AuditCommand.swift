import ArgumentParser
import LoyaltyLedger

/// `loyalty audit`: every byte, every event, and everything that is in use.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check every byte, fold all events again, and compare with the books and all snapshots.",
        discussion: """
            One thread checks, another one folds. A run that was interrupted goes on from its last checkpoint, which is kept in the \
            ledger's directory audit until a run has come to its end; what was checked before is not read again. The last line is \
            events=N seconds=S events_per_s=N digest=HEX. Exit status: 0 clean, 1 damage or any difference.

              loyalty audit shop.ledger
              loyalty audit shop.ledger --format json > audit.json

            JSON is one object {clean, events, seconds, events_per_s, digest, live_digest, resumed_at, checkpoint_failure, \
            differences, violations, snapshots, snapshot_problems, verification}; differences and violations are lists of {card, \
            message}, snapshots of {position, equal, digest, differences}, and verification is what loyalty verify writes.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: ArgumentHelp("Where checkpoints are kept; audit in the ledger unless given.", valueName: "directory"))
    var checkpoints: String?

    @Option(help: ArgumentHelp("How long after one checkpoint the next one may follow.", valueName: "seconds"))
    var checkpointInterval = 10

    @Flag(help: "Begin at the first byte, whatever an interrupted run has left.")
    var fromStart = false

    @Option(help: "How the report is written.")
    var format: ReportFormat = .table

    func run() async throws {
        guard checkpointInterval >= 0 else { throw ValidationError("an interval has 0 seconds or more") }
        let opened = try await ledger.openForReading()
        let bar = WorkProgress("auditing")
        defer { bar.clear() }
        let options = AuditOptions(
            checkpoints: checkpoints,
            resumes: !fromStart,
            interval: .seconds(checkpointInterval)
        )
        let report = try await ledger.reading { try await opened.audit(options) { bar.update($0) } }
        bar.clear()
        var output = StandardOutput()
        switch format {
        case .table: Self.write(report, to: &output)
        case .json: output.write(report.json.text + "\n")
        }
        try output.finish()
        if let damage = report.verification.damage { throw CommandFailure(damage, ledger: ledger.path) }
        guard report.isClean else {
            throw CommandFailure(
                .failure,
                "the audit found differences between the log and the books",
                hint:
                    "Keep a copy of the ledger; the log is what happened, and opening without snapshots folds it anew."
            )
        }
    }

    private static func write(_ report: AuditReport, to output: inout StandardOutput) {
        if let position = report.resumedAt {
            output.write(
                "went on from a checkpoint behind position \(position); what lies before it was checked by then\n"
            )
        }
        if let failure = report.checkpointFailure { output.write("no checkpoint could be kept: \(failure)\n") }
        let files = report.verification.files
        for file in files {
            if let flaw = file.flaw { output.write("no damage: \(CommandFailure.clause(flaw))\n") }
            if let damage = file.damage { output.write("damage: \(CommandFailure.clause(damage))\n") }
        }
        guard let replay = report.replay else {
            return output.write("files=\(files.count) damaged=\(files.count { $0.damage != nil })\n")
        }
        ReplayCommand.writeFindings(of: replay, to: &output)
        let equal = replay.snapshots.count { $0.isEqual }
        output.write("files=\(files.count) damaged=0 snapshots=\(replay.snapshots.count) equal=\(equal)\n")
        let perSecond = Int(replay.eventsPerSecond.rounded())
        output.write(
            "events=\(replay.events) seconds=\(report.seconds) events_per_s=\(perSecond) digest=\(replay.digest)\n"
        )
    }
}
