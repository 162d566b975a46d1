public import LogFormat
internal import LogStorage
internal import Synchronization

extension LogReader {
    /// Where a block of a stream lies.
    struct BlockPlace {
        var segment: Segment
        var reference: StreamIndex.BlockReference

        var key: BlockCache.Key { BlockCache.Key(segment: segment.firstPosition, reference: reference) }
    }

    /// So many blocks of a stream are asked for before the first of them is read.
    private static let blocksAhead = 64

    /// The blocks of a stream behind a place, and where the log ends.
    private struct Places {
        var blocks: [BlockPlace] = []
        var end: KeptStream.Place
        /// The position behind the last event there is.
        var nextPosition: Position
        /// Whether no block of the stream is left behind them.
        var isToTheEnd: Bool
    }

    /// Calls `body` with each record of a stream, in the order of their positions, through the stream index.
    ///
    /// Of the block a body may use the bytes of the record's ranges, and when it was recorded. A stream that was read to the end with all sections
    /// is kept in memory for the next reader, who reads of the log what came since; so are blocks that are read again.
    ///
    /// - Parameters:
    ///   - last: The last position that is wanted; no later block is read. All are unless it is given.
    ///   - isKept: Whether to keep the stream; who keeps it elsewhere says no.
    public func forEachRecord(
        ofStream stream: StreamNumber,
        through last: Position? = nil,
        sections: SectionSet = .facts,
        isKept: Bool = true,
        body: (DecodedBlock, RecordEntry) throws -> Void
    ) throws {
        let end = last ?? Position(rawValue: .max)
        let known = state.streams.withLock { $0.value(of: stream) }
        try known?.records.forEach(through: end, body)
        if let known, end < known.nextPosition { return }
        let places = try places(of: stream, behind: known?.end, through: end)
        var gathered =
            isKept && places.isToTheEnd && sections == .all ? known?.records ?? GatheredRecords() : nil
        for (index, place) in places.blocks.enumerated() {
            if index % Self.blocksAhead == 0 { announce(places.blocks[index...].prefix(Self.blocksAhead)) }
            let (block, records) = try records(of: stream, in: place, sections)
            guard block.firstPosition <= end else { return }
            for record in records where record.position <= end {
                gathered?.append(record, of: block)
                try body(block, record)
            }
            if gathered.map(\.byteCount) ?? 0 > LogState.largestKeptStream { gathered = nil }
        }
        guard let gathered, known?.end != places.end else { return }
        let kept = KeptStream(records: gathered, end: places.end, nextPosition: places.nextPosition)
        state.streams.withLock { $0.keep(kept, for: stream) }
    }

    /// The blocks that hold records of a stream, in the order of the log: all, or those behind a place.
    private func places(
        of stream: StreamNumber,
        behind start: KeptStream.Place?,
        through last: Position
    ) throws(LogError) -> Places {
        let all = state.segments
        let segments = all.filter { segment in
            guard segment.firstPosition <= last else { return false }
            return segment.firstPosition >= start?.segment ?? .zero && segment.end > begin(of: segment, behind: start)
        }
        let nextPosition = all.last?.nextPosition ?? .first
        var places = Places(
            end: KeptStream.Place(segment: all.last?.firstPosition ?? .first, offset: all.last?.end ?? 0),
            nextPosition: nextPosition,
            isToTheEnd: nextPosition.advanced(by: -1) <= last
        )
        state.announceIndexes(of: stream, in: segments)
        for segment in segments {
            let extent = begin(of: segment, behind: start)..<segment.end
            for reference in try state.blocks(of: stream, in: segment) where extent.contains(reference.batchOffset) {
                places.blocks.append(BlockPlace(segment: segment, reference: reference))
            }
        }
        return places
    }

    /// The first offset of a segment that lies behind a place.
    private func begin(of segment: Segment, behind place: KeptStream.Place?) -> Int {
        place?.segment == segment.firstPosition ? place?.offset ?? 0 : 0
    }

    /// Asks for blocks that are about to be read, so that the disk looks for all of them at once.
    ///
    /// What cannot be read is passed over here; reading it says why.
    private func announce(_ places: ArraySlice<BlockPlace>) {
        let unread = state.blocks.withLock { blocks in places.filter { !blocks.contains($0.key) } }
        guard unread.count > 1 else { return }
        for place in unread {
            let offset = place.reference.batchOffset
            (try? file(of: place.segment))?.willRead(offset..<offset + Self.randomReadAhead)
        }
        // The directories say where the blocks lie.
        for place in unread {
            try? withScanner(of: place.segment) { scanner throws(ScanFailure) in
                let offset = place.reference.batchOffset
                let header = try scanner.header(at: offset)
                try scanner.directory(of: header, at: offset)
                guard let extent = scanner.extent(of: place.reference.block, of: header, at: offset) else { return }
                if extent.upperBound > offset + Self.randomReadAhead { scanner.file.willRead(extent) }
            }
        }
    }

    /// The records of one stream in a block: of one that is kept, or read; then it is kept, where all of its sections were wanted
    /// and the cache wants it.
    private func records(
        of stream: StreamNumber,
        in place: BlockPlace,
        _ sections: SectionSet
    ) throws(LogError) -> (DecodedBlock, [RecordEntry]) {
        if let kept = state.blocks.withLock({ $0.block(place.key) }) { return (kept.block, kept.records(of: stream)) }
        let (offset, number) = (place.reference.batchOffset, place.reference.block)
        var kept: KeptBlock?
        try withScanner(of: place.segment) { scanner throws(ScanFailure) in
            let header = try scanner.header(at: offset)
            try scanner.directory(of: header, at: offset)
            guard number < scanner.entries.count else {
                let found = "\(scanner.entries.count) blocks"
                let failure = DecodingFailure(offset: offset, expected: "block \(number), as indexed", found: found)
                throw .damage(failure, extent: header.length)
            }
            if sections == .all, isToBeKept(scanner.entries[number], at: place.key) {
                kept = try scanner.keptBlock(number, of: header, at: offset)
            } else {
                try scanner.decode(number, of: header, at: offset, sections, of: stream, into: &streamBlock)
            }
        }
        guard let kept else { return (streamBlock, streamBlock.records) }
        state.blocks.withLock { $0.keep(kept, at: place.key) }
        return (kept.block, kept.records(of: stream))
    }

    private func isToBeKept(_ entry: BlockEntry, at key: BlockCache.Key) -> Bool {
        guard entry.recordCount >= BlockCache.leastRecords else { return false }
        return state.blocks.withLock { $0.wants(key, KeptBlock.byteCount(of: entry)) }
    }
}
