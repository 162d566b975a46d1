internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// The work of `EventLog.verify`.
struct Verifier {
    private(set) var report = VerifyReport()
    private let directory: LogDirectory
    private let progress: ProgressPacer
    private var logID: LogID?
    private var head: LogHead = .empty
    private var completedBytes = 0
    private var totalBytes = 0
    private var segments: [Manifest.Segment] = []
    private var block = DecodedBlock()

    private var storage: any LogStorage { directory.storage }

    init(_ directory: LogDirectory, _ progress: (@Sendable (LogProgress) -> Void)?) {
        self.directory = directory
        self.progress = ProgressPacer(progress)
    }

    mutating func run() throws(LogError) {
        report.isBeingWritten = try io { () throws(StorageError) in try storage.isLocked(directory.lock) }
        let positions = try directory.segments()
        for first in positions {
            totalBytes += try io { () throws(StorageError) in try size(directory.segment(first)) }
        }
        for (ordinal, first) in positions.enumerated() {
            try verify(first, ordinal, isLast: ordinal == positions.count - 1)
        }
        verifyManifest(positions)
        try listSideFiles()
        report.events = report.files.reduce(0) { $0 + $1.events }
        report.head = head
    }

    private mutating func verify(_ first: Position, _ ordinal: Int, isLast: Bool) throws(LogError) {
        let path = directory.segment(first)
        let file = try io { () throws(StorageError) in try storage.open(path, for: .read) }
        let size = try io { () throws(StorageError) in try file.size() }
        var verdict = VerifyReport.FileVerdict(file: path, kind: .segment, status: .good, byteCount: size)
        var index = StreamIndexBuilder()
        var seal: BatchHeader?
        do throws(LogError) {
            let header = try SegmentHeader.read(file, first: first)
            var damage: LogError?
            do throws(LogError) {
                try SegmentChain.checkLink(header, path, ordinal, logID, after: head)
            } catch {
                damage = error
            }
            logID = logID ?? header.identity.logID
            // After damage each segment is checked from what its own header says of the one before.
            head.position = header.previousPosition
            head.chainHash = header.previousHash
            var walk = SegmentVerification(file, header, size: size, head: head, isLast: isLast)
            let end = try walk.run(&verdict, &block, &index, report.isBeingWritten) {
                [progress, completedBytes, totalBytes] in
                progress.step(.verifying, completedBytes + $0, of: totalBytes)
            }
            head = walk.head
            seal = walk.seal
            if let damage { throw damage }
            if case .torn(let tail) = end {
                verdict.status = .tornTail
                verdict.row = tail.row
                report.tornTail = tail
            }
        } catch {
            if error.code == .io || error.code == .newerFormat { throw error }
            verdict.status = .damaged
            verdict.damage = error
            verdict.row = error.row
        }
        report.files.append(verdict)
        segments.append(Manifest.Segment(firstPosition: first, seal: seal.map(Manifest.Seal.init(_:))))
        if seal != nil, verdict.status == .good { verifyIndex(index, first) }
        completedBytes += size
        progress.step(.verifying, completedBytes, of: totalBytes)
    }

    /// Compares the stream index of a sealed segment with one made from its batches.
    private mutating func verifyIndex(_ built: StreamIndexBuilder, _ first: Position) {
        guard let logID else { return }
        let path = directory.cards(first)
        var verdict = VerifyReport.FileVerdict(file: path, kind: .streamIndex, status: .good, byteCount: 0)
        if let bytes = try? storage.contents(of: path, limit: 512 << 20) {
            verdict.byteCount = bytes.count
            let isCurrent = (try? StreamIndex.decode(bytes)) == built.build(logID: logID, firstPosition: first)
            if !isCurrent {
                verdict.status = .stale
                verdict.row = .indexUnusable
            }
        } else {
            verdict.status = .missing
            verdict.row = .indexMissing
        }
        report.files.append(verdict)
    }

    private mutating func verifyManifest(_ positions: [Position]) {
        let path = directory.manifest
        let count = (try? size(path)) ?? 0
        var verdict = VerifyReport.FileVerdict(file: path, kind: .manifest, status: .good, byteCount: count)
        let actual = logID.map { Manifest(logID: $0, segments: segments) }
        do throws(LogError) {
            let isMissing = (try? storage.exists(path)) != true
            let isWhole = report.damage == nil
            verdict.row = try SegmentChain.manifestFault(directory, isWhole ? actual : nil, names: positions)
            if verdict.row != nil { verdict.status = isMissing ? .missing : .stale }
        } catch {
            verdict.status = .damaged
            verdict.damage = error
            verdict.row = error.row
        }
        report.files.append(verdict)
    }

    private mutating func listSideFiles() throws(LogError) {
        let names = try io { () throws(StorageError) in try storage.list(directory.log) }
        for name in names.sorted() where name.contains(".torn-") && !name.hasSuffix(".tmp") {
            let path = directory.log.appending(name)
            let count = try io { () throws(StorageError) in try size(path) }
            var verdict = VerifyReport.FileVerdict(file: path, kind: .sideFile, status: .good, byteCount: count)
            verdict.row = .sideFile
            report.files.append(verdict)
        }
    }

    private func size(_ path: FilePath) throws(StorageError) -> Int { try storage.open(path, for: .read).size() }

    private func io<R>(_ body: () throws(StorageError) -> R) throws(LogError) -> R {
        try LogError.storage("the log cannot be read", body)
    }
}
