import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// The tester tested: faults of calls, damage at rest, power cuts, and that a seed repeats all of it.
@Suite struct DiskFaultTests {
    private static let path: FilePath = "/d/a"

    private func disk(seed: UInt64 = 1) throws -> (disk: SimulatedDisk, file: any LogFile) {
        let disk = SimulatedDisk(seed: seed)
        try disk.createDirectory("/d")
        let file = try disk.createFile(Self.path, size: 8192)
        try file.syncAll()
        try disk.syncDirectory("/d")
        return (disk, file)
    }

    @Test("there are twelve kinds, of three moments")
    func kinds() {
        #expect(DiskFault.allCases.count == 12)
        #expect(DiskFault.ofCrashes == [.tornWrite, .lostWrite, .reorderedWrite, .lostEntry])
        #expect(DiskFault.allCases.filter(\.isDamage) == [.flippedBit, .zeroedSector, .misdirectedWrite])
    }

    @Test("a failed write changes nothing, a short one only its first sectors")
    func writes() throws {
        let (disk, file) = try disk()
        disk.schedule(.failedWrite)
        let failed = #expect(throws: StorageError.self) { try file.write([1, 1], at: 0) }
        #expect(failed?.errno == .ioError)
        #expect(try file.read(at: 0, count: 2) == [0, 0])
        disk.schedule(.shortWrite, from: 2)
        try file.write([1, 1], at: 0)
        let short = #expect(throws: StorageError.self) { try file.write([UInt8](repeating: 7, count: 2000), at: 0) }
        #expect(short?.errno == .noSpace)
        let bytes = try file.read(at: 0, count: 2000)
        let written = bytes.prefix { $0 == 7 }.count
        #expect(written % 512 == 0 && written < 2000 && bytes[written..<2000].allSatisfy { $0 <= 1 })
    }

    @Test("a short read returns some bytes, and the next one goes on; fill puts them together")
    func shortRead() throws {
        let (disk, file) = try disk()
        try file.write((0..<100).map { UInt8($0) }, at: 0)
        disk.schedule(.shortRead, times: 2)
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = try file.read(into: &buffer, 0..<100, at: 0)
        #expect(count > 0 && count < 100)
        #expect(try file.read(at: 0, count: 100) == (0..<100).map { UInt8($0) })
    }

    @Test("a fault waits for the first call it can strike, and strikes as often as it was told to")
    func noSpace() throws {
        let (disk, file) = try disk()
        disk.schedule(.noSpace, from: 2, times: 2)
        try file.write([1], at: 0)
        try file.sync()
        #expect(throws: StorageError.self) { try disk.createFile("/d/b", size: 1) }
        let error = #expect(throws: StorageError.self) { try disk.rename(Self.path, to: "/d/c") }
        #expect(error?.errno == .noSpace)
        try disk.rename(Self.path, to: "/d/c")
        #expect(disk.calls.filter { $0.fault == .noSpace }.map(\.operation) == [.createFile, .rename])
    }

    @Test("a misdirected write succeeds, is seen in the cache, and lies somewhere else after a crash")
    func misdirected() throws {
        var places: Set<Int> = []
        for seed in 0..<30 {
            let (disk, file) = try disk(seed: UInt64(seed))
            try file.write([UInt8](repeating: 1, count: 8192), at: 0)
            try file.sync()
            disk.schedule(.misdirectedWrite)
            try file.write([UInt8](repeating: 9, count: 512), at: 1024)
            try file.sync()
            #expect(try file.read(at: 1024, count: 1) == [9])
            var random = SeededRandom(seed: 0)
            let damaged = disk.crash([], by: &random)
            let bytes = try #require(disk.bytes(of: Self.path))
            let found = stride(from: 0, to: 8192, by: 512).filter { bytes[$0] == 9 }
            #expect(bytes[1024] == 1 && found.count <= 1)
            #expect(damaged.contains { $0.sector == 2 } && damaged.count == 1 + found.count)
            places.formUnion(found)
        }
        #expect(places.count > 5)
    }

    @Test("damage at rest is durable")
    func rest() throws {
        let (disk, file) = try disk()
        try file.write([UInt8](repeating: 255, count: 8192), at: 0)
        try file.sync()
        disk.flipBit(3, of: 700, in: Self.path)
        disk.zeroSector(2, in: Self.path)
        let bytes = try #require(disk.crashed().bytes(of: Self.path))
        #expect(bytes[700] == 247 && bytes[699] == 255)
        #expect(bytes[1024..<1536].allSatisfy { $0 == 0 } && bytes[1023] == 255 && bytes[1536] == 255)
    }

    @Test("after a power cut every call fails, and no handle from before works any more")
    func powerCut() throws {
        let (disk, file) = try disk()
        let lock = try disk.lock("/d/LOCK", holder: "pid 1\n")
        disk.cutPower(at: 2)
        try file.write([1], at: 0)
        #expect(throws: StorageError.self) { try file.sync() }
        #expect(disk.isOff)
        #expect(throws: StorageError.self) { try disk.list("/d") }
        disk.crash { _ in false }
        #expect(disk.bytes(of: Self.path)?[0] == 0)
        #expect(throws: StorageError.self) { try file.read(at: 0, count: 1) }
        let next = try disk.lock("/d/LOCK", holder: "pid 2\n")
        try lock.release()
        #expect(try disk.isLocked("/d/LOCK"))
        try next.release()
    }

    @Test("the end of a process takes locks and handles, and leaves the cache")
    func restart() throws {
        let (disk, file) = try disk()
        _ = try disk.lock("/d/LOCK", holder: "pid 1\n")
        try file.write([1], at: 0)
        disk.restart()
        #expect(try !disk.isLocked("/d/LOCK"))
        #expect(throws: StorageError.self) { try file.sync() }
        #expect(disk.bytes(of: Self.path)?[0] == 1)
        #expect(disk.crashed().bytes(of: Self.path)?[0] == 0)
    }

    @Test("the same seed and the same calls give the same disk", arguments: [1, 2, 3] as [UInt64])
    func replay(_ seed: UInt64) throws {
        func live() throws -> ([SimulatedDisk.Call], [UInt8]?) {
            let disk = SimulatedDisk(seed: seed, writeBackPercent: 50)
            var random = SeededRandom(seed: seed)
            try disk.createDirectory("/d")
            let file = try disk.createFile(Self.path, size: 8192)
            try file.syncAll()
            try disk.syncDirectory("/d")
            disk.schedule(.shortWrite, from: 4)
            disk.schedule(.misdirectedWrite, from: 9)
            for number in 0..<20 {
                try? file.write([UInt8](repeating: UInt8(number + 1), count: 300), at: random.below(7000))
                if number % 5 == 4 { try? file.sync() }
            }
            let calls = disk.calls
            disk.crash(DiskFault.ofCrashes, by: &random)
            return (calls, disk.bytes(of: Self.path))
        }
        let first = try live()
        let second = try live()
        #expect(first.0 == second.0)
        #expect(first.1 == second.1)
    }
}
