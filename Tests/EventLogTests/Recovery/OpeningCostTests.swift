import EventLog
import Glibc
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import Synchronization
import SystemPackage
import Testing

@Suite struct OpeningCostTests {
    /// A closed log of `sealed` sealed segments and a last one with one batch and a marker.
    private func log(sealed: Int, capacity: Int = 8 << 10) throws -> MemoryDisk {
        let disk = MemoryDisk()
        var options = EventLogOptions(now: { 0 })
        options.segmentCapacity = capacity
        let log = try EventLog.create(at: LogFixture.root, storage: disk, options: options)
        _ = try LogFixture.fill(log, disk, segments: sealed + 1)
        try log.close()
        return disk
    }

    /// What opening reads: calls and bytes of segments, and bytes of all else.
    private func cost(_ disk: MemoryDisk) throws -> (calls: Int, bytes: Int, other: Int) {
        let storage = RecordingStorage(disk)
        let log = try LogFixture.open(storage)
        #expect(Row.rows(log) == [])
        let reads = storage.calls.filter { $0.name == .read }
        let segments = reads.filter { $0.path.extension == "segment" }
        func bytes(_ calls: [RecordingStorage.Call]) -> Int { calls.reduce(0) { $0 + ($1.count ?? 0) } }
        return (segments.count, bytes(segments), bytes(reads) - bytes(segments))
    }

    @Test("opening reads the active segment; of each sealed one its header and its seal, and nothing of its index")
    func history() throws {
        let small = try cost(log(sealed: 4))
        let large = try cost(log(sealed: 40))
        let perSegment = SegmentHeader.byteCount + BatchHeader.emptyBatchByteCount
        // The last segments may differ by a batch of another length.
        #expect(abs(large.bytes - small.bytes - 36 * perSegment) <= 512)
        #expect(large.calls - small.calls == 36 * 2)
        // A line of the manifest each, read twice.
        #expect(large.other - small.other <= 36 * 2 * 130)
    }

    /// How many reads of 50 ms went by before each report.
    private func reads(
        _ disk: MemoryDisk,
        _ run: (any LogStorage, @escaping @Sendable (LogProgress) -> Void) throws -> Void
    )
        throws -> (at: [Int], phases: Set<LogProgress.Phase>, all: Int)
    {
        let count = Mutex(0)
        let reports = Mutex<[(Int, LogProgress)]>([])
        let storage = RecordingStorage(disk) {
            count.withLock { $0 += 1 }
            // Sleeping longer than asked makes the reports denser, never rarer.
            var pause = timespec(tv_sec: 0, tv_nsec: 50_000_000)
            nanosleep(&pause, nil)
        }
        try run(storage) { progress in
            let reads = count.withLock { $0 }
            reports.withLock { $0.append((reads, progress)) }
        }
        let all = reports.withLock { $0 }
        for (_, progress) in all { #expect((0...progress.totalBytes).contains(progress.completedBytes)) }
        return (all.map(\.0), Set(all.map(\.1.phase)), count.withLock { $0 })
    }

    /// At 50 ms a read, 250 ms are five reads.
    private func expectSteady(_ reads: (at: [Int], phases: Set<LogProgress.Phase>, all: Int)) {
        #expect(reads.all >= 8)
        var last = 0
        for read in reads.at + [reads.all] {
            #expect(read - last <= 5, "\(reads.at) of \(reads.all)")
            last = read
        }
    }

    @Test("checking segments and making indexes reports within 250 ms and at a steady pace")
    func segments() throws {
        let disk = try log(sealed: 6)
        for path in disk.paths where path.extension == "cards" { disk.lose(path) }
        let reads = try reads(disk) { storage, progress in
            let options = EventLogOptions(segmentCapacity: 64 << 10, progress: progress, now: { 0 })
            _ = try EventLog.open(at: LogFixture.root, storage: storage, options: options)
        }
        #expect(reads.phases.isSuperset(of: [.checkingSegments, .rebuildingIndexes]))
        expectSteady(reads)
    }

    @Test("reading a long tail reports within 250 ms and at a steady pace, in a reader too", arguments: [false, true])
    func tail(_ readOnly: Bool) throws {
        let disk = MemoryDisk()
        let options = EventLogOptions(segmentCapacity: 8 << 20, now: { 0 })
        let log = try EventLog.create(at: LogFixture.root, storage: disk, options: options)
        for number in 0..<32 {
            _ = try log.append(LogFixture.batch(number, records: 100, factsBytes: 600), recordedAt: 0)
        }
        try log.close()
        let reads = try reads(disk) { storage, progress in
            if readOnly {
                _ = try EventLog.openReadOnly(at: LogFixture.root, storage: storage, progress: progress)
            } else {
                let options = EventLogOptions(segmentCapacity: 8 << 20, progress: progress, now: { 0 })
                _ = try EventLog.open(at: LogFixture.root, storage: storage, options: options)
            }
        }
        #expect(reads.phases == [.readingTail])
        expectSteady(reads)
    }

    @Test("verifying reports within 250 ms and at a steady pace, in a large segment too")
    func verify() throws {
        let disk = try log(sealed: 1, capacity: 2 << 20)
        let reads = try reads(disk) { storage, progress in
            let report = try EventLog.verify(at: LogFixture.root, storage: storage, progress: progress)
            #expect(report.isGood)
        }
        #expect(reads.phases == [.verifying])
        expectSteady(reads)
    }

    @Test("what is soon done reports nothing")
    func quick() throws {
        let disk = try log(sealed: 1)
        let reports = Mutex(0)
        let options = EventLogOptions(
            segmentCapacity: 64 << 10,
            progress: { _ in reports.withLock { $0 += 1 } },
            now: { 0 }
        )
        let duration = try EventLog.open(at: LogFixture.root, storage: disk, options: options).openReport.duration
        if duration < .milliseconds(100) { #expect(reports.withLock { $0 } == 0) }
    }
}
