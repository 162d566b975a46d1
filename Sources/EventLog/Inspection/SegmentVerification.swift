internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// Checks every byte of one segment.
struct SegmentVerification {
    /// How a good segment ends.
    enum End {
        case whole
        case torn(TornTail)
    }

    private let file: any LogFile
    private let header: SegmentHeader
    private let size: Int
    private let isLast: Bool
    private var chain: ChainState
    private var offset = SegmentHeader.byteCount
    private(set) var seal: BatchHeader?
    private var isUnlinked = false
    var hooks = VerifyHooks()

    var head: LogHead { chain.head }

    init(_ file: any LogFile, _ header: SegmentHeader, size: Int, head: LogHead, isLast: Bool) {
        self.file = file
        self.header = header
        self.size = size
        self.isLast = isLast
        chain = ChainState(head: head)
    }

    /// Walks to the end.
    ///
    /// Events of good batches are counted in `verdict` even where damage follows.
    mutating func run(
        _ verdict: inout VerifyReport.FileVerdict,
        _ block: inout DecodedBlock,
        _ index: inout StreamIndexBuilder,
        _ isBeingWritten: Bool,
        progress: (Int) -> Void
    ) throws(LogError) -> End {
        var lastLook: Int?
        while true {
            var scanner = SegmentScanner(file, header.identity, limit: size)
            isUnlinked = false
            do throws(ScanFailure) {
                while seal == nil {
                    try step(&scanner, &verdict, &block, &index)
                    progress(offset)
                }
                break
            } catch {
                do throws(LogError) {
                    return try judge(error, isBeingWritten, progress)
                } catch  where isBeingWritten && error.row == .promisedBehind && lastLook != offset {
                    // It was half written when it was looked at, and promised a moment later: the next look sees it whole.
                    lastLook = offset
                }
            }
        }
        try checkBehindSeal(progress)
        return .whole
    }

    private mutating func step(
        _ scanner: inout SegmentScanner,
        _ verdict: inout VerifyReport.FileVerdict,
        _ block: inout DecodedBlock,
        _ index: inout StreamIndexBuilder
    ) throws(ScanFailure) {
        if hooks.isCancelled?() == true { throw .storage(StorageError(.read, file.path, errno: .canceled)) }
        let batch = try scanner.header(at: offset)
        var next = chain
        do {
            try next.accept(batch, at: offset)
        } catch {
            isUnlinked = true
            throw .damage(error, extent: batch.length)
        }
        let start = try scanner.batch(batch, at: offset)
        try scanner.checkSections(batch, at: offset, index: start)
        if batch.kind == .events {
            var hasher = ChainHasher(batch, after: chain.head.chainHash)
            for number in scanner.entries.indices {
                try scanner.decode(number, of: batch, at: offset, .all, into: &block)
                hasher.append(block)
                let reference = StreamIndex.BlockReference(batchOffset: offset, block: number)
                for record in block.records { index.add(record.stream, in: reference) }
                hooks.onBlock?(&block)
            }
            let hash = hasher.hash()
            guard hash == batch.chainHash else {
                let failure = DecodingFailure(
                    offset: offset + 56,
                    expected: "chain hash \(hash)",
                    found: "\(batch.chainHash)"
                )
                throw .damage(failure, extent: batch.length)
            }
        }
        chain = next
        offset += batch.length
        verdict.batches += 1
        verdict.events += batch.eventCount
        hooks.onBatch?(chain.head)
        if batch.kind == .seal { seal = batch }
    }

    /// Tells a clean or torn end from damage.
    ///
    /// What a living writer is writing is not looked at.
    private func judge(
        _ failure: ScanFailure,
        _ isBeingWritten: Bool,
        _ progress: (Int) -> Void
    ) throws(LogError) -> End {
        guard case .damage(var reason, let extent) = failure else {
            guard case .storage(let error) = failure else { return .whole }
            throw LogError(error, "the log cannot be read")
        }
        func damage(_ row: RecoveryRow, _ why: String) -> LogError {
            LogError(reason, in: file.path, "the log is damaged (\(why))", position: chain.head.nextPosition, row: row)
        }
        guard isLast else {
            guard endsInSeal() else {
                throw damage(.sealMissing, "a segment with others behind it does not end in a seal")
            }
            throw damage(.sealedDamage, "a segment with others behind it goes on to its seal")
        }
        var evidence = try TailEvidence.gather(
            file,
            from: offset,
            size: size,
            extent: extent,
            identity: header.identity,
            progress: progress
        )
        evidence.isUnlinked = isUnlinked
        let verdict = evidence.verdict()
        if case .corrupt(let row, let why) = verdict, !isBeingWritten || row == .promisedBehind {
            reason.flippedBit = reason.flippedBit ?? evidence.loneBit
            throw damage(row, why)
        }
        if isBeingWritten { return .whole }
        if size != header.capacity { throw damage(.wrongSize, "the file was made with \(header.capacity) bytes") }
        guard case .torn(let through) = verdict else { return .whole }
        let count = through - offset
        return .torn(TornTail(segment: file.path, offset: offset, byteCount: count, sideFile: nil, reason: reason))
    }

    /// Whether the file ends in a good seal, which is what opening looks at first.
    private func endsInSeal() -> Bool { Self.seal(of: file, header, size: size) != nil }

    /// The seal in which a file ends; nil where it does not end in a good one.
    static func seal(of file: any LogFile, _ header: SegmentHeader, size: Int) -> BatchHeader? {
        let place = size - BatchHeader.emptyBatchByteCount
        guard place >= SegmentHeader.byteCount else { return nil }
        var scanner = SegmentScanner(file, header.identity, limit: size, readAhead: BatchHeader.emptyBatchByteCount)
        guard let seal = try? scanner.header(at: place), seal.kind == .seal else { return nil }
        return (try? scanner.batch(seal, at: place)) == nil ? nil : seal
    }

    /// Nothing but zeros may lie behind a seal, and only in the last segment.
    private func checkBehindSeal(_ progress: (Int) -> Void) throws(LogError) {
        let evidence = try TailEvidence.gather(
            file,
            from: offset,
            size: size,
            extent: nil,
            identity: header.identity,
            progress: progress
        )
        let isWhole = isLast ? evidence.bytes.isEmpty : size == offset
        guard !isWhole else { return }
        var error = LogError.behindSeal(evidence, file.path, position: chain.head.nextPosition)
        if !isLast { error.row = .sealMissing }
        throw error
    }
}
