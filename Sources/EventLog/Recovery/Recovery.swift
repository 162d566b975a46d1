internal import LogFormat
internal import LogStorage
internal import Synchronization
internal import SystemPackage

/// Brings a log back after any end of its last process: DESIGN.md section 5.
struct Recovery {
    var report = OpenReport()
    let directory: LogDirectory
    private let options: EventLogOptions
    private let progress: ProgressPacer
    private let names: [Position]

    var storage: any LogStorage { directory.storage }

    /// Makes durable what an earlier process may have left in the page cache alone, before anything is decided on it.
    init(_ directory: LogDirectory, _ options: EventLogOptions) throws(LogError) {
        self.directory = directory
        self.options = options
        progress = ProgressPacer(options.progress)
        if try directory.removeTemporaries() { report.rows.append(.unfinishedFile) }
        try LogError.storage("the log directory cannot be synced") { () throws(StorageError) in
            if !Mutant.lives(.openDirectoryNotSynced) { try directory.storage.syncDirectory(directory.log) }
        }
        names = try directory.segments()
        _ = try SegmentChain.manifestFault(directory, nil, names: names)
    }

    /// Checks, recovers, and returns what is needed to go on.
    mutating func run() throws(LogError) -> (state: LogState, writer: Writer) {
        let chain = try SegmentChain(directory, progress: progress)
        let path = chain.last.path
        let file = try LogError.storage("a segment cannot be opened") { () throws(StorageError) in
            let file = try storage.open(path, for: .readWrite)
            try file.syncAll()
            return file
        }
        var walk = try TailWalk(file, chain.last.header, after: chain.head, progress: progress)
        if case .corrupt(let error) = walk.end { throw error }
        let seal = try walk.checkedSeal()
        let actual = chain.manifest(lastSeal: seal)
        let manifestFault = try SegmentChain.manifestFault(directory, actual, names: names)

        if case .torn(let tail) = walk.end {
            report.tornTail = try keep(tail, file, chain.last.header.firstPosition)
            report.rows.append(.tornWrite)
        }
        if seal != nil { report.rows.append(.unfinishedRoll) }
        let needsMarker = walk.unpromised.contains { $0.header.kind == .events }
        if seal == nil { try putInPlaceAgain(walk, manifestFault) }
        try settle(walk, file, isSealed: seal != nil)
        walk.acceptUnpromised()
        let state = LogState(directory, chain, walk)
        rebuildIndexes(state)
        report.events = Int(walk.chain.head.position.rawValue)

        let writer: Writer
        if let seal {
            writer = try goOn(behind: seal, walk, file, state)
        } else {
            let head = walk.chain.head
            let header = chain.last.header
            writer = Writer(state, options, file, header, tail: walk.offset, head: head, needsMarker: needsMarker)
        }
        report.segments = state.segments.count
        if manifestFault != nil || seal != nil { state.writeManifest() }
        if let manifestFault {
            report.rebuiltFiles.append(directory.manifest)
            report.rows.append(manifestFault)
        }
        return (state, writer)
    }

    /// Finishes a roll that a crash interrupted: truncates behind the seal and begins the next segment.
    private func goOn(
        behind seal: BatchHeader,
        _ walk: TailWalk,
        _ file: any LogFile,
        _ state: LogState
    ) throws(LogError) -> Writer {
        let head = walk.chain.head
        let next = SegmentHeader(
            identity: SegmentIdentity(logID: walk.header.identity.logID, ordinal: walk.header.identity.ordinal + 1),
            firstPosition: head.nextPosition,
            capacity: options.segmentCapacity,
            createdAt: options.now(),
            previousHash: head.chainHash
        )
        let pending = try PendingSegment(next, directory)
        try LogError.storage("a segment cannot be sealed") { () throws(StorageError) in
            // Also where the file ends there: that may be a truncation whose sync failed, so in memory alone.
            try file.truncate(to: walk.offset)
            try file.syncAll()
            try file.close()
        }
        let nextFile = try pending.install()
        let first = walk.header.firstPosition
        let index = walk.index.build(logID: walk.header.identity.logID, firstPosition: first)
        try? storage.replace(directory.cards(first), with: index.encoded())
        let nextPath = directory.segment(next.firstPosition)
        state.contents.withLock { $0.roll(seal, end: walk.offset, next: next, path: nextPath) }
        return Writer(
            state,
            options,
            nextFile,
            next,
            tail: SegmentHeader.byteCount,
            head: head,
            needsMarker: false
        )
    }

    /// Makes missing stream index files again.
    ///
    /// A bad one is found, and made in memory, when it is first read.
    private mutating func rebuildIndexes(_ state: LogState) {
        let segments = state.segments.dropLast()
        for (number, segment) in segments.enumerated() {
            let path = directory.cards(segment.firstPosition)
            if (try? storage.exists(path)) == true { continue }
            guard let index = try? LogState.scan(segment, storage, progress) else { continue }
            if (try? storage.replace(path, with: index.encoded())) != nil { noteRebuilt(path) }
            progress.step(.rebuildingIndexes, number + 1, of: segments.count)
        }
    }
    private mutating func noteRebuilt(_ index: FilePath) {
        report.rebuiltFiles.append(index)
        if !report.rows.contains(.indexMissing) { report.rows.append(.indexMissing) }
    }
}
