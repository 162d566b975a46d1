import ArgumentParser
import LogFormat

/// Breaks the log on purpose, in one way after another, and demands that each is noticed.
struct MutantsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutants",
        abstract: "Break the log in each known way, and see that lives or sequences notice.",
        discussion: "Only a build with -Xswiftc -DMUTANTS can be broken."
    )

    @Option(help: "The seed of the first life.")
    var seed: UInt64 = 1

    @Option(help: "How many lives each mutant is given at most.")
    var lives = 20_000

    @Option(help: "How many threads.")
    var jobs = 2

    @Argument(help: "Which mutants; all unless named.")
    var names: [String] = []

    func validate() throws {
        guard lives > 0, jobs > 0 else { throw ValidationError("--lives and --jobs are at least 1") }
        for name in names where Mutant(rawValue: name) == nil {
            throw ValidationError("there is no mutant \(name); there are \(Mutant.allCases.map(\.rawValue))")
        }
    }

    func run() throws {
        guard Mutant.areBuilt else { throw ValidationError("this build has no mutants; build it with -DMUTANTS") }
        let mutants = names.isEmpty ? Mutant.allCases : names.compactMap(Mutant.init(rawValue:))
        let start = ContinuousClock.now
        var survivors: [Mutant] = []
        for mutant in mutants {
            if let capture = try hunt(mutant) {
                print("mutant \(mutant.rawValue): caught by \(capture)")
            } else {
                print("mutant \(mutant.rawValue): NOT CAUGHT in \(lives) lives and all sequences of two")
                survivors.append(mutant)
            }
        }
        let time = (ContinuousClock.now - start).seconds
        guard survivors.isEmpty else {
            print("mutants: \(survivors.count) of \(mutants.count) were not caught: \(survivors.map(\.rawValue))")
            throw ExitCode.failure
        }
        print("mutants: \(mutants.count) mutants, \(time) s: all caught")
    }

    /// What noticed the mutant; nil if nothing did.
    private func hunt(_ mutant: Mutant) throws -> String? {
        Mutant.release(mutant)
        defer { Mutant.release(nil) }
        let failure = Campaign(title: mutant.rawValue, count: lives, jobs: jobs).run { index in
            try Life.run(seed: seed &+ UInt64(index))
        }
        if let failure { return "life \(failure.index + 1) (seed \(seed &+ UInt64(failure.index))): \(failure.error)" }
        guard let failure = try SequencesCommand.runAll(length: 2, jobs: jobs).failure else { return nil }
        let violation = (failure.error as? SequenceRun.Failure)?.violation ?? failure.error
        return "sequence \(failure.index + 1): \(violation)"
    }
}
