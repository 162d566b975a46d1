import LogFormat
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@testable import EventLog

/// Records of one stream: which bytes are read, and in which order.
@Suite struct StreamReadingTests {
    private static let stream = StreamNumber(rawValue: 1)

    private func positions(_ reader: LogReader) throws -> [Position] {
        var found: [Position] = []
        try reader.forEachRecord(ofStream: Self.stream, sections: .all) { _, record in found.append(record.position) }
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

    @Test("what is in memory is neither read nor told of")
    func again() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        for number in 0..<20 {
            _ = try log.append(LogFixture.batch(number, records: 40, factsBytes: 30), recordedAt: Int64(number))
        }
        try log.close()
        let storage = RecordingStorage(disk)
        let reader = try EventLog.openReadOnly(at: LogFixture.root, storage: storage).makeReader()
        let first = try positions(reader)
        // What is read again is kept.
        #expect(try positions(reader) == first)
        _ = storage.takeChanges()
        #expect(try positions(reader) == first)
        #expect(!storage.calls.contains { $0.name == .willRead || $0.name == .read })
    }
}
