import ArgumentParser
import Foundation
import LedgerLoad
import LoyaltyLedger

/// Lines 1, 7 and 8: a load is put into a ledger in batches made beforehand.
struct AppendMeasurement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append",
        abstract: "Put a load into a new ledger, or more of it into one that is there."
    )

    @Argument var ledger: String
    @OptionGroup var load: LoadOptions
    @Option var batch = 10_000
    @OptionGroup var room: HistoryRoom
    @Flag(help: "Write no snapshots.") var withoutSnapshots = false
    @Flag(name: .customLong("killed"), help: "End the process behind the last batch, without closing.") var isKilled =
        false

    func run() async throws {
        var options = room.options()
        if withoutSnapshots { options.snapshots = .never }
        let isThere = FileManager.default.fileExists(atPath: ledger)
        let opened =
            isThere
            ? try await Ledger.open(at: ledger, options: options)
            : try await Ledger.create(at: ledger, program: LoadPlan.program, clock: .manual, options: options)
        let source = try await opened.register(load.plan.fingerprint, recordedAt: .epoch).number
        let latest = isThere ? opened.cards.map(\.state.greatestEffectiveAt).max() ?? .epoch : .epoch
        var commands = LoadCommands(load.plan, source: source, notBefore: latest)
        var run = AppendRun(ledger: opened)
        while run.events < load.events {
            try await run.append(nextBatch(&commands, count: min(batch, load.events - run.events)))
        }
        run.print()
        if isKilled { ProcessFigures.leave() }
        let start = ContinuousClock.now
        try await opened.close()
        Figures.print("close_seconds", ContinuousClock.now - start)
    }

    private func nextBatch(_ commands: inout LoadCommands, count: Int) -> [CommandRequest] {
        var requests: [CommandRequest] = []
        requests.reserveCapacity(count)
        while requests.count < count, let next = commands.next() { requests.append(next.request) }
        let recordedAt = requests.last?.command.occurredAt
        for index in requests.indices { requests[index].recordedAt = recordedAt }
        return requests
    }
}

/// A ledger that takes batches, and what they took.
private struct AppendRun {
    let ledger: Ledger
    private let allocationCount = ProcessFigures.allocations
    private(set) var events = 0
    private var commands = 0
    private var batches: [Duration] = []
    private var allocations: UInt64 = 0

    init(ledger: Ledger) { self.ledger = ledger }

    mutating func append(_ requests: [CommandRequest]) async throws {
        let allocated = allocationCount?() ?? 0
        let start = ContinuousClock.now
        let outcomes = try await ledger.execute(requests)
        batches.append(ContinuousClock.now - start)
        allocations += (allocationCount?() ?? 0) - allocated
        for outcome in outcomes { events += try outcome.get().events.count }
        commands += outcomes.count
    }

    func print() {
        Figures.print("seconds", batches.reduce(.zero, +))
        Figures.print("events", events)
        Figures.print("commands", commands)
        Figures.print("batches", batches.count)
        Figures.printPercentiles("batch", batches)
        if allocationCount != nil { Figures.print("allocations", allocations) }
    }
}
