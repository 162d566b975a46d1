internal import LogFormat

/// The chunks behind a snapshot's header.
///
/// In front of each stand its raw length, its stored length, the checksum of the stored bytes and the checksum of these three.
/// Both checksums are mixed with the log, the position and the number of the chunk. A chunk that compression would not
/// make smaller is stored as it is; then both lengths are equal.
struct SnapshotBody {
    let binding: SnapshotBinding

    /// Appends one chunk of a state with its frame.
    func encode(_ state: [UInt8], _ range: Range<Int>, number: Int, to output: inout [UInt8]) {
        var stored: [UInt8] = []
        if !LZ4.compress(state, in: range, appendingTo: &stored) { stored = Array(state[range]) }
        let seed = seed(number)
        var frame = ByteWriter(capacity: SnapshotFormat.frameByteCount)
        frame.u32(UInt32(range.count))
        frame.u32(UInt32(stored.count))
        frame.u32(CRC32C.checksum(stored, continuing: seed))
        frame.u32(CRC32C.checksum(frame.bytes, continuing: seed))
        output += frame.bytes
        output += stored
    }

    /// The checksum of what every checksum of a chunk is mixed with.
    func seed(_ number: Int) -> UInt32 {
        var writer = ByteWriter(capacity: LogID.byteCount + 16)
        writer.bytes(binding.logID.bytes)
        writer.u64(binding.position.rawValue)
        writer.u64(UInt64(number))
        return CRC32C.checksum(writer.bytes)
    }
}
