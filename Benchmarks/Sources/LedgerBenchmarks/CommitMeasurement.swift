import ArgumentParser
import Foundation
import LedgerLoad
import LoyaltyLedger

/// Line 2: one command per commit, and directly behind each the same bytes at the same offset of a raw file.
struct CommitMeasurement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "Commit commands one by one, alternating with a raw loop."
    )

    @Argument var ledger: String
    @OptionGroup var load: LoadOptions
    @Option var count = 10_000

    func run() async throws {
        let storage = MeasuredStorage()
        let options = LedgerOptions(storage: storage, snapshots: .never)
        let opened = try await Ledger.create(at: ledger, program: LoadPlan.program, options: options)
        let source = try await opened.register(load.plan.fingerprint).number
        var commands = LoadCommands(load.plan, source: source)
        var raw = try RawFile(at: ledger + ".raw", capacity: options.segmentCapacity)
        var (ours, theirs): ([Duration], [Duration]) = ([], [])
        var (end, bytes) = (0, 0)
        while ours.count < count, let next = commands.next() {
            let start = ContinuousClock.now
            let outcomes = try await opened.execute([next.request])
            ours.append(ContinuousClock.now - start)
            for outcome in outcomes { _ = try outcome.get() }
            let write = storage.lastWrite
            // A new segment begins at the front; the raw loop gets a new file, too.
            if write.offset < end { raw = try RawFile(at: ledger + ".raw", capacity: options.segmentCapacity) }
            end = write.offset
            bytes += write.bytes.count
            theirs.append(try raw.commit(write.bytes, at: write.offset))
        }
        try await opened.close()
        Figures.print("commits", ours.count)
        Figures.print("bytes", bytes)
        Figures.print("events", opened.summary.events)
        Figures.printPercentiles("ours", ours)
        Figures.printPercentiles("raw", theirs)
    }
}
