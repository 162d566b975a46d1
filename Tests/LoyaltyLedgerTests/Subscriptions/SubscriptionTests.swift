import EventLog
import Foundation
import LoyaltyLedger
import SystemPackage
import Testing

/// A subscriber sees every committed event, in order, once.
@Suite struct SubscriptionTests {
    private func positions(_ events: EventSubscription) async throws -> [UInt64] {
        var positions: [UInt64] = []
        for try await event in events { positions.append(event.position) }
        return positions
    }

    @Test("what is there comes whole, cards and ledger, with what a history says of it")
    func whole() async throws {
        let shop = try await BusyShop(seed: 3)
        try await shop.record(400)
        let ledger = try await shop.open(access: .readOnly)
        var histories: [UInt64: HistoryEntry] = [:]
        histories = try await ledger.foldHistory(into: histories) { $0[$1.entry.position] = $1.entry }
        var (next, cards): (UInt64, Int) = (1, 0)
        for try await event in ledger.events(following: false) {
            #expect(event.position == next)
            next += 1
            guard case .card(let fact) = event.fact else { continue }
            let entry = try #require(histories[event.position])
            #expect(fact.event == entry.event && fact.texts == entry.texts && fact.source == entry.source)
            #expect(event.commandID == entry.commandID && event.recordedAt == entry.recordedAt)
            cards += 1
        }
        #expect(next == ledger.summary.events + 1 && cards == histories.count)
    }

    @Test("catch-up, then live, beside concurrent writers: no gap and no repeat", arguments: [1, 2, 3] as [UInt64])
    func live(seed: UInt64) async throws {
        let shop = try await Shop()
        let (ledger, till) = (shop.ledger, BusyTill(ledger: shop.ledger, seed: seed))
        try await till.stamp(tasks: 2, times: 20)
        let begins = [0, 1, ledger.summary.events / 2, ledger.summary.events]
        let seen = try await withThrowingTaskGroup(of: (UInt64, [UInt64]).self) { group in
            for position in begins {
                group.addTask { (position, try await positions(ledger.events(after: position))) }
            }
            try await till.stamp(tasks: 4, times: 25, series: 1)
            try await ledger.close()
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for position in begins {
            let isWhole = seen[position] == Array(position + 1...ledger.summary.events)
            #expect(isWhole, "seed \(seed), after \(position)")
        }
    }

    @Test("a ledger that is only read follows one that is written, across segments", arguments: [4, 5] as [UInt64])
    func besideAWriter(seed: UInt64) async throws {
        let shop = try await Shop()
        let till = BusyTill(ledger: shop.ledger, seed: seed)
        try await till.stamp(tasks: 2, times: 10)
        try await Task.sleep(for: .milliseconds(60))
        let reader = try await shop.other(.readOnly)
        let last = try await withThrowingTaskGroup(of: [UInt64].self) { group in
            group.addTask {
                var seen: [UInt64] = []
                for try await event in reader.events() {
                    seen.append(event.position)
                    guard case .card(let fact) = event.fact, fact.texts.internalNote == "last" else { continue }
                    if event.isLastOfCommand { break }
                }
                return seen
            }
            for series in 1...4 {
                try await till.stamp(tasks: 3, times: 30, series: UInt64(series))
                try await Task.sleep(for: .milliseconds(15 * series))
            }
            try await shop.run(.addStamps(1), context: CommandContext(internalNote: "last"))
            return try await group.next() ?? []
        }
        let isWhole = last == Array(1...shop.ledger.summary.events)
        #expect(isWhole, "seed \(seed): \(last.count) of \(shop.ledger.summary.events)")
        #expect(try await Ledger.describe(at: shop.path).segments.count > 1)
    }

    @Test("not following, it ends where the ledger ended when it was asked for")
    func once() async throws {
        let shop = try await Shop()
        try await shop.run(.addStamps(1))
        let events = shop.ledger.events(after: 2, following: false)
        let last = shop.ledger.summary.events
        try await shop.run(.addStamps(1))
        #expect(try await positions(events) == Array(3...last))
        #expect(try await positions(shop.ledger.events(after: last + 1, following: false)).isEmpty)
    }

    @Test("a cancelled subscriber ends, while it waits too")
    func cancelled() async throws {
        let shop = try await Shop()
        try await shop.run(.addStamps(1))
        for access in [LedgerOptions.Access.readWrite, .readOnly] {
            let ledger = access == .readOnly ? try await shop.other(.readOnly) : shop.ledger
            let (seen, notes) = AsyncStream<UInt64>.makeStream()
            let task = Task {
                for try await event in ledger.events() { notes.yield(event.position) }
                notes.finish()
            }
            let last = ledger.summary.events
            for await position in seen where position == last { break }
            task.cancel()
            try await task.value
        }
    }

    @Test("damage is an error with file and offset, behind everything that is good")
    func damage() async throws {
        let shop = try await BusyShop(seed: 7)
        try await shop.record(2600)
        let names = try FileManager.default.contentsOfDirectory(atPath: shop.path + "/log")
            .filter { $0.hasSuffix(".segment") }.sorted()
        #expect(names.count > 2)
        let file = URL(fileURLWithPath: shop.path + "/log/" + names[1])
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 0x10
        try bytes.write(to: file)
        let ledger = try await shop.open()
        var (seen, failure): ([UInt64], LedgerError?) = ([], nil)
        do throws(LedgerError) {
            for try await event in ledger.events() { seen.append(event.position) }
        } catch {
            failure = error
        }
        let log = try #require(failure?.log)
        #expect(log.code == .corrupt && log.file?.lastComponent?.string == names[1] && log.offset != nil)
        #expect(
            seen == Array(1...UInt64(seen.count)) && UInt64(seen.count) + 1 >= UInt64(names[1].prefix(16), radix: 16)!
        )
        try await ledger.close()
    }

