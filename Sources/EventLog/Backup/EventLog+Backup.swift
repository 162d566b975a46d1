private import Glibc
internal import LogFormat
public import LogStorage
internal import Synchronization
public import SystemPackage

extension EventLog {
    /// Copies this log, while it may be appended to, into a directory that must not exist, or be empty.
    ///
    /// Every event that was acknowledged before the call is in it. The copy has the same log id, opens for writing and
    /// verifies; every byte of it was checked, and all of it is durable before the directory gets its name.
    ///
    /// - Throws: `corrupt` with file and offset where the log is damaged, `alreadyExists` where the target is not free. A
    ///   process that dies meanwhile leaves `path.tmp`.
    /// - Complexity: O(bytes of the log).
    public func backup(
        to path: FilePath,
        progress: (@Sendable (LogProgress) -> Void)? = nil
    ) throws(LogError) -> BackupReport {
        try makeReader().backup(to: path, progress: progress)
    }

    /// Copies the log of a directory, which another process may be writing to.
    ///
    /// A batch that no promise covers yet is waited for: a writer promises its last batch after 20 ms without work.
    ///
    /// - Throws: as ``backup(to:progress:)``; `locked` where a living writer makes no promise within five seconds.
    public static func backup(
        from path: FilePath,
        to target: FilePath,
        storage: any LogStorage = POSIXStorage(),
        progress: (@Sendable (LogProgress) -> Void)? = nil
    ) throws(LogError) -> BackupReport {
        try settled(at: path, storage).makeReader().backup(to: target, progress: progress)
    }

    /// A view that holds everything that was acknowledged before the call.
    package static func settled(
        at path: FilePath,
        _ storage: any LogStorage,
        patience: Duration = .seconds(5)
    ) throws(LogError) -> ReadOnlyLog {
        let written = try lastWritten(at: path, storage)
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        while true {
            let log = try openReadOnly(at: path, storage: storage)
            if log.state.head.position >= written { return log }
            guard clock.now < deadline else {
                throw LogError(
                    .locked,
                    "the process that writes does not promise its last batch",
                    file: path,
                    position: log.state.head.nextPosition,
                    expected: "a promise within \(patience)",
                    found: "none"
                )
            }
            usleep(5_000)
        }
    }

    /// The last event of the last good batch, promised or not: nothing acknowledged lies behind it.
    private static func lastWritten(at path: FilePath, _ storage: any LogStorage) throws(LogError) -> Position {
        let directory = LogDirectory(root: path, storage: storage)
        try directory.checkIsLog()
        func look() throws(LogError) -> Position {
            _ = try SegmentChain.manifestFault(directory, nil, names: try directory.segments())
            let chain = try SegmentChain(directory, progress: ProgressPacer(nil))
            let file = try LogError.storage("a segment cannot be opened") { () throws(StorageError) in
                try storage.open(chain.last.path, for: .read)
            }
            return try TailWalk(file, chain.last.header, after: chain.head, progress: ProgressPacer(nil)).chain.head
                .position
        }
        do throws(LogError) {
            return try look()
        } catch  where error.code == .corrupt {
            // A roll while we look makes two lists that do not fit; the next look sees it done.
            return try look()
        }
    }
}

extension LogReader {
    /// Copies what this reader sees into a directory that must not exist, or be empty; see ``EventLog/backup(to:progress:)``.
    ///
    /// - Parameter finish: Called with the directory before it gets its name, to put derived files into it.
    package func backup(
        to path: FilePath,
        progress: ((LogProgress) -> Void)? = nil,
        finish: ((FilePath) -> Void)? = nil
    ) throws(LogError) -> BackupReport {
        let (segments, head) = state.contents.withLock { ($0.segments, $0.head) }
        let backup = Backup(
            source: state.directory,
            logID: state.logID,
            segments: segments,
            head: head,
            progress: progress
        )
        return try backup.run(to: path, finish: finish)
    }
}
