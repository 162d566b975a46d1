internal import LogFormat
internal import LogStorage
internal import Synchronization

extension LogState {
    /// The bytes at the front of an index that are asked for before its length is known: the table of 350,000 streams.
    private static let tableReadAhead = 48 << 10

    /// The blocks of a segment that hold records of a stream: by the growing index, that of a sealed segment, or one made from the batches.
    ///
    /// - Complexity: O(b) for b blocks of 128 streams, once the table of the index is in memory.
    func blocks(of stream: StreamNumber, in segment: Segment) throws(LogError) -> [StreamIndex.BlockReference] {
        let growing: [StreamIndex.BlockReference]? = contents.withLock { contents in
            contents.segments.last?.firstPosition == segment.firstPosition ? contents.index.blocks(of: stream) : nil
        }
        if let growing { return growing }
        switch try sealedIndex(of: segment) {
        case .whole(let index): return index.blocks(of: stream)
        case .table(let table):
            if let blocks = read(stream, by: table, segment) { return blocks }
            let index = try Self.scan(segment, directory.storage, ProgressPacer(nil))
            contents.withLock { $0.sealedIndexes[segment.firstPosition] = .whole(index) }
            return index.blocks(of: stream)
        }
    }

    /// Asks for what the indexes of sealed segments have of a stream, so that the disk looks for all of it at once.
    ///
    /// What cannot be read is passed over here; reading it says why, or makes another.
    func announceIndexes(of stream: StreamNumber, in segments: [Segment]) {
        let (sealed, unknown) = contents.withLock { contents in
            let last = contents.segments.last?.firstPosition
            let sealed = segments.filter { $0.firstPosition != last }
            return (sealed, sealed.filter { contents.sealedIndexes[$0.firstPosition] == nil })
        }
        guard sealed.count > 1 else { return }
        for segment in unknown {
            (try? file(at: directory.cards(segment.firstPosition)))?.willRead(0..<Self.tableReadAhead)
        }
        for segment in sealed {
            guard case .table(let table)? = try? sealedIndex(of: segment), let extent = table.extent(of: stream)
            else { continue }
            (try? file(at: directory.cards(segment.firstPosition)))?.willRead(extent)
        }
    }

    /// The whole index file of a sealed segment; nil if it is missing, bad or another segment's.
    private func readIndex(_ segment: Segment) -> StreamIndex? {
        let path = directory.cards(segment.firstPosition)
        guard let bytes = try? directory.storage.contents(of: path, limit: 512 << 20),
            let index = try? StreamIndex.decode(bytes),
            index.logID == logID, index.firstPosition == segment.firstPosition
        else { return nil }
        return index
    }

    /// The index of a sealed segment: the one in memory, the front of its file, all of its file, or one made from the batches.
    private func sealedIndex(of segment: Segment) throws(LogError) -> SealedIndex {
        if let known = contents.withLock({ $0.sealedIndexes[segment.firstPosition] }) { return known }
        let index: SealedIndex
        if let table = readTable(segment) {
            index = .table(table)
        } else if let whole = readIndex(segment) {
            index = .whole(whole)
        } else {
            index = .whole(try Self.scan(segment, directory.storage, ProgressPacer(nil)))
        }
        contents.withLock { $0.sealedIndexes[segment.firstPosition] = index }
        return index
    }

    /// The front of the index file of a sealed segment; nil if it is missing, bad, another segment's, or of version 1.
    private func readTable(_ segment: Segment) -> StreamIndexTable? {
        guard let file = try? file(at: directory.cards(segment.firstPosition)),
            let head = try? file.read(at: 0, count: StreamIndexHeader.byteCount),
            let header = try? StreamIndexHeader(decoding: head), header.version > 1,
            header.logID == logID, header.firstPosition == segment.firstPosition,
            let front = try? file.read(at: 0, count: StreamIndexTable.byteCount(header))
        else { return nil }
        return try? StreamIndexTable(decoding: front, header)
    }

    /// A stream's blocks as the index file has them; nil where it cannot be read, or is not what was written.
    private func read(
        _ stream: StreamNumber,
        by table: StreamIndexTable,
        _ segment: Segment
    ) -> [StreamIndex.BlockReference]? {
        guard let extent = table.extent(of: stream) else { return [] }
        guard let file = try? file(at: directory.cards(segment.firstPosition)),
            let bytes = try? file.read(at: extent.lowerBound, count: extent.count)
        else { return nil }
        return try? table.blocks(of: stream, in: bytes)
    }
}
