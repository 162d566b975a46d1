import LogFormat
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@testable import EventLog

/// Records of one stream: which bytes are read, and in which order.
@Suite struct StreamReadingTests {
    private static let stream = StreamNumber(rawValue: 1)

    private func positions(_ reader: LogReader, of stream: StreamNumber = stream) throws -> [Position] {
        var found: [Position] = []
        try reader.forEachRecord(ofStream: stream, sections: .all) { _, record in found.append(record.position) }
        return found
    }

    @Test("the disk is told of the blocks of a stream before the first of them is read")
    func announced() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try LogFixture.fill(log, disk, segments: 3)
        try log.close()
        let storage = RecordingStorage(disk)
        let reader = try EventLog.openReadOnly(at: LogFixture.root, storage: storage).makeReader()
        let scanned = try LogFixture.records(reader).filter { $0.stream == Self.stream }.map(\.position)
        // A reader of its own, whose files are not open yet; the indexes of sealed segments are read by the first look.
        _ = try positions(reader)
        let again = try EventLog.openReadOnly(at: LogFixture.root, storage: storage).makeReader()
        _ = storage.takeChanges()
        #expect(try positions(again) == scanned)
        let calls = storage.calls.filter { $0.path.extension == "segment" && [.willRead, .read].contains($0.name) }
        let told = calls.prefix { $0.name == .willRead }
        #expect(told.count > 10 && Set(told.map(\.path)).count == 3)
        // Whatever is read was told of before.
        for (index, call) in calls.enumerated() where call.name == .read {
            let end = try #require(call.offset) + LogReader.randomReadAhead
            let isTold = calls[..<index].contains { earlier in
                guard earlier.name == .willRead, earlier.path == call.path, let start = earlier.offset else {
                    return false
                }
                return start <= end && (call.offset ?? 0) <= start + (earlier.count ?? 0)
            }
            #expect(isTold, "\(call) at \(call.offset ?? 0)")
        }
    }

    @Test("blocks that are in memory are neither read nor told of, for any of their streams")
    func again() throws {
        let (storage, reader) = try Self.closed(batches: 20)
        // What is read again is kept: of the first stream each block is read, of the second it is kept.
        for stream in [StreamNumber(rawValue: 0), Self.stream] { #expect(try positions(reader, of: stream).count > 50) }
        _ = storage.takeChanges()
        #expect(try positions(reader, of: StreamNumber(rawValue: 2)).count > 50)
        #expect(!storage.calls.contains { $0.name == .willRead || $0.name == .read })
    }

    @Test("a stream that was read to the end is in memory, for every reader of the log")
    func keptStream() throws {
        let (storage, reader) = try Self.closed(batches: 20)
        let first = try positions(reader)
        _ = storage.takeChanges()
        #expect(try positions(reader) == first)
        #expect(!storage.calls.contains { $0.name == .willRead || $0.name == .read })
    }

    @Test("a reading that ends early keeps nothing that is not whole")
    func endsEarly() throws {
        struct Enough: Error {}
        let (_, reader) = try Self.closed(batches: 20)
        var left = 3
        #expect(throws: Enough.self) {
            try reader.forEachRecord(ofStream: Self.stream, sections: .all) { _, _ in
                left -= 1
                if left == 0 { throw Enough() }
            }
        }
        let wanted = try LogFixture.records(reader).filter { $0.stream == Self.stream }
        #expect(try Self.records(reader, through: wanted[4].position) == Array(wanted[...4]))
        #expect(try Self.records(reader) == wanted)
        #expect(try Self.records(reader, through: wanted[4].position) == Array(wanted[...4]))
    }

    @Test("whatever was read before, a stream is read as the log has it, while the log grows", arguments: UInt64(1)...6)
    func grows(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        let reader = log.makeReader()
        var number = 0
        for round in 0..<60 {
            for _ in 0..<random.next() % 4 {
                let records = 1 + Int(random.next() % 30)
                _ = try log.append(
                    LogFixture.batch(number, records: records, factsBytes: 200),
                    recordedAt: Int64(number)
                )
                number += 1
            }
            let all = try LogFixture.records(reader)
            let stream = StreamNumber(rawValue: UInt32(random.next() % 6))
            let last = random.next() % 3 == 0 ? all.randomElement(using: &random)?.position : nil
            let wanted = all.filter { $0.stream == stream && $0.position <= last ?? $0.position }
            let found = try Self.records(random.next() % 2 == 0 ? reader : log.makeReader(), of: stream, through: last)
            guard found == wanted else {
                Issue.record("seed \(seed), round \(round): \(found.count) records of \(wanted.count)")
                return
            }
        }
        #expect(try disk.list(LogFixture.log).filter { $0.hasSuffix(".segment") }.count > 2)
    }

    /// A log that was filled and closed, opened for reading.
    private static func closed(batches: Int) throws -> (RecordingStorage, LogReader) {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        for number in 0..<batches {
            _ = try log.append(LogFixture.batch(number, records: 40, factsBytes: 30), recordedAt: Int64(number))
        }
        try log.close()
        let storage = RecordingStorage(disk)
        return (storage, try EventLog.openReadOnly(at: LogFixture.root, storage: storage).makeReader())
    }

    private static func records(
        _ reader: LogReader,
        of stream: StreamNumber = stream,
        through last: Position? = nil
    ) throws -> [StoredRecord] {
        var found: [StoredRecord] = []
        try reader.forEachRecord(ofStream: stream, through: last, sections: .all) { found.append(StoredRecord($0, $1)) }
        return found
    }
}
