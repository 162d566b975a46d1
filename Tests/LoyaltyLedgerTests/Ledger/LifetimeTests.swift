import EventLog
import Foundation
import LoyaltyLedger
import Testing

@Suite struct LifetimeTests {
    /// A service that drops its ledger without closing it could once never open it again: the lock lived as long as the process.
    @Test func aDroppedLedgerGivesItsLockBack() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("dropped-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            let ledger = try await Ledger.create(at: path, program: Shop.program())
            #expect(ledger.summary.cards == 0)
        }
        var reopened: Ledger?
        for _ in 0..<100 where reopened == nil {
            reopened = try? await Ledger.open(at: path)
            if reopened == nil { try await Task.sleep(for: .milliseconds(20)) }
        }
        try await #require(reopened).close()
    }

    @Test func aFileIsNoLedger() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("file-\(UUID().uuidString)").path
        try Data("not a ledger".utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        for access in [LedgerOptions.Access.readWrite, .readOnly] {
            do {
                _ = try await Ledger.open(at: path, options: LedgerOptions(access: access))
                Issue.record("opened a file")
            } catch let error as LedgerError {
                #expect(error.log?.code == .notALog)
            }
        }
    }

    @Test func aLedgerNeedsAParentAndAName() async throws {
        for path in ["", "/nowhere-at-all/shop.ledger"] {
            do {
                _ = try await Ledger.create(at: path, program: Shop.program())
                Issue.record("created \(path)")
            } catch let error as LedgerError {
                #expect(error.code == .badPath)
            }
        }
    }

    @Test func aCardIsNotIssuedInTheFuture() async throws {
        let shop = try await Shop(clock: .manual)
        let later = Shop.noon.advanced(byMilliseconds: 600_001)
        do {
            try await shop.run(.addStamps(1), at: later, recordedAt: Shop.noon)
            Issue.record("issued in the future")
        } catch CommandError.occurredInFuture {
            #expect(shop.ledger.summary.cards == 0)
        }
    }
}
