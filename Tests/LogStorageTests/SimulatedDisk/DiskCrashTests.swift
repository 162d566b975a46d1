import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// The tester tested: what a simulated disk may bring back after a crash.
@Suite struct DiskCrashTests {
    private static let path: FilePath = "/d/a"

    /// A durable file of eight sectors of ones.
    private func disk() throws -> (disk: SimulatedDisk, file: any LogFile) {
        let disk = SimulatedDisk()
        try disk.createDirectory("/d")
        let file = try disk.createFile(Self.path, size: 4096)
        try file.write([UInt8](repeating: 1, count: 4096), at: 0)
        try file.syncAll()
        try disk.syncDirectory("/d")
        return (disk, file)
    }

    private func sectors(_ disk: SimulatedDisk) -> [UInt8]? {
        disk.bytes(of: Self.path).map { bytes in stride(from: 0, to: bytes.count, by: 512).map { bytes[$0] } }
    }

    @Test("every subset of unsynced sectors can survive, whole or not at all")
    func subsets() throws {
        let (disk, file) = try disk()
        try file.write([UInt8](repeating: 2, count: 2048), at: 256)
        #expect(disk.unsynced.count == 5)
        for mask in 0..<32 {
            let crashed = disk.crashed { _, sector in mask >> sector & 1 == 1 }
            let bytes = try #require(crashed.bytes(of: Self.path))
            for sector in 0..<8 {
                let isNew = sector < 5 && mask >> sector & 1 == 1
                for index in sector * 512..<sector * 512 + 512 {
                    let expected: UInt8 = isNew && index >= 256 && index < 2304 ? 2 : 1
                    #expect(bytes[index] == expected, "byte \(index), mask \(mask)")
                }
            }
        }
    }

    @Test(
        "after a failed sync pages are clean: they can be read, no later sync writes them, and a new write makes them dirty"
    )
    func failedSync() throws {
        let (disk, file) = try disk()
        try file.write([2], at: 0)
        disk.schedule(.failedSync)
        #expect(throws: StorageError.self) { try file.sync() }
        try file.write([3], at: 512)
        try file.sync()
        #expect(sectors(disk)?.prefix(2) == [2, 3])
        #expect(sectors(disk.crashed())?.prefix(2) == [1, 3])
        #expect(sectors(disk.crashed { _, _ in true })?.prefix(2) == [2, 3])
        try file.write([4], at: 1)
        try file.sync()
        #expect(disk.crashed().bytes(of: Self.path)?.prefix(2) == [2, 4])
    }

    @Test("a size that was not synced is lost, and fdatasync may leave a smaller one")
    func sizes() throws {
        let (disk, file) = try disk()
        try file.truncate(to: 1000)
        #expect(sectors(disk.crashed()) == [UInt8](repeating: 1, count: 8))
        try file.sync()
        #expect(sectors(disk.crashed()) == [UInt8](repeating: 1, count: 8))
        try file.syncAll()
        #expect(disk.crashed().bytes(of: Self.path) == [UInt8](repeating: 1, count: 1000))
        try file.write([5], at: 2000)
        #expect(disk.crashed().bytes(of: Self.path)?.count == 1000)
        try file.sync()
        #expect(disk.crashed().bytes(of: Self.path)?.count == 2001)
        let fresh = try disk.createFile("/d/b", size: 4096)
        try disk.syncDirectory("/d")
        #expect(disk.crashed().bytes(of: "/d/b")?.isEmpty == true)
        try fresh.syncAll()
        #expect(disk.crashed().bytes(of: "/d/b")?.count == 4096)
    }

    @Test("names survive by the change: a rename whole, a removal not before its directory is synced")
    func names() throws {
        let (disk, _) = try disk()
        try disk.rename(Self.path, to: "/d/b")
        _ = try disk.createFile("/d/c", size: 1)
        #expect(try disk.crashed().list("/d") == ["a"])
        let first = disk.afterCrash(keeping: { $0 == .entry("/d", 0) })
        #expect(try first.list("/d") == ["b"])
        let second = disk.afterCrash(keeping: { $0 == .entry("/d", 1) })
        #expect(try second.list("/d") == ["a", "c"])
        disk.schedule(.failedSync)
        #expect(throws: StorageError.self) { try disk.syncDirectory("/d") }
        #expect(try disk.crashed().list("/d") == ["a"])
        try disk.syncDirectory("/d")
        try disk.remove("/d/b")
        #expect(try disk.crashed().list("/d") == ["b", "c"])
    }

    @Test("a directory whose name was lost is gone with all below it")
    func directories() throws {
        let (disk, _) = try disk()
        try disk.createDirectory("/d/sub")
        try disk.createFile("/d/sub/x", size: 1).syncAll()
        try disk.syncDirectory("/d/sub")
        #expect(try disk.crashed().list("/d") == ["a"])
        #expect(throws: StorageError.self) { try disk.crashed().list("/d/sub") }
        try disk.syncDirectory("/d")
        #expect(try disk.crashed().list("/d/sub") == ["x"])
    }

    @Test("torn, lost and reordered writes are what a crash makes of the writes since the last sync")
    func crashFaults() throws {
        var seen: [DiskFault: Set<[UInt8]>] = [:]
        for fault in [DiskFault.tornWrite, .lostWrite, .reorderedWrite] {
            for seed in 0..<200 {
                let (disk, file) = try disk()
                try file.write([UInt8](repeating: 2, count: 1024), at: 0)
                try file.write([UInt8](repeating: 3, count: 1024), at: 2048)
                var random = SeededRandom(seed: UInt64(seed))
                disk.crash([fault], by: &random)
                seen[fault, default: []].insert(try #require(sectors(disk)))
            }
        }
        // The first write is whole, and the second one any part of itself.
        #expect(seen[.tornWrite]?.allSatisfy { $0[0] == 2 && $0[1] == 2 } == true)
        #expect(seen[.tornWrite]?.contains { $0[4] == 3 && $0[5] == 1 } == true)
        #expect(seen[.lostWrite]?.contains { $0[0] == 2 && $0[4] == 1 && $0[5] == 1 } == true)
        // The second one without the first.
        #expect(seen[.reorderedWrite]?.contains { $0[0] == 1 && $0[1] == 1 && $0[4] == 3 } == true)
        #expect(seen[.lostWrite]?.contains { $0[0] == 1 && $0[1] == 1 && $0[4] == 3 && $0[5] == 3 } == false)
    }

    @Test("what a dirty sector held between two writes can be on disk")
    func writeBack() throws {
        var seen: Set<UInt8> = []
        for seed in 0..<40 {
            let disk = SimulatedDisk(seed: UInt64(seed), writeBackPercent: 50)
            try disk.createDirectory("/d")
            let file = try disk.createFile(Self.path, size: 512)
            try file.syncAll()
            try disk.syncDirectory("/d")
            for value in UInt8(1)...3 { try file.write([value], at: 0) }
            seen.insert(try #require(disk.crashed().bytes(of: Self.path)?[0]))
        }
        #expect(seen == [0, 1, 2])
    }
}
