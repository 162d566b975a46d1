import Testing

@testable import LogFormat

/// One stream read from a block is what reading all of it and leaving the others out gives.
@Suite struct BlockReadingTests {
    /// A block of random records: heads of all lengths, ids of all forms, details here and there.
    private static func builder(_ random: inout SplitMix64, records: Int, streams: UInt32) throws -> BatchBuilder {
        var builder = BatchBuilder(blockBytes: FormatLimits.sectionBytes)
        var number = UInt64.random(in: 0...9, using: &random)
        for _ in 0..<records {
            number += UInt64.random(in: 0...20, using: &random) == 0 ? 3 : 1
            let id: RecordID =
                switch Int.random(in: 0...40, using: &random) {
                case 0: .uuid7(high: random.next(), low: random.next())
                case 1: .opaque(high: random.next(), low: random.next())
                default: .sequence(source: 3, number: number)
                }
            let facts = [1, 12, 127, 128, 900, 20_000][Int.random(in: 0...5, using: &random)]
            try builder.append(
                id: id,
                stream: StreamNumber(rawValue: UInt32.random(in: 0..<streams, using: &random) &* 0x1_0101),
                eventCount: Int.random(in: 0...9, using: &random) == 0 ? 300 : 1,
                facts: (0..<(records > 100 ? min(facts, 200) : facts)).map { UInt8(truncatingIfNeeded: $0) },
                details: Int.random(in: 0...9, using: &random) == 0 ? Array("a note on \(number)".utf8) : []
            )
        }
        return builder
    }

    private struct Encoded {
        var entry: BlockEntry
        var bytes: [UInt8]
        var index: Int

        init(_ builder: BatchBuilder) throws {
            var encoder = BatchEncoder()
            let header = try encoder.encode(builder, at: BatchFixture.place(512), recordedAt: 77)
            var entries: [BlockEntry] = []
            bytes = encoder.bytes
            try header.readDirectory(bytes, at: 0, fileOffset: 512, in: BatchFixture.identity, into: &entries)
            entry = try #require(entries.first)
            index = header.headBytes
        }

        var stored: StoredBlock {
            StoredBlock(entry, bytes, at: index, fileOffset: 512 + index, in: BatchFixture.identity, recordedAt: 77)
        }

        func read(
            into block: inout DecodedBlock,
            _ sections: SectionSet,
            of stream: StreamNumber? = nil
        ) throws(DecodingFailure) {
            try block.decode(stored, sections: sections, of: stream)
        }

        func kept() throws(DecodingFailure) -> KeptBlock {
            try KeptBlock(stored)
        }
    }

    @Test("one stream of a block is all of its records, whatever the others are", arguments: [1, 7, 33, 600])
    func oneStream(records: Int) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("BlockReadingTests.oneStream seed \(seed)")
        var random = SplitMix64(state: seed)
        let encoded = try Encoded(Self.builder(&random, records: records, streams: 40))
        var all = DecodedBlock()
        try encoded.read(into: &all, .all)
        #expect(all.recordCount == records)
        let kept = try encoded.kept()
        #expect(kept.block.records.isEmpty)
        var one = DecodedBlock()
        for number in 0..<UInt32(41) {
            let stream = StreamNumber(rawValue: number &* 0x1_0101)
            let wanted = all.records.filter { $0.stream == stream }
            try encoded.read(into: &one, .all, of: stream)
            #expect(one.records == wanted)
            #expect(one.details.isEmpty == wanted.isEmpty)
            #expect(kept.records(of: stream) == wanted)
            for record in wanted { #expect(kept.block.facts[record.facts] == all.facts[record.facts]) }
            try encoded.read(into: &one, .facts, of: stream)
            #expect(one.records.map(\.facts) == wanted.map(\.facts))
            #expect(one.records.allSatisfy { $0.id == nil && $0.details.isEmpty })
        }
    }

