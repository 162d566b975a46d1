public import LogFormat
internal import LogStorage

extension LogReader {
    /// The chain hash after the event at a position; nil where no batch ends there, or where this reader does not see so far.
    ///
    /// It reads batch headers of the one segment that holds the position, and no contents.
    ///
    /// - Complexity: O(batches of the segment); O(log n) of them in the last segment, O(1) at a segment's end.
    public func chainHash(after position: Position) throws(LogError) -> ChainHash? {
        guard position >= .first else { return position == .zero ? .zero : nil }
        let segments = state.segments
        guard position <= head.position, let segment = segments.last(where: { $0.firstPosition <= position }),
            position < segment.nextPosition
        else { return nil }
        if let seal = segment.seal, seal.firstPosition == position.advanced(by: 1) { return seal.chainHash }
        return try batchHeader(holding: position)?.ending(at: position)
    }

    /// The header of the batch that holds a position; nil where there is no such event.
    func batchHeader(holding position: Position) throws(LogError) -> BatchHeader? {
        guard let segment = state.segments.last(where: { $0.firstPosition <= position }) else { return nil }
        do throws(ScanFailure) {
            return try headerWalk(to: position, in: segment)
        } catch {
            throw LogError(error, segment)
        }
    }

    private func headerWalk(to position: Position, in segment: Segment) throws(ScanFailure) -> BatchHeader? {
        let file: any LogFile
        do throws(StorageError) {
            file = try state.directory.storage.open(segment.path, for: .read)
        } catch {
            throw .storage(error)
        }
        // A page at a time: small batches share one, and of a large one little more than the header is read.
        var scanner = SegmentScanner(file, segment.identity, limit: segment.end, readAhead: FormatLimits.pageBytes)
        var offset = state.batchOffset(of: position, inSegment: segment.firstPosition) ?? SegmentHeader.byteCount
        while offset < segment.end {
            let header = try scanner.header(at: offset)
            if header.nextPosition > position { return header.kind == .events ? header : nil }
            offset += header.length
        }
        return nil
    }
}

extension BatchHeader {
    /// The chain hash after the batch, if a position is that of its last event.
    fileprivate func ending(at position: Position) -> ChainHash? {
        kind == .events && nextPosition == position.advanced(by: 1) ? chainHash : nil
    }
}
