public import LogFormat
public import SystemPackage

/// What a backup holds.
///
/// Written down somewhere else, the last position and its chain hash tell later whether a log was cut back as a whole, which
/// nothing in the log itself can.
public struct BackupReport: Hashable, Sendable {
    /// The directory of the backup.
    public var path: FilePath
    /// The log, the same as the original's.
    public var logID: LogID
    /// The number of segments.
    public var segments: Int
    /// The number of events.
    public var events: Int
    /// The bytes copied out of segments, without the zeros behind the last batch.
    public var byteCount: Int
    /// The end of the backup: the last position, the chain hash after it, and when it was recorded.
    public var head: LogHead
}
