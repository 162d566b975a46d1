public import EventLog
internal import LogFormat
internal import LogStorage
public import LoyaltyDomain
internal import Projections
internal import SystemPackage

extension Ledger {
    /// Writes everything of a damaged ledger that can be read, and that still makes sense, to a new one, and reports what is lost.
    ///
    /// The new ledger opens and folds. Command ids and recorded times are kept; positions and card numbers are given anew. Records
    /// of a card whose issue is lost are left out and reported; nothing about a card is made up. Links to lost cards are reported. Lost facts of the ledger's own
    /// (programs, attributions, import sources, the clock) are taken from the newest good snapshot. The report lies in the new
    /// ledger as SALVAGE.json. The damaged ledger is not touched.
    ///
    /// - Parameters:
    ///   - path: The damaged ledger.
    ///   - target: A directory that must not exist, or be empty.
    ///   - program: The ledger's first program, for a log that has lost it and a ledger without a snapshot.
    ///   - progress: Called while it goes on.
    /// - Throws: `LedgerError`; its `log` says `alreadyExists` where the target is not free, `locked` where a process writes;
    ///   `badProgram` where no program is left and none is given.
    /// - Complexity: O(bytes of the log).
    public static func salvage(
        from path: String,
        to target: String,
        program: Program? = nil,
        options: LedgerOptions = LedgerOptions(),
        progress: (@Sendable (LogProgress) -> Void)? = nil
    ) async throws -> LedgerSalvageReport {
        try await offThePool {
            try LedgerError.reading {
                try salvageBlocking(from: path, to: target, program, options, progress)
            }
        }
    }

    private static func salvageBlocking(
        from path: String,
        to target: String,
        _ program: Program?,
        _ options: LedgerOptions,
        _ progress: (@Sendable (LogProgress) -> Void)?
    ) throws -> LedgerSalvageReport {
        var editor = SalvageEditor(snapshotStore(at: path, options: options), document: program)
        var result: LedgerSalvageReport?
        _ = try EventLog.salvage(
            from: FilePath(path),
            to: FilePath(target),
            storage: options.storage,
            progress: progress,
            known: { Position(rawValue: editor.known?.position ?? 0) },
            edit: { logID, record in editor.edit(logID, record) },
            epilogue: { editor.epilogue() },
            finish: { log, directory, reader in
                guard editor.hasProgram else {
                    throw LedgerError(
                        .badProgram,
                        "\(path): the definition of the program is lost, and no snapshot has it; give the program's document"
                    )
                }
                var report = LedgerSalvageReport(log, editor)
                // The proof that it opens: it is folded from its first event.
                var state = LedgerState(of: reader.logID)
                try state.fold(reader)
                report.cardCount = state.cards.count
                report.digest = "\(StateDigest(of: state.cards))"
                let bytes = Array((report.json.text + "\n").utf8)
                do {
                    try options.storage.replace(directory.appending("SALVAGE.json"), with: bytes)
                } catch {
                    throw LedgerError(.log, "the report of the salvage cannot be written: \(error)")
                }
                result = report
            }
        )
        guard let result else { preconditionFailure("a salvage that returns has called its finish") }
        return result
    }
}

extension LedgerSalvageReport {
    init(_ log: SalvageReport, _ editor: SalvageEditor) {
        self.init(log: log)
        leftOut = editor.report.leftOut
        brokenLinks = editor.brokenLinks
        recreated = editor.report.recreated
        unattributedRecords = editor.report.unattributedRecords
        isClockLost = editor.report.isClockLost
        for stream in Set(log.losses.flatMap { $0.streams ?? [] }) where stream != .ledger {
            cards[stream.rawValue] = editor.serial(stream)
        }
    }
}
