internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// The work of `EventLog.verify`.
struct Verifier {
    private(set) var report = VerifyReport()
    private let directory: LogDirectory
    private let progress: ProgressPacer
    private let hooks: VerifyHooks
    private var head: LogHead = .empty
    private var completedBytes = 0
    private var totalBytes = 0
    private var segments: [Manifest.Segment] = []
    private var block = DecodedBlock()

    private var storage: any LogStorage { directory.storage }

    init(
        _ directory: LogDirectory,
        _ progress: (@Sendable (LogProgress) -> Void)?,
        _ hooks: VerifyHooks
    ) {
        self.directory = directory
        self.progress = ProgressPacer(progress)
        self.hooks = hooks
    }

    mutating func run() throws(LogError) {
        report.isBeingWritten = try io { () throws(StorageError) in try storage.isLocked(directory.lock) }
        let positions = try namedSegments()
        let hasManifest = try io { () throws(StorageError) in try storage.exists(directory.manifest) }
        guard !positions.isEmpty || !report.files.isEmpty || hasManifest else {
            let message = "this directory holds no segment of a ledger"
            throw LogError(.notALog, message, file: directory.log, row: .noSegment)
        }
        for first in positions { totalBytes += (try? size(directory.segment(first))) ?? 0 }
        for (ordinal, first) in positions.enumerated() {
            try verify(first, ordinal, isLast: ordinal == positions.count - 1)
        }
        verifyManifest(positions)
        try listOtherFiles()
        report.events = report.files.reduce(0) { $0 + $1.events }
        report.head = head
    }

    /// The segments whose names are positions, in order; the others are damage of their own.
    private mutating func namedSegments() throws(LogError) -> [Position] {
        var positions: [Position] = []
        for name in try io({ () throws(StorageError) in try storage.list(directory.log) }).sorted() {
            do throws(LogError) {
                if let first = try directory.segment(named: name) { positions.append(first) }
            } catch {
                let path = directory.log.appending(name)
                let count = (try? size(path)) ?? 0
                var verdict = VerifyReport.FileVerdict(file: path, kind: .segment, status: .good, byteCount: count)
                verdict.condemn(error)
                report.files.append(verdict)
            }
        }
        return positions
    }

    private mutating func verify(_ first: Position, _ ordinal: Int, isLast: Bool) throws(LogError) {
        let path = directory.segment(first)
        var verdict = VerifyReport.FileVerdict(file: path, kind: .segment, status: .good, byteCount: 0)
        var index = StreamIndexBuilder()
        var seal: BatchHeader?
        var isKnown = false
        do throws(LogError) {
            let file = try io { () throws(StorageError) in try storage.open(path, for: .read) }
            verdict.byteCount = try io { () throws(StorageError) in try file.size() }
            isKnown = hooks.resumingAfter.map { first <= $0.position } ?? false
            seal =
                isKnown
                ? try pass(file, first, ordinal, &verdict)
                : try verify(file, first, ordinal, isLast: isLast, &verdict, &index)
        } catch {
            if error.code == .newerFormat { throw error }
            verdict.condemn(error)
        }
        report.files.append(verdict)
        segments.append(Manifest.Segment(firstPosition: first, seal: seal.map(Manifest.Seal.init(_:))))
        let isBuilt = seal != nil && verdict.status == .good && !isKnown
        verifyIndex(isBuilt ? index : nil, first, isExpected: seal != nil)
        if isBuilt, report.damage == nil { hooks.onSegment?(head) }
        completedBytes += verdict.byteCount
        progress.step(.verifying, completedBytes, of: totalBytes)
    }

    /// Checks one segment and returns its seal, if it has one.
    private mutating func verify(
        _ file: any LogFile,
        _ first: Position,
        _ ordinal: Int,
        isLast: Bool,
        _ verdict: inout VerifyReport.FileVerdict,
        _ index: inout StreamIndexBuilder
    ) throws(LogError) -> BatchHeader? {
        let header = try SegmentHeader.read(file, first: first)
        var damage: LogError?
        do throws(LogError) {
            try SegmentChain.checkLink(header, file.path, ordinal, report.logID, after: head)
        } catch {
            damage = error
        }
        report.logID = report.logID ?? header.identity.logID
        // After damage each segment is checked from what its own header says of the one before.
        head.position = header.previousPosition
        head.chainHash = header.previousHash
        var walk = SegmentVerification(file, header, size: verdict.byteCount, head: head, isLast: isLast)
        walk.hooks = hooks
        let end = try walk.run(&verdict, &block, &index, report.isBeingWritten) {
            [progress, completedBytes, totalBytes] in
            progress.step(.verifying, completedBytes + $0, of: totalBytes)
        }
        head = walk.head
        if let damage { throw damage }
        if case .torn(let tail) = end {
            verdict.status = .tornTail
            verdict.row = tail.row
            report.tornTail = tail
        }
        return walk.seal
    }

