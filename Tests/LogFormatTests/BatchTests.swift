import Testing

@testable import LogFormat

@Suite struct BatchTests {
    @Test("the layout is that of DESIGN.md section 4")
    func layout() {
        #expect(BatchHeader.Offset.syncedThrough == 40)
        #expect(BatchHeader.Offset.previousLink == 48)
        #expect(BatchHeader.Offset.chainHash == 56)
        #expect(BatchHeader.Offset.directoryChecksum == 88)
        #expect(BatchHeader.Offset.checksum == 92)
        #expect(BatchHeader.byteCount == BatchHeader.Offset.checksum + 4)
        #expect(BlockEntry.Offset.encodings == 52)
        #expect(BlockEntry.Offset.mask == 55)
        #expect(BlockEntry.byteCount == BlockEntry.Offset.mask + 1)
        #expect(SegmentHeader.Offset.logID == 16)
        #expect(SegmentHeader.Offset.capacity == 48)
        #expect(SegmentHeader.Offset.previousHash == 72)
        #expect(SegmentHeader.Offset.reserved == 104)
        #expect(SegmentHeader.Offset.checksum == 508)
        #expect(FormatLimits.smallestSegment % FormatLimits.pageBytes == 0)
    }

    @Test("records come back as they went in", arguments: [1, 2, 7, 500], [40, 64 << 10])
    func roundTrip(_ records: Int, _ blockBytes: Int) throws {
        let builder = try BatchFixture.builder(records: records, blockBytes: blockBytes)
        var encoder = BatchEncoder()
        let written = try encoder.encode(builder, at: BatchFixture.place(512), recordedAt: 77)
        #expect(encoder.bytes.count <= builder.byteCount)
        let (header, blocks) = try BatchFixture.read(encoder.bytes, fileOffset: 512)
        #expect(header == written)
        #expect(header.recordCount == records)
        #expect(header.syncedThrough == 512)
        let read = blocks.flatMap { block in block.records.map { (block, $0) } }
        #expect(read.count == records)
        var position = Position(rawValue: 100)
        for ((block, record), expected) in zip(read, builder.records) {
            #expect(record.position == position)
            #expect(record.id == expected.id)
            #expect(record.stream == expected.stream)
            #expect(record.eventCount == expected.eventCount)
            #expect(Array(block.facts[record.facts]) == Array(builder.facts.bytes[expected.facts]))
            #expect(Array(block.details[record.details]) == Array(builder.details.bytes[expected.details]))
            #expect(block.record(at: position) == record)
            position = position.advanced(by: record.eventCount)
        }
        var hasher = ChainHasher(header, after: .zero)
        for block in blocks { hasher.append(block) }
        #expect(hasher.hash() == header.chainHash)
    }

    @Test("the chain does not depend on the division into blocks")
    func chain() throws {
        var encoder = BatchEncoder()
        let one = try encoder.encode(BatchFixture.builder(), at: BatchFixture.place(512), recordedAt: 1)
        let many = try encoder.encode(BatchFixture.builder(blockBytes: 1), at: BatchFixture.place(8192), recordedAt: 1)
        let later = try encoder.encode(BatchFixture.builder(), at: BatchFixture.place(512), recordedAt: 2)
        #expect(one.blockCount == 1)
        #expect(many.blockCount == 7)
        #expect(one.chainHash == many.chainHash)
        #expect(one.chainHash != later.chainHash)
    }

