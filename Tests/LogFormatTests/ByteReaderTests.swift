import LogFormat
import Testing

@Suite struct ByteReaderTests {
    @Test("what the writer writes, the reader reads")
    func roundTrip() throws {
        var writer = ByteWriter()
        writer.u8(200)
        writer.u16(60_000)
        writer.u32(4_000_000_000)
        writer.u64(.max - 1)
        writer.i64(-5)
        writer.string("crème")
        writer.bytes([1, 2, 3])
        var reader = ByteReader(writer.bytes)
        #expect(try reader.u8() == 200)
        #expect(try reader.u16() == 60_000)
        #expect(try reader.u32() == 4_000_000_000)
        #expect(try reader.u64() == .max - 1)
        #expect(try reader.i64() == -5)
        #expect(try reader.string() == "crème")
        #expect(try reader.bytes(3) == [1, 2, 3])
        try reader.finish()
    }

    @Test("varints at every edge", arguments: (0..<64).flatMap { [UInt64(1) << $0, (UInt64(1) << $0) - 1] } + [.max])
    func varint(_ value: UInt64) throws {
        var writer = ByteWriter()
        writer.varint(value)
        #expect(writer.count == max(1, (64 - value.leadingZeroBitCount + 6) / 7))
        var reader = ByteReader(writer.bytes)
        #expect(try reader.varint() == value)
        #expect(reader.isAtEnd)
        for length in 0..<writer.count {
            var short = ByteReader(writer.bytes, in: 0..<length)
            #expect(throws: DecodingFailure.self) { try short.varint() }
            #expect(short.offset == 0)
        }
    }

    @Test("a varint reads alike whatever bytes and however many follow it, and ends where it ends", arguments: 1...10)
    func varintAmongOthers(length: Int) throws {
        for fill in [UInt8(0), 1, 0x7f, 0x80, 0xff] {
            for last in [UInt8(0), 1, 2, 0x7f] {
                for following in 0...9 {
                    let encoded = [UInt8](repeating: 0x80 | fill, count: length - 1) + [last]
                    let bytes = [7] + encoded + [UInt8](repeating: fill, count: following)
                    var reader = ByteReader(bytes, in: 1..<bytes.count)
                    if let value = Self.value(of: encoded) {
                        #expect(try reader.varint() == value)
                        #expect(reader.offset == 1 + length)
                    } else {
                        #expect(throws: DecodingFailure.self) { try reader.varint() }
                        #expect(reader.offset == 1)
                    }
                    // The same bytes are there, and the reader may not go so far.
                    var short = ByteReader(bytes, in: 1..<length)
                    #expect(throws: DecodingFailure.self) { try short.varint() }
                }
            }
        }
    }

    /// What bytes of seven bits each stand for; nil where they are longer than needed, or than 64 bits.
    private static func value(of encoded: [UInt8]) -> UInt64? {
        guard encoded.count == 1 || encoded.last != 0, encoded.count < 10 || encoded.last == 1 else { return nil }
        return encoded.reversed().reduce(0) { $0 << 7 | UInt64($1 & 0x7f) }
    }

    @Test(
        "varints that are longer than needed or than 64 bits are refused",
        arguments: [
            [0x80, 0x00], [0xff, 0x80, 0x00], Array(repeating: 0xff, count: 9) + [0x02],
            Array(repeating: 0xff, count: 10), Array(repeating: 0x80, count: 11),
            Array(repeating: 0x80, count: 9) + [0x00],
        ] as [[UInt8]]
    )
    func badVarint(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        #expect(throws: DecodingFailure.self) { try reader.varint() }
        #expect(reader.offset == 0)
    }

    @Test("zigzag", arguments: [(0, [0]), (-1, [1]), (1, [2]), (-2, [3])] as [(Int64, [UInt8])])
    func zigzag(_ value: Int64, _ bytes: [UInt8]) throws {
        var writer = ByteWriter()
        writer.zigzag(value)
        #expect(writer.bytes == bytes)
        var reader = ByteReader(bytes)
        #expect(try reader.zigzag() == value)
    }

    @Test("zigzag at the ends", arguments: [Int64.min, .max, .min + 1])
    func zigzagEnds(_ value: Int64) throws {
        var writer = ByteWriter()
        writer.zigzag(value)
        var reader = ByteReader(writer.bytes)
        #expect(try reader.zigzag() == value)
    }

    @Test("nothing is read past the end, and nothing moves")
    func bounds() {
        var reader = ByteReader([5, 1, 2], in: 0..<2)
        #expect(throws: DecodingFailure.self) { try reader.u32() }
        #expect(throws: DecodingFailure.self) { try reader.bytes(3) }
        #expect(throws: DecodingFailure.self) { try reader.skip(-1) }
        #expect(throws: DecodingFailure.self) { try reader.string() }
        #expect(throws: DecodingFailure.self) { try reader.finish() }
        #expect(reader.offset == 0)
    }

    @Test("bytes that are no UTF-8 are refused")
    func badText() {
        var reader = ByteReader([2, 0xc3, 0x28])
        #expect(throws: DecodingFailure.self) { try reader.string() }
    }
}
