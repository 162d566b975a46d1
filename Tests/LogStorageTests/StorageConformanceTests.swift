import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// What every storage must do, run over the real file system and the simulated one.
@Suite struct StorageConformanceTests {
    enum Kind: String, CaseIterable, Sendable { case posix, simulated }

    @Test("files hold what was written", arguments: Kind.allCases)
    func readAndWrite(_ kind: Kind) throws {
        try StorageFixture.with(kind) { storage, root in
            let path = root.appending("a")
            let file = try storage.createFile(path, size: 5000)
            #expect(try file.size() == 5000)
            #expect(try file.read(at: 0, count: 5000) == [UInt8](repeating: 0, count: 5000))
            try file.write([1, 2, 3], at: 4999)
            try file.sync()
            #expect(try file.size() == 5002)
            #expect(try file.read(at: 4998, count: 10) == [0, 1, 2, 3])
            #expect(try file.read(at: 6000, count: 10) == [])
            var buffer: [UInt8] = [9, 9, 9, 9]
            #expect(try file.read(into: &buffer, 1..<3, at: 5000) == 2)
            #expect(buffer == [9, 2, 3, 9])
            try file.truncate(to: 5000)
            try file.syncAll()
            #expect(try file.size() == 5000)
            try file.close()
            #expect(throws: StorageError.self) { try file.read(at: 0, count: 1) }
        }
    }

    @Test("a file is created once", arguments: Kind.allCases)
    func exclusive(_ kind: Kind) throws {
        try StorageFixture.with(kind) { storage, root in
            let path = root.appending("a")
            _ = try storage.createFile(path, size: 1)
            let error = #expect(throws: StorageError.self) { try storage.createFile(path, size: 1) }
            #expect(error?.operation == .createFile)
            #expect(error?.errno == .fileExists)
            #expect(error?.path == path)
        }
    }

    @Test("a file opened for reading cannot be written", arguments: Kind.allCases)
    func readOnly(_ kind: Kind) throws {
        try StorageFixture.with(kind) { storage, root in
            _ = try storage.createFile(root.appending("a"), size: 1)
            let file = try storage.open(root.appending("a"), for: .read)
            let error = #expect(throws: StorageError.self) { try file.write([1], at: 0) }
            #expect(error?.offset == 0)
        }
    }

    @Test("names come and go", arguments: Kind.allCases)
    func names(_ kind: Kind) throws {
        try StorageFixture.with(kind) { storage, root in
            try storage.createDirectory(root.appending("sub"))
            try storage.createDirectory(root.appending("sub"))
            _ = try storage.createFile(root.appending("a"), size: 1)
            try storage.rename(root.appending("a"), to: root.appending("b"))
            try storage.syncDirectory(root)
            #expect(try storage.list(root).sorted() == ["b", "sub"])
            #expect(try storage.exists(root.appending("b")))
            #expect(try !storage.exists(root.appending("a")))
            try storage.remove(root.appending("b"))
            let missing = #expect(throws: StorageError.self) { try storage.open(root.appending("b"), for: .read) }
            #expect(missing?.errno == .noSuchFileOrDirectory)
            #expect(throws: StorageError.self) { try storage.list(root.appending("none")) }
        }
    }

    @Test("a whole file is replaced", arguments: Kind.allCases)
    func replace(_ kind: Kind) throws {
        try StorageFixture.with(kind) { storage, root in
            try storage.replace(root.appending("a"), with: [1, 2, 3])
            try storage.replace(root.appending("a"), with: [4])
            #expect(try storage.contents(of: root.appending("a"), limit: 1) == [4])
            #expect(throws: StorageError.self) { try storage.contents(of: root.appending("a"), limit: 0) }
            #expect(try storage.list(root) == ["a"])
        }
    }

    @Test("one holder of a lock, and the next learns its name", arguments: Kind.allCases)
    func lock(_ kind: Kind) throws {
        try StorageFixture.with(kind) { storage, root in
            let path = root.appending("LOCK")
            #expect(try !storage.isLocked(path))
            let lock = try storage.lock(path, holder: "pid 1 on a till\n")
            #expect(try storage.isLocked(path))
            let error = #expect(throws: StorageError.self) { try storage.lock(path, holder: "pid 2\n") }
            #expect(error?.operation == .lock)
            #expect(error?.holder == "pid 1 on a till")
            try lock.release()
            try lock.release()
            #expect(try !storage.isLocked(path))
            _ = try storage.lock(path, holder: "pid 2\n")
        }
    }

    @Test("the holder's line names process, host, program and time")
    func holder() {
        let line = LockHolder.line(now: 1_763_806_530_000)
        #expect(line.hasPrefix("pid "))
        #expect(line.hasSuffix("since 2025-11-22T10:15:30Z"))
    }
}

enum StorageFixture {
    /// Runs `body` with an empty directory of a storage, and removes it.
    static func with(
        _ kind: StorageConformanceTests.Kind,
        _ body: (any LogStorage, FilePath) throws -> Void
    ) throws {
        if kind == .simulated {
            let disk = SimulatedDisk()
            try disk.createDirectory("/root")
            return try body(disk, "/root")
        }
        let root = FilePath("/tmp/loyalty-storage-\(UInt64.random(in: 0...UInt64.max))")
        let storage = POSIXStorage()
        try storage.createDirectory(root)
        defer {
            for name in (try? storage.list(root)) ?? [] { try? storage.remove(root.appending(name)) }
        }
        try body(storage, root)
    }
}
