import Testing

@testable import LogFormat

@Suite struct FlippedBitTests {
    @Test("every single flipped bit of a batch is named by byte and bit")
    func batch() throws {
        let offset = 4096 + 8 * 13
        var encoder = BatchEncoder()
        _ = try encoder.encode(BatchFixture.builder(), at: BatchFixture.place(offset), recordedAt: 5)
        let bytes = encoder.bytes
        for index in bytes.indices {
            for bit in 0..<8 {
                var bad = bytes
                bad[index] ^= 1 << bit
                let failure = #expect(throws: DecodingFailure.self) {
                    _ = try BatchFixture.read(bad, fileOffset: offset)
                }
                #expect(failure?.flippedBit == FlippedBit(byte: offset + index, bit: bit), "byte \(index), bit \(bit)")
            }
        }
    }

    @Test("every single flipped bit of a segment header is named by byte and bit")
    func segment() throws {
        let header = SegmentHeader(
            identity: BatchFixture.identity,
            firstPosition: Position(rawValue: 77),
            capacity: 64 << 10,
            createdAt: 5,
            previousHash: .zero
        )
        let bytes = header.encoded()
        for index in bytes.indices {
            for bit in 0..<8 {
                var bad = bytes
                bad[index] ^= 1 << bit
                let refusal = #expect(throws: SegmentHeader.Refusal.self) { _ = try SegmentHeader.decode(bad) }
                #expect(refusal?.failure?.flippedBit == FlippedBit(byte: index, bit: bit), "byte \(index), bit \(bit)")
            }
        }
    }

    @Test("a bit of a mebibyte is found, and two bits are not taken for one")
    func large() {
        var bytes = (0..<FormatLimits.sectionBytes).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ $0 >> 7) }
        let stored = CRC32C.checksum(bytes)
        bytes[17] ^= 0x20
        let range = 100..<100 + bytes.count
        let one = CRC32C.checksum(bytes)
        #expect(
            FlippedBit.explaining(stored: stored, actual: one, in: range, checksumOffset: nil)
                == FlippedBit(byte: 117, bit: 5)
        )
        bytes[900_000] ^= 1
        let two = CRC32C.checksum(bytes)
        #expect(FlippedBit.explaining(stored: stored, actual: two, in: range, checksumOffset: nil) == nil)
    }

    @Test("the text of a failure names the bit")
    func text() {
        let failure = DecodingFailure(
            offset: 8,
            expected: "a",
            found: "b",
            flippedBit: FlippedBit(byte: 9, bit: 2)
        )
        #expect(failure.shifted(by: 100).flippedBit == FlippedBit(byte: 109, bit: 2))
        #expect(
            failure.description == "at byte 8: expected a, found b; one flipped bit explains it: bit 2 of byte 9"
        )
    }
}

extension SegmentHeader.Refusal {
    fileprivate var failure: DecodingFailure? {
        switch self {
        case .notASegment(let failure), .damaged(let failure): failure
        case .newerFormat: nil
        }
    }
}
