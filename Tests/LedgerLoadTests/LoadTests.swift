import EventLog
import Foundation
import LedgerLoad
import LogFormat
import LoyaltyLedger
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// A load is reproducible: the same plan gives the same log and the same rows, wherever and in however many runs.
@Suite struct LoadTests {
    private static let plan = LoadPlan(events: 3000, cards: 200, seed: 7)

    /// A ledger in memory, its load put in, and the rows of it.
    private func run(_ plan: LoadPlan, batch: Int = 256, into disk: MemoryDisk = MemoryDisk()) async throws -> Outcome {
        let path = FileManager.default.temporaryDirectory.appending(path: "rows-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let options = LedgerOptions(storage: disk, snapshots: .never)
        let isThere = disk.exists("/load")
        let ledger =
            isThere
            ? try await Ledger.open(at: "/load", options: options)
            : try await Ledger.create(at: "/load", program: LoadPlan.program, clock: .manual, options: options)
        let rows = try LoadRowFile(at: path)
        var run = try await LoadRun(plan, into: ledger, batch: batch)
        let report = try await run.run(rows: rows)
        try rows.flush()
        let replay = try await ledger.replay()
        try await ledger.close()
        let log = try EventLog.openReadOnly(at: "/load", storage: disk)
        let bytes = try Data(contentsOf: URL(filePath: path))
        return Outcome(report: report, replay: replay, chain: log.makeReader().head.chainHash, rows: Array(bytes))
    }

    private struct Outcome {
        let report: LoadRun.Report
        let replay: ReplayReport
        let chain: ChainHash
        let rows: [UInt8]
    }

    @Test func theSameSeedGivesTheSameLog() async throws {
        let first = try await run(Self.plan)
        let second = try await run(Self.plan)
        #expect(first.chain == second.chain && first.rows == second.rows)
        #expect(first.replay.isEqual, "\(first.replay.differences) \(first.replay.violations)")
        let other = try await run(LoadPlan(events: 3000, cards: 200, seed: 8))
        #expect(other.chain != first.chain && other.rows != first.rows)
    }

    @Test func aRunMadeAgainRecordsNothing() async throws {
        let disk = MemoryDisk()
        let first = try await run(Self.plan, into: disk)
        let again = try await run(Self.plan, into: disk)
        #expect(again.report.repeats == again.report.commands && first.report.repeats == 0)
        #expect(again.chain == first.chain && again.rows == first.rows)
    }

    @Test(arguments: LoadPlan.Identifiers.allCases)
    func hasEveryKindOfWork(identifiers: LoadPlan.Identifiers) async throws {
        let plan = LoadPlan(events: 20_000, cards: 300, seed: 3, identifiers: identifiers)
        let outcome = try await run(plan, batch: 2000)
        var kinds: [UInt8: Int] = [:]
        var (offset, count) = (LoadRowFile.magic.count, 0)
        while offset < outcome.rows.count {
            kinds[outcome.rows[offset + 44], default: 0] += 1
            offset += 48 + Int(outcome.rows[offset + 46]) + Int(outcome.rows[offset + 47]) << 8
            count += 1
        }
        #expect(offset == outcome.rows.count && count == outcome.report.events && count >= plan.events)
        // Issues, purchases, stamps by hand, unlocks, refunds, grants, redemptions, expiries.
        for kind: UInt8 in [1, 4, 6, 9, 10, 13, 15, 17] { #expect((kinds[kind] ?? 0) > 0, "no event of type \(kind)") }
        #expect(kinds[1] == plan.cards)
        #expect(outcome.report.refusals * 1000 < outcome.report.commands, "\(outcome.report)")
    }

    @Test func someCardsComeMuchMoreOftenAndNoneTooOften() async throws {
        var visits: [UInt32: Int] = [:]
        var commands = LoadCommands(LoadPlan(events: 200_000, cards: 1000, seed: 5), source: 1)
        for _ in 0..<200_000 { visits[commands.next()?.card ?? 0, default: 0] += 1 }
        let sorted = visits.values.sorted(by: >)
        #expect(visits.count == 1000)
        #expect(sorted[0] > 20 * 200 && sorted[0] < 100 * 200, "the busiest card came \(sorted[0]) times")
        #expect(sorted[500] < 200, "the median card came \(sorted[500]) times")
    }

    @Test func commandsComeInOrderAndAtTheShopsHours() throws {
        var commands = LoadCommands(LoadPlan(events: 50_000, cards: 500, seed: 2), source: 1)
        let calendar = try #require(ProgramCalendar(timeZone: LoadPlan.program.timeZone))
        var last = Timestamp.epoch
        for _ in 0..<50_000 {
            let command = try #require(commands.next()?.request.command)
            #expect(command.occurredAt >= last)
            last = command.occurredAt
            let hour = calendar.localTime(of: last).millisecondOfDay / 3_600_000
            #expect((7...20).contains(hour), "a command at \(hour) hours")
        }
    }
}
