/// Turns builders, markers and seals into the bytes of a batch.
public struct BatchEncoder: Sendable {
    /// Where a batch goes and what stands before it.
    public struct Place: Sendable, Hashable {
        /// The segment.
        public var segment: SegmentIdentity
        /// The offset of the batch in the segment, a multiple of 8; everything below it is durable.
        public var fileOffset: Int
        /// The position of the next event.
        public var firstPosition: Position
        /// The chain hash before the batch.
        public var chainHash: ChainHash

        /// Describes a place.
        public init(segment: SegmentIdentity, fileOffset: Int, firstPosition: Position, chainHash: ChainHash) {
            self.segment = segment
            self.fileOffset = fileOffset
            self.firstPosition = firstPosition
            self.chainHash = chainHash
        }
    }

    /// No mask keeps the batch free of zero slices, which cannot happen with sections of at most a mebibyte.
    public struct NoMaskFits: Error, Hashable, Sendable {}

    private var output = ByteWriter()
    private var sections = ByteWriter()
    private var entries: [BlockEntry] = []
    private var compressor = LZ4.Compressor()

    /// An encoder that keeps its buffers from batch to batch.
    public init() {}

    /// The bytes of the last batch encoded.
    public var bytes: [UInt8] { output.bytes }

    /// Encodes a marker or a seal and returns its header; the bytes are in ``bytes``.
    ///
    /// - Precondition: `kind` is not `events`.
    public mutating func encodeEmpty(_ kind: BatchKind, at place: Place, recordedAt: Int64) -> BatchHeader {
        precondition(kind != .events, "a batch of events is not empty")
        entries.removeAll(keepingCapacity: true)
        sections.removeAll()
        var header = header(kind, at: place, recordedAt: recordedAt, chainHash: place.chainHash)
        assemble(&header, at: place)
        return header
    }

    /// Encodes a batch of events and returns its header; the bytes are in ``bytes``.
    ///
    /// - Precondition: `batch` is not empty.
    /// - Throws: ``NoMaskFits``, which is an error of this library.
    public mutating func encode(
        _ batch: BatchBuilder,
        at place: Place,
        recordedAt: Int64
    ) throws(NoMaskFits) -> BatchHeader {
        precondition(!batch.isEmpty, "a batch of events holds at least one record")
        entries.removeAll(keepingCapacity: true)
        sections.removeAll()
        let sectionsOffset = place.fileOffset + BatchHeader.byteCount + batch.blocks.count * BlockEntry.byteCount
        for block in batch.blocks.indices {
            var entry = compress(batch, block, firstPosition: place.firstPosition)
            try mask(&entry, fileOffset: sectionsOffset)
            addChecksums(&entry, in: place.segment)
            entries.append(entry)
        }
        let hash = batch.chainHash(
            after: place.chainHash,
            firstPosition: place.firstPosition,
            recordedAt: recordedAt
        )
        var header = header(.events, at: place, recordedAt: recordedAt, chainHash: hash)
        header.eventCount = batch.eventCount
        header.recordCount = batch.records.count
        header.blockCount = entries.count
        assemble(&header, at: place)
        return header
    }

    private func header(
        _ kind: BatchKind,
        at place: Place,
        recordedAt: Int64,
        chainHash: ChainHash
    ) -> BatchHeader {
        BatchHeader(
            kind: kind,
            length: 0,
            firstPosition: place.firstPosition,
            eventCount: 0,
            recordCount: 0,
            blockCount: 0,
            recordedAt: recordedAt,
            syncedThrough: place.fileOffset,
            previousLink: place.chainHash.link,
            chainHash: chainHash
        )
    }

