internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// The segments of a log, checked against each other: headers, links and seals, but no batch of the last one.
struct SegmentChain {
    /// All segments but the last.
    private(set) var sealed: [Segment] = []
    /// The last one.
    private(set) var last: (path: FilePath, header: SegmentHeader)
    /// The state before the first batch of the last one.
    private(set) var head: LogHead = .empty

    /// Reads the headers and seals of all segments.
    init(_ directory: LogDirectory, progress: ProgressPacer) throws(LogError) {
        let positions = try directory.segments()
        guard let newest = positions.last else {
            let message = "this directory holds no segment of a ledger"
            throw LogError(.notALog, message, file: directory.log, row: .noSegment)
        }
        var logID: LogID?
        for (ordinal, first) in positions.dropLast().enumerated() {
            let path = directory.segment(first)
            let file = try Self.open(path, directory)
            let header = try SegmentHeader.read(file, first: first)
            try Self.checkLink(header, path, ordinal, logID, after: head)
            let segment = try Self.sealedSegment(file, header, nextFirst: positions[ordinal + 1])
            logID = header.identity.logID
            head = head.advanced(past: segment.seal)
            sealed.append(segment.segment)
            progress.step(.checkingSegments, ordinal + 1, of: positions.count)
        }
        let path = directory.segment(newest)
        let header = try SegmentHeader.read(try Self.open(path, directory), first: newest)
        try Self.checkLink(header, path, positions.count - 1, logID, after: head)
        last = (path, header)
    }

    var logID: LogID { last.header.identity.logID }

    private static func open(_ path: FilePath, _ directory: LogDirectory) throws(LogError) -> any LogFile {
        try LogError.storage("a segment cannot be opened") { () throws(StorageError) in
            try directory.storage.open(path, for: .read)
        }
    }

    /// Checks that a segment is the `ordinal`th of this log and follows the one before.
    static func checkLink(
        _ header: SegmentHeader,
        _ path: FilePath,
        _ ordinal: Int,
        _ logID: LogID?,
        after head: LogHead
    ) throws(LogError) {
        func refuse(_ row: RecoveryRow, _ offset: Int, _ message: String, _ expected: String, _ found: String)
            -> LogError
        {
            let failure = DecodingFailure(offset: offset, expected: expected, found: found)
            return LogError(failure, in: path, message, position: header.firstPosition, row: row)
        }
        if let logID, header.identity.logID != logID {
            throw refuse(.foreignSegment, 16, "a segment of another log", "log \(logID)", "\(header.identity.logID)")
        }
        guard header.identity.ordinal == UInt64(ordinal) else {
            let row = header.identity.ordinal > UInt64(ordinal) ? RecoveryRow.segmentMissing : .segmentExtra
            let message = row == .segmentMissing ? "a segment is missing" : "a segment is there that should not be"
            throw refuse(row, 32, message, "segment number \(ordinal)", "\(header.identity.ordinal)")
        }
        guard header.firstPosition == head.nextPosition else {
            let row = header.firstPosition > head.nextPosition ? RecoveryRow.segmentMissing : .segmentExtra
            let message = row == .segmentMissing ? "a segment is missing" : "a segment is there that should not be"
            throw refuse(row, 40, message, "first position \(head.nextPosition)", "\(header.firstPosition)")
        }
        guard header.previousHash == head.chainHash else {
            let message = "a segment does not follow the one before"
            throw refuse(.unlinkedSegment, 72, message, "\(head.chainHash)", "\(header.previousHash)")
        }
    }

    /// Reads the seal at the end of a segment that is not the last.
    private static func sealedSegment(
        _ file: any LogFile,
        _ header: SegmentHeader,
        nextFirst: Position
    ) throws(LogError) -> (segment: Segment, seal: BatchHeader) {
        let size = try LogError.storage("a segment cannot be read") { () throws(StorageError) in try file.size() }
        let offset = size - BatchHeader.emptyBatchByteCount
        let message = "a segment with others behind it does not end in a seal"
        var scanner = SegmentScanner(file, header.identity, limit: size, readAhead: BatchHeader.emptyBatchByteCount)
        do throws(ScanFailure) {
            guard offset >= SegmentHeader.byteCount else {
                let failure = DecodingFailure(offset: size, expected: "a seal", found: "the end of the file")
                throw .damage(failure, extent: nil)
            }
            let seal = try scanner.header(at: offset)
            _ = try scanner.batch(seal, at: offset)
            guard seal.kind == .seal, seal.firstPosition == nextFirst else {
                let failure = DecodingFailure(
                    offset: offset,
                    expected: "a seal before position \(nextFirst)",
                    found: "\(seal.kind) before \(seal.firstPosition)"
                )
                throw .damage(failure, extent: nil)
            }
            let segment = Segment(path: file.path, header: header, nextPosition: nextFirst, end: size, seal: seal)
            return (segment, seal)
        } catch {
            switch error {
            case .storage(let error): throw LogError(error, "a segment cannot be read")
            case .damage(let failure, _):
                throw LogError(failure, in: file.path, message, position: nextFirst, row: .sealMissing)
            }
        }
    }
}
