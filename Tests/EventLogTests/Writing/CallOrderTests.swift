import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// The order of the calls that change something or make it durable: DESIGN.md section 5, "As the kernel sees it".
@Suite struct CallOrderTests {
    private static let segment = "0000000000000001.segment"

    /// Writing a whole file in place of another.
    private static func replacing(_ name: String, in directory: String) -> [String] {
        let temporary = name + ".tmp"
        return ["create", "write", "fsync", "close", "rename"].map { "\($0) \(temporary)" } + [
            "syncDirectory \(directory)"
        ]
    }

    @Test("create: directories, the segment under a temporary name, fsync, rename, directory sync, manifest")
    func create() throws {
        let storage = RecordingStorage(MemoryDisk())
        _ = try LogFixture.create(storage)
        let expected =
            [
                "createDirectory ledger", "createDirectory log", "syncDirectory ledger", "syncDirectory /",
                "create \(Self.segment).tmp", "write \(Self.segment).tmp", "fsync \(Self.segment).tmp",
                "rename \(Self.segment).tmp", "syncDirectory log",
            ] + Self.replacing("MANIFEST", in: "ledger")
        #expect(storage.takeChanges().map(\.description) == expected)
    }

    @Test("append, and a marker: one write, one fdatasync", arguments: [WritingTask.append, .marker])
    func append(_ task: WritingTask) throws {
        let storage = RecordingStorage(MemoryDisk())
        let log = try task.prepare(on: storage)
        _ = storage.takeChanges()
        try task.run(log)
        #expect(storage.takeChanges().map(\.description) == ["write \(Self.segment)", "fdatasync \(Self.segment)"])
        try log.writeMarker()
        _ = storage.takeChanges()
        try log.writeMarker()
        #expect(storage.takeChanges().isEmpty, "what is promised is not promised again")
    }

    @Test("close: a marker where one is missing, then close")
    func close() throws {
        for (task, marker) in [
            (WritingTask.close, ["write \(Self.segment)", "fdatasync \(Self.segment)"]), (.closeMarked, []),
        ] {
            let storage = RecordingStorage(MemoryDisk())
            let log = try task.prepare(on: storage)
            _ = storage.takeChanges()
            try task.run(log)
            #expect(storage.takeChanges().map(\.description) == marker + ["close \(Self.segment)"])
        }
    }

    @Test("roll: next segment ready, seal, fdatasync, truncate, fsync, rename, directory sync, derived files, batch")
    func roll() throws {
        let storage = RecordingStorage(MemoryDisk())
        let log = try WritingTask.roll.prepare(on: storage)
        let next = log.head.nextPosition.hexadecimal + ".segment"
        _ = storage.takeChanges()
        try WritingTask.roll.run(log)
        let ready = ["create", "write", "fsync"].map { "\($0) \(next).tmp" }
        let sealed = ["write", "fdatasync", "truncate", "fsync", "close"].map { "\($0) \(Self.segment)" }
        let expected =
            ready + sealed + ["rename \(next).tmp", "syncDirectory log"]
            + Self.replacing("0000000000000001.cards", in: "log") + Self.replacing("MANIFEST", in: "ledger")
            + ["write \(next)", "fdatasync \(next)"]
        #expect(storage.takeChanges().map(\.description) == expected)
    }

    @Test("open syncs the directory and the last segment before it reads a batch")
    func open() throws {
        let storage = RecordingStorage(SampleLog.whole.marked())
        _ = try LogFixture.open(storage)
        let calls = storage.calls
        let read = try #require(
            calls.firstIndex { $0.name == .read && $0.path == SampleLog.whole.last && $0.offset == 512 }
        )
        let before = calls[..<read].map(\.description)
        #expect(before.contains("syncDirectory log"))
        #expect(before.contains("fsync \(SampleLog.whole.last.lastComponent?.string ?? "")"))
    }

    @Test("cut: the side file is durable before zeros are written, and they before anything is appended")
    func cut() throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        Row.zero(disk, sample.last, SampleLog.sector(of: sample.unpromised))
        let storage = RecordingStorage(disk)
        let log = try LogFixture.open(storage)
        let last = sample.last.lastComponent?.string ?? ""
        let side = try #require(log.openReport.tornTail?.sideFile?.lastComponent?.string)
        let expected =
            ["syncDirectory log", "fsync \(last)"] + Self.replacing(side, in: "log")
            // The marker again, the zeros, one sync.
            + ["write \(last)", "write \(last)", "fdatasync \(last)"]
        #expect(storage.takeChanges().map(\.description) == expected)
    }

    @Test("rewrite: accepted batches are written again and synced before open returns")
    func rewrite() throws {
        let sample = SampleLog.whole
        let storage = RecordingStorage(sample.copy())
        _ = try LogFixture.open(storage)
        let last = sample.last.lastComponent?.string ?? ""
        let expected = ["syncDirectory log", "fsync \(last)", "write \(last)", "fdatasync \(last)"]
        #expect(storage.takeChanges().map(\.description) == expected)
    }

    @Test("on the real file system a torn write is cut, and another one over what was cut")
    func posix() throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        Row.zero(disk, sample.last, SampleLog.sector(of: sample.unpromised))
        let directory = try RealDirectory(copying: disk)
        let log = try EventLog.open(at: directory.root, options: LogFixture.options)
        #expect(Row.rows(log) == [.tornWrite])
        _ = try log.append(LogFixture.batch(1), recordedAt: 10)
        try log.close()
        let again = try EventLog.open(at: directory.root, options: LogFixture.options)
        #expect(Row.rows(again) == [.unprovenCut])
        #expect(again.head == log.head)
        #expect(try EventLog.verify(at: directory.root).isGood)
    }
}
