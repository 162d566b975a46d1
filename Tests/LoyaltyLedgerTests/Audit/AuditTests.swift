import Foundation
import LogFormat
import Snapshots
import Testing

@testable import LoyaltyLedger

/// Every byte, every event, and everything in use: on two threads, and over interruptions (I6, DESIGN.md 7.8).
@Suite struct AuditTests {
    private static let kept = SnapshotPolicy(
        eventsBeforeClose: 1,
        eventsWhileRunning: nil,
        kept: SnapshotRetention(newest: 9, days: 0, weeks: 0, months: 0)
    )

    /// A shop of some segments and four snapshots.
    private func filled(seed: UInt64) async throws -> BusyShop {
        let shop = try await BusyShop(seed: seed)
        for _ in 0..<4 { try await shop.record(500, snapshots: Self.kept) }
        try await shop.record(40, snapshots: .never)
        return shop
    }

    private func segments(of shop: BusyShop) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: shop.path + "/log").filter { $0.hasSuffix(".segment") }
            .sorted()
    }

    private func checkpoints(of shop: BusyShop) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: shop.path + "/audit")) ?? []
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>)
    func twoThreadsGiveWhatOneGives(seed: UInt64) async throws {
        let shop = try await filled(seed: seed)
        let ledger = try await shop.open()
        let replay = try await ledger.replay()
        let audit = try await ledger.audit()
        #expect(audit.isClean, "SEED=\(seed)")
        #expect(audit.replay?.digest == replay.digest && replay.digest == replay.liveDigest)
        #expect(audit.replay?.events == ledger.summary.events)
        #expect(audit.replay?.snapshots.map(\.position) == shop.positions.reversed())
        #expect(audit.replay?.snapshots.allSatisfy(\.isEqual) == true)
        #expect(audit.verification == (try await ledger.verify()))
        #expect(audit.resumedAt == nil && audit.checkpointFailure == nil)
        #expect(checkpoints(of: shop).isEmpty)
        // Beside its own writer too, whose last batch is not promised yet.
        try await shop.record(20, in: ledger)
        #expect(try await ledger.audit().isClean)
        try await ledger.close()
    }

    /// Interrupted when it comes to its third segment; afterwards everything is as if it had never been.
    private func interrupted(_ shop: BusyShop) async throws {
        let storage = CancellingStorage()
        var options = BusyShop.options(.never, access: .readOnly)
        options.storage = storage
        let ledger = try await Ledger.open(at: shop.path, options: options)
        let task = Task { try await ledger.audit(AuditOptions(interval: .zero)) }
        // First its size is asked for.
        storage.whenOpened(try segments(of: shop)[2], times: 2) { task.cancel() }
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        try #require(checkpoints(of: shop).count == 1)
    }

    @Test func goesOnWhereItWasInterrupted() async throws {
        let shop = try await filled(seed: 51)
        try #require(try segments(of: shop).count > 2)
        let whole = try await shop.open(access: .readOnly).audit()
        try await interrupted(shop)
        let again = try await shop.open(access: .readOnly).audit()
        let second = try #require(UInt64(try segments(of: shop)[2].prefix(16), radix: 16))
        #expect(again.resumedAt == second - 1)
        #expect(again.isClean)
        #expect(again.replay?.digest == whole.replay?.digest)
        #expect(again.replay?.snapshots == whole.replay?.snapshots)
        #expect(again.verification.damage == nil && again.verification.events == whole.verification.events)
        #expect(again.verification.files.map(\.status) == whole.verification.files.map(\.status))
        #expect(checkpoints(of: shop).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: shop.path + "/audit"))
    }

    @Test func whatItFoundBeforeIsNotForgotten() async throws {
        let shop = try await filled(seed: 52)
        // The first snapshot tells of other cards than the log does, with the right checksums.
        let position = try #require(shop.positions.last)
        let reader = try await shop.open(access: .readOnly)
        let log = try reader.makeReader()
        var state = try shop.store.load(Position(rawValue: position), for: log)
        state.refusals += 1
        let binding = try shop.store.summary(at: Position(rawValue: position)).binding
        let others = shop.positions.dropLast().map { shop.file($0) }
        let bytes = try others.map { try Data(contentsOf: $0) }
        try shop.store.write(state.encoded(), binding)
        for (file, bytes) in zip(others, bytes) { try bytes.write(to: file) }
        try await interrupted(shop)
        let again = try await shop.open(access: .readOnly).audit()
        #expect(again.resumedAt != nil && !again.isClean)
        #expect(again.replay?.snapshots.map(\.isEqual) == [false, true, true, true])
        #expect(again.replay?.digest == again.replay?.liveDigest)
    }

    @Test func aCheckpointThatDoesNotServeIsPassedOver() async throws {
        let shop = try await filled(seed: 53)
        try await interrupted(shop)
        let name = try #require(checkpoints(of: shop).first)
        let other = try await filled(seed: 54)
        try FileManager.default.createDirectory(atPath: other.path + "/audit", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: shop.path + "/audit/" + name, toPath: other.path + "/audit/" + name)
        let foreign = try await other.open(access: .readOnly).audit()
        #expect(foreign.isClean && foreign.resumedAt == nil)

        let file = URL(fileURLWithPath: shop.path + "/audit/" + name)
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
        let damaged = try await shop.open(access: .readOnly).audit()
        #expect(damaged.isClean && damaged.resumedAt == nil)
    }

    @Test func whatRottedMeanwhileIsFoundFromTheStart() async throws {
        let shop = try await filled(seed: 57)
        try await interrupted(shop)
        let file = URL(fileURLWithPath: shop.path + "/log/" + (try segments(of: shop)[0]))
        var bytes = try Data(contentsOf: file)
        bytes[5000] ^= 1
        try bytes.write(to: file)
        let copy = try shop.copy()
        let resumed = try await copy.open(access: .readOnly).audit()
        #expect(resumed.resumedAt != nil && resumed.isClean)
        let whole = try await shop.open(access: .readOnly).audit(AuditOptions(resumes: false))
        #expect(!whole.isClean && whole.replay == nil)
        #expect(whole.verification.files.contains { $0.damage != nil })
    }

    @Test(arguments: [0, 1])
    func damageEndsTheComparisonAndNotTheChecking(segment: Int) async throws {
        let shop = try await filled(seed: 58)
        let file = URL(fileURLWithPath: shop.path + "/log/" + (try segments(of: shop)[segment]))
        var bytes = try Data(contentsOf: file)
        bytes[6000] ^= 1
        try bytes.write(to: file)
        let ledger = try await shop.open(access: .readOnly)
        let audit = try await ledger.audit(AuditOptions(interval: .zero))
        #expect(!audit.isClean && audit.replay == nil)
        #expect(audit.verification == (try await ledger.verify()))
        #expect(checkpoints(of: shop).isEmpty)
    }
}
