import ArgumentParser
import LoyaltyLedger

/// `loyalty verify`: every byte of a ledger.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every byte of a ledger; write nothing.",
        discussion: """
            Checksums, links, the hash chain, seals and derived files, snapshots and the checkpoints of projections and subscribers too. A write that a crash interrupted, and that \
            the next open would cut, is told and is no damage; nor is a bad derived file, which is made again or passed over. Exit \
            status: 0 undamaged, 1 damage, with its file, offset and position.

              loyalty verify shop.ledger

            JSON is one object {events, files, torn_tail, damaged, is_being_written}; each of files is {file, kind, status, bytes, \
            batches, events, row, error}, and error is null or {code, message, offset, position, expected, found, flipped_byte, \
            flipped_bit}. Kinds: segment, stream_index, manifest, snapshot, checkpoint, side_file, unfinished. Statuses: good, torn_tail, \
            damaged, missing, stale, leftover. A row is one of DESIGN.md section 5.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "How the report is written.")
    var format: ReportFormat = .table

    func run() async throws {
        let report: VerifyReport
        let bar = WorkProgress("verifying")
        defer { bar.clear() }
        do {
            report = try await Ledger.verify(at: ledger.path) { bar.update($0) }
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        bar.clear()
        var output = StandardOutput()
        switch format {
        case .table: VerifyCommand.write(report, to: &output)
        case .json: output.write(report.json.text + "\n")
        }
        try output.finish()
        if let damage = report.damage { throw CommandFailure(damage, ledger: ledger.path) }
    }

    private static func write(_ report: VerifyReport, to output: inout StandardOutput) {
        var table = TextTable()
        for file in report.files {
            let figures = file.kind == .segment ? "\(file.events) events in \(file.batches) batches" : ""
            table.add([
                .init(file.status.words), .init("\(file.file)"), .init("\(file.byteCount) bytes", isFlushRight: true),
                .init(figures), .init(file.row.map { "row \($0.rawValue)" } ?? ""),
            ])
        }
        for line in table.lines { output.write(line + "\n") }
        for file in report.files {
            if let flaw = file.flaw { output.write("no damage: \(CommandFailure.clause(flaw))\n") }
        }
        for file in report.files {
            if let damage = file.damage { output.write("damage: \(CommandFailure.clause(damage))\n") }
        }
        if report.isBeingWritten { output.write("another process is writing; its last batch was not looked at\n") }
        if let torn = report.tornTail {
            output.write(
                "torn tail: \(torn.byteCount) bytes at byte \(torn.offset) of \(torn.segment) were never acknowledged; "
            )
            output.write("the next open cuts them and keeps them in a side file\n")
        }
        let damaged = report.files.count { $0.damage != nil }
        output.write("events=\(report.events) files=\(report.files.count) damaged=\(damaged)\n")
    }
}

extension VerifyReport.FileVerdict.Status {
    /// The status as a person reads it.
    fileprivate var words: String {
        switch self {
        case .good: "good"
        case .tornTail: "torn tail"
        case .damaged: "DAMAGED"
        case .missing: "missing, will be rebuilt"
        case .stale: "stale, costs time only"
        case .leftover: "unfinished, will be removed"
        }
    }
}
