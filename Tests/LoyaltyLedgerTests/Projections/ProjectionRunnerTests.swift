import Foundation
import LoyaltyLedger
import Testing

/// A projection beside the writer.
@Suite struct ProjectionRunnerTests {
    /// Runs a runner while something else is done.
    private func run<P: Projection>(
        _ runner: ProjectionRunner<P>,
        while body: () async throws -> Void
    ) async throws {
        let task = Task { try await runner.run() }
        do {
            try await body()
        } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        try await task.value
    }

    @Test("it catches up, follows, and goes on from its checkpoint", arguments: [1, 2] as [UInt64])
    func follows(seed: UInt64) async throws {
        let shop = try await Shop()
        let (ledger, till) = (shop.ledger, BusyTill(ledger: shop.ledger, seed: seed))
        var random = SplitMix(state: seed)
        for life in 1...4 {
            let runner = try ledger.runner(Trace())
            try await run(runner) {
                try await till.stamp(tasks: 2, times: Int.random(in: 1...20, using: &random), series: UInt64(life))
                if life % 2 == 0 { try await runner.reaches(ledger.summary.events) }
            }
            let positions = try runner.state.positions
            #expect(positions == Array(1...runner.standing.position), "seed \(seed), life \(life)")
        }
        let files = try await ledger.checkpoints()
        #expect(files.map(\.name) == ["trace"] && files[0].behind == 0, "\(files)")
        let runner = try ledger.runner(Trace())
        try await run(runner) { try await runner.reaches(ledger.summary.events) }
        #expect(try runner.state == (try await ledger.project(Trace())))
        try await ledger.close()
    }

    @Test("in a process that only reads, it follows what another writes")
    func besideAWriter() async throws {
        let shop = try await Shop()
        let till = BusyTill(ledger: shop.ledger, seed: 3)
        try await till.stamp(tasks: 1, times: 5)
        try await Task.sleep(for: .milliseconds(60))
        let reader = try await shop.other(.readOnly)
        let runner = try reader.runner(Footfall())
        try await run(runner) {
            try await till.stamp(tasks: 2, times: 40, series: 1)
            try await runner.reaches(shop.ledger.summary.events)
        }
        #expect(try runner.state == (try await shop.ledger.project(Footfall())))
        #expect(runner.standing.checkpointFailure == nil)
        #expect(try await shop.ledger.checkpoints().first?.behind == 0)
    }

    @Test("a changed version is built beside the old one, which answers until then", arguments: [1, 2, 3] as [UInt64])
    func rebuild(seed: UInt64) async throws {
        let shop = try await Shop()
        let (ledger, till) = (shop.ledger, BusyTill(ledger: shop.ledger, seed: seed))
        try await till.stamp(tasks: 4, times: 60)
        let old = try ledger.runner(Footfall())
        try await run(old) { try await old.reaches(ledger.summary.events) }
        let before = old.standing.position

        let runner = try ledger.runner(WiderFootfall(), replacing: Footfall())
        let watcher = Task {
            var (position, versions): (UInt64, [UInt32]) = (0, [])
            while !Task.isCancelled {
                let standing = runner.standing
                // Once it has begun, nobody is ever shown less than before, whichever version answers.
                #expect(standing.position >= position && standing.failure == nil)
                position = standing.position
                if versions.last != standing.version { versions.append(standing.version) }
                await Task.yield()
            }
            return versions
        }
        try await run(runner) {
            try await till.stamp(tasks: 4, times: 40, series: 1)
            try await runner.reaches(ledger.summary.events)
            while runner.standing.version == 1 { await Task.yield() }
        }
        watcher.cancel()
        #expect(await watcher.value == [1, 2], "seed \(seed)")
        #expect(runner.standing.position > before)
        #expect(try runner.state == (try await ledger.project(WiderFootfall())))
        // The old version's checkpoint went with it.
        #expect(try await ledger.checkpoints().map(\.version) == [2])
        try await ledger.close()
    }

    @Test("without anything to answer from, the new version answers at once")
    func firstVersion() async throws {
        let shop = try await Shop()
        try await shop.run(.addStamps(1))
        let runner = try shop.ledger.runner(WiderFootfall(), replacing: Footfall())
        try await run(runner) {
            try await runner.reaches(shop.ledger.summary.events)
            while runner.standing.version == 1 { await Task.yield() }
        }
        #expect(runner.building.position == shop.ledger.summary.events)
    }

    @Test("what it refuses stops it loudly at the last good position, and nothing else")
    func refuses() async throws {
        let shop = try await Shop()
        try await BusyTill(ledger: shop.ledger, seed: 1).stamp(tasks: 2, times: 10)
        let runner = try shop.ledger.runner(Trace(stop: 12))
        do throws(LedgerError) {
            try await runner.run()
            Issue.record("it ended")
        } catch {
            #expect(error.code == .foldStopped && error.position == 12)
        }
        #expect(runner.standing.position == 11 && runner.standing.state.positions == Array(1...11))
        #expect(throws: LedgerError.self) { try runner.state }
        await #expect(throws: LedgerError.self) { try await runner.reaches(12) }
        try await shop.run(.addStamps(1))
    }

    @Test("closing the ledger ends it, with everything folded and saved")
    func closes() async throws {
        let shop = try await Shop()
        let runner = try shop.ledger.runner(Trace())
        let task = Task { try await runner.run() }
        try await BusyTill(ledger: shop.ledger, seed: 1).stamp(tasks: 2, times: 10)
        try await shop.ledger.close()
        try await task.value
        #expect(try runner.state.positions == Array(1...shop.ledger.summary.events))
        #expect(try await shop.other(.readOnly).checkpoints().map(\.behind) == [0])
    }
}
