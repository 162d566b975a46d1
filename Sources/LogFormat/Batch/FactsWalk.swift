/// A walk over the records of a facts section: their heads are read, their bytes passed over.
struct FactsWalk {
    /// What stands in front of a record's bytes, and where those are.
    struct Record {
        var stream: UInt32
        var eventCount: Int
        var facts: Range<Int>
    }

    /// The offset of the next record.
    private(set) var offset = 0

    /// The next record.
    ///
    /// A word holds all but the longest heads: a stream of three bytes, a count of one and a length of two.
    @inline(__always)
    mutating func next(_ facts: [UInt8]) throws(DecodingFailure) -> Record {
        guard offset + 8 <= facts.count else { return try long(facts) }
        var word = ByteAccess.load(facts, at: offset, as: UInt64.self)
        var start = offset
        let ends = ~word & 0x80_8080
        guard ends != 0 else { return try long(facts) }
        let bits = ends.trailingZeroBitCount + 1
        let raw = word & (1 << UInt64(bits) - 1)
        guard bits == 8 || raw >> UInt64(bits - 8) != 0 else { return try long(facts) }
        let stream = raw & 0x7f | raw >> 1 & 0x3f80 | raw >> 2 & 0x1f_c000
        word >>= UInt64(bits)
        start += bits / 8
        let events = Int(word & 0xff)
        var count = Int(word >> 8 & 0xff)
        guard events > 0, events < 0x80 else { return try long(facts) }
        start += 2
        if count >= 0x80 {
            let high = Int(word >> 16 & 0xff)
            guard high > 0, high < 0x80 else { return try long(facts) }
            count = count & 0x7f | high << 7
            start += 1
        }
        guard count <= facts.count - start else { return try long(facts) }
        offset = start + count
        return Record(stream: UInt32(stream), eventCount: events, facts: start..<offset)
    }

    /// The next record, with every check one by one.
    @inline(never)
    private mutating func long(_ facts: [UInt8]) throws(DecodingFailure) -> Record {
        var reader = ByteReader(facts, in: offset..<facts.count)
        let stream = try reader.varint(upTo: UInt64(UInt32.max), "a stream")
        let events = Int(try reader.varint(upTo: UInt64(FormatLimits.eventsPerRecord), "an event count"))
        guard events > 0 else {
            throw DecodingFailure(offset: reader.offset, expected: "an event count from 1", found: "0")
        }
        let count = try reader.varint(upTo: UInt64(FormatLimits.sectionBytes), "a length")
        let range = try reader.skip(Int(count))
        offset = reader.offset
        return Record(stream: UInt32(stream), eventCount: events, facts: range)
    }

    /// Checks that nothing is left.
    func finish(_ facts: [UInt8]) throws(DecodingFailure) { try ByteReader(facts, in: offset..<facts.count).finish() }
}
