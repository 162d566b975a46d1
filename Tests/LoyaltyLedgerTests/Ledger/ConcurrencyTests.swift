import EventLog
import Foundation
import LoyaltyLedger
import Synchronization
import Testing

@Suite struct ConcurrencyTests {
    @Test func manyTasksLoseNothing() async throws {
        let shop = try await Shop()
        try await shop.run(.addStamps(1), on: "C-0")
        let ledger = shop.ledger
        let commands = 400
        try await withThrowingTaskGroup(of: ClosedRange<UInt64>.self) { group in
            for number in 0..<commands {
                group.addTask {
                    let command = CardCommand(.addStamps(1), on: CardID("C-\(number % 7)")!, at: Shop.noon)
                    let request = CommandRequest(
                        command,
                        id: .opaque(high: 9, low: UInt64(number)),
                        issuing: CardIssue()
                    )
                    return try (try await ledger.execute([request]))[0].get().positions
                }
            }
            var seen = Set<UInt64>()
            for try await positions in group { #expect(positions.allSatisfy { seen.insert($0).inserted }) }
        }
        let stamps = ledger.cards.reduce(0) { $0 + Int($1.state.stampsEarned.rawValue) }
        #expect(stamps == commands + 1)
        #expect(try await ledger.replay().isEqual)
    }

    @Test func concurrentCommandsShareASync() async throws {
        let disk = CountingStorage()
        let options = LedgerOptions(storage: disk, segmentCapacity: 1 << 20)
        let shop = try await Shop(options: options)
        try await shop.run(.addStamps(1))
        let ledger = shop.ledger
        let before = disk.syncs
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<512 {
                group.addTask {
                    let command = CardCommand(.addStamps(1), on: CardID("C-1")!, at: Shop.noon)
                    _ = try await ledger.execute(command, id: .opaque(high: 3, low: UInt64(number)))
                }
            }
            try await group.waitForAll()
        }
        #expect(disk.syncs - before < 256, "512 commands took \(disk.syncs - before) syncs")
    }

    @Test func aCancelledTaskIsNotRecordedTwice() async throws {
        let shop = try await Shop()
        try await shop.run(.addStamps(1))
        let ledger = shop.ledger
        let command = CardCommand(.addStamps(1), on: shop.card(), at: Shop.noon)
        let id = shop.id()
        let task = Task { try await ledger.execute(command, id: id) }
        task.cancel()
        let wasAnswered = (try? await task.value) != nil
        let retried = try await ledger.execute(command, id: id)
        // Cancelled in time: the retry is the first. Too late: the retry finds the first.
        #expect(retried.isRepeat == wasAnswered)
        #expect(try shop.state().balance == 2)
    }

    @Test func aSecondWriterIsTurnedAwayAndReadersAreNot() async throws {
        let shop = try await Shop()
        try await shop.run(.addStamps(4))
        do {
            _ = try await shop.other(.readWrite)
            Issue.record("two writers")
        } catch let error as LedgerError {
            #expect(error.log?.code == .locked)
            #expect(error.description.contains("\(ProcessInfo.processInfo.processIdentifier)"))
        }
        try await Task.sleep(for: .milliseconds(100))
        let reader = try await shop.other(.readOnly)
        #expect(reader.card(shop.card())?.state.balance == 4)
        do {
            _ = try await reader.execute(CardCommand(.addStamps(1), on: shop.card(), at: Shop.noon), id: shop.id())
            Issue.record("a reader wrote")
        } catch let error as LedgerError {
            #expect(error.code == .readOnly)
        }
        try await shop.run(.addStamps(1))
        #expect(try shop.state().balance == 5)
    }

    @Test func aClosedLedgerTakesNothingMore() async throws {
        let shop = try await Shop()
        try await shop.run(.addStamps(1))
        try await shop.ledger.close()
        try await shop.ledger.close()
        do {
            try await shop.run(.addStamps(1))
            Issue.record("a closed ledger took a command")
        } catch let error as LedgerError {
            #expect(error.code == .closed)
        }
        #expect(try shop.state().balance == 1)
    }
}
