package import LogFormat

/// How a log is written.
public struct EventLogOptions: Sendable {
    /// The size of a new segment in bytes.
    ///
    /// A multiple of 4096, at least 64 KiB, at most 1 GiB; 16 MiB unless set.
    public var segmentCapacity: Int
    /// Called while a long operation goes on, from the thread that runs it.
    public var progress: (@Sendable (LogProgress) -> Void)?
    /// UTC milliseconds, for what only people read: the created-at of a segment, the since of a lock.
    public var now: @Sendable () -> Int64
    /// The id of a log that is created; random but in tests that must repeat.
    package var makeLogID: @Sendable () -> LogID = { .random() }

    /// The defaults, but for what is named.
    public init(
        segmentCapacity: Int = 16 << 20,
        progress: (@Sendable (LogProgress) -> Void)? = nil,
        now: @escaping @Sendable () -> Int64 = EventLogOptions.systemNow
    ) {
        precondition(
            segmentCapacity % FormatLimits.pageBytes == 0 && segmentCapacity >= FormatLimits.smallestSegment
                && segmentCapacity <= 1 << 30,
            "a segment of \(segmentCapacity) bytes; it must be a multiple of 4096 from 64 KiB to 1 GiB"
        )
        self.segmentCapacity = segmentCapacity
        self.progress = progress
        self.now = now
    }
}

/// How far a long operation has come.
public struct LogProgress: Hashable, Sendable {
    /// What is being done.
    public enum Phase: String, Sendable {
        /// The segments are checked against each other.
        case checkingSegments
        /// The last segment is read.
        case readingTail
        /// Everything is read.
        case verifying
        /// Stream indexes are rebuilt.
        case rebuildingIndexes
        /// Segments are copied and checked.
        case backingUp
        /// What can be read of a damaged log is written to a new one.
        case salvaging
    }

    /// What is being done.
    public var phase: Phase
    /// The bytes behind us.
    public var completedBytes: Int
    /// The bytes in all.
    public var totalBytes: Int
}
