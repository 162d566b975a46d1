package import LogFormat
public import LogStorage
public import SystemPackage

extension EventLog {
    /// Writes every record of a damaged log that can be read to a new log, and reports what is lost.
    ///
    /// A block is read alone where others of its batch are bad, a batch where its neighbours are, a segment where its header is.
    /// Records are copied as they are, in their order, with their ids and recorded times; events behind a hole get new
    /// positions, and the report maps them. A record whose details are lost is kept with empty ones, one whose id is lost with an
    /// id of its own. The new log has a new id; the damaged one is not touched. Nothing is repaired.
    ///
    /// - Parameters:
    ///   - path: The damaged log.
    ///   - target: A directory that must not exist, or be empty.
    /// - Throws: `alreadyExists` where the target is not free, `locked` where a writer lives, `corrupt` where nothing at all can be
    ///   read, `notALog`, `newerFormat`, `noSpace`, `io`.
    public static func salvage(
        from path: FilePath,
        to target: FilePath,
        storage: any LogStorage = POSIXStorage(),
        progress: (@Sendable (LogProgress) -> Void)? = nil
    ) throws(LogError) -> SalvageReport {
        do {
            return try salvage(
                from: path,
                to: target,
                storage: storage,
                progress: progress,
                edit: { _, record in [record] }
            )
        } catch let error as LogError {
            throw error
        } catch {
            preconditionFailure("an edit that throws nothing threw \(error)")
        }
    }

    /// The same, with an editor of the records and a last word before the directory gets its name.
    ///
    /// - Parameters:
    ///   - known: Asked behind the last record for the last position that something outside the log vouches for.
    ///   - edit: What is to be written in place of a record; called with the id of the damaged log too.
    ///   - epilogue: What is to be written behind the last record.
    ///   - finish: Called with the report, the directory and a reader of the new log.
    package static func salvage(
        from path: FilePath,
        to target: FilePath,
        storage: any LogStorage,
        progress: (@Sendable (LogProgress) -> Void)?,
        known: () -> Position = { .zero },
        edit: (LogID, SalvagedRecord) throws -> [SalvagedRecord],
        epilogue: () -> [SalvagedRecord] = { [] },
        finish: ((SalvageReport, FilePath, LogReader) throws -> Void)? = nil
    ) throws -> SalvageReport {
        let directory = LogDirectory(root: path, storage: storage)
        let wreck = try Wreck(directory)
        let isLocked = try LogError.storage("the lock cannot be looked at") { () throws(StorageError) in
            try storage.isLocked(directory.lock)
        }
        guard !isLocked else {
            throw LogError(.locked, "a process writes this log, so it is no wreck; copy it with backup", file: path)
        }
        let fresh = try FreshDirectory(target, storage)
        do {
            return try salvage(wreck, to: fresh, progress, known: known, edit: edit, epilogue: epilogue, finish: finish)
        } catch {
            fresh.discard()
            throw error
        }
    }

    private static func salvage(
        _ wreck: Wreck,
        to fresh: FreshDirectory,
        _ progress: (@Sendable (LogProgress) -> Void)?,
        known: () -> Position,
        edit: (LogID, SalvagedRecord) throws -> [SalvagedRecord],
        epilogue: () -> [SalvagedRecord],
        finish: ((SalvageReport, FilePath, LogReader) throws -> Void)?
    ) throws -> SalvageReport {
        let late = LateSyncStorage(base: wreck.directory.storage)
        var options = EventLogOptions()
        options.segmentCapacity = wreck.capacity
        let log = try EventLog.create(at: fresh.temporary.root, storage: late, options: options)
        var writer = SalvageWriter(log)
        var walk = WreckWalk(wreck)
        let total = wreck.segments.reduce(0) { $0 + $1.size }
        var done = 0
        for (number, segment) in wreck.segments.enumerated() {
            try walk.walk(segment, isLast: number == wreck.segments.count - 1) { record in
                for written in try edit(wreck.logID, record) { try writer.add(written) }
            }
            done += segment.size
            progress?(LogProgress(phase: .salvaging, completedBytes: done, totalBytes: total))
        }
        walk.finish(known: max(known(), wreck.lastKnownPosition))
        for stranger in wreck.strangers { walk.refuse(stranger) }
        if walk.readEvents == 0, let loss = walk.losses.first { throw loss.cause }
        for record in epilogue() { try writer.add(record) }
        try writer.finish()
        let report = SalvageReport(wreck, walk, writer, log)
        try finish?(report, fresh.temporary.root, log.makeReader())
        try LogError.storage("the new log cannot be made durable") { () throws(StorageError) in
            for folder in [fresh.temporary.root, fresh.temporary.log] { try late.syncFiles(in: folder) }
        }
        try fresh.install()
        return report
    }
}

extension SalvageReport {
    fileprivate init(_ wreck: Wreck, _ walk: WreckWalk, _ writer: SalvageWriter, _ log: EventLog) {
        self.init(oldLogID: wreck.logID, logID: log.logID)
        segments = wreck.segments.count
        readEvents = walk.readEvents
        writtenEvents = Int(writer.head.position.rawValue)
        head = writer.head
        runs = writer.runs
        losses = walk.losses
        tornTail = walk.tornTail
    }
}
