import Dispatch
import LogFormat
import LoyaltyLedgerTesting
import Synchronization
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
            let current = random.next() % 2 == 0 ? reader : log.makeReader()
            let withDetails = random.next() % 4 > 0
            let found = try Self.records(current, of: stream, through: last, withDetails ? .all : .facts)
            guard withDetails ? found == wanted : found.map(\.facts) == wanted.map(\.facts) else {
                Issue.record("seed \(seed), round \(round): \(found.count) records of \(wanted.count)")
                return
            }
        }
        #expect(try disk.list(LogFixture.log).filter { $0.hasSuffix(".segment") }.count > 2)
    }

    @Test("reading through a position that is in memory, or through the last one there is, reads nothing more")
    func throughWhatIsKept() throws {
        let (storage, reader) = try Self.closed(batches: 20)
        let first = try Self.records(reader, through: reader.head.position)
        _ = storage.takeChanges()
        #expect(try Self.records(reader, through: first[10].position) == Array(first[...10]))
        #expect(try Self.records(reader) == first)
        #expect(!storage.calls.contains { $0.name == .willRead || $0.name == .read })
    }

    @Test("a stream that grows beyond what is kept is still read whole")
    func tooLarge() throws {
        let disk = try LogFixture.disk()
        let log = try EventLog.create(at: LogFixture.root, storage: disk, options: .init(segmentCapacity: 1 << 20))
        let reader = log.makeReader()
        for number in 0..<40 {
            _ = try log.append(LogFixture.batch(number, records: 5, factsBytes: 40_000), recordedAt: Int64(number))
            guard number % 8 == 7 else { continue }
            let wanted = try LogFixture.records(reader).filter { $0.stream == Self.stream }
            #expect(try Self.records(reader) == wanted)
        }
        let kept = reader.state.streams.withLock { $0.peek(Self.stream)?.byteCount ?? 0 }
        #expect(kept > 0 && kept <= 2 * LogState.largestKeptStream)
    }

    @Test("readers of many threads see a stream grow, and nothing twice or out of order, while the log is written")
    func besideTheWriter() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        let isWritten = Mutex(false)
        let seen = Mutex<[[Position]]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            do {
                if thread == 0 {
                    for number in 0..<60 {
                        let batch = LogFixture.batch(number, records: 20, factsBytes: 200)
                        _ = try log.append(batch, recordedAt: Int64(number))
                    }
                    isWritten.withLock { $0 = true }
                } else {
                    let reader = log.makeReader()
                    while true {
                        let isLast = isWritten.withLock { $0 }
                        let found = try positions(reader)
                        seen.withLock { $0.append(found) }
                        if isLast { break }
                    }
                }
            } catch {
                Issue.record(error)
                isWritten.withLock { $0 = true }
            }
        }
        let all = try LogFixture.records(log.makeReader()).filter { $0.stream == Self.stream }.map(\.position)
        for found in seen.withLock({ $0 }) { #expect(found == Array(all.prefix(found.count))) }
        #expect(seen.withLock { $0.last } == all)
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
        through last: Position? = nil,
        _ sections: SectionSet = .all
    ) throws -> [StoredRecord] {
        var found: [StoredRecord] = []
        try reader.forEachRecord(ofStream: stream, through: last, sections: sections) {
            found.append(StoredRecord($0, $1))
        }
        return found
    }
}
