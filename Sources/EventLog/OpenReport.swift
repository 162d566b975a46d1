public import LogFormat
public import SystemPackage

/// What opening a log found and did.
public struct OpenReport: Hashable, Sendable {
    /// The number of segments.
    public var segments = 0
    /// The number of events.
    public var events = 0
    /// The torn write that was cut off, if there was one.
    public var tornTail: TornTail?
    /// The batches above the last promise that were written again.
    public var rewrittenBatches = 0
    /// The derived files that were missing or bad and have been made again.
    public var rebuiltFiles: [FilePath] = []
    /// The rows of the decision table that opening met, in its order, without ``RecoveryRow/cleanEnd``.
    public var rows: [RecoveryRow] = []
    /// How long it took.
    public var duration: Duration = .zero

    /// An empty report.
    public init() {}
}

/// A write that a crash interrupted before it was acknowledged.
public struct TornTail: Hashable, Sendable {
    /// The segment.
    public var segment: FilePath
    /// The first byte that is no good batch.
    public var offset: Int
    /// The bytes up to the last one that is not zero.
    public var byteCount: Int
    /// Where the bytes are kept; nil until they are cut.
    public var sideFile: FilePath?
    /// What is wrong with them.
    public var reason: DecodingFailure
    /// The row of the decision table that says to cut them.
    public var row: RecoveryRow { .tornWrite }
}
