public import LogFormat
internal import LogStorage
internal import SystemPackage

/// Reads a log, from the writing process or from another one.
///
/// A reader of the writing process always sees exactly what is durable; one that was opened for reading only sees what was
/// there when it was opened. A reader keeps buffers and the block it decoded last, so it belongs to one thread or task at a
/// time; make as many as you like.
public final class LogReader {
    let state: LogState
    private var tables: [Position: [BatchPlace]] = [:]
    private var isCached = false
    private var cachedBlock = DecodedBlock()
    /// The block whose records of one stream were read last.
    var streamBlock = DecodedBlock()
    /// Reads single blocks of the segment that was looked into last, through one buffer.
    private var scanner: (segment: Position, scanner: SegmentScanner)?

    private static let tableLimit = 32
    /// Bytes read at least where one block is wanted: a header with its directory, most often.
    static let randomReadAhead = FormatLimits.pageBytes

    init(_ state: LogState) { self.state = state }

    /// The end of what this reader sees.
    public var head: LogHead { state.head }
    /// The log.
    public var logID: LogID { state.logID }

    /// Calls `body` with each block from the one that holds `first` on, to the head as it is now.
    ///
    /// Only the sections that are asked for are checked and decompressed. The block is valid during the call; its first records
    /// may lie before `first`, and its last ones behind `last`.
    ///
    /// - Parameter last: The last position that is wanted; nothing is read of batches behind it. All are unless it is given.
    public func forEachBlock(
        from first: Position = .first,
        through last: Position? = nil,
        sections: SectionSet = .facts,
        body: (DecodedBlock) throws -> Void
    ) throws {
        var block = DecodedBlock()
        let end = last ?? Position(rawValue: .max)
        for segment in state.segments where segment.nextPosition > max(first, segment.firstPosition) {
            guard segment.firstPosition <= end else { return }
            let file = try file(of: segment)
            let start =
                first > segment.firstPosition ? state.batchOffset(of: first, inSegment: segment.firstPosition) : nil
            var walk = BatchWalk(file, segment, from: start ?? 0)
            while try advance(&walk, segment, to: first, through: end) {
                for number in walk.scanner.entries.indices where walk.scanner.entries[number].nextPosition > first {
                    guard walk.scanner.entries[number].firstPosition <= end else { return }
                    do throws(ScanFailure) {
                        try walk.decode(number, sections, into: &block)
                    } catch {
                        throw LogError(error, segment)
                    }
                    try body(block)
                }
            }
        }
    }

    /// Calls `body` with the record that holds the event at a position, and with its block.
    ///
    /// The block is kept, so that looking up its other records costs next to nothing.
    ///
    /// - Returns: nil if there is no such event.
    public func withRecord<R>(
        at position: Position,
        sections: SectionSet = .all,
        body: (DecodedBlock, RecordEntry) throws -> R
    ) throws -> R? {
        let segments = state.segments
        guard let segment = segments.last(where: { $0.firstPosition <= position }), position >= .first,
            position < segment.nextPosition
        else { return nil }
        if !isCached || !holds(position, sections) {
            guard let offset = try batchOffset(of: position, in: segment) else { return nil }
            try load(offset, holding: position, in: segment, sections)
        }
        guard let record = cachedBlock.record(at: position) else { return nil }
        return try body(cachedBlock, record)
    }

    /// The record that holds the event at a position, copied; nil if there is no such event.
    public func record(at position: Position) throws -> StoredRecord? {
        try withRecord(at: position) { block, record in StoredRecord(block, record) }
    }
}

extension LogReader {
    /// Moves to the next batch that ends behind `first`, with its directory; false at the end, or where it begins behind `last`.
    private func advance(
        _ walk: inout BatchWalk,
        _ segment: Segment,
        to first: Position,
        through last: Position
    ) throws(LogError) -> Bool {
        do throws(ScanFailure) {
            while let place = try walk.next() {
                guard place.header.firstPosition <= last else { return false }
                guard place.header.nextPosition > first else { continue }
                try walk.loadDirectory()
                return true
            }
            return false
        } catch {
            throw LogError(error, segment)
        }
    }

    private func holds(_ position: Position, _ sections: SectionSet) -> Bool {
        position >= cachedBlock.firstPosition && position < cachedBlock.nextPosition
            && cachedBlock.sections.isSuperset(of: sections)
    }

    /// Decodes the block that holds a position into the cache.
    private func load(
        _ offset: Int,
        holding position: Position,
        in segment: Segment,
        _ sections: SectionSet
    ) throws(LogError) {
        isCached = false
        try withScanner(of: segment) { scanner throws(ScanFailure) in
            let header = try scanner.header(at: offset)
            try scanner.directory(of: header, at: offset)
            let number = scanner.entries.lastIndex { $0.firstPosition <= position } ?? 0
            try scanner.decode(number, of: header, at: offset, sections, into: &cachedBlock)
        }
        isCached = true
    }

    /// Runs `body` with a scanner of a segment: that of the last call where it was of the same one, as long as then.
    func withScanner(
        of segment: Segment,
        _ body: (inout SegmentScanner) throws(ScanFailure) -> Void
    ) throws(LogError) {
        var current: SegmentScanner
        if let known = scanner, known.segment == segment.firstPosition, known.scanner.limit == segment.end {
            current = known.scanner
        } else {
            let file = try file(of: segment)
            current = SegmentScanner(file, segment.identity, limit: segment.end, readAhead: Self.randomReadAhead)
        }
        // Held in one place only while it runs, so that its buffer is not copied.
        scanner = nil
        do throws(ScanFailure) {
            try body(&current)
        } catch {
            throw LogError(error, segment)
        }
        scanner = (segment.firstPosition, current)
    }

    private func batchOffset(of position: Position, in segment: Segment) throws(LogError) -> Int? {
        if let offset = state.batchOffset(of: position, inSegment: segment.firstPosition) { return offset }
        if let table = tables[segment.firstPosition] { return table.offset(of: position) }
        var table: [BatchPlace] = []
        var walk = BatchWalk(try file(of: segment), segment)
        do throws(ScanFailure) {
            while let place = try walk.next() {
                table.append(BatchPlace(firstPosition: place.header.firstPosition, offset: place.offset))
            }
        } catch {
            throw LogError(error, segment)
        }
        if tables.count >= Self.tableLimit { tables.removeAll() }
        // A segment that still grows is looked up in the state; this one may only have been sealed a moment ago.
        tables[segment.firstPosition] = segment.seal == nil ? nil : table
        return table.offset(of: position)
    }

    func file(of segment: Segment) throws(LogError) -> any LogFile {
        try LogError.storage("a segment cannot be opened") { () throws(StorageError) in
            try state.file(at: segment.path)
        }
    }
}
