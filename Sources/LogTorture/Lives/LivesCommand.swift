import ArgumentParser

/// Lives a great many lives, each from a seed of its own.
struct LivesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lives",
        abstract: "Live whole lives of a log on a simulated disk, and compare each with a model.",
        discussion:
            "Life n of a run has the seed S + n, so a failing one is repeated by --seed S+n --count 1 --verbose."
    )

    @Option(help: "How many lives.")
    var count = 20_000

    @Option(help: "The seed of the first one.")
    var seed: UInt64 = 1

    @Option(help: "How many threads.")
    var jobs = 2

    @Flag(help: "Tell the story of every life; for a few only.")
    var verbose = false

    func validate() throws {
        guard count > 0, jobs > 0 else { throw ValidationError("--count and --jobs are at least 1") }
    }

    func run() throws {
        if verbose { return try tellAll() }
        let start = ContinuousClock.now
        let failure = Campaign(title: "lives", count: count, jobs: jobs).run { index in
            try Life.run(seed: seed &+ UInt64(index))
        }
        guard let failure else {
            let time = (ContinuousClock.now - start).seconds
            print("lives: \(count) lives, seeds \(seed)...\(seed &+ UInt64(count - 1)), \(time) s: all good")
            return
        }
        let failing = seed &+ UInt64(failure.index)
        print(Life.tell(seed: failing).story)
        print("lives: seed \(failing) failed: \(failure.error)")
        print("repeat it: LogTorture lives --seed \(failing) --count 1 --verbose")
        throw ExitCode.failure
    }

    private func tellAll() throws {
        for index in 0..<count {
            let seed = seed &+ UInt64(index)
            let told = Life.tell(seed: seed)
            print("seed \(seed)\n\(told.story)")
            if let violation = told.violation {
                print("lives: seed \(seed) failed: \(violation)")
                throw ExitCode.failure
            }
            print("lives: seed \(seed) good")
        }
    }
}
