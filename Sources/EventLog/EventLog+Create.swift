internal import LogFormat
public import LogStorage
public import SystemPackage

extension EventLog {
    /// Creates a log in a directory, which is created if need be, and opens it.
    ///
    /// - Throws: `alreadyExists` if there is one; a creation that a crash interrupted is finished.
    public static func create(
        at path: FilePath,
        storage: any LogStorage = POSIXStorage(),
        options: EventLogOptions = EventLogOptions()
    ) throws(LogError) -> EventLog {
        let directory = LogDirectory(root: path, storage: storage)
        let lock = try LogError.storage("the directory cannot be created") { () throws(StorageError) in
            try storage.createDirectory(path)
            return try storage.lock(directory.lock, holder: LockHolder.line(now: options.now()) + "\n")
        }
        try LogError.storage("the directory cannot be created") { () throws(StorageError) in
            try storage.createDirectory(directory.log)
            if Mutant.lives(.creationNotSynced) { return }
            try storage.syncDirectory(path)
            let parent = path.removingLastComponent()
            try storage.syncDirectory(parent.isEmpty ? "." : parent)
        }
        let hasManifest = try LogError.storage("the directory cannot be read") { () throws(StorageError) in
            try storage.exists(directory.manifest)
        }
        guard try directory.segments().isEmpty, !hasManifest else {
            throw LogError(.alreadyExists, "there is a ledger here already", file: path)
        }
        try directory.removeTemporaries()
        let header = SegmentHeader(
            identity: SegmentIdentity(logID: options.makeLogID(), ordinal: 0),
            firstPosition: .first,
            capacity: options.segmentCapacity,
            createdAt: options.now(),
            previousHash: .zero
        )
        let file = try PendingSegment(header, directory).install()
        let segment = Segment(
            path: directory.segment(.first),
            header: header,
            nextPosition: .first,
            end: SegmentHeader.byteCount,
            seal: nil
        )
        let state = LogState(
            directory,
            logID: header.identity.logID,
            LogState.Contents(segments: [segment], head: .empty)
        )
        state.writeManifest()
        let writer = Writer(
            state,
            options,
            file,
            header,
            tail: SegmentHeader.byteCount,
            head: .empty,
            needsMarker: false
        )
        var report = OpenReport()
        report.segments = 1
        return EventLog(state, writer, lock, options, report)
    }
}
