internal import LogFormat

/// All records of a stream up to where the log ended when they were read.
///
/// What lies below the durable end never changes, so it is only ever added to.
struct KeptStream: ByteCounted, Sendable {
    /// A place between two batches.
    struct Place: Hashable, Sendable {
        /// The first position of the segment.
        var segment: Position
        /// The offset of the batch behind it.
        var offset: Int
    }

    var records: GatheredRecords
    /// Behind the last batch that was looked into.
    var end: Place
    /// The position behind that batch.
    var nextPosition: Position

    var byteCount: Int { records.byteCount + Self.emptyByteCount }

    /// About the bytes of an entry without records.
    private static let emptyByteCount = 256
}
