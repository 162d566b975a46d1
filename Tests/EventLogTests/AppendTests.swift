import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@Suite struct AppendTests {
    @Test("what is appended is read, here and after opening again")
    func roundTrip() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        #expect(log.head == .empty)
        #expect(try log.append(LogFixture.batch(1), recordedAt: 10) == Position(rawValue: 1)...Position(rawValue: 4))
        #expect(try log.append(LogFixture.batch(2), recordedAt: 10) == Position(rawValue: 5)...Position(rawValue: 8))
        let written = try LogFixture.records(log.makeReader())
        #expect(written.count == 6)
        #expect(written.last?.details == [])
        #expect(written.first?.details == Array("batch 1".utf8))
        let head = log.head
        try log.close()
        try log.close()
        let again = try LogFixture.open(disk)
        #expect(again.head == head)
        #expect(again.openReport.events == 8)
        #expect(again.openReport.tornTail == nil)
        #expect(try LogFixture.records(again.makeReader()) == written)
        #expect(try EventLog.verify(at: LogFixture.root, storage: disk).isGood)
    }

    @Test("the order of the calls is write, sync; and for a new segment write, sync, rename, directory sync")
    func order() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        let created = disk.calls.map(\.operation)
        let header = [StorageError.Operation.createFile, .write, .sync, .rename, .syncDirectory]
        #expect(created.firstRange(of: header) != nil)
        let before = disk.calls.count
        _ = try log.append(LogFixture.batch(1), recordedAt: 10)
        #expect(disk.calls.dropFirst(before).map(\.operation) == [.write, .sync])
    }

    @Test("acknowledged is durable: a crash after append loses nothing")
    func durable() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        for number in 0..<5 {
            _ = try log.append(LogFixture.batch(number), recordedAt: 10)
            let crashed = disk.crashed()
            let again = try LogFixture.open(crashed)
            #expect(again.head == log.head)
            #expect(again.openReport.rewrittenBatches == 1)
        }
    }

    @Test("a full segment is sealed and the chain goes on")
    func roll() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try LogFixture.fill(log, disk, segments: 4)
        let written = try LogFixture.records(log.makeReader())
        #expect(written.map(\.position) == written.map(\.position).sorted())
        let report = try EventLog.verify(at: LogFixture.root, storage: disk)
        #expect(report.isGood)
        #expect(report.files.allSatisfy { $0.status == .good })
        #expect(report.files.filter { $0.kind == .segment }.count == 4)
        #expect(report.files.filter { $0.kind == .streamIndex }.count == 3)
        #expect(UInt64(report.events) == log.head.position.rawValue)
        let again = try LogFixture.open(disk.crashed())
        #expect(again.head == log.head)
        #expect(again.openReport.rebuiltFiles.isEmpty)
        #expect(try LogFixture.records(again.makeReader()) == written)
        let description = try EventLog.describe(at: LogFixture.root, storage: disk)
        #expect(description.segments.count == 4)
        #expect(description.segments.first?.batches.last?.header.kind == .seal)
        #expect(description.description.contains("sealed"))
    }

    @Test("reading from a position gives the blocks from that one on")
    func from() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try LogFixture.fill(log, disk, segments: 3)
        let all = try LogFixture.records(log.makeReader())
        let reader = log.makeReader()
        for record in all where record.position.rawValue % 97 == 1 {
            var found: [Position] = []
            try reader.forEachBlock(from: record.position) { block in
                block.forEach { if $0.position >= record.position { found.append($0.position) } }
            }
            #expect(found == all.map(\.position).filter { $0 >= record.position })
            #expect(try reader.record(at: record.position) == record)
            #expect(try reader.record(at: record.position.advanced(by: record.eventCount - 1)) == record)
        }
        #expect(try reader.record(at: .zero) == nil)
        #expect(try reader.record(at: log.head.nextPosition) == nil)
    }

    @Test("errors that change nothing poison nothing")
    func harmless() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try log.append(LogFixture.batch(1), recordedAt: 10)
        let late = #expect(throws: LogError.self) { try log.append(LogFixture.batch(2), recordedAt: 9) }
        #expect(late?.code == .outOfOrder)
        let large = LogFixture.batch(2, records: 200, factsBytes: 400)
        let error = #expect(throws: LogError.self) { try log.append(large, recordedAt: 10) }
        #expect(error?.code == .tooLarge)
        _ = try log.append(LogFixture.batch(2), recordedAt: 10)
    }

    @Test("no room for a new segment: the log is intact, and goes on when there is room")
    func noSpace() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        var number = 0
        var failed = false
        while !failed {
            let calls = disk.calls.count
            let probe = disk.crashed()
            let trial = try LogFixture.open(probe)
            let trialCalls = probe.calls.count
            _ = try trial.append(LogFixture.batch(number, records: 20, factsBytes: 200), recordedAt: Int64(number))
            let rolls = probe.calls.dropFirst(trialCalls).contains { $0.operation == .createFile }
            if rolls {
                // exists, then createFile
                disk.failCall(2, errno: .noSpace)
                let head = log.head
                let error = #expect(throws: LogError.self) {
                    try log.append(LogFixture.batch(number, records: 20, factsBytes: 200), recordedAt: Int64(number))
                }
                #expect(error?.code == .noSpace)
                #expect(log.head == head)
                #expect(log.failure == nil)
                failed = true
            }
            _ = try log.append(LogFixture.batch(number, records: 20, factsBytes: 200), recordedAt: Int64(number))
            number += 1
            #expect(disk.calls.count > calls)
        }
        #expect(try EventLog.verify(at: LogFixture.root, storage: disk).isGood)
    }

    @Test("after a failed write or sync every call throws the first cause", arguments: [1, 2])
    func poison(_ call: Int) throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try log.append(LogFixture.batch(1), recordedAt: 10)
        let head = log.head
        disk.failCall(call)
        let first = #expect(throws: LogError.self) { try log.append(LogFixture.batch(2), recordedAt: 10) }
        #expect(first?.code == .io)
        for _ in 0..<2 {
            let later = #expect(throws: LogError.self) { try log.append(LogFixture.batch(2), recordedAt: 10) }
            #expect(later?.code == .poisoned)
            #expect(later?.underlying == first?.underlying)
        }
        #expect(throws: LogError.self) { try log.writeMarker() }
        #expect(throws: LogError.self) { try log.close() }
        #expect(log.head == head)
        let again = try LogFixture.open(disk)
        #expect(again.head.position >= head.position)
        _ = try again.append(LogFixture.batch(3), recordedAt: 10)
    }

    @Test("on the real file system")
    func posix() throws {
        let directory = RealDirectory()
        let root = directory.root
        let log = try EventLog.create(at: root, options: LogFixture.options)
        for number in 0..<40 {
            _ = try log.append(LogFixture.batch(number, records: 20, factsBytes: 200), recordedAt: 1)
        }
        let locked = #expect(throws: LogError.self) { try EventLog.open(at: root, options: LogFixture.options) }
        #expect(locked?.code == .locked)
        #expect(locked?.description.contains("pid ") == true)
        let written = try LogFixture.records(log.makeReader())
        try log.close()
        let reader = try EventLog.openReadOnly(at: root).makeReader()
        #expect(try LogFixture.records(reader) == written)
        #expect(try EventLog.verify(at: root).isGood)
        let again = try EventLog.open(at: root, options: LogFixture.options)
        #expect(again.head == reader.head)
    }
}
