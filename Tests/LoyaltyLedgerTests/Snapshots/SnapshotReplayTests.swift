import Foundation
import LogFormat
import Projections
import Snapshots
import Testing

@testable import LoyaltyLedger

@Suite struct SnapshotReplayTests {
    @Test func comparesEverySnapshot() async throws {
        let shop = try await BusyShop(seed: 31)
        try await shop.record(200)
        try await shop.record(200)
        try await shop.record(40, snapshots: .never)
        let ledger = try await shop.open()
        let report = try await ledger.replay()
        #expect(report.isEqual)
        #expect(report.snapshots.map(\.position) == shop.positions.reversed())
        #expect(report.snapshots.allSatisfy { $0.digest == $0.replayedDigest && $0.isEqual })
        #expect(report.snapshots.last?.digest != report.digest)
        #expect(report.snapshotProblems.isEmpty)
        try await ledger.close()
    }

    @Test func aBadOneIsReportedAndNoDifference() async throws {
        let shop = try await BusyShop(seed: 32)
        let other = try await BusyShop(seed: 33)
        try await other.record(240)
        try await shop.record(200)
        try shop.take(from: other)
        try shop.damage(shop.positions[1])
        let ledger = try await shop.open()
        let report = try await ledger.replay()
        #expect(report.isEqual)
        #expect(report.snapshots.isEmpty)
        #expect(Set(report.snapshotProblems.map(\.reason)) == [.damaged, .foreign])
        try await ledger.close()
    }

    /// All checksums right, bound to the right place, and yet not what the log says.
    @Test(arguments: Lie.allCases)
    func aWrongOneIsADifference(_ lie: Lie) async throws {
        let shop = try await BusyShop(seed: 34)
        try await shop.record(200)
        let position = try #require(shop.positions.first)
        let found = shop.store.newest(
            matching: try logID(shop),
            foldVersion: LedgerState.foldVersion,
            chainHashAt: { _ in ChainHash.zero }
        )
        #expect(found.passedOver.map(\.reason) == [.otherHistory])
        let ledger = try await shop.open()
        let reader = try ledger.makeReader()
        var state = ledger.state.copy
        lie.tell(&state)
        let binding = SnapshotBinding(
            logID: reader.logID,
            position: Position(rawValue: position),
            chainHash: reader.head.chainHash,
            foldVersion: LedgerState.foldVersion,
            recordedAt: state.recordedAt.milliseconds,
            greatestEffectiveAt: state.greatestEffectiveAt.milliseconds
        )
        try shop.store.write(state.encoded(), binding)
        let report = try await ledger.replay()
        #expect(!report.isEqual)
        #expect(report.digest == report.liveDigest)
        #expect(report.snapshots.first?.isEqual == false)
        #expect(report.snapshots.first?.differences.isEmpty == false)
        try await ledger.close()
    }

    private func logID(_ shop: BusyShop) throws -> LogID {
        let bytes = [UInt8](try Data(contentsOf: shop.file(try #require(shop.positions.first))))
        return try #require(LogID(Array(bytes[16..<32])))
    }

    /// What a wrong snapshot may say.
    enum Lie: CaseIterable {
        case card
        case command
        case refusals
        case attribution

        func tell(_ state: inout LedgerState) {
            switch self {
            case .card: state.cards[CardNumber(1)] = CardState(issuedAt: .epoch, program: ProgramNumber(0))
            case .command: state.commands.insert(.opaque(high: 4, low: 4), at: 3)
            case .refusals: state.refusals += 1
            case .attribution: state.attributions.append(Attribution(staff: Label("nobody")))
            }
        }
    }
}
