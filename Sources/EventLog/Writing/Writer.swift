internal import LogFormat
internal import LogStorage
internal import Synchronization
internal import SystemPackage

/// The end of the log that grows.
///
/// It belongs to one thread at a time; readers see what it publishes to the state.
struct Writer: Sendable {
    private let state: LogState
    private let options: EventLogOptions
    private var file: any LogFile
    private var header: SegmentHeader
    private var tail: Int
    private var head: LogHead
    private var encoder = BatchEncoder()
    /// Whether events were written since the last marker, so that no promise covers them.
    private(set) var needsMarker: Bool

    /// Room kept at the end of a segment for one marker and the seal.
    static let reserve = 2 * BatchHeader.emptyBatchByteCount

    private var directory: LogDirectory { state.directory }

    init(
        _ state: LogState,
        _ options: EventLogOptions,
        _ file: any LogFile,
        _ header: SegmentHeader,
        tail: Int,
        head: LogHead,
        needsMarker: Bool
    ) {
        self.state = state
        self.options = options
        self.file = file
        self.header = header
        self.tail = tail
        self.head = head
        self.needsMarker = needsMarker
    }

    /// The most bytes a batch may have to fit a new segment.
    static func largestBatch(capacity: Int) -> Int { capacity - SegmentHeader.byteCount - reserve }

    /// Writes a batch and returns once it is durable and published.
    mutating func append(_ batch: BatchBuilder, recordedAt: Int64) throws(LogError) -> ClosedRange<Position> {
        try check(batch, recordedAt)
        var written = try encode(batch, recordedAt)
        if tail + written.length + Self.reserve > header.capacity {
            try roll()
            written = try encode(batch, recordedAt)
        }
        try store()
        let offset = tail
        tail += written.length
        head = head.advanced(past: written)
        needsMarker = true
        publish(batch, written, at: offset)
        return written.firstPosition...head.position
    }

    /// Promises what was written last, if nothing has yet.
    mutating func writeMarker() throws(LogError) {
        guard needsMarker else { return }
        let marker = encoder.encodeEmpty(.marker, at: place, recordedAt: head.recordedAt)
        try store()
        tail += marker.length
        needsMarker = false
        let end = tail
        state.contents.withLock { $0.extend(to: end) }
    }

    /// Gives the file back, after a marker.
    mutating func close() throws(LogError) {
        try writeMarker()
        do {
            try file.close()
        } catch {
            throw Poison.wrap(LogError(error, "a segment cannot be closed"))
        }
    }

    private var place: BatchEncoder.Place {
        BatchEncoder.Place(
            segment: header.identity,
            fileOffset: tail,
            firstPosition: head.nextPosition,
            chainHash: head.chainHash
        )
    }

    private func check(_ batch: BatchBuilder, _ recordedAt: Int64) throws(LogError) {
        precondition(!batch.isEmpty, "an empty batch has no positions to give")
        guard recordedAt >= head.recordedAt else {
            throw LogError(
                .outOfOrder,
                "the batch was recorded before the one before it",
                position: head.nextPosition,
                expected: "a time of at least \(head.recordedAt)",
                found: "\(recordedAt)"
            )
        }
        let largest = Self.largestBatch(capacity: min(header.capacity, options.segmentCapacity))
        guard batch.byteCount <= largest else {
            let found = "\(batch.byteCount)"
            throw LogError(.tooLarge, "the batch is too large", expected: "at most \(largest) bytes", found: found)
        }
    }

    private mutating func encode(_ batch: BatchBuilder, _ recordedAt: Int64) throws(LogError) -> BatchHeader {
        do {
            return try encoder.encode(batch, at: place, recordedAt: recordedAt)
        } catch {
            throw LogError(.tooLarge, "no mask keeps the batch free of zero slices")
        }
    }

    /// Writes the encoded bytes at the tail and makes them durable.
    ///
    /// - Parameter mutant: the one that leaves the sync out.
    private func store(but mutant: Mutant = .syncLeftOut) throws(LogError) {
        do {
            try file.write(encoder.bytes, at: tail)
            if !Mutant.lives(mutant) { try file.sync() }
        } catch {
            throw Poison.wrap(LogError(error, "a batch cannot be written"))
        }
    }

    private func publish(_ batch: BatchBuilder, _ written: BatchHeader, at offset: Int) {
        let head = head
        let end = tail
        state.contents.withLock { contents in
            batch.forEachRecordStream { block, stream in
                contents.index.add(stream, in: StreamIndex.BlockReference(batchOffset: offset, block: block))
            }
            contents.batches.append(BatchPlace(firstPosition: written.firstPosition, offset: offset))
            contents.extend(to: end)
            contents.segments[contents.segments.count - 1].nextPosition = head.nextPosition
            contents.head = head
        }
    }

    // MARK: - Rolling

    /// Seals the segment and goes on in a new one.
    ///
    /// The new file is made ready first: should the disk be full, the log is as it was.
    private mutating func roll() throws(LogError) {
        let next = SegmentHeader(
            identity: SegmentIdentity(logID: header.identity.logID, ordinal: header.identity.ordinal + 1),
            firstPosition: head.nextPosition,
            capacity: options.segmentCapacity,
            createdAt: options.now(),
            previousHash: head.chainHash
        )
        let pending = try PendingSegment(next, directory)
        let seal = encoder.encodeEmpty(.seal, at: place, recordedAt: head.recordedAt)
        try store(but: .sealNotSynced)
        let end = tail + seal.length
        let index = state.contents.withLock { $0.index }.build(
            logID: header.identity.logID,
            firstPosition: header.firstPosition
        )
        do {
            try file.truncate(to: end)
            if !Mutant.lives(.sealNotSynced) { try file.syncAll() }
            try file.close()
        } catch {
            throw Poison.wrap(LogError(error, "a segment cannot be sealed"))
        }
        do throws(LogError) {
            file = try pending.install()
        } catch {
            throw Poison.wrap(error)
        }
        // Derived files: without them the next open only takes longer.
        try? directory.storage.replace(directory.cards(header.firstPosition), with: index.encoded())
        header = next
        tail = SegmentHeader.byteCount
        needsMarker = false
        state.contents.withLock {
            $0.roll(seal, end: end, next: next, path: directory.segment(next.firstPosition))
        }
        state.writeManifest()
    }
}

/// Errors after which the writer must not go on.
enum Poison {
    /// Marks an error of a write, sync, rename or close on the log itself.
    static func wrap(_ error: LogError) -> LogError {
        var error = error
        // A disk that is full at the time of a write into allocated room is no longer a log that is intact.
        if error.code == .noSpace { error.code = .io }
        return error
    }
}

extension LogState.Contents {
    mutating func extend(to end: Int) { segments[segments.count - 1].end = end }

    mutating func roll(_ seal: BatchHeader, end: Int, next: SegmentHeader, path: FilePath) {
        let last = segments.count - 1
        segments[last].end = end
        segments[last].seal = seal
        self.index.removeAll()
        batches.removeAll(keepingCapacity: true)
        segments.append(
            Segment(
                path: path,
                header: next,
                nextPosition: next.firstPosition,
                end: SegmentHeader.byteCount,
                seal: nil
            )
        )
    }
}

extension LogState {
    /// Makes the manifest again.
    ///
    /// It is derived: an old one only knows fewer segments.
    func writeManifest() {
        let manifest = Manifest(logID: logID, segments: segments.map(Manifest.Segment.init(describing:)))
        try? directory.storage.replace(directory.manifest, with: manifest.encoded())
    }
}
