internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain

extension CommandIndex {
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
        writer.varint(UInt64(dense.count))
        var last: UInt64 = 0
        for position in dense {
            guard position != 0 else {
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
        // A number takes at least one byte, so that the array is at most eight times as long as the bytes are.
        let denseCount = try reader.count(of: 1, "numbers")
        var dense: [UInt64] = []
        dense.reserveCapacity(denseCount)
        var last: UInt64 = 0
        for _ in 0..<denseCount {
            let start = reader.offset
            let distance = try reader.zigzag()
            guard distance != 0 else {
                dense.append(0)
                continue
            }
            last = last &+ UInt64(bitPattern: distance)
            guard last >= 1, last <= position else {
                throw DecodingFailure(offset: start, expected: "a position up to \(position)", found: "\(last)")
            }
            dense.append(last)
        }
        let sparseCount = try reader.count(of: 2, "numbers out of order")
        var sparse: [UInt64: UInt64] = [:]
        sparse.reserveCapacity(sparseCount)
        for _ in 0..<sparseCount {
            let start = reader.offset
            let number = try reader.varint()
            let found = try reader.position(after: 0, through: position)
            guard sparse.updateValue(found, forKey: number) == nil else {
                throw DecodingFailure(offset: start, expected: "another number", found: "\(number) again")
            }
        }
        self.init(dense: dense, sparse: sparse)
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
