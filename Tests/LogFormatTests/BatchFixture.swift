@testable import LogFormat

/// Batches to take apart.
enum BatchFixture {
    static let logID = LogID(Array(1...16))
    static var identity: SegmentIdentity {
        SegmentIdentity(logID: logID ?? .random(), ordinal: 2)
    }

    static let ids: [RecordID] = [
        .sequence(source: 7, number: 41), .sequence(source: 7, number: 42), .sequence(source: 8, number: 43),
        .uuid7(high: 0x0190_aaaa_bbbb_7ccc, low: 0x8ddd_eeee_ffff_0001), .opaque(high: 1, low: .max),
        .sequence(source: 8, number: 44), .sequence(source: .max, number: .max),
    ]

    static func builder(records: Int = 7, blockBytes: Int = 64 << 10) throws -> BatchBuilder {
        var builder = BatchBuilder(blockBytes: blockBytes)
        for number in 0..<records {
            try builder.append(
                id: ids[number % ids.count],
                stream: StreamNumber(rawValue: UInt32(number % 3)),
                eventCount: 1 + number % 2,
                facts: (0..<(5 + number)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number) },
                details: number % 2 == 0 ? [] : Array("detail \(number)".utf8)
            )
        }
        return builder
    }

    static func place(_ fileOffset: Int) -> BatchEncoder.Place {
        BatchEncoder.Place(
            segment: identity,
            fileOffset: fileOffset,
            firstPosition: Position(rawValue: 100),
            chainHash: .zero
        )
    }

    /// Reads a batch as a careful reader does: header, directory, end, and all blocks with all sections.
    static func read(_ bytes: [UInt8], fileOffset: Int) throws(DecodingFailure) -> (BatchHeader, [DecodedBlock]) {
        let header = try BatchHeader.decode(bytes, at: 0, fileOffset: fileOffset, in: identity)
        guard header.length <= bytes.count else {
            throw DecodingFailure(offset: 4, expected: "\(header.length) bytes", found: "\(bytes.count)")
        }
        var entries: [BlockEntry] = []
        try header.readDirectory(bytes, at: 0, fileOffset: fileOffset, in: identity, into: &entries)
        try header.checkEnd(bytes, at: 0, fileOffset: fileOffset, entries: entries)
        var start = header.headBytes
        var blocks: [DecodedBlock] = []
        for entry in entries {
            var block = DecodedBlock()
            try block.decode(
                StoredBlock(
                    entry,
                    bytes,
                    at: start,
                    fileOffset: fileOffset + start,
                    in: identity,
                    recordedAt: header.recordedAt
                ),
                sections: .all
            )
            start += entry.storedByteCount
            blocks.append(block)
        }
        return (header, blocks)
    }
}
