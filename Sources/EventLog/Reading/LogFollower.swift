internal import LogFormat
public import LogStorage
public import SystemPackage

/// Reads a log that another process may be writing, and sees more of it at each look.
///
/// It belongs to one thread at a time, as a ``LogReader`` does. It takes no lock and writes nothing.
public final class LogFollower {
    /// Reads what the last look has seen.
    public private(set) var reader: LogReader
    private let directory: LogDirectory

    /// Opens a log for reading.
    public init(at path: FilePath, storage: any LogStorage) throws(LogError) {
        directory = LogDirectory(root: path, storage: storage)
        reader = try EventLog.openReadOnly(at: path, storage: storage).makeReader()
    }

    /// Looks whether more of the log may be read, and makes ``reader`` see it.
    ///
    /// - Returns: Whether there are more events.
    /// - Throws: `LogError` where the log cannot be read, or is no longer the one that was read before.
    /// - Complexity: O(1) while there is nothing new: some headers are read. Otherwise as opening a log for reading.
    public func look() throws(LogError) -> Bool {
        guard try promisesMore() else { return false }
        let known = reader.head
        let next = try EventLog.openReadOnly(at: directory.root, storage: directory.storage).makeReader()
        guard next.logID == reader.logID, next.head.position >= known.position,
            try next.chainHash(after: known.position) == known.chainHash
        else {
            throw LogError(
                .corrupt,
                "the log was replaced while it was read",
                file: directory.log,
                position: known.position,
                expected: "chain hash \(known.chainHash) at position \(known.position) of log \(reader.logID)",
                found: "another log, or one that goes on otherwise"
            )
        }
        let isMore = next.head.position > known.position
        reader = next
        return isMore
    }

    /// Whether the headers behind what was seen promise more than that, or nobody writes any more.
    ///
    /// Bytes that are no header are looked into too: a batch on its way, or another log in the place of the one that was read.
    private func promisesMore() throws(LogError) -> Bool {
        guard let last = reader.state.segments.last else { return true }
        let (storage, next) = (directory.storage, directory.segment(last.nextPosition))
        if last.seal != nil {
            return try LogError.storage("the directory cannot be read") { () throws(StorageError) in
                try storage.exists(next)
            }
        }
        guard let headers = try headers(behind: last) else { return true }
        if headers.contains(where: { $0.syncedThrough > last.end || $0.kind == .seal }) { return true }
        guard headers.contains(where: { $0.kind == .events }) else { return false }
        return try LogError.storage("the lock cannot be looked at") { () throws(StorageError) in
            try !storage.isLocked(directory.lock)
        }
    }

    /// The good headers behind what may be read of a segment, one behind the other; nil where the first one's place holds neither a header
    /// nor zeros, or the file ends before it.
    private func headers(behind last: Segment) throws(LogError) -> [BatchHeader]? {
        let (file, size) = try LogError.storage("a segment cannot be read") {
            () throws(StorageError) -> (any LogFile, Int) in
            let file = try directory.storage.open(last.path, for: .read)
            return (file, try file.size())
        }
        var scanner = SegmentScanner(file, last.identity, limit: size, readAhead: BatchHeader.byteCount)
        var (offset, headers) = (last.end, [BatchHeader]())
        do throws(ScanFailure) {
            while headers.last?.kind != .seal {
                let header = try scanner.header(at: offset)
                headers.append(header)
                offset += header.length
            }
        } catch {
            guard case .damage = error else { throw LogError(error, last) }
        }
        guard headers.isEmpty else { return headers }
        let bytes = try LogError.storage("a segment cannot be read") { () throws(StorageError) in
            try file.read(at: last.end, count: BatchHeader.byteCount)
        }
        return size >= last.end && bytes.allSatisfy { $0 == 0 } ? [] : nil
    }
}
