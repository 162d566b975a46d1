import Foundation
import LogStorage
import Snapshots
import SystemPackage
import Testing

@testable import LoyaltyLedger

@Suite struct SnapshotWritingTests {
    @Test func closingWritesOneAfterEnoughEvents() async throws {
        let shop = try await BusyShop(seed: 21)
        try await shop.record(100, snapshots: .automatic)
        #expect(shop.positions.isEmpty)
        try await shop.record(900, snapshots: .automatic)
        #expect(shop.positions.count == 1)
        let events = try await shop.open(access: .readOnly).summary.events
        #expect(shop.positions.first == events)
        // Nothing new, nothing written.
        try await shop.open(.automatic).close()
        #expect(shop.positions.count == 1)
    }

    @Test func neverWritesNone() async throws {
        let shop = try await BusyShop(seed: 22)
        try await shop.record(700, snapshots: .never)
        #expect(shop.positions.isEmpty)
    }

    @Test func runningCommandsWriteThemTheySeeNothingOf() async throws {
        let shop = try await BusyShop(seed: 23)
        let ledger = try await shop.open(SnapshotPolicy(eventsBeforeClose: nil, eventsWhileRunning: 40))
        try await shop.record(200, in: ledger)
        try await shop.record(200, in: ledger)
        try await ledger.close()
        let report = ledger.snapshotReport
        #expect(report.written != nil)
        #expect(report.failure == nil)
        #expect((2...SnapshotRetention.thinned.largestCount).contains(shop.positions.count))
        #expect(shop.positions.first == report.written)
        let again = try await shop.open()
        #expect(again.snapshotReport.loaded == report.written)
        #expect(again.whole == ledger.whole)
        #expect(try await again.replay().isEqual)
        try await again.close()
    }

    @Test func aFullDiskFailsNoCommand() async throws {
        let shop = try await BusyShop(seed: 24)
        let disk = FullForSnapshots()
        var options = BusyShop.options(SnapshotPolicy(eventsBeforeClose: 1, eventsWhileRunning: 50))
        options.storage = disk
        let ledger = try await Ledger.open(at: shop.path, options: options)
        try await shop.record(400, in: ledger)
        let events = ledger.summary.events
        #expect(events > 400)
        try await ledger.close()
        #expect(ledger.snapshotReport.written == nil)
        #expect(ledger.snapshotReport.failure?.errno == .noSpace)
        #expect(shop.positions.isEmpty)
        let again = try await shop.open()
        #expect(again.summary.events == events)
        #expect(again.whole == ledger.whole)
        try await again.close()
    }
}

/// A disk on which there is no room left for snapshots.
private struct FullForSnapshots: LogStorage {
    private let disk = POSIXStorage()

    func list(_ directory: FilePath) throws(StorageError) -> [String] { try disk.list(directory) }
    func createDirectory(_ path: FilePath) throws(StorageError) { try disk.createDirectory(path) }
    func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        guard !path.string.contains("/snapshots/") else { throw StorageError(.createFile, path, errno: .noSpace) }
        return try disk.createFile(path, size: size)
    }
    func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        try disk.open(path, for: access)
    }
    func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError) { try disk.rename(path, to: newPath) }
    func remove(_ path: FilePath) throws(StorageError) { try disk.remove(path) }
    func exists(_ path: FilePath) throws(StorageError) -> Bool { try disk.exists(path) }
    func syncDirectory(_ path: FilePath) throws(StorageError) { try disk.syncDirectory(path) }
    func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock {
        try disk.lock(path, holder: holder)
    }
    func isLocked(_ path: FilePath) throws(StorageError) -> Bool { try disk.isLocked(path) }
}
