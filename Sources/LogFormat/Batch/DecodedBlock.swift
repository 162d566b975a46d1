/// A block, checked and decompressed.
///
/// Its buffers are reused from block to block.
public struct DecodedBlock: Sendable {
    /// The position of the first event.
    public internal(set) var firstPosition: Position = .first
    /// The number of events.
    public internal(set) var eventCount = 0
    /// When the ledger learnt of the events, UTC milliseconds.
    public internal(set) var recordedAt: Int64 = 0
    /// Which sections were decoded.
    public internal(set) var sections: SectionSet = .facts
    /// The facts section.
    public internal(set) var facts: [UInt8] = []
    /// The details section; empty unless decoded.
    public internal(set) var details: [UInt8] = []
    /// The records, in the order of their positions.
    public internal(set) var records: [RecordEntry] = []

    private var idBytes: [UInt8] = []
    private var masked: [UInt8] = []

    /// A block without records, whose buffers are yet to grow.
    public init() {}

    /// The number of records.
    public var recordCount: Int { records.count }
    /// The position of the event behind the block.
    public var nextPosition: Position { firstPosition.advanced(by: eventCount) }

    /// Calls `body` with each record, in the order of their positions.
    @inlinable
    public func forEach<E: Error>(_ body: (RecordEntry) throws(E) -> Void) throws(E) {
        for index in records.indices { try body(records[index]) }
    }

    /// The record that holds the event at a position; nil if the block does not.
    ///
    /// - Complexity: O(log n) in the records of the block.
    public func record(at position: Position) -> RecordEntry? {
        guard position >= firstPosition, position < nextPosition else { return nil }
        var low = 0
        var high = records.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if records[middle].position <= position { low = middle } else { high = middle }
        }
        return records[low]
    }
}

extension DecodedBlock {
    /// Decodes one block over what this value held before.
    ///
    /// `bytes` hold the stored sections of the block from `index` on, which is `fileOffset` of the segment; that they are all
    /// there has been checked against the directory. On a throw the value holds no records.
    public mutating func decode(
        _ entry: BlockEntry,
        _ bytes: [UInt8],
        at index: Int,
        fileOffset: Int,
        in segment: SegmentIdentity,
        recordedAt: Int64,
        sections wanted: SectionSet
    ) throws(DecodingFailure) {
        records.removeAll(keepingCapacity: true)
        firstPosition = entry.firstPosition
        eventCount = entry.eventCount
        self.recordedAt = recordedAt
        sections = wanted
        let shift = fileOffset - index
        var start = index
        do {
            for section in Section.allCases {
                let stored = start..<start + entry[section].storedCount
                start = stored.upperBound
                guard wanted.contains(section) else {
                    discard(section)
                    continue
                }
                try entry.checkChecksum(of: section, bytes, in: stored, segment)
                try expand(section, entry, bytes, stored)
            }
        } catch {
            throw error.shifted(by: shift)
        }
        do {
            try readRecords(entry)
        } catch {
            records.removeAll(keepingCapacity: true)
            throw DecodingFailure(
                offset: fileOffset,
                expected: error.expected,
                found: "\(error.found) at byte \(error.offset) of a decompressed section"
            )
        }
    }

    private mutating func discard(_ section: Section) {
        switch section {
        case .facts: facts.removeAll(keepingCapacity: true)
        case .ids: idBytes.removeAll(keepingCapacity: true)
        case .details: details.removeAll(keepingCapacity: true)
        }
    }

    private mutating func expand(
        _ section: Section,
        _ entry: BlockEntry,
        _ bytes: [UInt8],
        _ stored: Range<Int>
    ) throws(DecodingFailure) {
        var source = stored
        let isMasked = entry.mask != 0
        if isMasked {
            masked.removeAll(keepingCapacity: true)
            for index in stored { masked.append(bytes[index] ^ entry.mask) }
            source = 0..<stored.count
        }
        let input = isMasked ? masked : bytes
        let isWhole =
            switch section {
            case .facts: entry.facts.expand(input, source, into: &facts)
            case .ids: entry.ids.expand(input, source, into: &idBytes)
            case .details: entry.details.expand(input, source, into: &details)
            }
        guard isWhole else {
            let expected = "LZ4 data for \(entry[section].rawCount) bytes of \(section)"
            throw DecodingFailure(offset: stored.lowerBound, expected: expected, found: "something else")
        }
    }

    private mutating func readRecords(_ entry: BlockEntry) throws(DecodingFailure) {
        var factsReader = ByteReader(facts)
        var idReader = ByteReader(idBytes)
        var detailsReader = ByteReader(details)
        var position = entry.firstPosition
        var id: RecordID?
        for _ in 0..<entry.recordCount {
            let stream = try factsReader.varint(upTo: UInt64(UInt32.max), "a stream")
            let events = Int(try factsReader.varint(upTo: UInt64(FormatLimits.eventsPerRecord), "an event count"))
            guard events > 0 else {
                throw DecodingFailure(offset: factsReader.offset, expected: "an event count from 1", found: "0")
            }
            let factsCount = try factsReader.varint(upTo: UInt64(FormatLimits.sectionBytes), "a length")
            let factsRange = try factsReader.skip(Int(factsCount))
            if sections.contains(.ids) { id = try idReader.recordID(after: id) }
            var detailsRange = 0..<0
            if sections.contains(.details) {
                let count = try detailsReader.varint(upTo: UInt64(FormatLimits.sectionBytes), "a length")
                detailsRange = try detailsReader.skip(Int(count))
            }
            records.append(
                RecordEntry(
                    position: position,
                    stream: StreamNumber(rawValue: UInt32(stream)),
                    eventCount: events,
                    id: id,
                    facts: factsRange,
                    details: detailsRange
                )
            )
            position = position.advanced(by: events)
        }
        guard position == entry.nextPosition else {
            let found = "\(entry.firstPosition.distance(to: position))"
            throw DecodingFailure(offset: 0, expected: "records of \(entry.eventCount) events", found: found)
        }
        try factsReader.finish()
        try idReader.finish()
        try detailsReader.finish()
    }
}

extension SectionEntry {
    /// Decompresses `range` so that `output` holds the raw bytes and nothing else; false if they are not what they should be.
    fileprivate func expand(_ input: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) -> Bool {
        if encoding == .stored {
            output.removeAll(keepingCapacity: true)
            output.append(contentsOf: input[range])
            return true
        }
        if output.count < rawCount {
            output.append(contentsOf: repeatElement(0, count: rawCount - output.count))
        } else {
            output.removeLast(output.count - rawCount)
        }
        return LZ4.decompress(input, in: range, into: &output, count: rawCount)
    }
}

extension BlockEntry {
    /// Compares the checksum of a section's stored bytes; offsets of failures are those of `bytes`.
    func checkChecksum(
        of section: Section,
        _ bytes: [UInt8],
        in range: Range<Int>,
        _ segment: SegmentIdentity
    ) throws(DecodingFailure) {
        let actual = segment.checksum(bytes, in: range, number: firstPosition.rawValue, part: .init(section))
        guard actual == self[section].checksum || Mutant.lives(.sectionChecksumIgnored) else {
            throw .checksum(
                at: range.lowerBound,
                stored: self[section].checksum,
                actual: actual,
                of: range,
                checksumOffset: nil,
                "\(section) of the block at position \(firstPosition)"
            )
        }
    }
}
