import ArgumentParser
import LoyaltyLedger

/// `loyalty salvage`: what a damaged ledger still says, in a new one.
struct SalvageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "salvage",
        abstract: "Write every readable event of a damaged ledger to a new one, and report what is lost.",
        discussion: """
            The damaged ledger is not touched, and nothing is repaired or made up. Command ids and recorded times are kept; positions \
            and card numbers are given anew. Records of a card whose issue is lost are left out and listed. The report lies in the \
            new ledger as SALVAGE.json.

              loyalty salvage shop.ledger --to saved.ledger

            A ledger that has lost its program and has no snapshot needs --program with its document. The last line is read=N \
            written=N lost=N left_out=N cards=N. JSON is the object of SALVAGE.json: {old_log_id, log_id, segments, read_events, \
            written_events, lost_events, is_end_unknown, chain_hash, cards, digest, is_complete, is_clock_lost, \
            unattributed_records, positions, losses, torn_tail, left_out, recreated}; each of positions is {old_first, old_last, \
            new_first, new_last}, each of losses {kind, first, last, events, file, row, error, touched}. Exit status: 0 the new \
            ledger is there, whatever is lost; 1 it could not be made.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: ArgumentHelp("A directory that does not exist, or is empty.", valueName: "dir"))
    var to: String

    @Option(help: ArgumentHelp("The first program's document, for a log that has lost it.", valueName: "program.json"))
    var program: String?

    @Option(help: "How the report is written.")
    var format: ReportFormat = .table

    func run() async throws {
        let document = try program.map { path throws(CommandFailure) in try ProgramFile(path: path).read() }
        let report: LedgerSalvageReport
        let bar = WorkProgress("salvaging")
        defer { bar.clear() }
        do {
            report = try await Ledger.salvage(from: ledger.path, to: to, program: document) { bar.update($0) }
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        bar.clear()
        var output = StandardOutput()
        switch format {
        case .table: for line in report.lines { output.write(line + "\n") }
        case .json: output.write(report.json.text + "\n")
        }
        try output.finish()
    }
}