    /// Goes by a segment whose every byte was checked before: its header, its link and its seal are read, and nothing between.
    private mutating func pass(
        _ file: any LogFile,
        _ first: Position,
        _ ordinal: Int,
        _ verdict: inout VerifyReport.FileVerdict
    ) throws(LogError) -> BatchHeader {
        let header = try SegmentHeader.read(file, first: first)
        try SegmentChain.checkLink(header, file.path, ordinal, report.logID, after: head)
        report.logID = report.logID ?? header.identity.logID
        guard let seal = SegmentVerification.seal(of: file, header, size: verdict.byteCount) else {
            let offset = max(verdict.byteCount - BatchHeader.emptyBatchByteCount, 0)
            let failure = DecodingFailure(offset: offset, expected: "a seal", found: "none")
            let message = "a segment that was checked before does not end in a seal any more"
            throw LogError(failure, in: file.path, message, position: first, row: .sealMissing)
        }
        head = head.advanced(past: seal)
        verdict.events = header.firstPosition.distance(to: seal.firstPosition)
        return seal
    }

    private func size(_ path: FilePath) throws(StorageError) -> Int { try storage.open(path, for: .read).size() }

    private func io<R>(_ body: () throws(StorageError) -> R) throws(LogError) -> R {
        try LogError.storage("the log cannot be read", body)
    }
}

// Derived files, and those that are never read.
extension Verifier {
    /// Compares the stream index of a sealed segment with one made from its batches; of a damaged one, checks its own bytes.
    private mutating func verifyIndex(_ built: StreamIndexBuilder?, _ first: Position, isExpected: Bool) {
        let path = directory.cards(first)
        var verdict = VerifyReport.FileVerdict(file: path, kind: .streamIndex, status: .good, byteCount: 0)
        if let bytes = try? storage.contents(of: path, limit: 512 << 20) {
            verdict.byteCount = bytes.count
            verdict.flaw = flaw(of: bytes, at: path, built, first)
            if verdict.flaw != nil {
                verdict.status = .stale
                verdict.row = .indexUnusable
            }
        } else {
            guard isExpected, built != nil else { return }
            verdict.status = .missing
            verdict.row = .indexMissing
        }
        report.files.append(verdict)
    }

    private func flaw(
        of bytes: [UInt8],
        at path: FilePath,
        _ built: StreamIndexBuilder?,
        _ first: Position
    ) -> LogError? {
        do throws(DecodingFailure) {
            let index = try StreamIndex.decode(bytes)
            guard let logID = report.logID, index.logID == logID, index.firstPosition == first else {
                let wanted = "log \(report.logID.map(\.description) ?? "unknown"), position \(first)"
                let found = "log \(index.logID), position \(index.firstPosition)"
                throw DecodingFailure(offset: 16, expected: wanted, found: found)
            }
            guard built == nil || built?.build(logID: logID, firstPosition: first) == index else {
                throw DecodingFailure(offset: 64, expected: "the streams of the segment", found: "others")
            }
            return nil
        } catch {
            return LogError(error, in: path, "a stream index cannot be used", position: first, row: .indexUnusable)
        }
    }

    private mutating func verifyManifest(_ positions: [Position]) {
        let path = directory.manifest
        let count = (try? size(path)) ?? 0
        var verdict = VerifyReport.FileVerdict(file: path, kind: .manifest, status: .good, byteCount: count)
        let actual = report.logID.map { Manifest(logID: $0, segments: segments) }
        do throws(LogError) {
            let isMissing = (try? storage.exists(path)) != true
            let isWhole = report.damage == nil
            verdict.row = try SegmentChain.manifestFault(directory, isWhole ? actual : nil, names: positions)
            if verdict.row != nil { verdict.status = isMissing ? .missing : .stale }
        } catch {
            verdict.condemn(error)
        }
        report.files.append(verdict)
    }

    private mutating func listOtherFiles() throws(LogError) {
        for folder in [directory.root, directory.log] {
            let names = try io { () throws(StorageError) in try storage.list(folder) }
            for name in names.sorted() {
                let isUnfinished = name.hasSuffix(".tmp")
                guard isUnfinished || (name.contains(".torn-") && folder == directory.log) else { continue }
                let path = folder.appending(name)
                var verdict = VerifyReport.FileVerdict(
                    file: path,
                    kind: isUnfinished ? .unfinished : .sideFile,
                    status: isUnfinished ? .leftover : .good,
                    byteCount: (try? size(path)) ?? 0
                )
                verdict.row = isUnfinished ? .unfinishedFile : .sideFile
                report.files.append(verdict)
            }
        }
    }
}

extension VerifyReport.FileVerdict {
    /// Takes the file for damaged.
    fileprivate mutating func condemn(_ error: LogError) {
        status = .damaged
        damage = error
        row = error.row
    }
}
