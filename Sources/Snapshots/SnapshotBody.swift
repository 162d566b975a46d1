internal import LogFormat
internal import LogStorage

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

    /// Reads all chunks; no length is used before its checksum is right, and no buffer grows beyond a chunk but the state.
    func decode(_ file: any LogFile, _ header: SnapshotHeader) throws(SnapshotProblem) -> [UInt8] {
        var state: [UInt8] = []
        // LZ4 may be far denser, but then the array grows as the bytes come, not on a header's word.
        state.reserveCapacity(min(header.stateByteCount, 4 * header.bodyByteCount))
        var raw = [UInt8](repeating: 0, count: min(header.stateByteCount, SnapshotFormat.chunkBytes))
        var offset = SnapshotHeader.byteCount
        for number in 0..<header.chunkCount {
            let frame = try frame(file, at: offset, number: number)
            offset += SnapshotFormat.frameByteCount
            let wanted = min(SnapshotFormat.chunkBytes, header.stateByteCount - state.count)
            guard frame.rawByteCount == wanted, (1...wanted).contains(frame.storedByteCount) else {
                let found = "\(frame.storedByteCount) for \(frame.rawByteCount)"
                throw damage(file, offset, "at most \(wanted) bytes for \(wanted)", found)
            }
            let stored = try bytes(file, at: offset, count: frame.storedByteCount)
            let actual = CRC32C.checksum(stored, continuing: seed(number))
            guard actual == frame.checksum else {
                let failure = DecodingFailure.checksum(
                    at: offset,
                    stored: frame.checksum,
                    actual: actual,
                    of: offset..<offset + stored.count,
                    checksumOffset: nil,
                    "chunk \(number)"
                )
                throw damage(failure, file)
            }
            if stored.count == wanted {
                state += stored
            } else {
                guard LZ4.decompress(stored, in: 0..<stored.count, into: &raw, count: wanted) else {
                    throw damage(file, offset, "an LZ4 block of \(wanted) bytes", "another")
                }
                state += raw[..<wanted]
            }
            offset += stored.count
        }
        guard offset == header.fileByteCount else {
            throw damage(file, offset, "the end after \(header.fileByteCount) bytes", "the end of the last chunk")
        }
        return state
    }
}

extension SnapshotBody {
    private struct Frame {
        var rawByteCount: Int
        var storedByteCount: Int
        var checksum: UInt32
    }

    /// The checksum of what every checksum of a chunk is mixed with.
    private func seed(_ number: Int) -> UInt32 {
        var writer = ByteWriter(capacity: LogID.byteCount + 16)
        writer.bytes(binding.logID.bytes)
        writer.u64(binding.position.rawValue)
        writer.u64(UInt64(number))
        return CRC32C.checksum(writer.bytes)
    }

    private func frame(_ file: any LogFile, at offset: Int, number: Int) throws(SnapshotProblem) -> Frame {
        let bytes = try bytes(file, at: offset, count: SnapshotFormat.frameByteCount)
        do throws(DecodingFailure) {
            var reader = ByteReader(bytes)
            let raw = try reader.u32()
            let stored = try reader.u32()
            let checksum = try reader.u32()
            let own = try reader.u32()
            let actual = CRC32C.checksum(bytes, in: 0..<SnapshotFormat.frameByteCount - 4, continuing: seed(number))
            guard own == actual else {
                throw .checksum(
                    at: SnapshotFormat.frameByteCount - 4,
                    stored: own,
                    actual: actual,
                    of: 0..<SnapshotFormat.frameByteCount - 4,
                    checksumOffset: SnapshotFormat.frameByteCount - 4,
                    "the frame of chunk \(number)"
                )
            }
            return Frame(rawByteCount: Int(raw), storedByteCount: Int(stored), checksum: checksum)
        } catch {
            throw damage(error.shifted(by: offset), file)
        }
    }

    private func bytes(_ file: any LogFile, at offset: Int, count: Int) throws(SnapshotProblem) -> [UInt8] {
        let bytes: [UInt8]
        do throws(StorageError) {
            bytes = try file.read(at: offset, count: count)
        } catch {
            throw SnapshotProblem(error)
        }
        guard bytes.count == count else { throw damage(file, offset, "\(count) bytes", "\(bytes.count)") }
        return bytes
    }

    private func damage(_ failure: DecodingFailure, _ file: any LogFile) -> SnapshotProblem {
        SnapshotProblem(failure, .damaged, in: file.path)
    }

    private func damage(_ file: any LogFile, _ offset: Int, _ expected: String, _ found: String) -> SnapshotProblem {
        damage(DecodingFailure(offset: offset, expected: expected, found: found), file)
    }
}
