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
    /// The stream whose records were read; nil for all.
    public internal(set) var stream: StreamNumber?
    /// The records, in the order of their positions.
    public internal(set) var records: [RecordEntry] = []

    var idBytes: [UInt8] = []
    private var masked: [UInt8] = []

    /// A block without records, whose buffers are yet to grow.
    public init() {}

    /// The bytes of the sections that were decoded.
    public var sectionByteCount: Int { facts.count + idBytes.count + details.count }
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
    /// On a throw the value holds no records.
    ///
    /// - Parameter stream: The stream whose records are wanted, all unless given. Of the others only heads are read, and ids and details are left
    ///   compressed where it has no record.
    public mutating func decode(
        _ stored: StoredBlock,
        sections wanted: SectionSet,
        of stream: StreamNumber? = nil
    ) throws(DecodingFailure) {
        begin(stored, wanted, stream)
        do throws(DecodingFailure) {
            try expand(.facts, stored)
            if let stream {
                let ordinals = try stored.reading { () throws(DecodingFailure) in
                    try pickRecords(of: stream, stored.entry)
                }
                guard !ordinals.isEmpty else { return forget(.all) }
                try expandOthers(wanted, stored)
                try stored.reading { () throws(DecodingFailure) in try completeRecords(ordinals) }
            } else {
                try expandOthers(wanted, stored)
                try stored.reading { () throws(DecodingFailure) in try readRecords(stored.entry) }
            }
        } catch {
            records.removeAll(keepingCapacity: true)
            throw error
        }
    }

    /// Decodes the facts of one block over what this value held before, and appends the stream of each record to `streams`; the value holds
    /// no records.
    public mutating func decodeStreams(
        _ stored: StoredBlock,
        into streams: inout [StreamNumber]
    ) throws(DecodingFailure) {
        begin(stored, .facts, nil)
        try expand(.facts, stored)
        try stored.reading { () throws(DecodingFailure) in try readStreams(stored.entry, into: &streams) }
    }

    /// Decodes all sections of one block over what this value held before, and hands facts, ids and details to `read`; the value holds no
    /// records.
    mutating func decode(
        _ stored: StoredBlock,
        _ read: ([UInt8], [UInt8], [UInt8]) throws(DecodingFailure) -> Void
    ) throws(DecodingFailure) {
        begin(stored, .all, nil)
        try expand(.facts, stored)
        try expandOthers(.all, stored)
        try stored.reading { () throws(DecodingFailure) in try read(facts, idBytes, details) }
    }

    private mutating func begin(_ stored: StoredBlock, _ sections: SectionSet, _ stream: StreamNumber?) {
        records.removeAll(keepingCapacity: true)
        forget(SectionSet.all.subtracting(sections))
        firstPosition = stored.entry.firstPosition
        eventCount = stored.entry.eventCount
        recordedAt = stored.recordedAt
        self.sections = sections
        self.stream = stream
    }

    private mutating func forget(_ sections: SectionSet) {
        if sections.contains(.ids) { idBytes.removeAll(keepingCapacity: true) }
        if sections.contains(.details) { details.removeAll(keepingCapacity: true) }
    }

    private mutating func expandOthers(_ wanted: SectionSet, _ stored: StoredBlock) throws(DecodingFailure) {
        if wanted.contains(.ids) { try expand(.ids, stored) }
        if wanted.contains(.details) { try expand(.details, stored) }
    }

    /// Checks a section and decompresses it.
    private mutating func expand(_ section: Section, _ stored: StoredBlock) throws(DecodingFailure) {
        let (entry, range) = (stored.entry, stored.range(of: section))
        do throws(DecodingFailure) {
            try entry.checkChecksum(of: section, stored.bytes, in: range, stored.segment)
            try expand(section, entry, stored.bytes, range)
        } catch {
            throw error.shifted(by: stored.fileOffset - stored.start)
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
        } else if output.count > rawCount {
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
