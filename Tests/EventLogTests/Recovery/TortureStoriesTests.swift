import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// What `make torture` once found, told again.
@Suite struct TortureStoriesTests {
    @Test("a log whose manifest was never written is there after a crash at any call of opening")
    func firstSegment() throws {
        let disk = try LogFixture.disk()
        // The manifest's sync fails, which is no failure of the creation.
        let syncs = try Self.createCalls().enumerated().filter { $0.element.operation == .sync }.map(\.offset)
        disk.failCall(try #require(syncs.last) + 1)
        _ = try LogFixture.create(disk)
        let created = disk.afterCrash(keeping: { _ in true })
        #expect(created.bytes(of: "/ledger/MANIFEST") == nil)
        var call = 1
        var isReached = true
        while isReached {
            for survives in [true, false] {
                let trial = created.crashed()
                trial.cutPower(at: call)
                _ = try? LogFixture.open(trial)
                isReached = trial.isOff
                let again = trial.afterCrash(keeping: { _ in survives })
                #expect(try LogFixture.open(again).head == .empty, "call \(call)")
            }
            call += 1
        }
        #expect(call > 10)
    }

    @Test("a short read is not taken for the end of the file, wherever it strikes")
    func shortReads() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try LogFixture.fill(log, disk, segments: 2)
        let head = log.head
        var strikes = 0
        for call in 1...40 {
            let trial = disk.crashed()
            trial.schedule(.shortRead, from: call, times: 3)
            #expect(try LogFixture.open(trial).head == head, "call \(call)")
            strikes += trial.calls.filter { $0.fault == .shortRead }.count
            let reader = disk.crashed()
            reader.schedule(.shortRead, from: call, times: 3)
            #expect(try EventLog.verify(at: LogFixture.root, storage: reader).isGood, "call \(call)")
        }
        #expect(strikes > 20)
    }

    /// The calls of a creation behind those of the fixture.
    private static func createCalls() throws -> [SimulatedDisk.Call] {
        let disk = try LogFixture.disk()
        let before = disk.callCount
        _ = try LogFixture.create(disk)
        return Array(disk.calls[before...])
    }
}
