/// The directory entry of one block: where its sections are and how to trust them.
public struct BlockEntry: Hashable, Sendable {
    /// The position of the first event in the block.
    public var firstPosition: Position
    /// The number of events.
    public var eventCount: Int
    /// The number of records.
    public var recordCount: Int
    /// The facts section.
    public var facts: SectionEntry
    /// The ids section.
    public var ids: SectionEntry
    /// The details section.
    public var details: SectionEntry
    /// What every stored byte of the sections is XORed with.
    public var mask: UInt8

    /// The length of an entry, in bytes.
    public static let byteCount = 56

    enum Offset {
        static let firstPosition = 0
        static let eventCount = firstPosition + 8
        static let recordCount = eventCount + 4
        static let sections = recordCount + 4
        static let encodings = sections + 3 * SectionEntry.byteCount
        static let mask = encodings + 3
    }

    /// One section.
    public subscript(section: Section) -> SectionEntry {
        switch section {
        case .facts: facts
        case .ids: ids
        case .details: details
        }
    }

    /// The bytes of all three sections as stored.
    public var storedByteCount: Int { facts.storedCount + ids.storedCount + details.storedCount }
    /// The position of the event behind the block.
    public var nextPosition: Position { firstPosition.advanced(by: eventCount) }
}

/// What the directory says of one section.
public struct SectionEntry: Hashable, Sendable {
    /// How the stored bytes are coded; the raw value is on disk.
    public enum Encoding: UInt8, Sendable {
        /// As they are.
        case stored = 0
        /// As one LZ4 block.
        case lz4 = 1
    }

    /// The bytes before compression.
    public var rawCount: Int
    /// The bytes on disk.
    public var storedCount: Int
    /// The checksum of the stored bytes.
    public var checksum: UInt32
    /// How the stored bytes are coded.
    public var encoding: Encoding

    static let byteCount = 12
}

extension BlockEntry {
    func encode(to output: inout ByteWriter) {
        output.u64(firstPosition.rawValue)
        output.u32(UInt32(eventCount))
        output.u32(UInt32(recordCount))
        for section in Section.allCases {
            output.u32(UInt32(self[section].rawCount))
            output.u32(UInt32(self[section].storedCount))
            output.u32(self[section].checksum)
        }
        for section in Section.allCases {
            output.u8(self[section].encoding.rawValue)
        }
        output.u8(mask)
    }

    /// Reads an entry whose checksum has been checked; offsets of failures are those of the reader's array.
    static func decode(_ reader: inout ByteReader) throws(DecodingFailure) -> BlockEntry {
        let start = reader.offset
        let position = Position(rawValue: try reader.u64())
        let eventCount = Int(try reader.u32())
        let recordCount = Int(try reader.u32())
        let facts = try SectionEntry.decodeCounts(&reader)
        let ids = try SectionEntry.decodeCounts(&reader)
        let details = try SectionEntry.decodeCounts(&reader)
        var entry = BlockEntry(
            firstPosition: position,
            eventCount: eventCount,
            recordCount: recordCount,
            facts: facts,
            ids: ids,
            details: details,
            mask: 0
        )
        try entry.facts.decodeEncoding(&reader)
        try entry.ids.decodeEncoding(&reader)
        try entry.details.decodeEncoding(&reader)
        entry.mask = try reader.u8()
        guard recordCount >= 1, eventCount >= recordCount else {
            let found = "\(eventCount) events in \(recordCount) records"
            throw DecodingFailure(offset: start + Offset.eventCount, expected: "events >= records >= 1", found: found)
        }
        return entry
    }
}

extension SectionEntry {
    fileprivate static func decodeCounts(_ reader: inout ByteReader) throws(DecodingFailure) -> SectionEntry {
        let start = reader.offset
        let entry = SectionEntry(
            rawCount: Int(try reader.u32()),
            storedCount: Int(try reader.u32()),
            checksum: try reader.u32(),
            encoding: .stored
        )
        guard entry.rawCount >= 1, entry.rawCount <= FormatLimits.sectionBytes,
            entry.storedCount >= 1, entry.storedCount <= entry.rawCount
        else {
            let found = "\(entry.storedCount) stored of \(entry.rawCount)"
            throw DecodingFailure(offset: start, expected: "a section of 1...1048576 bytes", found: found)
        }
        return entry
    }

    fileprivate mutating func decodeEncoding(_ reader: inout ByteReader) throws(DecodingFailure) {
        let start = reader.offset
        let raw = try reader.u8()
        guard let encoding = Encoding(rawValue: raw) else {
            throw DecodingFailure(offset: start, expected: "encoding 0 or 1", found: "\(raw)")
        }
        guard (encoding == .stored) == (storedCount == rawCount) else {
            let found = "\(storedCount) stored of \(rawCount)"
            throw DecodingFailure(offset: start, expected: "fewer bytes if and only if compressed", found: found)
        }
        self.encoding = encoding
    }
}
