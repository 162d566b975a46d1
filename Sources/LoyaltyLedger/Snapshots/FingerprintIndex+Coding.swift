internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain

extension FingerprintIndex {
    /// At least how many bytes it takes encoded.
    var encodedByteCount: Int { shardsInUse.reduce(24 * far.count) { $0 + 8 * entryCount(of: $1) + 4 } }

    /// Writes the shards that hold commands: each by its distance from the one before, with its entries behind their number, ascending; then the
    /// commands whose positions no entry can hold, in the order of those.
    func encode(to writer: inout ByteWriter) {
        let shards = shardsInUse
        writer.varint(UInt64(shards.count))
        var last = -1
        for shard in shards {
            let entries = entries(of: shard)
            writer.varint(UInt64(shard - last))
            writer.varint(UInt64(entries.count))
            for entry in entries { writer.u64(entry) }
            last = shard
        }
        writer.varint(UInt64(far.count))
        for (id, position) in far.sorted(by: { $0.value < $1.value }) {
            writer.varint(position)
            writer.recordID(RecordID(id), after: nil)
        }
    }

    /// Reads the fingerprints of commands up to a position.
    init(decoding reader: inout ByteReader, through position: UInt64) throws(DecodingFailure) {
        self.init()
        var shard = -1
        for _ in 0..<(try reader.count(of: 10, "shards")) {
            let start = reader.offset
            let distance = Int(try reader.varint(upTo: UInt64(CommandFingerprint.shardCount - 1 - shard), "a shard"))
            let count = try reader.count(of: 8, "commands of a shard")
            shard += distance
            guard distance > 0, count > 0 else {
                throw DecodingFailure(offset: start, expected: "another shard with commands", found: "none")
            }
            restore(try reader.entries(count, through: position), in: shard)
        }
        try decodeFar(&reader, through: position)
    }

    private mutating func decodeFar(_ reader: inout ByteReader, through position: UInt64) throws(DecodingFailure) {
        // An id takes 17 bytes with its form.
        var last: UInt64 = 0
        for _ in 0..<(try reader.count(of: 18, "far commands")) {
            let start = reader.offset
            let found = try reader.varint(upTo: position, "a position in the log")
            let id = CommandID(try reader.recordID(after: nil))
            if case .sequence = id {
                throw DecodingFailure(offset: start, expected: "an id of 16 bytes", found: "\(id)")
            }
            guard found > last, restore(id, at: found) else {
                throw DecodingFailure(offset: start, expected: "another far command", found: "\(id) at \(found)")
            }
            last = found
        }
    }
}

extension ByteReader {
    /// Reads entries of a shard, which ascend.
    fileprivate mutating func entries(_ count: Int, through end: UInt64) throws(DecodingFailure) -> [UInt64] {
        var (entries, last) = ([UInt64](), UInt64(0))
        entries.reserveCapacity(count)
        for _ in 0..<count {
            let start = offset
            let entry = try u64()
            let position = FingerprintIndex.position(of: entry)
            guard entry > last, position > 0, position <= end else {
                let found = "\(entry) after \(last)"
                throw DecodingFailure(offset: start, expected: "a greater entry, up to position \(end)", found: found)
            }
            entries.append(entry)
            last = entry
        }
        return entries
    }

    /// Reads a distance of at least 1 to a position that must not lie behind `end`.
    mutating func position(after last: UInt64, through end: UInt64) throws(DecodingFailure) -> UInt64 {
        let start = offset
        let distance = try varint(upTo: end - last, "a distance in the log")
        guard distance > 0 else {
            throw DecodingFailure(offset: start, expected: "a later position", found: "the same")
        }
        return last + distance
    }
}