    @Test("every flipped bit and every truncation is refused", arguments: [512, 840])
    func damage(_ fileOffset: Int) throws {
        var encoder = BatchEncoder()
        _ = try encoder.encode(BatchFixture.builder(), at: BatchFixture.place(fileOffset), recordedAt: 77)
        let good = encoder.bytes
        for index in good.indices {
            for bit in 0..<8 {
                var bad = good
                bad[index] ^= 1 << bit
                #expect(throws: DecodingFailure.self, "bit \(bit) of byte \(index)") {
                    try BatchFixture.read(bad, fileOffset: fileOffset)
                }
            }
        }
        for length in good.indices {
            #expect(throws: DecodingFailure.self) {
                try BatchFixture.read(Array(good[..<length]), fileOffset: fileOffset)
            }
        }
        #expect(throws: DecodingFailure.self, "a batch in another place") {
            try BatchFixture.read(good, fileOffset: fileOffset + 8)
        }
    }

    @Test("markers and seals", arguments: [BatchKind.marker, .seal])
    func empty(_ kind: BatchKind) throws {
        var encoder = BatchEncoder()
        let written = encoder.encodeEmpty(kind, at: BatchFixture.place(1000), recordedAt: 5)
        #expect(encoder.bytes.count == BatchHeader.emptyBatchByteCount)
        let (header, blocks) = try BatchFixture.read(encoder.bytes, fileOffset: 1000)
        #expect(header == written)
        #expect(blocks.isEmpty)
        #expect(header.chainHash == .zero)
    }

    @Test("no batch has a zero slice, whatever it holds and wherever it lies")
    func zeroSlices() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("BatchTests.zeroSlices seed \(seed)")
        var random = SplitMix64(state: seed)
        var masks: Set<UInt8> = []
        for _ in 0..<200 {
            var builder = BatchBuilder(blockBytes: 4096)
            for number in 0..<UInt64.random(in: 1...6, using: &random) {
                // Noise that does not compress, around zeros that are too few to be worth it.
                let noise = (0..<Int.random(in: 0...700, using: &random)).map { _ in
                    UInt8(truncatingIfNeeded: random.next())
                }
                let zeros = [UInt8](repeating: 0, count: Int.random(in: 0...1, using: &random) * 3)
                try builder.append(
                    id: .sequence(source: 1, number: number),
                    stream: .ledger,
                    eventCount: 1,
                    facts: noise + zeros,
                    details: zeros
                )
            }
            let offset = Int.random(in: 64...128, using: &random) * 8
            var encoder = BatchEncoder()
            _ = try encoder.encode(builder, at: BatchFixture.place(offset), recordedAt: 1)
            let range = 0..<encoder.bytes.count
            #expect(ZeroSlices.first(in: encoder.bytes, range: range, fileOffset: offset) == nil)
            let (_, blocks) = try BatchFixture.read(encoder.bytes, fileOffset: offset)
            #expect(blocks.reduce(0) { $0 + $1.recordCount } == builder.recordCount)
            masks.insert(encoder.bytes[BatchHeader.byteCount + BlockEntry.Offset.mask])
        }
        #expect(masks.contains(0))
    }

    @Test("a block whose plain bytes would hold a zero slice is masked")
    func mask() throws {
        // The one byte of details, 0, lies alone at the start of a sector for one of these offsets.
        var masked = 0
        for offset in stride(from: 512, to: 1024, by: 8) {
            var builder = BatchBuilder()
            for length in [1, 3, 5, 7] {
                let id = RecordID.opaque(high: 1, low: UInt64(length))
                let facts = (0..<length).map { UInt8($0) }
                try builder.append(id: id, stream: .ledger, eventCount: 1, facts: facts, details: [])
            }
            var encoder = BatchEncoder()
            _ = try encoder.encode(builder, at: BatchFixture.place(offset), recordedAt: 1)
            let mask = encoder.bytes[BatchHeader.byteCount + BlockEntry.Offset.mask]
            if mask != 0 { masked += 1 }
            let (_, blocks) = try BatchFixture.read(encoder.bytes, fileOffset: offset)
            #expect(blocks.first?.facts == builder.facts.bytes)
        }
        #expect(masked > 0)
    }

    @Test("a record too large for a section is refused and changes nothing")
    func tooLarge() throws {
        var builder = try BatchFixture.builder(records: 1)
        let before = builder.byteCount
        let huge = [UInt8](repeating: 1, count: FormatLimits.sectionBytes)
        #expect(throws: BatchBuilder.RecordTooLarge.self) {
            try builder.append(id: .opaque(high: 0, low: 0), stream: .ledger, eventCount: 1, facts: huge, details: [])
        }
        #expect(throws: BatchBuilder.RecordTooLarge.self) {
            try builder.append(id: .opaque(high: 0, low: 0), stream: .ledger, eventCount: 1, facts: [], details: huge)
        }
        #expect(builder.byteCount == before)
        #expect(builder.recordCount == 1)
    }

    @Test("replay leaves details compressed")
    func factsAlone() throws {
        var encoder = BatchEncoder()
        let header = try encoder.encode(BatchFixture.builder(), at: BatchFixture.place(512), recordedAt: 77)
        var entries: [BlockEntry] = []
        let identity = BatchFixture.identity
        try header.readDirectory(encoder.bytes, at: 0, fileOffset: 512, in: identity, into: &entries)
        var block = DecodedBlock()
        for sections in [SectionSet.all, .facts, .ids] {
            try block.decode(
                StoredBlock(
                    try #require(entries.first),
                    encoder.bytes,
                    at: header.headBytes,
                    fileOffset: 512 + header.headBytes,
                    in: identity,
                    recordedAt: 77
                ),
                sections: sections
            )
            #expect(block.details.isEmpty == !sections.contains(Section.details))
            #expect(block.records.allSatisfy { ($0.id == nil) == !sections.contains(Section.ids) })
        }
    }
}

/// A small seeded generator, the same on every machine.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
