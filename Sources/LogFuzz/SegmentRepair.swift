import LogFormat

/// Puts every checksum of a segment right that the lengths in it lead to: what lies behind the checksums must hold on its own.
struct SegmentRepair {
    let identity: SegmentIdentity

    /// Mends batch after batch, from the first one to the first that has no place in the file.
    func repair(_ file: inout [UInt8]) {
        var offset = SegmentHeader.byteCount
        while let length = length(of: file, at: offset) {
            mend(&file, at: offset, length: length)
            offset += length
        }
    }

    /// Mends what stands at the end of a file in the place of a seal.
    func repairSeal(_ file: inout [UInt8]) {
        let offset = file.count - BatchHeader.emptyBatchByteCount
        guard offset >= SegmentHeader.byteCount, length(of: file, at: offset) == BatchHeader.emptyBatchByteCount else {
            return
        }
        mend(&file, at: offset, length: BatchHeader.emptyBatchByteCount)
    }

    private func length(of file: [UInt8], at offset: Int) -> Int? {
        guard offset + BatchHeader.emptyBatchByteCount <= file.count else { return nil }
        let length = Int(file[offset + 4]) | Int(file[offset + 5]) << 8 | Int(file[offset + 6]) << 16
        guard length >= BatchHeader.emptyBatchByteCount, length % 8 == 0, file[offset + 7] == 0,
            offset + length <= file.count
        else { return nil }
        return length
    }

    private func mend(_ file: inout [UInt8], at offset: Int, length: Int) {
        let blocks = Int(file[offset + 24])
        if 96 + blocks * 56 + 8 <= length { mendSections(&file, offset, blocks, length) }
        let directory = Array(file[offset + 96..<min(offset + 96 + blocks * 56, offset + length)])
        let first = word(file, offset + 8)
        put(mixed(directory, number: first, part: 1), into: &file, at: offset + 88)
        let checksum = mixed(Array(file[offset..<offset + 92]), number: UInt64(offset), part: 0)
        put(checksum, into: &file, at: offset + 92)
        file.replaceSubrange(offset + length - 8..<offset + length - 4, with: Array("END1".utf8))
        put(checksum, into: &file, at: offset + length - 4)
    }

    private func mendSections(_ file: inout [UInt8], _ offset: Int, _ blocks: Int, _ length: Int) {
        var start = offset + 96 + blocks * 56
        for block in 0..<blocks {
            let entry = offset + 96 + block * 56
            let first = word(file, entry)
            for section in 0..<3 {
                let place = entry + 16 + section * 12
                let stored = Int(truncatingIfNeeded: word(file, place + 4) & 0xFFFF_FFFF)
                guard start + stored <= offset + length - 8 else { return }
                let checksum = mixed(Array(file[start..<start + stored]), number: first, part: UInt64(2 + section))
                put(checksum, into: &file, at: place + 8)
                start += stored
            }
        }
    }

    private func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }

    /// The mixed checksum of DESIGN.md 4.3, from the outside.
    private func mixed(_ bytes: [UInt8], number: UInt64, part: UInt64) -> UInt32 {
        var prefix = ByteWriter(capacity: 40)
        prefix.bytes(identity.logID.bytes)
        for value in [identity.ordinal, number, part] { prefix.u64(value) }
        return CRC32C.checksum(prefix.bytes + bytes)
    }
}
