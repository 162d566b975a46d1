internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain

extension CommandIndex {
    /// About how many bytes it takes encoded; it follows what the index holds, never what a damaged snapshot says of itself.
    var encodedByteCount: Int {
        sequences.values.reduce(24 * others.count) { $0 + 2 * Int($1.denseCount) + 12 * $1.sparse.count }
    }

    /// Writes sources by their numbers, then the other ids in the order of their positions.
    func encode(to writer: inout ByteWriter) {
        writer.varint(UInt64(sequences.count))
        for (source, index) in sequences.sorted(by: { $0.key < $1.key }) {
            writer.varint(UInt64(source))
            index.encode(to: &writer)
        }
        writer.varint(UInt64(others.count))
        var last: UInt64 = 0
        for (id, position) in others.sorted(by: { $0.value < $1.value }) {
            writer.varint(position - last)
            writer.recordID(RecordID(id), after: nil)
            last = position
        }
    }

    /// Reads an index of commands up to a position.
    init(decoding reader: inout ByteReader, through position: UInt64) throws(DecodingFailure) {
        for _ in 0..<(try reader.count(of: 3, "sources")) {
            let start = reader.offset
            let source = UInt32(try reader.varint(upTo: UInt64(UInt32.max), "a source"))
            let index = try SequenceIndex(decoding: &reader, through: position)
            guard sequences.updateValue(index, forKey: source) == nil else {
                throw DecodingFailure(offset: start, expected: "another source", found: "\(source) again")
            }
        }
        // An id takes 17 bytes with its form.
        let count = try reader.count(of: 18, "other commands")
        others.reserveCapacity(count)
        var last: UInt64 = 0
        for _ in 0..<count {
            let start = reader.offset
            last = try reader.position(after: last, through: position)
            let id = CommandID(try reader.recordID(after: nil))
            if case .sequence = id {
                throw DecodingFailure(offset: start, expected: "an id of 16 bytes", found: "\(id)")
            }
            guard others.updateValue(last, forKey: id) == nil else {
                throw DecodingFailure(offset: start, expected: "another command", found: "\(id) again")
            }
        }
    }
}

extension SequenceIndex {
    /// Writes the distance of each position from the one before it; 0, which no two commands have, where there is none.
    func encode(to writer: inout ByteWriter) {
        writer.varint(denseCount)
        var last: UInt64 = 0
        for number in 0..<denseCount {
            guard let position = densePosition(of: number) else {
                writer.zigzag(0)
                continue
            }
            writer.zigzag(Int64(bitPattern: position &- last))
            last = position
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
        // A number takes at least one byte, and an index of so many numbers at most eight times as many.
        let count = try reader.count(of: 1, "numbers")
        if count > 0 { extend(through: UInt64(count) - 1) }
        var last: UInt64 = 0
        for number in 0..<count {
            let start = reader.offset
            let distance = try reader.zigzag()
            guard distance != 0 else { continue }
            last = last &+ UInt64(bitPattern: distance)
            guard last >= 1, last <= position else {
                throw DecodingFailure(offset: start, expected: "a position up to \(position)", found: "\(last)")
            }
            insert(UInt64(number), at: last)
        }
        for _ in 0..<(try reader.count(of: 2, "numbers out of order")) {
            let start = reader.offset
            let number = try reader.varint()
            let found = try reader.position(after: 0, through: position)
            guard insertSparse(number, at: found) else {
                throw DecodingFailure(offset: start, expected: "another number", found: "\(number) again")
            }
        }
    }
}

extension ByteReader {
    /// Reads a distance of at least 1 to a position that must not lie behind `end`.
    fileprivate mutating func position(after last: UInt64, through end: UInt64) throws(DecodingFailure) -> UInt64 {
        let start = offset
        let distance = try varint(upTo: end - last, "a distance in the log")
        guard distance > 0 else {
            throw DecodingFailure(offset: start, expected: "a later position", found: "the same")
        }
        return last + distance
    }
}
