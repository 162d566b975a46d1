import EventLog
import Foundation
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@Suite struct DiskFullTests {
    private func isFull(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return false
        } catch {
            return (error as? LogError)?.code == .noSpace
        }
    }

    @Test("on a full disk the active segment can be filled, marked and closed, and goes on when there is room")
    func fill() throws {
        let memory = MemoryDisk()
        let disk = FullDisk(memory)
        let log = try LogFixture.create(disk)
        disk.isFull = true
        var appended = 0
        let batch = LogFixture.batch(1, records: 1, factsBytes: 50)
        while !isFull({ _ = try log.append(batch, recordedAt: 10) }) { appended += 1 }
        #expect(appended > 100)
        // Nothing but the reserve is left, and each refusal leaves it.
        for _ in 0..<3 { #expect(isFull { _ = try log.append(batch, recordedAt: 10) }) }
        #expect(log.failure == nil)
        #expect(log.head.position.rawValue == UInt64(appended))
        try log.writeMarker()
        #expect(isFull { _ = try log.append(batch, recordedAt: 10) })
        try log.close()
        // Opening needs no room either.
        let again = try LogFixture.open(disk)
        #expect(again.head == log.head)
        #expect(isFull { _ = try again.append(batch, recordedAt: 10) })
        disk.isFull = false
        _ = try again.append(batch, recordedAt: 10)
        #expect(again.head.position.rawValue == UInt64(appended) + 1)
        try again.close()
        let report = try EventLog.verify(at: LogFixture.root, storage: memory)
        #expect(report.isGood)
        #expect(report.files.allSatisfy { $0.status == .good })
    }

    @Test("markers between all batches leave room for the seal", arguments: [20, 50, 90, 400])
    func markers(_ factsBytes: Int) throws {
        let disk = FullDisk(MemoryDisk())
        let log = try LogFixture.create(disk)
        disk.isFull = true
        let batch = LogFixture.batch(1, records: 1, factsBytes: factsBytes)
        while !isFull({ _ = try log.append(batch, recordedAt: 10) }) { try log.writeMarker() }
        let head = log.head
        disk.isFull = false
        _ = try log.append(batch, recordedAt: 10)
        #expect(log.head.position.rawValue == head.position.rawValue + 1)
        try log.close()
        #expect(try EventLog.verify(at: LogFixture.root, storage: disk).isGood)
    }

    @Test("derived files that do not fit are no failure, and are made when there is room")
    func derived() throws {
        let memory = MemoryDisk()
        let disk = FullDisk(memory)
        let log = try LogFixture.create(disk)
        _ = try LogFixture.fill(log, disk, segments: 2)
        try log.close()
        let paths = memory.paths.filter { $0.extension == "cards" } + ["/ledger/MANIFEST"]
        for path in paths { memory.lose(path) }
        disk.isFull = true
        let poor = try LogFixture.open(disk)
        #expect(poor.head == log.head)
        try poor.close()
        disk.isFull = false
        let rich = try LogFixture.open(disk)
        #expect(Set(rich.openReport.rebuiltFiles) == Set(paths))
        for path in paths { #expect(memory[path] != nil) }
    }

    @Test("a torn write is not cut before its bytes are kept: a full disk halts the open and changes nothing")
    func cut() throws {
        let sample = SampleLog.whole
        let memory = sample.copy()
        Row.zero(memory, sample.last, SampleLog.sector(of: sample.unpromised))
        let disk = FullDisk(memory)
        disk.isFull = true
        let before = memory[sample.last]
        #expect(isFull { _ = try LogFixture.open(disk) })
        #expect(memory[sample.last] == before)
        disk.isFull = false
        let log = try LogFixture.open(disk)
        #expect(log.openReport.tornTail != nil)
    }

    @Test("no room for the next segment of an unfinished roll: open says so, and finishes it when there is room")
    func unfinishedRoll() throws {
        let sample = SampleLog.whole
        let memory = try sample.unfinishedRoll()
        let disk = FullDisk(memory)
        disk.isFull = true
        #expect(isFull { _ = try LogFixture.open(disk) })
        _ = try EventLog.openReadOnly(at: LogFixture.root, storage: disk)
        disk.isFull = false
        #expect(try LogFixture.open(disk).openReport.rows.contains(.unfinishedRoll))
    }

    /// A mounted file system of 2 MiB or so, as `mount -t tmpfs -o size=2m tmpfs /mnt/small` makes one.
    private static let smallDisk = ProcessInfo.processInfo.environment["SMALL_DISK"]

    @Test(
        "on a real disk that is full: SMALL_DISK=/mnt/small swift test --filter DiskFullTests",
        .enabled(if: smallDisk != nil)
    )
    func real() throws {
        let mount = FilePath(try #require(Self.smallDisk))
        let storage = POSIXStorage()
        let filler = mount.appending("filler")
        try storage.createFile(filler, size: 1 << 20).close()
        let root = mount.appending("full.ledger")
        let log = try EventLog.create(at: root, options: LogFixture.options)
        let batch = LogFixture.batch(1, records: 20, factsBytes: 200)
        var appended = 0
        while !isFull({ _ = try log.append(batch, recordedAt: 10) }) { appended += 1 }
        #expect(appended > 20)
        #expect(log.failure == nil)
        let head = log.head
        try log.close()
        let again = try EventLog.open(at: root, options: LogFixture.options)
        #expect(again.head == head)
        #expect(isFull { _ = try again.append(batch, recordedAt: 10) })
        try storage.remove(filler)
        _ = try again.append(batch, recordedAt: 10)
        try again.close()
        #expect(try EventLog.verify(at: root).isGood)
    }
}
