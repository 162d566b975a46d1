import ArgumentParser
import LoyaltyLedger

/// `loyalty backup`: a copy of a ledger, while it is written to.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy a ledger, even while another process writes to it.",
        discussion: """
            The copy is a ledger of its own with everything that was acknowledged before the command began. Every byte is checked; \
            damage stops the backup with file and offset. The copy is made as DIR.tmp and gets its name when all of it is durable.

              loyalty backup shop.ledger --to backup/shop-1998-06-30.ledger

            The last line is bytes=N events=N position=N chain=HEX. Write the position and the chain hash down elsewhere: they tell \
            a log that was cut back as a whole, which nothing in it can. JSON is one object {path, log_id, segments, events, bytes, \
            position, chain_hash, recorded_at}. Exit status: 0 copied, 1 failure or damage.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: ArgumentHelp("A directory that does not exist, or is empty.", valueName: "dir"))
    var to: String

    @Option(help: "How the report is written.")
    var format: ReportFormat = .table

    func run() async throws {
        let report: BackupReport
        let bar = WorkProgress("copying")
        defer { bar.clear() }
        do {
            report = try await Ledger.backup(from: ledger.path, to: to) { bar.update($0) }
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        bar.clear()
        var output = StandardOutput()
        switch format {
        case .table:
            output.write("copied \(ledger.path) to \(report.path): log \(report.logID), \(report.segments) segments\n")
            output.write(
                "bytes=\(report.byteCount) events=\(report.events) position=\(report.head.position) "
                    + "chain=\(report.head.chainHash)\n"
            )
        case .json: output.write(report.json.text + "\n")
        }
        try output.finish()
    }
}
