import ArgumentParser
import Synchronization

/// Tries every short sequence of operations with a crash at each of its calls.
struct SequencesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sequences",
        abstract: "Run every sequence of up to 3 operations, and crash at each call with every loss of unsynced pieces."
    )

    @Option(help: "How many operations a sequence has at most.")
    var length = 3

    @Option(help: "How many threads.")
    var jobs = 2

    func validate() throws {
        guard jobs > 0, length > 0 else { throw ValidationError("--jobs and --length are at least 1") }
    }

    func run() throws {
        let start = ContinuousClock.now
        let result = try Self.runAll(length: length, jobs: jobs)
        if let failure = result.failure {
            print("sequences: \(failure.error)")
            throw ExitCode.failure
        }
        let time = (ContinuousClock.now - start).seconds
        print(
            "sequences: \(Operation.sequences(upTo: length).count) sequences, \(result.crashes) crashes, \(time) s: all good"
        )
    }

    /// Runs all of them, until one fails.
    static func runAll(length: Int, jobs: Int) throws -> (failure: Campaign.Failure?, crashes: Int) {
        let crashes = Atomic<Int>(0)
        let sequences = Operation.sequences(upTo: length)
        let failure = Campaign(title: "sequences", count: sequences.count, jobs: jobs).run { index in
            var run = SequenceRun(sequences[index])
            try run.run(from: try Trial())
            crashes.wrappingAdd(run.crashes, ordering: .relaxed)
        }
        return (failure, crashes.load(ordering: .relaxed))
    }
}
