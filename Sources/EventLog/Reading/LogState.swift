internal import LogFormat
internal import LogStorage
internal import Synchronization
internal import SystemPackage

/// What of a log may be read, shared by one writer and any number of readers.
///
/// The lock is never held during a call to the disk.
final class LogState: Sendable {
    struct Contents: Sendable {
        var segments: [Segment]
        var head: LogHead
        /// Batches and streams of the last segment.
        var batches: [BatchPlace] = []
        var index = StreamIndexBuilder()
        /// What was read of the stream indexes of sealed segments, by first position.
        var sealedIndexes: [Position: SealedIndex] = [:]
        var failure: LogError?
    }

    let directory: LogDirectory
    let logID: LogID
    let contents: Mutex<Contents>
    /// The blocks that histories were read from last.
    let blocks = Mutex(BlockCache(limit: blockCacheBytes))
    /// The streams that were read last, whole.
    let streams = Mutex(GenerationCache<StreamNumber, KeptStream>(largestGeneration: streamGenerationBytes))

    private let openFiles = Mutex(OpenFiles())

    /// The most bytes of decompressed blocks that are kept in memory: 64 MiB, nearly two million events.
    private static let blockCacheBytes = 64 << 20
    /// The most bytes of a stream that is kept in memory: some 8,000 records.
    static let largestKeptStream = 1 << 20
    /// With the stream that fills it, a generation of them takes 8 MiB at the most: 1,500 cards of 50 records.
    private static let streamGenerationBytes = 8 << 20 - largestKeptStream

    init(_ directory: LogDirectory, logID: LogID, _ contents: Contents) {
        self.directory = directory
        self.logID = logID
        self.contents = Mutex(contents)
    }

    var head: LogHead { contents.withLock { $0.head } }
    var failure: LogError? { contents.withLock { $0.failure } }
    var segments: [Segment] { contents.withLock { $0.segments } }

    /// The offset of the batch in the last segment that holds a position, if the segment starts at `first`.
    func batchOffset(of position: Position, inSegment first: Position) -> Int? {
        contents.withLock { contents in
            guard contents.segments.last?.firstPosition == first else { return nil }
            return contents.batches.offset(of: position)
        }
    }

    /// A file of the log, open for reading: one for all readers.
    func file(at path: FilePath) throws(StorageError) -> any LogFile {
        if let file = openFiles.withLock({ $0[path] }) { return file }
        let file = try directory.storage.open(path, for: .read)
        openFiles.withLock { $0.keep(file, at: path) }
        return file
    }

    /// Makes the stream index of a segment from its batches.
    static func scan(
        _ segment: Segment,
        _ storage: any LogStorage,
        _ progress: ProgressPacer
    ) throws(LogError) -> StreamIndex {
        var builder = StreamIndexBuilder()
        let file = try LogError.storage("a segment cannot be opened") { () throws(StorageError) in
            try storage.open(segment.path, for: .read)
        }
        var walk = BatchWalk(file, segment)
        var block = DecodedBlock()
        var streams: [StreamNumber] = []
        do throws(ScanFailure) {
            while let place = try walk.next() {
                try walk.loadDirectory()
                progress.step(.rebuildingIndexes, place.offset, of: segment.end)
                for number in walk.scanner.entries.indices {
                    streams.removeAll(keepingCapacity: true)
                    try walk.decodeStreams(number, with: &block, into: &streams)
                    let reference = StreamIndex.BlockReference(batchOffset: place.offset, block: number)
                    builder.add(streams[...], in: reference)
                }
            }
        } catch {
            throw LogError(error, segment)
        }
        return builder.build(logID: segment.identity.logID, firstPosition: segment.firstPosition)
    }
}

extension [BatchPlace] {
    /// The offset of the last batch that does not start behind a position; nil if all do.
    func offset(of position: Position) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].firstPosition <= position { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : self[low - 1].offset
    }
}
