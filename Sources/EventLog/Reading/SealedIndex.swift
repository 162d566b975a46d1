internal import LogFormat

/// What is in memory of the stream index of a sealed segment.
enum SealedIndex: Sendable {
    /// The front of its file; the rest is read and checked as it is asked for.
    case table(StreamIndexTable)
    /// All of it, where the file cannot be used in parts, or not at all.
    case whole(StreamIndex)
}
