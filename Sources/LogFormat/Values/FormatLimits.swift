/// The constants of format version 1: part of what lies on disk, never to be changed in place.
public enum FormatLimits {
    /// The version this library writes.
    public static let version: UInt16 = 1
    /// The oldest reader that may read what this library writes.
    public static let oldestReader: UInt16 = 1
    /// A section holds at most this many bytes before compression: one mebibyte.
    public static let sectionBytes = 1 << 20
    /// A batch holds at most this many bytes: 64 mebibytes.
    public static let batchBytes = 64 << 20
    /// A batch holds at most this many blocks.
    public static let blocksPerBatch = 1024
    /// A record holds at most this many events.
    public static let eventsPerRecord = Int(UInt16.max)
    /// Batches start on multiples of this many bytes.
    public static let batchAlignment = 8
    /// What a disk writes whole or not at all, in bytes.
    public static let sectorBytes = 512
    /// Capacities of segments are multiples of this many bytes.
    public static let pageBytes = 4096
    /// The smallest segment: 64 kibibytes.
    public static let smallestSegment = 64 << 10
}
