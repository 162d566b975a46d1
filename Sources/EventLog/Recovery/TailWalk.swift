internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// A walk over the batches of the last segment: what is good, and what stands behind it.
struct TailWalk {
    /// How the walk ended.
    enum End {
        /// With zeros to the end of the file.
        case clean
        /// With a seal.
        case sealed(BatchHeader)
        /// With a write that a crash interrupted.
        case torn(TornTail)
        /// With damage.
        case corrupt(LogError)
    }

    /// A good batch.
    struct Batch {
        var header: BatchHeader
        var offset: Int
        /// The streams of its records, in their order.
        var streams: [StreamNumber] = []
        /// How many of them belong to each block and those before it.
        var blockEnds: [Int] = []

        var end: Int { offset + header.length }
    }

    let path: FilePath
    let header: SegmentHeader
    let size: Int
    private(set) var chain: ChainState
    /// The state behind the last batch that a promise covers.
    private(set) var promised: ChainState
    private(set) var promisedEnd = SegmentHeader.byteCount
    private(set) var offset = SegmentHeader.byteCount
    private(set) var end = End.clean
    private(set) var index = StreamIndexBuilder()
    private(set) var batches: [BatchPlace] = []
    /// Good batches that no promise covers yet.
    private(set) var unpromised: [Batch] = []
    /// Whether the walk ended at a good header that does not follow.
    private var isUnlinked = false

    /// Walks `file`, which starts with `header`, behind the state at the end of the segment before.
    init(
        _ file: any LogFile,
        _ header: SegmentHeader,
        after head: LogHead,
        progress: ProgressPacer
    ) throws(LogError) {
        path = file.path
        self.header = header
        size = try LogError.storage("a segment cannot be read") { () throws(StorageError) in try file.size() }
        chain = ChainState(head: head)
        promised = chain
        var scanner = SegmentScanner(file, header.identity, limit: size)
        var block = DecodedBlock()
        while true {
            do throws(ScanFailure) {
                guard try step(&scanner, &block) else { break }
            } catch {
                try judge(error, file, progress)
                break
            }
            progress.step(.readingTail, offset, of: size)
        }
        if case .sealed = end { try checkBehindSeal(file, progress) }
    }

    /// Whether a batch further on promises the place at which the walk ended.
    var isBelowPromise: Bool {
        guard case .corrupt(let error) = end else { return false }
        return error.row == .promisedBehind
    }

    /// Takes the good batches that no promise covers as well.
    mutating func acceptUnpromised() {
        for batch in unpromised { take(batch) }
        unpromised.removeAll()
        promised = chain
        promisedEnd = offset
    }

    /// The seal of the segment, if it has one; if not, the file must be as large as it was made.
    func checkedSeal() throws(LogError) -> BatchHeader? {
        if case .sealed(let seal) = end { return seal }
        guard size == header.capacity else {
            throw LogError(
                .corrupt,
                "the last segment has not the size it was made with",
                file: path,
                offset: size,
                position: chain.head.nextPosition,
                expected: "\(header.capacity) bytes",
                found: "\(size)",
                row: .wrongSize
            )
        }
        return nil
    }

    /// Moves past one batch; false at the seal.
    private mutating func step(_ scanner: inout SegmentScanner, _ block: inout DecodedBlock) throws(ScanFailure) -> Bool
    {
        let batchHeader = try scanner.header(at: offset)
        var next = chain
        do {
            try next.accept(batchHeader, at: offset)
        } catch {
            isUnlinked = true
            throw .damage(error, extent: batchHeader.length)
        }
        let index = try scanner.batch(batchHeader, at: offset)
        try scanner.checkSections(batchHeader, at: offset, index: index)
        var batch = Batch(header: batchHeader, offset: offset)
        for number in scanner.entries.indices {
            try scanner.decodeStreams(number, of: batchHeader, at: offset, with: &block, into: &batch.streams)
            batch.blockEnds.append(batch.streams.count)
        }
        settle(through: batchHeader.syncedThrough)
        unpromised.append(batch)
        chain = next
        offset = batch.end
        guard batchHeader.kind == .seal else { return true }
        end = .sealed(batchHeader)
        return false
    }

    /// Takes the batches that a promise covers.
    private mutating func settle(through promise: Int) {
        while let batch = unpromised.first, batch.end <= promise {
            take(batch)
            unpromised.removeFirst()
        }
    }

    private mutating func take(_ batch: Batch) {
        promised.head = promised.head.advanced(past: batch.header)
        promised.promise = batch.header.syncedThrough
        promisedEnd = batch.end
        guard batch.header.kind == .events else { return }
        batches.append(BatchPlace(firstPosition: batch.header.firstPosition, offset: batch.offset))
        var next = 0
        for (number, end) in batch.blockEnds.enumerated() {
            let reference = StreamIndex.BlockReference(batchOffset: batch.offset, block: number)
            index.add(batch.streams[next..<end], in: reference)
            next = end
        }
    }

    private mutating func judge(
        _ failure: ScanFailure,
        _ file: any LogFile,
        _ progress: ProgressPacer
    ) throws(LogError) {
        guard case .damage(let reason, let extent) = failure else {
            guard case .storage(let error) = failure else { return }
            throw LogError(error, "a segment cannot be read")
        }
        let evidence = try evidence(file, extent, progress)
        switch evidence.verdict() {
        case .clean:
            end = .clean
        case .torn(let through):
            let tail = TornTail(
                segment: path,
                offset: offset,
                byteCount: through - offset,
                sideFile: nil,
                reason: reason
            )
            end = .torn(tail)
        case .corrupt(let row, let why):
            var reason = reason
            reason.flippedBit = reason.flippedBit ?? evidence.loneBit
            let message = "the log is damaged (\(why))"
            end = .corrupt(LogError(reason, in: path, message, position: chain.head.nextPosition, row: row))
        }
    }

    /// Nothing but zeros may lie behind a seal: what is there was never written by a roll.
    private mutating func checkBehindSeal(_ file: any LogFile, _ progress: ProgressPacer) throws(LogError) {
        let evidence = try evidence(file, nil, progress)
        guard !evidence.bytes.isEmpty else { return }
        end = .corrupt(.behindSeal(evidence, path, position: chain.head.nextPosition))
    }

    private func evidence(
        _ file: any LogFile,
        _ extent: Int?,
        _ progress: ProgressPacer
    ) throws(LogError) -> TailEvidence {
        var evidence = try TailEvidence.gather(
            file,
            from: offset,
            size: size,
            extent: extent,
            identity: header.identity,
            progress: { progress.step(.readingTail, $0, of: size) }
        )
        evidence.isUnlinked = isUnlinked
        return evidence
    }
}

/// Where a batch with events lies.
struct BatchPlace: Hashable, Sendable {
    var firstPosition: Position
    var offset: Int
}
