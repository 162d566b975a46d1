import ArgumentParser
import LoyaltyLedger

/// `loyalty verify`: every byte of a ledger.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every byte of a ledger; write nothing.",
        discussion: """
            Checksums, links, the hash chain, seals and derived files. A write that a crash interrupted, and that the next open \
            would cut, is told and is no damage. Exit status: 0 undamaged, 1 damage, with its file, offset and position.

              loyalty verify shop.ledger
            """
    )

    @OptionGroup var ledger: LedgerArgument

    func run() async throws {
        let report: VerifyReport
        do {
            report = try await Ledger.verify(at: ledger.path)
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        var output = StandardOutput()
        var table = TextTable()
        for file in report.files {
            let figures = file.kind == .segment ? "\(file.events) events in \(file.batches) batches" : ""
            table.add([
                .init(file.status.words), .init("\(file.file)"), .init("\(file.byteCount) bytes", isFlushRight: true),
                .init(figures),
            ])
        }
        for line in table.lines { output.write(line + "\n") }
        if report.isBeingWritten { output.write("another process is writing; its last batch was not looked at\n") }
        if let torn = report.tornTail {
            output.write(
                "torn tail: \(torn.byteCount) bytes at byte \(torn.offset) of \(torn.segment) were never acknowledged; "
            )
            output.write("the next open cuts them and keeps them in a side file\n")
        }
        let damaged = report.files.count { $0.damage != nil }
        output.write("events=\(report.events) files=\(report.files.count) damaged=\(damaged)\n")
        try output.finish()
        if let damage = report.damage { throw CommandFailure(damage, ledger: ledger.path) }
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
        case .stale: "stale, will be rebuilt"
        }
    }
}
