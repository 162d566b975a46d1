public import LogFormat
public import SystemPackage

/// The structure of a log: segments, batches and blocks, and the files around them.
public struct LogDescription: Hashable, Sendable {
    /// One segment.
    public struct Segment: Hashable, Sendable {
        /// The file.
        public var file: FilePath
        /// The header.
        public var header: SegmentHeader
        /// The size of the file in bytes.
        public var byteCount: Int
        /// The bytes up to the end of the last good batch.
        public var usedByteCount: Int
        /// The good batches.
        public var batches: [Batch]
        /// Why the walk ended before the seal, where it did; nil if sealed.
        public var end: DecodingFailure?
        /// The row of the decision table for that end.
        public var row: RecoveryRow?

        /// Whether it ends in a seal.
        public var isSealed: Bool { batches.last?.header.kind == .seal }
        /// The number of events in the good batches.
        public var eventCount: Int { batches.reduce(0) { $0 + $1.header.eventCount } }
    }

    /// One batch.
    public struct Batch: Hashable, Sendable {
        /// Where it starts in the segment, in bytes.
        public var offset: Int
        /// The header.
        public var header: BatchHeader
        /// The directory.
        public var blocks: [BlockEntry]
    }

    /// A file beside the segments, or a segment whose header cannot be read.
    public struct File: Hashable, Sendable {
        /// What it is.
        public var kind: VerifyReport.FileVerdict.Kind
        /// The file.
        public var path: FilePath
        /// Its size in bytes.
        public var byteCount: Int
        /// What it holds, in words.
        public var text: String
        /// Why it cannot be read.
        public var damage: LogError?

        /// Describes a file.
        public init(
            _ path: FilePath,
            kind: VerifyReport.FileVerdict.Kind,
            byteCount: Int,
            text: String,
            damage: LogError? = nil
        ) {
            self.kind = kind
            self.path = path
            self.byteCount = byteCount
            self.text = text
            self.damage = damage
        }
    }

    /// How much of the structure is told.
    public enum Depth: String, CaseIterable, Sendable {
        /// Files alone.
        case segments
        /// Batches too.
        case batches
        /// Blocks too.
        case blocks
    }

    /// The log; nil where no header of a segment is good.
    public var logID: LogID?
    /// The segments whose headers are good, in order.
    public var segments: [Segment]
    /// All other files.
    public var files: [File] = []
}
