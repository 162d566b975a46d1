import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import Snapshots
import SystemPackage
import Testing

/// A crash or a failure at any call of a write leaves the snapshots that were there, or the new one.
@Suite struct SnapshotCrashTests {
    private static let old = Shelf.noise(2000)
    private static let new = Array(Shelf.noise(3000).reversed())

    /// A shelf with two snapshots, all of it durable.
    private static func shelf() throws -> Shelf {
        let shelf = try Shelf()
        try shelf.store.write([1], shelf.binding(at: 5))
        try shelf.store.write(old, shelf.binding(at: 10))
        return Shelf(shelf.disk.crashed())
    }

    @Test(arguments: [Errno.ioError, .noSpace])
    func aFailedCallLeavesOldOrNew(errno: Errno) throws {
        var call = 0
        var isReached = true
        while isReached {
            call += 1
            let shelf = try Self.shelf()
            let before = shelf.disk.calls.count
            shelf.disk.failCall(call, errno: errno)
            var hasFailed = false
            do {
                try shelf.store.write(Self.new, shelf.binding(at: 20))
            } catch {
                hasFailed = true
            }
            isReached = shelf.disk.calls.count - before >= call
            for disk in [shelf.disk.crashed(), shelf.disk.crashed { _, number in number % 2 == 0 }] {
                try Self.check(Shelf(disk), expectsNew: !hasFailed, "call \(call)")
            }
        }
        #expect(call > 8)
    }

    /// Every prefix of a write's calls, and then no power: each call is one at which the machine may stop.
    @Test func aCrashBetweenCallsLeavesOldOrNew() throws {
        let whole = try Self.shelf()
        let before = whole.disk.calls.count
        try whole.store.write(Self.new, whole.binding(at: 20))
        let calls = whole.disk.calls.count - before
        for call in 1...calls {
            let shelf = try Self.shelf()
            // All calls from this one on fail, as they do for a process that is no more.
            for later in call...calls + 20 { shelf.disk.failCall(later) }
            try? shelf.store.write(Self.new, shelf.binding(at: 20))
            for seed in 0..<4 {
                let disk = shelf.disk.crashed { _, number in (number + seed) % 3 == 0 }
                try Self.check(Shelf(disk), expectsNew: false, "call \(call), seed \(seed)")
            }
        }
    }

    @Test func theNameComesAfterTheBytesAreDurable() throws {
        let shelf = try Self.shelf()
        let before = shelf.disk.calls.count
        try shelf.store.write(Self.new, shelf.binding(at: 20))
        let operations = shelf.disk.calls[before...].map(\.operation)
        let sync = try #require(operations.firstIndex(of: .sync))
        let rename = try #require(operations.firstIndex(of: .rename))
        let directory = try #require(operations.lastIndex(of: .syncDirectory))
        let remove = try #require(operations.firstIndex(of: .remove))
        #expect(try #require(operations.lastIndex(of: .write)) < sync)
        #expect(sync < rename)
        #expect(rename < directory)
        #expect(directory < remove)
    }

    @Test func theDirectoryIsDurableThoughAWriterDiedBeforeItsSync() throws {
        let disk = SimulatedDisk()
        try disk.createDirectory("/")
        try disk.createDirectory("/ledger")
        try disk.syncDirectory("/")
        let shelf = Shelf(disk)
        // The directory is made, and the sync of the one above fails.
        disk.failCall(3)
        #expect(throws: StorageError.self) { try shelf.store.write(Self.old, shelf.binding(at: 10)) }
        try shelf.store.write(Self.old, shelf.binding(at: 10))
        #expect(Shelf(disk.crashed()).newest().found?.state == Self.old)
    }

    private static func check(_ shelf: Shelf, expectsNew: Bool, _ place: String) throws {
        let search = shelf.newest()
        #expect(search.passedOver.isEmpty, "\(place): \(search.passedOver)")
        let state = try #require(search.found?.state, "\(place)")
        #expect(state == new || (!expectsNew && state == old), "\(place)")
        try shelf.store.write([9], shelf.binding(at: 30))
        #expect(shelf.newest().found?.state == [9], "\(place)")
        #expect(try shelf.store.positions().count == 2, "\(place)")
    }
}
