import Testing

@testable import LogFormat

@Suite struct FilesTests {
    static var header: SegmentHeader {
        SegmentHeader(
            identity: BatchFixture.identity,
            firstPosition: Position(rawValue: 9),
            capacity: 65_536,
            createdAt: -1,
            previousHash: ChainHash(Array(0..<32)) ?? .zero
        )
    }

    @Test("a segment header comes back, and no flipped bit passes")
    func segmentHeader() throws {
        let bytes = Self.header.encoded()
        #expect(bytes.count == 512)
        #expect(try SegmentHeader.decode(bytes) == Self.header)
        for index in bytes.indices {
            for bit in 0..<8 {
                var bad = bytes
                bad[index] ^= 1 << bit
                #expect(throws: SegmentHeader.Refusal.self) { try SegmentHeader.decode(bad) }
            }
        }
        #expect(throws: SegmentHeader.Refusal.self) { try SegmentHeader.decode(Array(bytes.dropLast())) }
    }

    @Test("a good header of a newer format is told from damage")
    func newerFormat() {
        var bytes = Self.header.encoded()
        bytes[8] = 2
        bytes[10] = 2
        ByteAccess.store(CRC32C.checksum(bytes, in: 0..<508), in: &bytes, at: 508)
        #expect(throws: SegmentHeader.Refusal.newerFormat(version: 2, oldestReader: 2)) {
            try SegmentHeader.decode(bytes)
        }
    }

    @Test("reserved bytes must be zero even under a right checksum")
    func reserved() {
        var bytes = Self.header.encoded()
        bytes[200] = 1
        ByteAccess.store(CRC32C.checksum(bytes, in: 0..<508), in: &bytes, at: 508)
        #expect(throws: SegmentHeader.Refusal.self) { try SegmentHeader.decode(bytes) }
    }

    @Test("a manifest comes back, and no flipped bit passes")
    func manifest() throws {
        let seal = Manifest.Seal(lastPosition: Position(rawValue: 8), chainHash: Self.header.previousHash)
        let manifest = Manifest(
            logID: try #require(BatchFixture.logID),
            segments: [
                Manifest.Segment(firstPosition: .first, seal: seal),
                Manifest.Segment(firstPosition: Position(rawValue: 9), seal: nil),
            ]
        )
        let bytes = manifest.encoded()
        #expect(try Manifest.decode(bytes) == manifest)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(
            text.hasPrefix(
                "loyalty-ledger manifest 1\nlog 0102030405060708090a0b0c0d0e0f10\nsegment 0000000000000001 sealed"
            )
        )
        for index in bytes.indices {
            var bad = bytes
            bad[index] ^= 1
            #expect(throws: Manifest.Refusal.self) { try Manifest.decode(bad) }
            #expect(throws: Manifest.Refusal.self) { try Manifest.decode(Array(bytes[..<index])) }
        }
    }

    @Test("a stream index answers as a table does, and survives the disk")
    func streamIndex() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("FilesTests.streamIndex seed \(seed)")
        var random = SplitMix64(state: seed)
        var builder = StreamIndexBuilder()
        var table: [UInt32: [StreamIndex.BlockReference]] = [:]
        for batch in 0..<60 {
            for block in 0..<3 {
                let reference = StreamIndex.BlockReference(batchOffset: 512 + batch * 1008, block: block)
                for _ in 0..<20 {
                    let stream = UInt32.random(in: 0...400, using: &random) * 7
                    builder.add(StreamNumber(rawValue: stream), in: reference)
                    if table[stream]?.last != reference { table[stream, default: []].append(reference) }
                }
            }
        }
        let index = builder.build(logID: try #require(BatchFixture.logID), firstPosition: .first)
        let bytes = index.encoded()
        let read = try StreamIndex.decode(bytes)
        #expect(read == index)
        #expect(read.streamCount == table.count)
        for stream in 0...UInt32(2900) {
            let number = StreamNumber(rawValue: stream)
            #expect(read.blocks(of: number) == table[stream] ?? [])
            #expect(builder.blocks(of: number) == table[stream] ?? [])
        }
        #expect(read.allStreams().count == table.count)
        let front = try StreamIndexTable(decoding: bytes, StreamIndexHeader(decoding: bytes))
        for stream in 0...UInt32(2900) {
            let number = StreamNumber(rawValue: stream)
            let group = front.extent(of: number).map { Array(bytes[$0]) } ?? []
            #expect(try front.blocks(of: number, in: group) == table[stream] ?? [])
            if stream % 100 == 0, let extent = front.extent(of: number), extent.count > 1 {
                var bad = group
                bad[Int(stream) % bad.count] ^= 1
                #expect(throws: DecodingFailure.self) { try front.blocks(of: number, in: bad) }
                #expect(throws: DecodingFailure.self) { try front.blocks(of: number, in: Array(group.dropLast())) }
            }
        }
        for offset in stride(from: 0, to: bytes.count, by: 7) {
            var bad = bytes
            bad[offset] ^= 0x10
            #expect(throws: DecodingFailure.self) { try StreamIndex.decode(bad) }
            #expect(throws: DecodingFailure.self) { try StreamIndex.decode(Array(bytes[..<offset])) }
        }
    }

    @Test("an index of nothing")
    func emptyIndex() throws {
        let index = StreamIndexBuilder().build(logID: try #require(BatchFixture.logID), firstPosition: .first)
        #expect(try StreamIndex.decode(index.encoded()) == index)
        #expect(index.blocks(of: .ledger).isEmpty)
    }

    @Test("a stream of any number has its place in the index")
    func anyStream() throws {
        let streams: [UInt32] = [0, 1, 4_194_303, 4_194_304, 4_194_305, .max - 1, .max]
        let reference = StreamIndex.BlockReference(batchOffset: 512, block: 0)
        let later = StreamIndex.BlockReference(batchOffset: 1024, block: 3)
        var builder = StreamIndexBuilder()
        for stream in streams.reversed() { builder.add(StreamNumber(rawValue: stream), in: reference) }
        for stream in streams { builder.add(StreamNumber(rawValue: stream), in: later) }
        let index = builder.build(logID: try #require(BatchFixture.logID), firstPosition: .first)
        let read = try StreamIndex.decode(index.encoded())
        #expect(read.allStreams().map(\.stream.rawValue) == streams)
        for stream in streams + [2, 4_194_306] {
            let number = StreamNumber(rawValue: stream)
            let wanted = streams.contains(stream) ? [reference, later] : []
            #expect(builder.blocks(of: number) == wanted)
            #expect(read.blocks(of: number) == wanted)
        }
    }
}
