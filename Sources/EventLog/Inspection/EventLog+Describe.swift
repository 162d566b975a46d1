internal import LogFormat
public import LogStorage
public import SystemPackage

extension EventLog {
    /// Lists segments, batches and blocks as far as their headers are good; reads no section and writes nothing.
    public static func describe(
        at path: FilePath,
        storage: any LogStorage = POSIXStorage()
    ) throws(LogError) -> LogDescription {
        let directory = LogDirectory(root: path, storage: storage)
        try directory.checkIsLog()
        var segments: [LogDescription.Segment] = []
        for first in try directory.segments() {
            let file = try LogError.storage("a segment cannot be opened") { () throws(StorageError) in
                try storage.open(directory.segment(first), for: .read)
            }
            let header = try SegmentHeader.read(file, first: first)
            segments.append(try describe(file, header))
        }
        guard let logID = segments.first?.header.identity.logID else {
            throw LogError(.notALog, "this directory holds no segment of a ledger", file: directory.log)
        }
        return LogDescription(logID: logID, segments: segments)
    }

    private static func describe(
        _ file: any LogFile,
        _ header: SegmentHeader
    ) throws(LogError) -> LogDescription.Segment {
        let size = try LogError.storage("a segment cannot be read") { () throws(StorageError) in try file.size() }
        var segment = LogDescription.Segment(
            file: file.path,
            header: header,
            byteCount: size,
            usedByteCount: SegmentHeader.byteCount,
            batches: []
        )
        var scanner = SegmentScanner(file, header.identity, limit: size)
        do throws(ScanFailure) {
            while segment.batches.last?.header.kind != .seal {
                let offset = segment.usedByteCount
                let batch = try scanner.header(at: offset)
                _ = try scanner.batch(batch, at: offset)
                segment.batches.append(LogDescription.Batch(offset: offset, header: batch, blocks: scanner.entries))
                segment.usedByteCount += batch.length
            }
        } catch {
            switch error {
            case .storage(let error): throw LogError(error, "a segment cannot be read")
            case .damage(let failure, _): segment.end = failure
            }
        }
        return segment
    }
}