    @Test("a position behind the end is an error, and no wait for events of another history", arguments: [true, false])
    func beyondTheEnd(isReader: Bool) async throws {
        let shop = try await Shop()
        try await shop.run(.addStamps(1))
        let ledger = isReader ? try await shop.other(.readOnly) : shop.ledger
        do throws(LedgerError) {
            for try await _ in ledger.events(after: 900) {}
            Issue.record("it ended")
        } catch {
            #expect(error.code == .beyondEnd && error.position == 900)
        }
    }

    @Test("a log that is put back from a backup while it is followed is an error")
    func replaced() async throws {
        let shop = try await BusyShop(seed: 8)
        try await shop.record(60)
        let copy = try shop.copy()
        try await shop.record(60)
        let reader = try await shop.open(access: .readOnly)
        var iterator = reader.events().makeAsyncIterator()
        for _ in 0..<reader.summary.events { _ = try await iterator.next() }
        try FileManager.default.removeItem(atPath: shop.path + "/log")
        try FileManager.default.copyItem(atPath: copy.path + "/log", toPath: shop.path + "/log")
        // Batches of another size are another history.
        try await copy.record(400)
        for name in ["log", "MANIFEST"] {
            try FileManager.default.removeItem(atPath: shop.path + "/" + name)
            try FileManager.default.copyItem(atPath: copy.path + "/" + name, toPath: shop.path + "/" + name)
        }
        do throws(LedgerError) {
            let event = try await iterator.next()
            Issue.record("position \(event?.position ?? 0) of another history")
        } catch {
            #expect(error.log?.code == .corrupt, "\(error)")
        }
    }

    @Test("blocks are read when they are asked for, and no more than fit")
    func isLazy() async throws {
        let disk = CountingStorage()
        let shop = try await Shop(options: LedgerOptions(storage: disk, segmentCapacity: 1 << 20))
        try await BusyTill(ledger: shop.ledger, seed: 1).stamp(tasks: 1, times: 400)
        var iterator = shop.ledger.events().makeAsyncIterator()
        _ = try await iterator.next()
        let before = disk.reads
        try await Task.sleep(for: .milliseconds(50))
        #expect(disk.reads == before)
        var count = 1
        while !iterator.isDrained {
            _ = try await iterator.next()
            count += 1
        }
        // 64 blocks at most, each of one batch here.
        #expect(count < Int(shop.ledger.summary.events) / 2 && disk.reads == before)
        _ = try await iterator.next()
        #expect(disk.reads > before)
    }
}
