internal import LogFormat
public import LogStorage
public import SystemPackage

extension EventLog {
    /// Opens a log for reading only: takes no lock and writes nothing.
    ///
    /// While a writer lives, in this process or another, the reader sees what the newest promise covers; otherwise all good
    /// batches. It sees nothing that is appended later: open another one for that.
    public static func openReadOnly(
        at path: FilePath,
        storage: any LogStorage = POSIXStorage(),
        progress: (@Sendable (LogProgress) -> Void)? = nil
    ) throws(LogError) -> ReadOnlyLog {
        let directory = LogDirectory(root: path, storage: storage)
        try directory.checkIsLog()
        let wasWritten = try isLocked(directory)
        let pacer = ProgressPacer(progress)
        // A roll while we look makes two lists that do not fit; the next look sees it done.
        let chain: SegmentChain
        do throws(LogError) {
            chain = try look(directory, pacer)
        } catch  where wasWritten && error.code == .corrupt {
            chain = try look(directory, pacer)
        }
        let file = try LogError.storage("a segment cannot be opened") { () throws(StorageError) in
            try storage.open(chain.last.path, for: .read)
        }
        var walk = try TailWalk(file, chain.last.header, after: chain.head, progress: pacer)
        let isStillWritten = try isLocked(directory)
        let isWritten = wasWritten || isStillWritten
        // A batch that was half written when it was looked at may be promised a moment later: then the next look sees it whole.
        while isWritten, walk.isBelowPromise {
            let place = walk.offset
            walk = try TailWalk(file, chain.last.header, after: chain.head, progress: pacer)
            if walk.offset == place { break }
        }
        if case .corrupt(let error) = walk.end, !isWritten || walk.isBelowPromise { throw error }
        if !isWritten {
            let actual = chain.manifest(lastSeal: try walk.checkedSeal())
            _ = try SegmentChain.manifestFault(directory, actual, names: actual.segments.map(\.firstPosition))
            walk.acceptUnpromised()
        }
        return ReadOnlyLog(state: LogState(directory, chain, walk))
    }

    /// The segments, and that all are there which the manifest names.
    private static func look(_ directory: LogDirectory, _ pacer: ProgressPacer) throws(LogError) -> SegmentChain {
        let names = try directory.segments()
        _ = try SegmentChain.manifestFault(directory, nil, names: names)
        return try SegmentChain(directory, progress: pacer)
    }

    private static func isLocked(_ directory: LogDirectory) throws(LogError) -> Bool {
        try LogError.storage("the lock cannot be looked at") { () throws(StorageError) in
            try directory.storage.isLocked(directory.lock)
        }
    }
}

/// A log opened for reading only; it sees what was there when it was opened.
public struct ReadOnlyLog: Sendable {
    let state: LogState

    /// Makes a reader for one thread or task at a time.
    public func makeReader() -> LogReader { LogReader(state) }
}

extension LogState {
    /// What a walk accepted.
    convenience init(_ directory: LogDirectory, _ chain: SegmentChain, _ walk: TailWalk) {
        var seal: BatchHeader?
        if case .sealed(let header) = walk.end, walk.unpromised.isEmpty { seal = header }
        let last = Segment(
            path: chain.last.path,
            header: chain.last.header,
            nextPosition: walk.promised.head.nextPosition,
            end: walk.promisedEnd,
            seal: seal
        )
        var contents = Contents(segments: chain.sealed + [last], head: walk.promised.head)
        contents.batches = walk.batches
        contents.index = walk.index
        self.init(directory, logID: chain.logID, contents)
    }
}
