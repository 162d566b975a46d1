import ArgumentParser
import Foundation
import LedgerLoad
import LoyaltyLedger

/// Line 3: tasks that each send one command at a time, for so many seconds.
struct TaskMeasurement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks",
        abstract: "Let tasks send commands, one at a time each."
    )

    /// How the storage syncs.
    enum SyncChoice: String, CaseIterable, ExpressibleByArgument {
        case device
        case none
        case fixed
    }

    @Argument var ledger: String
    @OptionGroup var load: LoadOptions
    @Option var tasks = 64
    @Option var seconds = 3
    @Option(help: "device, none, or fixed: 2 ms.") var sync: SyncChoice = .device

    func run() async throws {
        let storage = MeasuredStorage(sync: mode)
        let options = LedgerOptions(storage: storage, snapshots: .never)
        let opened = try await Ledger.create(at: ledger, program: LoadPlan.program, options: options)
        let source = try await opened.register(load.plan.fingerprint).number
        // Tasks overtake each other, so that any command may be its card's first.
        let requests = LoadCommands(load.plan, source: source).prefix(load.events).map { command in
            var request = command.request
            request.issuing = CardIssue()
            return request
        }
        let start = ContinuousClock.now
        let deadline = start + .seconds(seconds)
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<tasks {
                group.addTask { [tasks] in
                    var done = 0
                    for index in stride(from: task, to: requests.count, by: tasks) where ContinuousClock.now < deadline
                    {
                        for outcome in try await opened.execute([requests[index]]) { _ = try outcome.get() }
                        done += 1
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        let duration = ContinuousClock.now - start
        guard count < requests.count else { throw ValidationError("the load ended before the time did") }
        Figures.print("seconds", duration)
        Figures.print("commands", count)
        if sync == .device { try printRawSyncs(of: storage.lastWrite, capacity: options.segmentCapacity) }
        try await opened.close()
    }

    /// What a sync of bytes like our last batch takes without us.
    private func printRawSyncs(of write: MeasuredStorage.Write, capacity: Int) throws {
        let raw = try RawFile(at: ledger + ".raw", capacity: capacity)
        var times: [Duration] = []
        for index in 0..<1000 {
            times.append(try raw.commit(write.bytes, at: (512 + index * write.bytes.count) % (capacity / 2)))
        }
        Figures.printPercentiles("raw", times)
    }

    private var mode: MeasuredStorage.Sync {
        switch sync {
        case .device: .device
        case .none: .none
        case .fixed: .fixed(.milliseconds(2))
        }
    }
}
