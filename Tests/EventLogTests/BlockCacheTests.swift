import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import Testing

@testable import EventLog

@Suite struct BlockCacheTests {
    /// A block of some bytes, and the place it would be at.
    private static func block(_ number: Int) throws -> (BlockCache.Key, KeptBlock) {
        (key(number), try stored(number, records: 20).block)
    }

    /// A block as the directory has it, and as it is kept.
    private static func stored(_ number: Int, records: Int) throws -> (entry: BlockEntry, block: KeptBlock) {
        let builder = LogFixture.batch(number, records: records)
        let segment = SegmentIdentity(logID: .random(), ordinal: 0)
        let place = BatchEncoder.Place(segment: segment, fileOffset: 512, firstPosition: .first, chainHash: .zero)
        var encoder = BatchEncoder()
        let header = try encoder.encode(builder, at: place, recordedAt: 1)
        var entries: [BlockEntry] = []
        try header.readDirectory(encoder.bytes, at: 0, fileOffset: 512, in: segment, into: &entries)
        let entry = try #require(entries.first)
        let stored = StoredBlock(
            entry,
            encoder.bytes,
            at: header.headBytes,
            fileOffset: 512 + header.headBytes,
            in: segment,
            recordedAt: 1
        )
        return (entry, try KeptBlock(stored))
    }

    private static func key(_ number: Int) -> BlockCache.Key {
        let reference = StreamIndex.BlockReference(batchOffset: 512 + 8 * number, block: number % 3)
        return BlockCache.Key(segment: .first, reference: reference)
    }

    @Test("the blocks take no more bytes than allowed, and one that is used stays")
    func bounded() throws {
        let (_, first) = try Self.block(0)
        var cache = BlockCache(limit: first.byteCount * 9 / 2)
        cache.keep(first, at: Self.key(0))
        for number in 1..<50 {
            #expect(cache.block(Self.key(number)) == nil)
            #expect(cache.block(Self.key(0)) != nil)
            let (key, block) = try Self.block(number)
            cache.keep(block, at: key)
            #expect(cache.byteCount <= cache.limit)
        }
        let kept = (0..<50).filter { cache.block(Self.key($0)) != nil }
        #expect(kept.contains(0) && kept.contains(49) && kept.count == cache.count && kept.count >= 3)
        for number in kept {
            let (key, block) = try Self.block(number)
            #expect(cache.block(key)?.block.facts == block.block.facts)
        }
    }

    @Test(
        "a block is kept when it is read again; a full cache takes few, so that reading more than it holds by turns costs little"
    )
    func full() throws {
        let (key, block) = try Self.block(0)
        var cache = BlockCache(limit: block.byteCount * 3 / 2)
        let wanted = [cache.wants(key, block.byteCount), cache.wants(key, block.byteCount)]
        #expect(wanted == [false, true])
        cache.keep(block, at: key)
        var taken = 0
        let rounds = BlockCache.offersPerBlock
        for _ in 0...rounds {
            for number in 1...40 where cache.wants(Self.key(number), block.byteCount) { taken += 1 }
        }
        #expect((35...40).contains(taken))
        #expect(cache.contains(key))
    }

    @Test("what a block is reckoned to take is about what it takes", arguments: [16, 200, 3000])
    func reckoned(records: Int) throws {
        let (entry, block) = try Self.stored(0, records: records)
        let ratio = Double(KeptBlock.byteCount(of: entry)) / Double(block.byteCount)
        #expect(ratio > 0.8 && ratio < 1.25, "\(ratio)")
    }

    @Test("a block larger than all of the room is not kept")
    func tooLarge() throws {
        let (key, block) = try Self.block(0)
        var cache = BlockCache(limit: block.byteCount - 1)
        cache.keep(block, at: key)
        #expect(cache.count == 0 && cache.byteCount == 0)
    }

    @Test("what was read twice of a stream comes from memory, for every reader, and is the same")
    func again() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        for number in 0..<30 {
            _ = try log.append(LogFixture.batch(number, records: 40, factsBytes: 30), recordedAt: Int64(number))
        }
        let all = try LogFixture.records(log.makeReader())
        func read(_ reader: LogReader) throws -> [StoredRecord] {
            var found: [StoredRecord] = []
            for stream in (0..<6).map({ StreamNumber(rawValue: $0) }) {
                try reader.forEachRecord(ofStream: stream, sections: .all) { found.append(StoredRecord($0, $1)) }
            }
            return found
        }
        let wanted = all.sorted { ($0.stream, $0.position) < ($1.stream, $1.position) }
        #expect(try read(log.makeReader()) == wanted)
        #expect(try read(log.makeReader()) == wanted)
        let count = disk.calls.count
        #expect(try read(log.makeReader()) == wanted)
        #expect(disk.calls.dropFirst(count).allSatisfy { $0.operation != .read })
    }
}
