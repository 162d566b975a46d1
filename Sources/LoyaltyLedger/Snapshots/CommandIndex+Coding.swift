internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain

extension CommandIndex {
    /// About how many bytes it takes encoded; it follows what the index holds, never what a damaged snapshot says of itself.
    var encodedByteCount: Int {
        sequences.values.reduce(others.encodedByteCount) { $0 + $1.encodedByteCount }
    }

    /// Writes sources by their numbers, then the other commands by their fingerprints.
    func encode(to writer: inout ByteWriter) {
        writer.varint(UInt64(sequences.count))
        for (source, index) in sequences.sorted(by: { $0.key < $1.key }) {
            writer.varint(UInt64(source))
            index.encode(to: &writer)
        }
        others.encode(to: &writer)
    }

    /// Reads an index of commands up to a position.
    init(decoding reader: inout ByteReader, through position: UInt64, of logID: LogID) throws(DecodingFailure) {
        self.init(of: logID)
        for _ in 0..<(try reader.count(of: 3, "sources")) {
            let start = reader.offset
            let source = UInt32(try reader.varint(upTo: UInt64(UInt32.max), "a source"))
            let index = try SequenceIndex(decoding: &reader, through: position)
            guard sequences.updateValue(index, forKey: source) == nil else {
                throw DecodingFailure(offset: start, expected: "another source", found: "\(source) again")
            }
        }
        others = try FingerprintIndex(decoding: &reader, through: position)
    }
}
