internal import LogFormat
internal import SystemPackage

/// A segment as readers see it.
struct Segment: Sendable, Hashable {
    let path: FilePath
    let header: SegmentHeader
    /// The position behind the last event that may be read.
    var nextPosition: Position
    /// The byte behind the last one that may be read.
    var end: Int
    /// How it ends; nil in the active segment.
    var seal: BatchHeader?

    var identity: SegmentIdentity { header.identity }
    var firstPosition: Position { header.firstPosition }
}
