import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// What a failed sync leaves: the system calls its pages clean, so reads no longer show what the disk holds.
///
/// Here the two are kept apart: opening sees `cache`; `platter` gets only what is written and synced from then on.
@Suite struct FailedSyncTests {
    private let side: FilePath = "/ledger/log/0000000000000001.torn-00000200"

    /// A log whose first batch, of many sectors, lost its second sector on the disk.
    private func torn() throws -> MemoryDisk {
        let disk = MemoryDisk()
        let log = try EventLog.create(at: LogFixture.root, storage: disk, options: LogFixture.options)
        _ = try log.append(LogFixture.batch(0, records: 20, factsBytes: 200), recordedAt: 1)
        let crashed = MemoryDisk(copying: disk)
        crashed.tamper(with: LogFixture.first) { $0.replaceSubrange(1024..<1536, with: repeatElement(0, count: 512)) }
        return crashed
    }

    /// Opens and appends on `cache`, and brings what was made durable by that to `platter`.
    private func goOn(_ cache: MemoryDisk, _ platter: MemoryDisk, batch: BatchBuilder) throws -> EventLog {
        let storage = RecordingStorage(MemoryDisk(copying: cache))
        let log = try EventLog.open(at: LogFixture.root, storage: storage, options: LogFixture.options)
        _ = try log.append(batch, recordedAt: 2)
        for call in storage.calls where call.name == .write && call.path == LogFixture.first {
            platter.tamper(with: call.path) { bytes in
                let offset = call.offset ?? 0
                bytes.replaceSubrange(offset..<offset + call.bytes.count, with: call.bytes)
            }
        }
        return log
    }

    @Test("zeros of a cut whose sync failed are written again before anything is appended")
    func zeros() throws {
        let platter = try torn()
        // The first open cuts, and the sync fails: zeros in the cache, the torn batch on the disk.
        let cache = MemoryDisk(copying: platter)
        let first = try EventLog.open(at: LogFixture.root, storage: cache, options: LogFixture.options)
        let tail = try #require(first.openReport.tornTail)
        #expect(tail.sideFile == side)
        let kept = try #require(cache[side])
        #expect(kept == Array(try #require(platter[LogFixture.first])[512..<512 + tail.byteCount]))
        platter.put(kept, at: side)

        let log = try goOn(cache, platter, batch: LogFixture.batch(1))
        #expect(log.openReport.tornTail == nil)
        #expect(log.openReport.rows == [.unprovenCut])
        // The machine dies. What comes back from the disk has a good batch and zeros behind it.
        let again = try EventLog.open(at: LogFixture.root, storage: platter, options: LogFixture.options)
        #expect(again.head == log.head)
        #expect(again.openReport.tornTail == nil)
        let bytes = try #require(platter[LogFixture.first])
        let end = try EventLog.describe(at: LogFixture.root, storage: platter).segments[0].usedByteCount
        #expect(end < 512 + tail.byteCount)
        #expect(bytes[end...].allSatisfy { $0 == 0 })
    }

    @Test("what was written where something was cut is never zeroed, however the side files overlap")
    func newBatches() throws {
        let disk = try torn()
        for number in 1..<6 {
            let log = try EventLog.open(at: LogFixture.root, storage: disk, options: LogFixture.options)
            let range = try log.append(LogFixture.batch(number, records: 2 * number), recordedAt: Int64(number))
            // A second tear, in the bytes that the first one left; and a process that dies without a marker.
            let crashed = MemoryDisk(copying: disk)
            let end = try EventLog.describe(at: LogFixture.root, storage: disk).segments[0].usedByteCount
            crashed.tamper(with: LogFixture.first) { $0[end + 1024] = 7 }
            let again = try EventLog.open(at: LogFixture.root, storage: crashed, options: LogFixture.options)
            #expect(again.head.position == range.upperBound)
            #expect(again.openReport.tornTail?.offset == end)
            #expect(again.openReport.rows.contains(.unprovenCut) == (end < 512 + (disk[side]?.count ?? 0)))
            #expect(try EventLog.verify(at: LogFixture.root, storage: crashed).isGood)
            try log.close()
        }
    }

    @Test(
        "a side file that names nonsense harms nothing",
        arguments: ["00000200", "0000ff00", "7fffffffffffffff", "x"]
    )
    func nonsense(_ offset: String) throws {
        let disk = MemoryDisk()
        let log = try EventLog.create(at: LogFixture.root, storage: disk, options: LogFixture.options)
        _ = try log.append(LogFixture.batch(0), recordedAt: 1)
        let before = disk[LogFixture.first]
        let crashed = MemoryDisk(copying: disk)
        let path = LogFixture.log.appending("0000000000000001.torn-\(offset)")
        crashed.put([UInt8](repeating: 9, count: 1 << 20), at: path)
        let again = try EventLog.open(at: LogFixture.root, storage: crashed, options: LogFixture.options)
        #expect(again.head == log.head)
        #expect(crashed[LogFixture.first] == before)
        #expect(crashed[path]?.count == 1 << 20)
    }

