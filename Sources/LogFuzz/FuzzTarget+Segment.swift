import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage

extension FuzzTarget {
    private static let logID = LogID([UInt8](1...16)) ?? LogID.random()
    private static let root: FilePath = "/fuzz"

    /// A batch of one block whose sections the input fills, with counts and lengths that fit and right checksums.
    func decodeBlock(_ bytes: [UInt8]) {
        guard bytes.count > 12 else { return }
        let body = Array(bytes[12...].prefix(60_000))
        let cuts = [Int(bytes[0]) * body.count / 255, Int(bytes[1]) * body.count / 255].sorted()
        let counts = [cuts[0], cuts[1] - cuts[0], body.count - cuts[1]]
        var batch = ByteWriter()
        let padding = (8 - body.count % 8) % 8
        batch.bytes(Array("BAT1".utf8))
        batch.u32(UInt32(96 + 56 + body.count + padding + 8))
        batch.u64(1)
        batch.u32(UInt32(bytes[6]))
        batch.u32(UInt32(bytes[7]))
        batch.u16(1)
        batch.zeros(6)
        batch.i64(1)
        batch.u64(512)
        batch.zeros(8 + 32 + 8)
        batch.u64(1)
        batch.u32(UInt32(bytes[6]))
        batch.u32(UInt32(bytes[7]))
        for (number, count) in counts.enumerated() {
            let isPacked = bytes[2] >> UInt8(number) & 1 == 1
            batch.u32(isPacked ? UInt32(bytes[3 + number]) << 4 : UInt32(count))
            batch.u32(UInt32(count))
            batch.u32(0)
        }
        for number in 0..<3 { batch.u8(bytes[2] >> UInt8(number) & 1) }
        batch.u8(bytes[8])
        batch.bytes(body)
        batch.zeros(padding + 8)
        openSegment([1] + batch.bytes)
    }

    /// A one-segment log: everything that looks at a log must come back with an answer or an error.
    func openSegment(_ bytes: [UInt8]) {
        guard let choice = bytes.first else { return }
        let capacity = 64 << 10
        let header = SegmentHeader(
            identity: SegmentIdentity(logID: Self.logID, ordinal: 0),
            firstPosition: .first,
            capacity: capacity,
            createdAt: 0,
            previousHash: .zero
        )
        var file = header.encoded() + bytes.dropFirst().prefix(capacity - 512)
        file += [UInt8](repeating: 0, count: capacity - file.count)
        if choice & 1 == 1 { repair(&file) }
        let disk = SimulatedDisk()
        let path = Self.root.appending("log").appending(Position.first.hexadecimal + ".segment")
        do {
            try disk.createDirectory(Self.root)
            try disk.createDirectory(Self.root.appending("log"))
            let stored = try disk.createFile(path, size: file.count)
            try stored.write(file, at: 0)
        } catch {
            preconditionFailure("the simulated disk has no faults here: \(error)")
        }
        _ = try? EventLog.verify(at: Self.root, storage: disk)
        _ = try? EventLog.describe(at: Self.root, storage: disk)
        if let log = try? EventLog.openReadOnly(at: Self.root, storage: disk) {
            try? log.makeReader().forEachBlock(sections: .all) { _ in }
        }
        guard let log = try? EventLog.open(at: Self.root, storage: disk) else { return }
        try? log.makeReader().forEachBlock(sections: .all) { _ in }
        try? log.close()
    }

    /// Puts every checksum right that the lengths lead to, batch after batch.
    private func repair(_ file: inout [UInt8]) {
        let identity = SegmentIdentity(logID: Self.logID, ordinal: 0)
        var offset = 512
        while offset + 104 <= file.count {
            let length = Int(file[offset + 4]) | Int(file[offset + 5]) << 8 | Int(file[offset + 6]) << 16
            guard length >= 104, length % 8 == 0, file[offset + 7] == 0, offset + length <= file.count else { return }
            let blocks = Int(file[offset + 24])
            if 96 + blocks * 56 + 8 <= length {
                repairSections(&file, offset, blocks, length, identity)
            }
            let directory = Array(file[offset + 96..<min(offset + 96 + blocks * 56, offset + length)])
            let first = word(file, offset + 8)
            put(mixed(directory, identity, number: first, part: 1), into: &file, at: offset + 88)
            let crc = mixed(Array(file[offset..<offset + 92]), identity, number: UInt64(offset), part: 0)
            put(crc, into: &file, at: offset + 92)
            file.replaceSubrange(offset + length - 8..<offset + length - 4, with: Array("END1".utf8))
            put(crc, into: &file, at: offset + length - 4)
            offset += length
        }
    }

    private func repairSections(
        _ file: inout [UInt8],
        _ offset: Int,
        _ blocks: Int,
        _ length: Int,
        _ identity: SegmentIdentity
    ) {
        var start = offset + 96 + blocks * 56
        for block in 0..<blocks {
            let entry = offset + 96 + block * 56
            let first = word(file, entry)
            for section in 0..<3 {
                let place = entry + 16 + section * 12
                let stored = Int(truncatingIfNeeded: word(file, place + 4) & 0xFFFF_FFFF)
                guard start + stored <= offset + length - 8 else { return }
                let crc = mixed(Array(file[start..<start + stored]), identity, number: first, part: UInt64(2 + section))
                put(crc, into: &file, at: place + 8)
                start += stored
            }
        }
    }

    private func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }

    /// The mixed checksum of DESIGN.md 4.3, from the outside.
    private func mixed(_ bytes: [UInt8], _ identity: SegmentIdentity, number: UInt64, part: UInt64) -> UInt32 {
        var prefix = identity.logID.bytes
        for value in [identity.ordinal, number, part] {
            for shift in stride(from: 0, to: 64, by: 8) {
                prefix.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
            }
        }
        return CRC32C.checksum(prefix + bytes)
    }
}
