public import LogFormat
public import SystemPackage

/// What reading every byte of a log found.
public struct VerifyReport: Hashable, Sendable {
    /// What is to be said of one file.
    public struct FileVerdict: Hashable, Sendable {
        /// What the file is.
        public enum Kind: String, Sendable {
            /// A segment.
            case segment
            /// The stream index of a segment.
            case streamIndex
            /// The manifest.
            case manifest
            /// A folded state.
            case snapshot
            /// How far a projection or a subscriber came.
            case checkpoint
            /// Bytes that a recovery cut.
            case sideFile
            /// A file that was never finished.
            case unfinished
        }

        /// How it stands with the file.
        public enum Status: String, Sendable {
            /// All is well.
            case good
            /// It ends in a torn write that the next open cuts; no damage.
            case tornTail
            /// It is not what was written.
            case damaged
            /// A derived file that is missing; the next open makes it again.
            case missing
            /// A derived file that is bad or old; the next open makes it again, or passes it over.
            case stale
            /// A file that was never finished; the next open removes it.
            case leftover
        }

        /// The file.
        public var file: FilePath
        /// What it is.
        public var kind: Kind
        /// How it stands.
        public var status: Status
        /// Its size in bytes.
        public var byteCount: Int
        /// The number of its good batches.
        public var batches: Int = 0
        /// The number of events in them.
        public var events: Int = 0
        /// What is wrong with it.
        public var damage: LogError?
        /// The row of the decision table that applies, where the file is not simply good.
        public var row: RecoveryRow?
        /// What is wrong with a derived file: it costs time and no answer, and is no damage.
        public var flaw: LogError?

        /// Describes a file.
        public init(file: FilePath, kind: Kind, status: Status, byteCount: Int, flaw: LogError? = nil) {
            self.file = file
            self.kind = kind
            self.status = status
            self.byteCount = byteCount
            self.flaw = flaw
        }
    }

    /// One verdict a file, in reading order.
    public var files: [FileVerdict] = []
    /// The torn write at the end that the next open would cut; no damage.
    public var tornTail: TornTail?
    /// The number of good events.
    public var events = 0
    /// The end of what is good.
    public var head: LogHead = .empty
    /// The log; nil where no header of a segment is good.
    public var logID: LogID?
    /// Whether a writer was at work, so that its last batch was not looked at.
    public var isBeingWritten = false

    /// The first damage in reading order; nil if there is none.
    public var damage: LogError? { files.first { $0.damage != nil }?.damage }
    /// Whether everything that was promised is there, unchanged.
    public var isGood: Bool { damage == nil }
}
