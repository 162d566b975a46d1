internal import EventCoding
internal import LogFormat

extension SequenceIndex {
    /// At least how many bytes it takes encoded.
    var encodedByteCount: Int { Int(denseCount) + Int(denseCount) / 32 + 12 * sparse.count + 512 * wide.count }

    /// Writes the pages as they lie in memory: the position each counts from, by its distance from that of the page before, then a byte for each
    /// number; then pages of whole positions, and the numbers that came far ahead.
    func encode(to writer: inout ByteWriter) {
        writer.varint(denseCount)
        var last: UInt64 = 0
        for base in bases {
            writer.zigzag(Int64(bitPattern: base &- last))
            last = base
        }
        forEachChunkOfOffsets { writer.bytes($0) }
        writer.varint(UInt64(wide.count))
        for (page, positions) in wide.sorted(by: { $0.key < $1.key }) {
            writer.varint(UInt64(page))
            for position in positions { writer.varint(position) }
        }
        writer.varint(UInt64(sparse.count))
        for (number, position) in sparse.sorted(by: { $0.key < $1.key }) {
            writer.varint(number)
            writer.varint(position)
        }
    }

    /// Reads an index of commands up to a position.
    init(decoding reader: inout ByteReader, through position: UInt64) throws(DecodingFailure) {
        self.init()
        // A number takes at least one byte, and an index of so many numbers not twice as many.
        let count = try reader.count(of: 1, "numbers")
        try decodePages(count, &reader, through: position)
        try decodeWide(&reader, through: position)
        for _ in 0..<(try reader.count(of: 2, "numbers out of order")) {
            let start = reader.offset
            let number = try reader.varint()
            let found = try reader.position(after: 0, through: position)
            guard insertSparse(number, at: found) else {
                throw DecodingFailure(offset: start, expected: "another number", found: "\(number) again")
            }
        }
    }

    /// Reads what each page of so many dense numbers counts from, and a byte for each number.
    private mutating func decodePages(
        _ count: Int,
        _ reader: inout ByteReader,
        through position: UInt64
    ) throws(DecodingFailure) {
        let bases = try reader.bases((count + Self.numbersPerPage - 1) / Self.numbersPerPage, through: position)
        let offsets = try reader.slice(count)
        // What a page counts from is no later than `position`; where all it can count lies before that, no offset needs a look.
        for (page, base) in bases.enumerated() where base == 0 || position - base < UInt64(UInt8.max) {
            let place = offsets.startIndex + page * Self.numbersPerPage
            let greatest = offsets[place..<min(place + Self.numbersPerPage, offsets.endIndex)].max() ?? 0
            guard greatest == 0 || (base > 0 && UInt64(greatest) - 1 <= position - base) else {
                let found = "\(greatest) behind \(base)"
                throw DecodingFailure(offset: place, expected: "positions of 1...\(position)", found: found)
            }
        }
        restore(from: bases, offsets)
    }

    private mutating func decodeWide(_ reader: inout ByteReader, through position: UInt64) throws(DecodingFailure) {
        var last = -1
        for _ in 0..<(try reader.count(of: Self.numbersPerPage + 1, "pages of whole positions")) {
            let start = reader.offset
            let page = Int(try reader.varint(upTo: UInt64(Int32.max), "a page"))
            guard page > last, page < pageCount, isEmpty(page) else {
                throw DecodingFailure(offset: start, expected: "a later page without offsets", found: "\(page)")
            }
            var positions: [UInt64] = []
            for _ in 0..<Self.numbersPerPage { positions.append(try reader.varint(upTo: position, "a position")) }
            restoreWide(page, positions)
            last = page
        }
    }
}

extension ByteReader {
    /// Reads the positions that pages count from; 0 for one that knows none.
    fileprivate mutating func bases(_ count: Int, through end: UInt64) throws(DecodingFailure) -> [UInt64] {
        var (bases, last) = ([UInt64](), UInt64(0))
        bases.reserveCapacity(count)
        for _ in 0..<count {
            let start = offset
            last = last &+ UInt64(bitPattern: try zigzag())
            guard last <= end else {
                throw DecodingFailure(offset: start, expected: "a position up to \(end)", found: "\(last)")
            }
            bases.append(last)
        }
        return bases
    }
}
