import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@Suite struct BackupTests {
    private let root = LogFixture.root
    private let target: FilePath = "/copies/one"

    /// A log of three segments, still open, on a disk with room for copies.
    private func sample() throws -> (disk: MemoryDisk, log: EventLog) {
        let disk = MemoryDisk()
        disk.createDirectory("/copies")
        let log = try EventLog.create(at: root, storage: disk, options: LogFixture.options)
        _ = try fill(log, disk)
        return (disk, log)
    }

    private func fill(_ log: EventLog, _ disk: MemoryDisk) throws -> Int {
        var number = 0
        while try disk.list(LogFixture.log).filter({ $0.hasSuffix(".segment") }).count < 3 {
            _ = try log.append(LogFixture.batch(number, records: 20, factsBytes: 200), recordedAt: Int64(number))
            number += 1
        }
        return number
    }

    @Test("a copy of a log that is open for writing holds all of it, verifies, and opens for writing with the same id")
    func whole() throws {
        let (disk, log) = try sample()
        let report = try log.backup(to: target)
        #expect(report.head == log.head)
        #expect(report.logID == log.logID)
        #expect(report.segments == 3)
        #expect(report.events == Int(log.head.position.rawValue))
        #expect(!disk.exists("/copies/one.tmp"))
        let verified = try EventLog.verify(at: target, storage: disk)
        #expect(verified.isGood && verified.head.chainHash == log.head.chainHash)
        #expect(verified.files.allSatisfy { $0.status == .good }, "\(verified.files)")
        let copy = try EventLog.open(at: target, storage: disk, options: LogFixture.options)
        #expect(copy.logID == log.logID && copy.head == log.head)
        #expect(copy.openReport.rebuiltFiles.isEmpty)
        #expect(try LogFixture.records(copy.makeReader()) == LogFixture.records(log.makeReader()))
        _ = try copy.append(LogFixture.batch(900), recordedAt: 1000)
        #expect(copy.head != log.head)
    }

    @Test("what is appended, sealed and rolled after the call began does not disturb the copy")
    func meanwhile() throws {
        let (disk, log) = try sample()
        let before = log.head
        let segments = try disk.list(LogFixture.log).filter { $0.hasSuffix(".segment") }.count
        let appended = Appender(log)
        let report = try log.backup(to: target) { _ in appended.appendOnce() }
        #expect(report.head == before)
        #expect(log.head.position > before.position)
        #expect(
            try disk.list(LogFixture.log).filter { $0.hasSuffix(".segment") }.count > segments,
            "it rolled meanwhile"
        )
        #expect(try EventLog.verify(at: target, storage: disk).isGood)
        #expect(try EventLog.open(at: target, storage: disk, options: LogFixture.options).head == before)
    }

    @Test("a batch that is acknowledged and not yet promised is waited for")
    func promise() throws {
        let (disk, log) = try sample()
        let held = try EventLog.openReadOnly(at: root, storage: disk).makeReader().head
        #expect(held.position < log.head.position, "the last batch is beyond the promise")
        let error = #expect(throws: LogError.self) {
            try EventLog.settled(at: root, disk, patience: .milliseconds(20))
        }
        #expect(error?.code == .locked)
        try log.writeMarker()
        #expect(try EventLog.backup(from: root, to: target, storage: disk).head == log.head)
    }

    @Test("damage in any segment stops the copy with file and offset, and leaves nothing", arguments: [0, 1, 2])
    func damaged(segment: Int) throws {
        let (disk, log) = try sample()
        try log.close()
        let description = try EventLog.describe(at: root, storage: disk)
        let file = description.segments[segment].file
        let batch = try #require(description.segments[segment].batches.first)
        disk.tamper(with: file) { $0[batch.offset + 200] ^= 1 }
        let error = #expect(throws: LogError.self) { try EventLog.backup(from: root, to: target, storage: disk) }
        #expect(error?.code == .corrupt)
        #expect(error?.file == file)
        #expect(error?.offset != nil && error?.expected != nil && error?.found != nil)
        #expect(!disk.exists(target) && !disk.exists("/copies/one.tmp"))
    }

    @Test("a target that is not free is refused and left alone")
    func refused() throws {
        let (disk, log) = try sample()
        disk.put([1], at: target.appending("mine"))
        #expect(throws: LogError.self) { try log.backup(to: target) }
        #expect(disk.paths.filter { $0.starts(with: "/copies") } == [target.appending("mine")])
        disk.put([1], at: "/copies/two.tmp/mine")
        let error = #expect(throws: LogError.self) { try log.backup(to: "/copies/two") }
        #expect(error?.code == .alreadyExists)
        #expect(disk["/copies/two.tmp/mine"] == [1])
        disk.createDirectory("/copies/three")
        #expect(try log.backup(to: "/copies/three").head == log.head)
    }

    @Test("a copy of a log whose last batch was torn by a crash ends before it")
    func torn() throws {
        let (disk, log) = try sample()
        let crashed = MemoryDisk(copying: disk)
        let last = try #require(try EventLog.describe(at: root, storage: crashed).segments.last)
        let batch = try #require(last.batches.last)
        // A sector of the batch never reached the disk.
        let sector = (batch.offset + 511) / 512 * 512
        crashed.tamper(with: last.file) { for index in sector..<sector + 512 { $0[index] = 0 } }
        let report = try EventLog.backup(from: root, to: target, storage: crashed)
        #expect(report.head.position == batch.header.firstPosition.advanced(by: -1))
        let verified = try EventLog.verify(at: target, storage: crashed)
        #expect(verified.isGood && verified.tornTail == nil)
        withExtendedLifetime(log) {}
    }
}

/// Appends batches from within a progress call.
private final class Appender: Sendable {
    private let log: EventLog

    init(_ log: EventLog) { self.log = log }

    func appendOnce() {
        for number in 0..<8 {
            let batch = LogFixture.batch(500 + number, records: 40, factsBytes: 400)
            do {
                _ = try log.append(batch, recordedAt: 5000)
            } catch {
                Issue.record("\(error)")
            }
        }
    }
}
