internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// A copy of a log up to a head, checked byte for byte, while the log may go on growing.
///
/// Bytes below a segment's readable end never change, so no lock is needed: what is appended, sealed or rolled meanwhile lies
/// behind them.
struct Backup {
    let source: LogDirectory
    let logID: LogID
    let segments: [Segment]
    let head: LogHead
    let progress: ((LogProgress) -> Void)?

    private static let pieceBytes = 1 << 20

    /// Copies, checks, makes durable and gives the copy its name.
    ///
    /// - Parameter finish: Called with the directory before it gets its name, to put derived files into it.
    func run(
        to place: FilePath,
        finish: ((FilePath) -> Void)? = nil
    ) throws(LogError) -> BackupReport {
        let target = try FreshDirectory(place, source.storage)
        do throws(LogError) {
            return try fill(target, finish)
        } catch {
            target.discard()
            throw error
        }
    }

    private func fill(_ target: FreshDirectory, _ finish: ((FilePath) -> Void)?) throws(LogError) -> BackupReport {
        var chain = LogHead.empty
        var copied = 0
        let total = segments.reduce(0) { $0 + $1.end }
        for (ordinal, segment) in segments.enumerated() {
            let isLast = ordinal == segments.count - 1
            try copy(segment, isLast: isLast, to: target.temporary) { bytes in
                progress?(LogProgress(phase: .backingUp, completedBytes: copied + bytes, totalBytes: total))
            }
            copied += segment.end
            chain = try check(segment, ordinal, isLast: isLast, after: chain, in: target.temporary)
        }
        guard chain.position == head.position, chain.chainHash == head.chainHash else {
            throw LogError(
                .corrupt,
                "the copy does not end where the log did",
                file: segments.last?.path,
                position: chain.position,
                expected: "position \(head.position) with chain hash \(head.chainHash)",
                found: "position \(chain.position) with chain hash \(chain.chainHash)"
            )
        }
        let manifest = Manifest(logID: logID, segments: segments.map(Manifest.Segment.init(describing:)))
        try LogError.storage("the manifest cannot be written") { () throws(StorageError) in
            try source.storage.replace(target.temporary.manifest, with: manifest.encoded())
        }
        finish?(target.temporary.root)
        try target.install()
        return BackupReport(
            path: target.place,
            logID: logID,
            segments: segments.count,
            events: Int(head.position.rawValue),
            byteCount: total,
            head: head
        )
    }

    /// Copies the readable bytes of a segment; the last one keeps its capacity, with zeros behind them.
    private func copy(
        _ segment: Segment,
        isLast: Bool,
        to target: LogDirectory,
        _ report: (Int) -> Void
    ) throws(LogError) {
        let from = try LogError.storage("a segment cannot be opened") { () throws(StorageError) in
            try source.storage.open(segment.path, for: .read)
        }
        let to = try LogError.storage("a segment cannot be created") { () throws(StorageError) in
            try target.storage.createFile(
                target.segment(segment.firstPosition),
                size: isLast ? segment.header.capacity : 0
            )
        }
        var offset = 0
        while offset < segment.end {
            let wanted = min(Self.pieceBytes, segment.end - offset)
            let bytes = try LogError.storage("a segment cannot be read") { () throws(StorageError) in
                try from.read(at: offset, count: wanted)
            }
            guard bytes.count == wanted else {
                let failure = DecodingFailure(
                    offset: offset + bytes.count,
                    expected: "\(segment.end) bytes",
                    found: "the end of the file"
                )
                throw LogError(failure, in: segment.path, "a segment is too short", row: isLast ? nil : .sealMissing)
            }
            try LogError.storage("a segment cannot be copied") { () throws(StorageError) in
                try to.write(bytes, at: offset)
            }
            offset += wanted
            report(offset)
        }
        try LogError.storage("a segment cannot be made durable") { () throws(StorageError) in
            try to.syncAll()
            try to.close()
        }
    }

    /// Checks every byte of the copy, and makes the stream index of a sealed one again.
    ///
    /// Damage is named by the file it was copied from.
    private func check(
        _ segment: Segment,
        _ ordinal: Int,
        isLast: Bool,
        after head: LogHead,
        in target: LogDirectory
    ) throws(LogError) -> LogHead {
        let path = target.segment(segment.firstPosition)
        do throws(LogError) {
            let file = try LogError.storage("a copy cannot be read") { () throws(StorageError) in
                try target.storage.open(path, for: .read)
            }
            let header = try SegmentHeader.read(file, first: segment.firstPosition)
            try SegmentChain.checkLink(header, path, ordinal, logID, after: head)
            let size = try LogError.storage("a copy cannot be read") { () throws(StorageError) in try file.size() }
            var verdict = VerifyReport.FileVerdict(file: path, kind: .segment, status: .good, byteCount: size)
            var block = DecodedBlock()
            var index = StreamIndexBuilder()
            var walk = SegmentVerification(file, header, size: size, head: head, isLast: isLast)
            if case .torn(let tail) = try walk.run(&verdict, &block, &index, false, progress: { _ in }) {
                throw LogError(tail.reason, in: path, "the log is damaged", row: tail.row)
            }
            if !isLast {
                let built = index.build(logID: logID, firstPosition: segment.firstPosition)
                try LogError.storage("a stream index cannot be written") { () throws(StorageError) in
                    try target.storage.replace(target.cards(segment.firstPosition), with: built.encoded())
                }
            }
            return walk.head
        } catch {
            var error = error
            if error.file == path { error.file = segment.path }
            throw error
        }
    }
}
