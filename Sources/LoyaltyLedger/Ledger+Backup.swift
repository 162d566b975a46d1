public import EventLog
internal import LogFormat
internal import Snapshots
internal import SystemPackage

extension Ledger {
    /// Copies the ledger, while commands go on, into a directory that must not exist, or be empty.
    ///
    /// Every event that was acknowledged before the call is in it. The copy is a ledger of its own with the same log id: it opens for
    /// writing and verifies. Every byte of it was checked, and all of it is durable when the directory appears under its name. The
    /// newest snapshot that the copy can use is in it too.
    ///
    /// - Parameter progress: Called while it goes on.
    /// - Throws: `LedgerError`; its `log` says `corrupt` with file and offset where the ledger is damaged.
    /// - Returns: What to write down elsewhere: the last position and its chain hash.
    /// - Complexity: O(bytes of the log).
    public func backup(
        to target: String,
        progress: (@Sendable (LogProgress) -> Void)? = nil
    ) async throws -> BackupReport {
        guard options.access == .readWrite else {
            // What this reader saw when it was opened is not what is acknowledged by now.
            return try await Ledger.backup(from: path, to: target, options: options, progress: progress)
        }
        return try await offThePool { [path, options, makeReader] in
            try LedgerError.reading {
                try Ledger.copy(try makeReader(), from: path, to: target, options, progress)
            }
        }
    }

    /// Copies a ledger that another process may be writing to.
    public static func backup(
        from path: String,
        to target: String,
        options: LedgerOptions = LedgerOptions(),
        progress: (@Sendable (LogProgress) -> Void)? = nil
    ) async throws -> BackupReport {
        try await offThePool {
            try LedgerError.reading {
                let log = try EventLog.settled(at: FilePath(path), options.storage)
                return try copy(log.makeReader(), from: path, to: target, options, progress)
            }
        }
    }

    private static func copy(
        _ reader: LogReader,
        from path: String,
        to target: String,
        _ options: LedgerOptions,
        _ progress: (@Sendable (LogProgress) -> Void)?
    ) throws(LogError) -> BackupReport {
        let store = snapshotStore(at: path, options: options)
        let end = reader.head.position
        return try reader.backup(to: FilePath(target), progress: progress) { directory in
            let search = store.newest(
                matching: reader.logID,
                foldVersion: LedgerState.foldVersion,
                chainHashAt: { $0 <= end ? (try? reader.chainHash(after: $0)) ?? nil : nil }
            )
            guard let found = search.found else { return }
            // A copy without it only takes longer to open.
            let copy = SnapshotStore(directory: directory.appending("snapshots"), storage: options.storage)
            try? copy.write(found.state, found.binding)
        }
    }
}
