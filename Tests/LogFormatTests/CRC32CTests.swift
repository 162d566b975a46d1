import Testing

@testable import LogFormat

@Suite struct CRC32CTests {
    static let vectors: [([UInt8], UInt32)] = [
        ([], 0),
        (Array(repeating: 0, count: 32), 0x8a91_36aa),
        (Array(repeating: 0xff, count: 32), 0x62a8_ab43),
        (Array(0..<32), 0x46dd_794e),
        (Array((0..<32).reversed()), 0x113f_db5c),
        (Array("123456789".utf8), 0xe306_9283),
    ]

    @Test("the vectors of RFC 3720", arguments: vectors)
    func vector(_ bytes: [UInt8], _ expected: UInt32) {
        #expect(CRC32C.checksum(bytes) == expected)
        #expect(CRC32C.software(bytes, in: 0..<bytes.count, 0) == expected)
    }

    @Test("the table and the instructions agree on every length and alignment")
    func equal() throws {
        try #require(CRC32C.usesHardware, "this machine has no CRC-32C instructions to compare with")
        let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
        for start in 0..<16 {
            for end in start...bytes.count {
                let hardware = CRC32C.hardware(bytes, in: start..<end, 7)
                #expect(hardware == CRC32C.software(bytes, in: start..<end, 7))
            }
        }
    }

    @Test("a checksum can be continued")
    func continued() {
        let bytes = Array("123456789".utf8)
        let head = CRC32C.checksum(bytes, in: 0..<4)
        #expect(CRC32C.checksum(bytes, in: 4..<9, continuing: head) == 0xe306_9283)
    }

    @Test("a mixed checksum is that of the 40-byte prefix and the bytes")
    func mixed() throws {
        let logID = try #require(LogID(Array(1...16)))
        let identity = SegmentIdentity(logID: logID, ordinal: 3)
        var whole = ByteWriter()
        whole.bytes(logID.bytes)
        whole.u64(3)
        whole.u64(99)
        whole.u64(2)
        #expect(whole.count == 40)
        whole.bytes([7, 8, 9])
        let mixed = identity.checksum([7, 8, 9], in: 0..<3, number: 99, part: .facts)
        #expect(mixed == CRC32C.checksum(whole.bytes))
    }
}
