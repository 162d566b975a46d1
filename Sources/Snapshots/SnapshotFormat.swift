/// The constants of snapshot format version 2: part of what lies on disk, never to be changed in place.
enum SnapshotFormat {
    /// The first bytes of a snapshot.
    static let magic: [UInt8] = [0x8b, 0x4c, 0x53, 0x50, 0x0d, 0x0a, 0x1a, 0x0a]
    /// The version this library writes.
    static let version: UInt16 = 2
    /// The oldest reader that may read what this library writes.
    static let oldestReader: UInt16 = 2
    /// A chunk holds at most this many bytes before compression: one mebibyte.
    static let chunkBytes = 1 << 20
    /// A state has at most this many bytes before compression: 16 gibibytes.
    static let stateBytes = 1 << 34
    /// The length of what stands in front of each chunk, in bytes.
    static let frameByteCount = 16
    /// How the name of a snapshot ends.
    static let suffix = ".snapshot"
    /// How the name of an unfinished one ends.
    static let temporarySuffix = ".tmp"

    /// The number of chunks a state is divided into.
    static func chunkCount(ofState byteCount: Int) -> Int { (byteCount + chunkBytes - 1) / chunkBytes }
}
