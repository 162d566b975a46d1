/// A walk over the ids of a block, each told against the one before.
struct IDWalk {
    private var offset = 0
    private var last: RecordID?

    /// The next id.
    @inline(__always)
    mutating func next(_ ids: [UInt8]) throws(DecodingFailure) -> RecordID {
        if offset < ids.count, ids[offset] == RecordID.nextForm, case .sequence(let source, let before) = last,
            before != .max
        {
            offset += 1
            let id = RecordID.sequence(source: source, number: before + 1)
            last = id
            return id
        }
        var reader = ByteReader(ids, in: offset..<ids.count)
        let id = try reader.recordID(after: last)
        offset = reader.offset
        last = id
        return id
    }

    /// Passes over ids; those that are the next number are counted and not made.
    mutating func skip(_ count: Int, _ ids: [UInt8]) throws(DecodingFailure) {
        var left = count
        while left > 0 {
            let run = nextForms(ids, upTo: left)
            if run > 0, case .sequence(let source, let before) = last, before <= .max - UInt64(run) {
                last = .sequence(source: source, number: before + UInt64(run))
                offset += run
                left -= run
            } else {
                _ = try next(ids)
                left -= 1
            }
        }
    }

    /// How many ids from here on say no more than that they are the next number, eight at a time.
    private func nextForms(_ ids: [UInt8], upTo limit: Int) -> Int {
        var index = offset
        let end = offset + min(limit, ids.count - offset)
        while index + 8 <= end, ByteAccess.load(ids, at: index, as: UInt64.self) == 0x0101_0101_0101_0101 { index += 8 }
        while index < end, ids[index] == RecordID.nextForm { index += 1 }
        return index - offset
    }

    /// Checks that nothing is left.
    func finish(_ ids: [UInt8]) throws(DecodingFailure) { try ByteReader(ids, in: offset..<ids.count).finish() }
}
