/// A walk over the details of a block, most of which are empty.
struct DetailsWalk {
    private var offset = 0

    /// Where the next record's details are.
    @inline(__always)
    mutating func next(_ details: [UInt8]) throws(DecodingFailure) -> Range<Int> {
        if offset < details.count, details[offset] == 0 {
            offset += 1
            return offset..<offset
        }
        var reader = ByteReader(details, in: offset..<details.count)
        let count = try reader.varint(upTo: UInt64(FormatLimits.sectionBytes), "a length")
        let range = try reader.skip(Int(count))
        offset = reader.offset
        return range
    }

    /// Checks that nothing is left.
    func finish(_ details: [UInt8]) throws(DecodingFailure) {
        try ByteReader(details, in: offset..<details.count).finish()
    }
}