    /// Header, directory, sections, padding and trailer, one behind the other.
    private mutating func assemble(_ header: inout BatchHeader, at place: Place) {
        let contents = BatchHeader.byteCount + entries.count * BlockEntry.byteCount + sections.count
        let alignment = FormatLimits.batchAlignment
        let padding = (alignment - contents % alignment) % alignment
        header.length = contents + padding + BatchHeader.trailerByteCount
        if Mutant.lives(.promiseTooFar) { header.syncedThrough += header.length }

        var directory = ByteWriter(capacity: entries.count * BlockEntry.byteCount)
        for entry in entries { entry.encode(to: &directory) }
        header.directoryChecksum = place.segment.checksum(
            directory.bytes,
            in: 0..<directory.count,
            number: place.firstPosition.rawValue,
            part: .directory
        )
        output.removeAll()
        header.encode(to: &output, at: place.fileOffset, in: place.segment)
        output.bytes(directory.bytes)
        output.bytes(sections.bytes)
        output.zeros(padding)
        output.u32(BatchHeader.trailerMagic)
        output.u32(header.checksum)
        assert(output.count == header.length, "\(output.count) bytes in a batch of \(header.length)")
        assert(
            ZeroSlices.first(in: output.bytes, range: 0..<output.count, fileOffset: place.fileOffset) == nil,
            "a batch with a zero slice of its own"
        )
    }

    /// Appends the three sections of a block, unmasked, and returns its entry, without checksums.
    private mutating func compress(_ batch: BatchBuilder, _ block: Int, firstPosition: Position) -> BlockEntry {
        let start = batch.blocks[block]
        let end =
            block + 1 < batch.blocks.count
            ? batch.blocks[block + 1]
            : BatchBuilder.BlockStart(
                record: batch.records.count,
                events: batch.eventCount,
                facts: batch.facts.count,
                ids: batch.ids.count,
                details: batch.details.count
            )
        return BlockEntry(
            firstPosition: firstPosition.advanced(by: start.events),
            eventCount: end.events - start.events,
            recordCount: end.record - start.record,
            facts: add(batch.facts.bytes, start.facts..<end.facts),
            ids: add(batch.ids.bytes, start.ids..<end.ids),
            details: add(batch.details.bytes, start.details..<end.details),
            mask: 0
        )
    }

    private mutating func add(_ raw: [UInt8], _ range: Range<Int>) -> SectionEntry {
        let start = sections.count
        if compressor.compress(raw, in: range, appendingTo: &sections.bytes) {
            return SectionEntry(
                rawCount: range.count,
                storedCount: sections.count - start,
                checksum: 0,
                encoding: .lz4
            )
        }
        sections.bytes(raw[range])
        return SectionEntry(rawCount: range.count, storedCount: range.count, checksum: 0, encoding: .stored)
    }

    /// Finds the first mask that leaves no zero slice in the sections of the last block, and applies it.
    ///
    /// Only slices that lie wholly in the block need a look: the header, the directory and the trailer have no zero slices.
    /// A slice is zero under one mask at most, the byte that all of it repeats; and bytes that repeat are compressed away.
    private mutating func mask(_ entry: inout BlockEntry, fileOffset: Int) throws(NoMaskFits) {
        let range = sections.count - entry.storedByteCount..<sections.count
        for mask in UInt8.min...UInt8.max {
            if mask > 0 {
                // From the mask before to this one.
                for index in range { sections.bytes[index] ^= mask ^ (mask - 1) }
            }
            if ZeroSlices.first(in: sections.bytes, range: range, fileOffset: fileOffset) == nil {
                entry.mask = mask
                return
            }
        }
        throw NoMaskFits()
    }

    private func addChecksums(_ entry: inout BlockEntry, in segment: SegmentIdentity) {
        var offset = sections.count - entry.storedByteCount
        func checksum(_ section: Section) -> UInt32 {
            let range = offset..<offset + entry[section].storedCount
            offset = range.upperBound
            let number = entry.firstPosition.rawValue
            return segment.checksum(sections.bytes, in: range, number: number, part: .init(section))
        }
        entry.facts.checksum = checksum(.facts)
        entry.ids.checksum = checksum(.ids)
        entry.details.checksum = checksum(.details)
    }
}
