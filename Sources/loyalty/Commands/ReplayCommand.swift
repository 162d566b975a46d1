import ArgumentParser
import LoyaltyLedger

/// `loyalty replay`: the whole log folded again.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Fold the whole log again and compare with the books.",
        discussion: """
            The fold starts at the first byte. The last line is events=N seconds=S events_per_s=N digest=HEX; two ledgers with \
            the same facts have the same digest. Exit status: 0 equal, 1 any difference.

              loyalty replay shop.ledger
            """
    )

    @OptionGroup var ledger: LedgerArgument

    func run() async throws {
        let opened = try await ledger.openForReading()
        let report: ReplayReport
        let bar = WorkProgress("replaying")
        defer { bar.clear() }
        do {
            report = try await opened.replay { bar.update($0) }
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        bar.clear()
        var output = StandardOutput()
        ReplayCommand.writeFindings(of: report, to: &output)
        output.write(ReplayCommand.line(report) + "\n")
        try output.finish()
        guard report.isEqual else {
            throw CommandFailure(
                .failure,
                "replay differs from the books: digest \(report.digest) beside \(report.liveDigest)",
                hint: "Keep a copy of the ledger; loyalty verify \(ledger.path) tells whether its bytes are intact."
            )
        }
    }

    /// Writes what differs, card by card and snapshot by snapshot.
    static func writeFindings(of report: ReplayReport, to output: inout StandardOutput) {
        let findings = report.differences + report.violations
        for finding in findings.prefix(shownFindings) {
            output.write("card \(finding.card.text): \(finding.message)\n")
        }
        if findings.count > shownFindings { output.write("and \(findings.count - shownFindings) more\n") }
        for problem in report.snapshotProblems { output.write("a snapshot cannot be used: \(problem)\n") }
        for snapshot in report.snapshots where !snapshot.isEqual {
            let difference = snapshot.differences.first ?? "digest \(snapshot.digest) is not \(snapshot.replayedDigest)"
            output.write("snapshot at \(snapshot.position): \(difference)\n")
        }
    }

    /// Findings shown in full; one is enough to know, a few to see a pattern.
    private static let shownFindings = 20

    private static func line(_ report: ReplayReport) -> String {
        let milliseconds = Int((report.duration / .milliseconds(1)).rounded())
        let fraction = String(milliseconds % 1000 + 1000).dropFirst()
        let perSecond = Int(report.eventsPerSecond.rounded())
        return
            "events=\(report.events) seconds=\(milliseconds / 1000).\(fraction) events_per_s=\(perSecond) digest=\(report.digest)"
    }
}
