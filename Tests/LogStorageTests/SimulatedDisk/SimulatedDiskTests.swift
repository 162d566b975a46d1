import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@Suite struct SimulatedDiskTests {
    private func disk() throws -> SimulatedDisk {
        let disk = SimulatedDisk()
        try disk.createDirectory("/d")
        return disk
    }

    @Test("what was not synced is lost in a crash")
    func crash() throws {
        let disk = try disk()
        let file = try disk.createFile("/d/a", size: 1024)
        try file.syncAll()
        try disk.syncDirectory("/d")
        try file.write([1], at: 0)
        try file.sync()
        try file.write([2], at: 600)
        #expect(disk.crashed().bytes(of: "/d/a")?[600] == 0)
        #expect(disk.crashed().bytes(of: "/d/a")?[0] == 1)
        #expect(disk.crashed { _, sector in sector == 1 }.bytes(of: "/d/a")?[600] == 2)
    }

    @Test("an entry that was not synced is lost in a crash")
    func entries() throws {
        let disk = try disk()
        try disk.createFile("/d/a", size: 1).syncAll()
        #expect(disk.crashed().bytes(of: "/d/a") == nil)
        try disk.syncDirectory("/d")
        try disk.rename("/d/a", to: "/d/b")
        #expect(disk.crashed().bytes(of: "/d/a") != nil)
        #expect(disk.crashed().bytes(of: "/d/b") == nil)
    }

    @Test("the call that should fail fails, and has no effect")
    func failure() throws {
        let disk = try disk()
        let file = try disk.createFile("/d/a", size: 1)
        disk.failCall(2, errno: .noSpace)
        try file.write([1], at: 0)
        let error = #expect(throws: StorageError.self) { try file.write([2], at: 0) }
        #expect(error?.errno == .noSpace)
        #expect(try file.read(at: 0, count: 1) == [1])
        #expect(disk.calls.map(\.operation) == [.createDirectory, .createFile, .write, .write, .read])
    }
}
