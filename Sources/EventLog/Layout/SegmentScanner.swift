internal import LogFormat
internal import LogStorage

/// Why a batch could not be read.
enum ScanFailure: Error {
    /// The file system refused.
    case storage(StorageError)
    /// The bytes are no good batch; `extent` is its length where a good header names one.
    case damage(DecodingFailure, extent: Int?)
}

/// Batches of one segment, read through a window so that small ones do not cost a call each.
struct SegmentScanner {
    let file: any LogFile
    let identity: SegmentIdentity
    /// Nothing at or behind this offset is read.
    let limit: Int
    /// The directory of the batch that was read last.
    private(set) var entries: [BlockEntry] = []
    /// The bytes around the last offset asked for.
    private(set) var buffer: [UInt8] = []

    private var bufferStart = 0
    private var bufferCount = 0
    private let readAhead: Int

    init(_ file: any LogFile, _ identity: SegmentIdentity, limit: Int, readAhead: Int = 256 << 10) {
        self.file = file
        self.identity = identity
        self.limit = limit
        self.readAhead = readAhead
    }

    /// Whether even the smallest batch does not fit behind `offset`.
    func isAtLimit(_ offset: Int) -> Bool { offset + BatchHeader.emptyBatchByteCount > limit }

    /// The index in ``buffer`` of `count` bytes at `offset`; nil if they are not all there.
    mutating func index(of offset: Int, count: Int) throws(ScanFailure) -> Int? {
        guard offset >= 0, count >= 0, offset <= limit - count else { return nil }
        if offset >= bufferStart, offset + count <= bufferStart + bufferCount { return offset - bufferStart }
        let wanted = min(max(count, readAhead), limit - offset)
        if buffer.count < wanted { buffer = [UInt8](repeating: 0, count: wanted) }
        bufferStart = offset
        bufferCount = 0
        do {
            bufferCount =
                Mutant.lives(.shortReadTakenForEnd)
                ? try file.read(into: &buffer, 0..<wanted, at: offset) : try file.fill(&buffer, 0..<wanted, at: offset)
        } catch {
            throw .storage(error)
        }
        return bufferCount >= count ? 0 : nil
    }

    /// Reads the header of the batch at an offset.
    mutating func header(at offset: Int) throws(ScanFailure) -> BatchHeader {
        guard let index = try index(of: offset, count: BatchHeader.byteCount) else {
            let failure = DecodingFailure(offset: offset, expected: "a batch header", found: "the end of the file")
            throw .damage(failure, extent: nil)
        }
        do {
            return try BatchHeader.decode(buffer, at: index, fileOffset: offset, in: identity)
        } catch {
            throw .damage(error, extent: nil)
        }
    }

    /// Reads header and directory into ``entries`` without the sections.
    mutating func directory(of header: BatchHeader, at offset: Int) throws(ScanFailure) {
        guard let index = try index(of: offset, count: header.headBytes) else { throw missing(header, offset) }
        do {
            try header.readDirectory(buffer, at: index, fileOffset: offset, in: identity, into: &entries)
        } catch {
            throw .damage(error, extent: header.length)
        }
    }

    /// Reads a whole batch, its directory into ``entries``, checks its end, and returns its index in ``buffer``.
    mutating func batch(_ header: BatchHeader, at offset: Int) throws(ScanFailure) -> Int {
        guard let index = try index(of: offset, count: header.length) else { throw missing(header, offset) }
        do {
            try header.readDirectory(buffer, at: index, fileOffset: offset, in: identity, into: &entries)
            try header.checkEnd(buffer, at: index, fileOffset: offset, entries: entries)
        } catch {
            throw .damage(error, extent: header.length)
        }
        return index
    }

    /// Checks every checksum of the batch that ``batch(_:at:)`` just returned.
    func checkSections(_ header: BatchHeader, at offset: Int, index: Int) throws(ScanFailure) {
        do {
            try header.checkSections(buffer, at: index, fileOffset: offset, in: identity, entries: entries)
        } catch {
            throw .damage(error, extent: header.length)
        }
    }

    /// Decodes one block of the batch whose directory was read last: all records, or those of one stream.
    mutating func decode(
        _ number: Int,
        of header: BatchHeader,
        at offset: Int,
        _ sections: SectionSet,
        of stream: StreamNumber? = nil,
        into block: inout DecodedBlock
    ) throws(ScanFailure) {
        let stored = try stored(number, of: header, at: offset)
        do {
            try block.decode(stored, sections: sections, of: stream)
        } catch {
            throw .damage(error, extent: header.length)
        }
    }

    /// Appends the streams of the records of one block of the batch whose directory was read last.
    mutating func decodeStreams(
        _ number: Int,
        of header: BatchHeader,
        at offset: Int,
        with block: inout DecodedBlock,
        into streams: inout [StreamNumber]
    ) throws(ScanFailure) {
        let stored = try stored(number, of: header, at: offset)
        do {
            try block.decodeStreams(stored, into: &streams)
        } catch {
            throw .damage(error, extent: header.length)
        }
    }

    /// Decodes one block of the batch whose directory was read last, to be kept.
    mutating func keptBlock(
        _ number: Int,
        of header: BatchHeader,
        at offset: Int
    ) throws(ScanFailure) -> KeptBlock {
        let stored = try stored(number, of: header, at: offset)
        do {
            return try KeptBlock(stored)
        } catch {
            throw .damage(error, extent: header.length)
        }
    }

    /// A block of the batch whose directory was read last, its bytes in ``buffer``.
    private mutating func stored(
        _ number: Int,
        of header: BatchHeader,
        at offset: Int
    ) throws(ScanFailure) -> StoredBlock {
        guard let extent = extent(of: number, of: header, at: offset),
            let index = try index(of: extent.lowerBound, count: extent.count)
        else {
            throw missing(header, offset)
        }
        return StoredBlock(
            entries[number],
            buffer,
            at: index,
            fileOffset: extent.lowerBound,
            in: identity,
            recordedAt: header.recordedAt
        )
    }

    /// Where the bytes of a block of the batch whose directory was read last lie; nil where it has no such block.
    func extent(of number: Int, of header: BatchHeader, at offset: Int) -> Range<Int>? {
        guard entries.indices.contains(number) else { return nil }
        let start = offset + header.headBytes + entries[..<number].reduce(0) { $0 + $1.storedByteCount }
        return start..<start + entries[number].storedByteCount
    }

    private func missing(_ header: BatchHeader, _ offset: Int) -> ScanFailure {
        let found = "\(max(limit - offset, 0))"
        let failure = DecodingFailure(offset: offset, expected: "\(header.length) bytes of a batch", found: found)
        return .damage(failure, extent: header.length)
    }
}