    @Test("the streams of a block are those of its records")
    func streams() throws {
        var random = SplitMix64(state: 5)
        let encoded = try Encoded(Self.builder(&random, records: 50, streams: 9))
        var block = DecodedBlock()
        try encoded.read(into: &block, .facts)
        var streams: [StreamNumber] = [.ledger]
        let wanted = streams + block.records.map(\.stream)
        try block.decodeStreams(encoded.stored, into: &streams)
        #expect(streams == wanted)
        #expect(block.records.isEmpty)
    }

    @Test("a damaged section fails whoever reads it, one stream or all of them", arguments: Section.allCases)
    func damage(section: Section) throws {
        var random = SplitMix64(state: 6)
        var encoded = try Encoded(Self.builder(&random, records: 50, streams: 3))
        let before = Section.allCases.prefix { $0 != section }.reduce(0) { $0 + encoded.entry[$1].storedCount }
        encoded.bytes[encoded.index + before] ^= 4
        var block = DecodedBlock()
        #expect(throws: DecodingFailure.self) { try encoded.read(into: &block, .all) }
        #expect(throws: DecodingFailure.self) { try encoded.read(into: &block, .all, of: .ledger) }
        #expect(block.records.isEmpty)
        #expect(throws: DecodingFailure.self) { _ = try encoded.kept() }
        // Ids and details are left compressed for a stream that has no record here, and so is what is wrong with them.
        let absent = StreamNumber(rawValue: 1)
        if section == .facts {
            #expect(throws: DecodingFailure.self) { try encoded.read(into: &block, .all, of: absent) }
        } else {
            try encoded.read(into: &block, .all, of: absent)
            #expect(block.records.isEmpty)
        }
    }

    @Test("a head that is cut off, too long or of no events is told as reading field by field tells it")
    func heads() throws {
        let good: [UInt8] = [5, 1, 2, 0xaa, 0xbb]
        let bad: [[UInt8]] = [
            [0x85, 0, 1, 1, 0, 0, 0, 0, 0], [5, 0, 1, 0, 0, 0, 0, 0, 0], [5, 1, 0x80, 0, 0, 0, 0, 0, 0],
            [5, 1, 9, 0, 0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff, 0x7f, 1, 1, 0], [5, 0xff, 0xff, 0x7f, 0, 0, 0, 0],
            [5], [], [0x80],
        ]
        for tail in bad {
            var walk = FactsWalk()
            let bytes = good + tail
            let first = try walk.next(bytes)
            #expect(first.stream == 5 && first.eventCount == 1 && first.facts == 3..<5)
            #expect(throws: DecodingFailure.self) { try walk.next(bytes) }
            #expect(walk.offset == 5)
        }
        var walk = FactsWalk()
        let long: [UInt8] = [0x81, 0x82, 0x03, 0x90, 0x02, 0x81, 0x01] + [UInt8](repeating: 1, count: 129)
        let record = try walk.next(long)
        #expect(record.stream == 1 | 2 << 7 | 3 << 14 && record.eventCount == 0x110 && record.facts == 7..<136)
        try walk.finish(long)
    }

    @Test("skipped ids count on, and one that has none before it is an error all the same")
    func skippedIDs() throws {
        let ids = (0..<40).map { RecordID.sequence(source: 9, number: 100 + $0) } + [.opaque(high: 1, low: 2)]
        var writer = ByteWriter()
        var last: RecordID?
        for id in ids {
            writer.recordID(id, after: last)
            last = id
        }
        for skipped in 0..<ids.count {
            var walk = IDWalk()
            try walk.skip(skipped, writer.bytes)
            #expect(try walk.next(writer.bytes) == ids[skipped])
        }
        var walk = IDWalk()
        #expect(throws: DecodingFailure.self) { try walk.skip(1, [1]) }
        #expect(throws: DecodingFailure.self) { try walk.skip(ids.count + 1, writer.bytes) }
    }
}
