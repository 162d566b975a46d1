import Foundation
import LoyaltyLedger
import Snapshots
import Testing

/// A subscriber goes on where it left off.
@Suite struct SubscriberCheckpointTests {
    private func file(_ shop: BusyShop, _ name: String = "mailer") -> URL {
        URL(fileURLWithPath: shop.path + "/projections/\(name).subscriber")
    }

    @Test("stopped at any moment, it sees each event at least once", arguments: [1, 2, 3] as [UInt64])
    func atLeastOnce(seed: UInt64) async throws {
        let shop = try await Shop()
        var random = SplitMix(state: seed)
        var seen: [UInt64: Int] = [:]
        var last: UInt64 = 0
        for life in 1...8 {
            let (ledger, saves) = (shop.ledger, Int.random(in: 1...9, using: &random))
            let till = BusyTill(ledger: ledger, seed: seed)
            let subscriber = Task {
                let checkpoint = try await ledger.checkpoint(named: "mailer")
                var seen: [UInt64] = []
                for try await event in ledger.events(after: checkpoint.position) {
                    seen.append(event.position)
                    if event.position % UInt64(saves) == 0 { try await checkpoint.save(event.position) }
                }
                return (checkpoint.position, seen)
            }
            try await till.stamp(tasks: 2, times: Int.random(in: 1...12, using: &random), series: UInt64(life))
            if Bool.random(using: &random) { try await Task.sleep(for: .milliseconds(20)) }
            subscriber.cancel()
            let (saved, positions) = try await subscriber.value
            if let first = positions.first { #expect(first <= last + 1, "seed \(seed): \(first) after \(last)") }
            for position in positions { seen[position, default: 0] += 1 }
            last = max(saved, last)
            if life % 3 == 0 { try await shop.reopen() }
        }
        let ledger = shop.ledger
        for try await event in ledger.events(after: last, following: false) { seen[event.position, default: 0] += 1 }
        #expect(Set(seen.keys) == Set(1...ledger.summary.events), "seed \(seed)")
    }

    /// A sum and the position it stands for, in one file that is replaced whole.
    private struct Output: Codable, Equatable {
        var position: UInt64 = 0
        var events = 0
        var spent: Int64 = 0

        mutating func add(_ event: RecordedEvent) {
            position = event.position
            events += 1
            if case .card(let fact) = event.fact, case .purchaseRecorded(let amount, _) = fact.event.event {
                spent += amount.rawValue
            }
        }
    }

    @Test("with its position in the same place as its output, exactly once", arguments: [1, 2, 3] as [UInt64])
    func exactlyOnce(seed: UInt64) async throws {
        let shop = try await Shop()
        let till = BusyTill(ledger: shop.ledger, seed: seed)
        let file = URL(fileURLWithPath: shop.path + ".output")
        defer { try? FileManager.default.removeItem(at: file) }
        func read() throws -> Output {
            guard FileManager.default.fileExists(atPath: file.path) else { return Output() }
            return try JSONDecoder().decode(Output.self, from: Data(contentsOf: file))
        }
        var random = SplitMix(state: seed)
        for life in 1...8 {
            let (ledger, start, step) = (shop.ledger, try read(), Int.random(in: 1...9, using: &random))
            let subscriber = Task {
                var output = start
                for try await event in ledger.events(after: start.position) {
                    output.add(event)
                    // What was added since the last replacement is lost with this task, position and sum alike.
                    if output.events % step == 0 { try JSONEncoder().encode(output).write(to: file, options: .atomic) }
                }
            }
            try await till.stamp(tasks: 2, times: Int.random(in: 1...12, using: &random), series: UInt64(life))
            subscriber.cancel()
            try await subscriber.value
        }
        var (output, whole) = (try read(), Output())
        for try await event in shop.ledger.events(after: output.position, following: false) { output.add(event) }
        for try await event in shop.ledger.events(following: false) { whole.add(event) }
        #expect(output == whole && whole.events == Int(shop.ledger.summary.events), "seed \(seed)")
    }

    @Test("damaged in any byte, it begins again, and says why")
    func damaged() async throws {
        let shop = try await BusyShop(seed: 1)
        try await shop.record(40)
        let ledger = try await shop.open()
        try await ledger.checkpoint(named: "mailer").save(9)
        #expect(try await ledger.checkpoint(named: "mailer").position == 9)
        let good = try Data(contentsOf: file(shop))
        for index in good.indices {
            var bad = good
            bad[index] ^= 1 << UInt8(index % 8)
            try bad.write(to: file(shop))
            let checkpoint = try await ledger.checkpoint(named: "mailer")
            #expect(checkpoint.position == 0 && checkpoint.problem?.reason == .damaged, "byte \(index)")
        }
        for count in [0, 1, good.count - 1] {
            try good.prefix(count).write(to: file(shop))
            #expect(try await ledger.checkpoint(named: "mailer").problem?.reason == .damaged)
        }
        try good.write(to: file(shop))
        #expect(try await ledger.checkpoint(named: "mailer").position == 9)
        try await ledger.close()
    }

    @Test("of another ledger, of another name, or of a history that is gone, it begins again")
    func foreign() async throws {
        let (shop, other) = (try await BusyShop(seed: 1), try await BusyShop(seed: 2))
        try await shop.record(40)
        let copy = try shop.copy()
        try await shop.record(40)
        try await other.record(40)
        func checkpoint(_ shop: BusyShop, _ name: String = "mailer") async throws -> SubscriberCheckpoint {
            let ledger = try await shop.open(access: .readOnly)
            return try await ledger.checkpoint(named: name)
        }
        let end = try await shop.open(access: .readOnly).summary.events
        try await checkpoint(shop).save(end)
        for (target, name, reason) in [
            (other, "mailer", CheckpointProblem.Reason.foreign), (shop, "printer", .damaged),
            (copy, "mailer", .otherHistory),
        ] {
            try FileManager.default.createDirectory(
                at: file(target).deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            if target !== shop || name != "mailer" {
                try Data(contentsOf: file(shop)).write(to: file(target, name))
            }
            let found = try await checkpoint(target, name)
            #expect(found.position == 0 && found.problem?.reason == reason, "\(String(describing: found.problem))")
        }
        #expect(try await checkpoint(shop).position == end)
    }

    @Test("a name that is none, or a position without an event, is refused")
    func refused() async throws {
        let shop = try await Shop()
        for name in ["", "Mailer", "a/b", "..", String(repeating: "a", count: 65)] {
            do throws(LedgerError) {
                _ = try await shop.ledger.checkpoint(named: name)
                Issue.record("\(name) is a name")
            } catch {
                #expect(error.code == .badProjection)
            }
        }
        let checkpoint = try await shop.ledger.checkpoint(named: "a-1")
        do throws(LedgerError) {
            try await checkpoint.save(900)
            Issue.record("it was saved")
        } catch {
            #expect(error.code == .beyondEnd && checkpoint.position == 0)
        }
    }
}
