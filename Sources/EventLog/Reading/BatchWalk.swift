internal import LogFormat
internal import LogStorage

/// A walk over the batches with events of one segment, each linked to the one before.
struct BatchWalk {
    private(set) var scanner: SegmentScanner
    private let segment: Segment
    private var chain: ChainState?
    private var offset: Int
    private var current: (header: BatchHeader, offset: Int)?

    /// Begins at the first batch, whose link is to the segment's header.
    init(_ file: any LogFile, _ segment: Segment) {
        self.segment = segment
        scanner = SegmentScanner(file, segment.identity, limit: segment.end)
        offset = SegmentHeader.byteCount
        let head = LogHead(
            position: segment.header.previousPosition,
            chainHash: segment.header.previousHash,
            recordedAt: .min
        )
        chain = ChainState(head: head)
    }

    /// Begins at a batch in the middle, whose link is not compared.
    init(_ file: any LogFile, _ segment: Segment, from offset: Int) {
        self.init(file, segment)
        guard offset > SegmentHeader.byteCount else { return }
        self.offset = offset
        chain = nil
    }

    /// The header and offset of the next batch with events; nil at the end.
    mutating func next() throws(ScanFailure) -> (header: BatchHeader, offset: Int)? {
        current = nil
        while offset < segment.end {
            let here = offset
            let header = try scanner.header(at: here)
            do {
                try chain?.accept(header, at: here)
            } catch {
                throw .damage(error, extent: header.length)
            }
            if chain == nil {
                chain = ChainState(head: LogHead.empty.advanced(past: header), promise: header.syncedThrough)
            }
            offset = here + header.length
            if header.kind == .events {
                current = (header, here)
                return current
            }
        }
        return nil
    }

    /// Reads the directory of the batch that `next` returned, and its bytes.
    mutating func loadDirectory() throws(ScanFailure) {
        guard let current else { return }
        _ = try scanner.batch(current.header, at: current.offset)
    }

    /// Decodes a block of the batch that `next` returned.
    mutating func decode(_ number: Int, _ sections: SectionSet, into block: inout DecodedBlock) throws(ScanFailure) {
        guard let current else { return }
        try scanner.decode(number, of: current.header, at: current.offset, sections, into: &block)
    }

    /// Appends the streams of the records of a block of the batch that `next` returned.
    mutating func decodeStreams(
        _ number: Int,
        with block: inout DecodedBlock,
        into streams: inout [StreamNumber]
    ) throws(ScanFailure) {
        guard let current else { return }
        try scanner.decodeStreams(number, of: current.header, at: current.offset, with: &block, into: &streams)
    }
}

extension LogError {
    /// What a scan of a segment that had been accepted ran into.
    init(_ failure: ScanFailure, _ segment: Segment) {
        switch failure {
        case .storage(let error): self.init(error, "a segment cannot be read")
        case .damage(let failure, _):
            let row: RecoveryRow? = segment.seal == nil ? nil : .sealedDamage
            self.init(failure, in: segment.path, "the log is damaged", row: row)
        }
    }
}
