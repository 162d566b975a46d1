public import LogFormat
internal import LogStorage

extension LogReader {
    /// The last position that was recorded by an instant, UTC milliseconds; zero where nothing was.
    ///
    /// Recorded times never decrease along a log. It reads batch headers and no contents.
    ///
    /// - Complexity: O(log segments), and O(batches) of one segment.
    public func position(recordedBy instant: Int64) throws(LogError) -> Position {
        let head = head
        guard instant < head.recordedAt else { return head.position }
        let segments = state.segments.filter { $0.nextPosition > $0.firstPosition }
        var (low, high) = (0, segments.count)
        while low < high {
            let middle = (low + high) / 2
            if try recordedAt(ofFirstBatchIn: segments[middle]) <= instant { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return .zero }
        return try lastPosition(in: segments[low - 1], recordedBy: instant)
    }

    private func recordedAt(ofFirstBatchIn segment: Segment) throws(LogError) -> Int64 {
        var walk = BatchWalk(try file(of: segment), segment)
        do throws(ScanFailure) {
            return try walk.next()?.header.recordedAt ?? .max
        } catch {
            throw LogError(error, segment)
        }
    }

    private func lastPosition(in segment: Segment, recordedBy instant: Int64) throws(LogError) -> Position {
        var walk = BatchWalk(try file(of: segment), segment)
        var next = segment.firstPosition
        do throws(ScanFailure) {
            while let place = try walk.next(), place.header.recordedAt <= instant { next = place.header.nextPosition }
        } catch {
            throw LogError(error, segment)
        }
        return Position(rawValue: next.rawValue - 1)
    }
}
