/// A block that is kept in memory, checked and decompressed, with a table of its records by stream.
///
/// It takes the bytes of its sections and some fifteen more for each record.
public final class KeptBlock: Sendable {
    /// A record of a stream, and which of the block it is.
    private struct Entry {
        var stream: UInt32
        var ordinal: UInt32
    }

    /// Where the walks over the sections stand before a record.
    private struct Place {
        var facts: FactsWalk
        var ids: IDWalk
        var details: DetailsWalk
        var position: Position
    }

    /// The sections; it holds no records.
    public let block: DecodedBlock
    private let entries: [Entry]
    /// Where each bucket of streams begins in `entries`, and behind them where the last one ends.
    private let starts: [UInt32]
    /// The place before every so many records.
    private let places: [Place]

    private static let recordsPerPlace = 16

    /// Decodes a block, with every check that decoding all of its records makes.
    public init(_ stored: StoredBlock) throws(DecodingFailure) {
        let entry = stored.entry
        var block = DecodedBlock()
        var streams: [UInt32] = []
        var places: [Place] = []
        streams.reserveCapacity(entry.recordCount)
        try block.decode(stored) { (facts, ids, details) throws(DecodingFailure) in
            var place = Place(
                facts: FactsWalk(),
                ids: IDWalk(),
                details: DetailsWalk(),
                position: entry.firstPosition
            )
            for ordinal in 0..<entry.recordCount {
                if ordinal % Self.recordsPerPlace == 0 { places.append(place) }
                let record = try place.facts.next(facts)
                try place.ids.skip(1, ids)
                _ = try place.details.next(details)
                streams.append(record.stream)
                place.position = place.position.advanced(by: record.eventCount)
            }
            try entry.checkEvents(through: place.position)
            try place.facts.finish(facts)
            try place.ids.finish(ids)
            try place.details.finish(details)
        }
        self.block = block
        self.places = places
        (entries, starts) = Self.table(streams)
    }

    /// About the bytes that a block will take.
    public static func byteCount(of entry: BlockEntry) -> Int {
        entry.facts.rawCount + entry.ids.rawCount + entry.details.rawCount
            + entry.recordCount * (MemoryLayout<Entry>.stride + 8)
    }

    /// The bytes it takes.
    public var byteCount: Int {
        block.sectionByteCount + entries.count * MemoryLayout<Entry>.stride + starts.count * 4
            + places.count * MemoryLayout<Place>.stride
    }

    /// The records of a stream, in the order of their positions, with ids and details.
    ///
    /// - Complexity: O(1) for each, if streams are as many as records.
    public func records(of stream: StreamNumber) -> [RecordEntry] {
        let bucket = Int(stream.rawValue) & (starts.count - 2)
        var records: [RecordEntry] = []
        for index in Int(starts[bucket])..<Int(starts[bucket + 1]) where entries[index].stream == stream.rawValue {
            guard let record = try? record(Int(entries[index].ordinal)) else {
                preconditionFailure("a record that was read once must be readable")
            }
            records.append(record)
        }
        return records
    }

    private func record(_ ordinal: Int) throws(DecodingFailure) -> RecordEntry {
        var place = places[ordinal / Self.recordsPerPlace]
        let before = ordinal % Self.recordsPerPlace
        for _ in 0..<before {
            place.position = place.position.advanced(by: try place.facts.next(block.facts).eventCount)
            _ = try place.details.next(block.details)
        }
        try place.ids.skip(before, block.idBytes)
        let record = try place.facts.next(block.facts)
        return RecordEntry(
            position: place.position,
            stream: StreamNumber(rawValue: record.stream),
            eventCount: record.eventCount,
            id: try place.ids.next(block.idBytes),
            facts: record.facts,
            details: try place.details.next(block.details)
        )
    }

    /// The records in the order of the low bits of their streams, of which there are half as many values as records or a few more.
    private static func table(_ streams: [UInt32]) -> (entries: [Entry], starts: [UInt32]) {
        var buckets = 1
        while buckets * 2 <= streams.count { buckets *= 2 }
        var ends = [UInt32](repeating: 0, count: buckets + 1)
        for stream in streams { ends[Int(stream) & (buckets - 1) + 1] += 1 }
        for bucket in 0..<buckets { ends[bucket + 1] += ends[bucket] }
        let starts = ends
        var entries = [Entry](repeating: Entry(stream: 0, ordinal: 0), count: streams.count)
        for (ordinal, stream) in streams.enumerated() {
            let bucket = Int(stream) & (buckets - 1)
            entries[Int(ends[bucket])] = Entry(stream: stream, ordinal: UInt32(ordinal))
            ends[bucket] += 1
        }
        return (entries, starts)
    }
}
