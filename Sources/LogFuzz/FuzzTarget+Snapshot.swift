import LogFormat
import LoyaltyLedger
import LoyaltyLedgerTesting
import Snapshots
import SystemPackage

extension FuzzTarget {
    /// A snapshot: the first byte chooses whether the rest is a state, a file, or a file whose header and frames are put right.
    func loadSnapshot(_ bytes: [UInt8]) {
        guard let choice = bytes.first else { return }
        let rest = Array(bytes.dropFirst())
        switch choice % 3 {
        case 0: decodeState(rest)
        case 1: loadSnapshotFile(rest)
        default: loadSnapshotFile(repaired(rest))
        }
    }

    /// A state behind right checksums: whatever is accepted must come back as it is from its own bytes.
    private func decodeState(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let number = try? reader.varint() else { return }
        let position = Position(rawValue: number)
        guard let state = try? LedgerState(decoding: bytes, at: position, of: FuzzLog.logID) else { return }
        let encoded = state.encoded()
        guard let again = try? LedgerState(decoding: encoded, at: position, of: FuzzLog.logID) else {
            preconditionFailure("a state that was read is not read again from its own bytes")
        }
        precondition(again.encoded() == encoded, "a state changes on its way through a snapshot")
    }

    /// Reads a file from its place among the snapshots of a log that has every position, with the hash the file names.
    private func loadSnapshotFile(_ bytes: [UInt8]) {
        let disk = MemoryDisk()
        let store = SnapshotStore(directory: FuzzLog.root.appending("snapshots"), storage: disk)
        var position = Position.first
        var hash = ChainHash.zero
        if bytes.count >= 76 {
            position = Position(rawValue: (32..<40).reversed().reduce(0) { $0 << 8 | UInt64(bytes[$1]) })
            hash = ChainHash(Array(bytes[40..<72])) ?? .zero
        }
        disk.put(bytes, at: store.file(at: position))
        let search = store.newest(
            matching: FuzzLog.logID,
            foldVersion: LedgerState.foldVersion,
            chainHashAt: { _ in hash },
            decoding: { (snapshot) throws(DecodingFailure) in
                let binding = snapshot.binding
                return try LedgerState(decoding: snapshot.state, at: binding.position, of: binding.logID)
            }
        )
        precondition(search.found != nil || !search.passedOver.isEmpty, "a snapshot was overlooked")
    }

    /// The same file with a header that fits it, and frames with right checksums around chunks as large as they can be.
    private func repaired(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= 128 else { return bytes }
        var file = bytes
        let state = min(Int(bytes[80]) << 16 | Int(bytes[81]) << 8 | Int(bytes[82]), 4 << 20)
        var header = ByteWriter(capacity: 128)
        header.bytes([0x8b, 0x4c, 0x53, 0x50, 0x0d, 0x0a, 0x1a, 0x0a])
        header.u16(2)
        header.u16(2)
        header.u32(128)
        header.bytes(FuzzLog.logID.bytes)
        header.bytes(Array(bytes[32..<72]))
        header.u32(LedgerState.foldVersion)
        header.u32(UInt32((state + (1 << 20) - 1) >> 20))
        header.u64(UInt64(state))
        header.u64(UInt64(bytes.count - 128))
        header.bytes(Array(bytes[96..<112]))
        header.zeros(12)
        header.u32(CRC32C.checksum(header.bytes))
        file.replaceSubrange(0..<128, with: header.bytes)
        repairFrames(&file, state: state)
        return file
    }

    private func repairFrames(_ file: inout [UInt8], state: Int) {
        var (left, offset, number) = (state, 128, UInt64(0))
        while left > 0, offset + 16 < file.count {
            let raw = min(left, 1 << 20)
            let room = min(file.count - offset - 16, raw)
            let asked = Int(file[offset + 4]) | Int(file[offset + 5]) << 8
            let stored = left > raw && asked > 0 ? min(asked, room) : room
            var seed = ByteWriter(capacity: 32)
            seed.bytes(Array(file[16..<40]))
            seed.u64(number)
            var frame = ByteWriter(capacity: 16)
            frame.u32(UInt32(raw))
            frame.u32(UInt32(stored))
            frame.u32(CRC32C.checksum(seed.bytes + file[offset + 16..<offset + 16 + stored]))
            frame.u32(CRC32C.checksum(seed.bytes + frame.bytes))
            file.replaceSubrange(offset..<offset + 16, with: frame.bytes)
            (left, offset, number) = (left - raw, offset + 16 + stored, number + 1)
        }
    }
}
