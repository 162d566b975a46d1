import LogFormat

extension FuzzTarget {
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

    /// A one-segment log: all behind its header is the input's.
    func openSegment(_ bytes: [UInt8]) {
        guard let choice = bytes.first else { return }
        let header = FuzzLog.header(0, first: .first, previousHash: .zero)
        var file = header.encoded() + bytes.dropFirst().prefix(FuzzLog.capacity - SegmentHeader.byteCount)
        file += [UInt8](repeating: 0, count: FuzzLog.capacity - file.count)
        if choice & 1 == 1 { SegmentRepair(identity: header.identity).repair(&file) }
        let log = FuzzLog()
        log.put(file, first: .first)
        log.explore()
    }
}
