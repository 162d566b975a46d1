import Foundation
import LoyaltyLedger
import Testing

/// A projection that the ledger was opened with says what a replay says, before the receipt.
@Suite struct InlineProjectionTests {
    private func open(
        _ shop: BusyShop,
        _ projections: [any Projection],
        _ policy: SnapshotPolicy = .never,
        access: LedgerOptions.Access = .readWrite
    ) async throws -> Ledger {
        var options = BusyShop.options(policy, access: access)
        options.projections = projections
        return try await Ledger.open(at: shop.path, options: options)
    }

    @Test("after every batch it equals a replay from the first byte", arguments: [1, 2] as [UInt64])
    func equalsAReplay(seed: UInt64) async throws {
        let shop = try await BusyShop(seed: seed)
        try await shop.record(100)
        let ledger = try await open(shop, [Footfall(), Trace(), Counted()])
        for _ in 0..<5 {
            try await shop.record(20, in: ledger)
            #expect(try ledger.state(of: Footfall()) == (try await ledger.project(Footfall())))
            #expect(try ledger.state(of: Trace()) == (try await ledger.project(Trace())))
            #expect(try ledger.state(of: Trace()).positions == Array(1...ledger.summary.events))
            #expect(try ledger.state(of: Trace()).textBytes > 0)
            #expect(try ledger.standing(of: Counted()).state.events == ledger.summary.events)
        }
        try await ledger.close()
        let reader = try await open(shop, [Footfall()], access: .readOnly)
        #expect(try reader.state(of: Footfall()) == (try await reader.project(Footfall())))
    }

    @Test("it has every command that was answered")
    func beforeTheReceipt() async throws {
        let shop = try await Shop(options: LedgerOptions(segmentCapacity: 64 << 10))
        try await shop.ledger.close()
        var options = shop.options
        options.projections = [Trace()]
        let ledger = try await Ledger.open(at: shop.path, options: options)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                group.addTask {
                    let command = CardCommand(.addStamps(1), on: try #require(CardID("C-\(number % 7)")), at: Shop.noon)
                    let request = CommandRequest(
                        command,
                        id: .opaque(high: 9, low: UInt64(number)),
                        issuing: CardIssue()
                    )
                    let receipt = try #require(try await ledger.execute([request]).first).get()
                    #expect(try ledger.standing(of: Trace()).position >= receipt.positions.upperBound)
                }
            }
            try await group.waitForAll()
        }
        try await ledger.close()
    }

    @Test("a checkpoint is taken up when the ledger is opened, and is only a matter of time")
    func checkpoints() async throws {
        let shop = try await BusyShop(seed: 5)
        try await shop.record(60)
        var ledger = try await open(shop, [Footfall(), Trace(), Counted()], .onClose)
        try await shop.record(40, in: ledger)
        let position = ledger.summary.events
        try await ledger.close()
        #expect(try await shop.open(access: .readOnly).checkpoints().map(\.position) == [position, position, position])

        // Bytes that say something else are believed only with their checksums.
        let files = try FileManager.default.contentsOfDirectory(atPath: shop.path + "/projections").sorted()
        #expect(files == ["counted.1.projection", "footfall.1.projection", "trace.1.projection"])
        for file in files {
            let url = URL(fileURLWithPath: shop.path + "/projections/" + file)
            let good = try Data(contentsOf: url)
            for index in stride(from: 0, to: good.count, by: 37) {
                var bad = good
                bad[index] ^= 4
                try bad.write(to: url)
                let reader = try await open(shop, [Footfall(), Trace(), Counted()], access: .readOnly)
                #expect(try reader.state(of: Trace()).positions == Array(1...position), "\(file), byte \(index)")
                #expect(try reader.state(of: Footfall()) == (try await reader.project(Footfall())))
                #expect(try reader.state(of: Counted()).events == position)
            }
            try good.write(to: url)
        }
        ledger = try await open(shop, [WiderFootfall(), Trace()], .onClose)
        try await shop.record(20, in: ledger)
        #expect(try ledger.state(of: WiderFootfall()) == (try await ledger.project(WiderFootfall())))
        #expect(try ledger.state(of: Trace()).positions == Array(1...ledger.summary.events))
        try await ledger.close()
    }

    @Test("one that refuses an event stands still there, and the others and the commands go on")
    func stops() async throws {
        let shop = try await BusyShop(seed: 6)
        try await shop.record(20)
        let stop = try await shop.open(access: .readOnly).summary.events + 7
        let ledger = try await open(shop, [Trace(stop: stop), Footfall()], .onClose)
        try await shop.record(40, in: ledger)
        do throws(LedgerError) {
            _ = try ledger.state(of: Trace(stop: stop))
            Issue.record("it has a state")
        } catch {
            #expect(error.code == .foldStopped && error.position == stop)
            #expect(error.description.contains("trace"))
        }
        let standing = try ledger.standing(of: Trace(stop: stop))
        #expect(standing.position == stop - 1 && standing.state.positions == Array(1..<stop))
        #expect(try ledger.state(of: Footfall()) == (try await ledger.project(Footfall())))
        try await ledger.close()
        // Its checkpoint is at the last good event, and from there it goes on once it may.
        let mended = try await open(shop, [Trace()])
        #expect(try mended.state(of: Trace()).positions == Array(1...mended.summary.events))
        try await mended.close()
    }

    @Test("names are unique and plain, and only what was registered can be asked")
    func registered() async throws {
        let shop = try await BusyShop(seed: 1)
        for projections in [[Trace(), Trace(version: 2)], [Trace(name: "Trace")]] {
            do {
                _ = try await open(shop, projections)
                Issue.record("it opened")
            } catch let error as LedgerError {
                #expect(error.code == .badProjection)
            }
        }
        let ledger = try await open(shop, [Trace()])
        for wanted in [Trace(name: "other"), Trace(version: 2)] {
            do throws(LedgerError) {
                _ = try ledger.state(of: wanted)
                Issue.record("it answers")
            } catch {
                #expect(error.code == .badProjection)
            }
        }
        try await ledger.close()
    }
}