    @Test("a side file that may be in memory alone is written again before its bytes are zeroed")
    func sideFileAgain() throws {
        let disk = try torn()
        let trial = MemoryDisk(copying: disk)
        let bytes = try #require(
            EventLog.open(at: LogFixture.root, storage: trial, options: LogFixture.options).openReport.tornTail
        ).byteCount
        let kept = Array(try #require(disk[LogFixture.first])[512..<512 + bytes])
        disk.put(kept, at: side)
        let storage = RecordingStorage(disk)
        let log = try EventLog.open(at: LogFixture.root, storage: storage, options: LogFixture.options)
        #expect(log.openReport.tornTail?.sideFile == side)
        let changes = storage.takeChanges().map(\.description)
        let replaced = try #require(changes.firstIndex(of: "rename \(side.lastComponent?.string ?? "").tmp"))
        let zeroed = try #require(changes.firstIndex(of: "write \(LogFixture.first.lastComponent?.string ?? "")"))
        #expect(changes[replaced + 1] == "syncDirectory log")
        #expect(replaced + 1 < zeroed)
    }

    @Test("a side file of other bytes at the same offset is kept, and the new one has a name of its own")
    func otherSideFile() throws {
        let disk = try torn()
        disk.put([1, 2, 3], at: side)
        let log = try EventLog.open(at: LogFixture.root, storage: disk, options: LogFixture.options)
        #expect(log.openReport.tornTail?.sideFile == FilePath(side.string + "-2"))
        #expect(disk[side] == [1, 2, 3])
    }

    @Test("a truncation behind a seal is done again, also where the file seems to end there")
    func truncation() throws {
        let disk = MemoryDisk()
        let log = try EventLog.create(at: LogFixture.root, storage: disk, options: LogFixture.options)
        var number = 0
        while disk.paths.filter({ $0.extension == "segment" }).count < 2 {
            _ = try log.append(LogFixture.batch(number, records: 20, factsBytes: 200), recordedAt: 1)
            number += 1
        }
        let crashed = MemoryDisk(copying: disk)
        let newest = try #require(crashed.paths.last { $0.extension == "segment" })
        crashed.lose(newest)
        crashed.lose("/ledger/MANIFEST")
        let size = crashed[LogFixture.first]?.count
        let storage = RecordingStorage(crashed)
        let again = try EventLog.open(at: LogFixture.root, storage: storage, options: LogFixture.options)
        #expect(again.openReport.rows == [.unfinishedRoll, .unpromisedBatches, .manifestUnusable])
        let changes = storage.takeChanges()
        let truncated = try #require(changes.firstIndex { $0.name == .truncate })
        #expect(changes[truncated].count == size)
        #expect(changes[truncated + 1].description == "fsync 0000000000000001.segment")
    }

    @Test("the name of an empty segment that no manifest names is made durable again", arguments: [2, 3])
    func name(_ segments: Int) throws {
        let disk = MemoryDisk()
        let log = try EventLog.create(at: LogFixture.root, storage: disk, options: LogFixture.options)
        var before = MemoryDisk(copying: disk)
        while disk.paths.filter({ $0.extension == "segment" }).count < segments {
            before = MemoryDisk(copying: disk)
            let number = Int(log.head.position.rawValue)
            _ = try log.append(LogFixture.batch(number, records: 20, factsBytes: 200), recordedAt: 1)
        }
        let newest = try #require(disk.paths.last { $0.extension == "segment" })
        // The rename was done, its sync failed: no manifest, and no batch.
        let crashed = MemoryDisk(copying: disk)
        crashed.tamper(with: newest) { $0.replaceSubrange(512..., with: repeatElement(0, count: $0.count - 512)) }
        crashed.lose("/ledger/MANIFEST")
        if let manifest = before["/ledger/MANIFEST"] { crashed.put(manifest, at: "/ledger/MANIFEST") }
        let storage = RecordingStorage(MemoryDisk(copying: crashed))
        let again = try EventLog.open(at: LogFixture.root, storage: storage, options: LogFixture.options)
        #expect(again.openReport.rows.first == .unprovenName)
        let name = newest.lastComponent?.string ?? ""
        let changes = storage.takeChanges().map(\.description)
        #expect(changes.firstRange(of: ["rename \(name)", "rename \(name).tmp", "syncDirectory log"]) != nil)
        // With a manifest that names it, nothing is renamed.
        let named = RecordingStorage(disk)
        try log.close()
        _ = try EventLog.open(at: LogFixture.root, storage: named, options: LogFixture.options)
        #expect(!named.takeChanges().map(\.description).contains("rename \(name)"))
        // The machine dies between the two renames: the roll is finished, or there was no log yet.
        let half = MemoryDisk(copying: crashed)
        half.lose(newest)
        half.put(crashed[newest] ?? [], at: FilePath(newest.string + ".tmp"))
        if segments == 1 {
            _ = try EventLog.create(at: LogFixture.root, storage: half, options: LogFixture.options)
        } else {
            let finished = try EventLog.open(at: LogFixture.root, storage: half, options: LogFixture.options)
            #expect(finished.openReport.rows.starts(with: [.unfinishedFile, .unfinishedRoll]))
            #expect(finished.head == again.head)
        }
    }
}
