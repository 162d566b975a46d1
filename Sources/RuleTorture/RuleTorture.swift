import ArgumentParser
import LoyaltyLedgerTesting

/// Runs random shops of all card types against a set of naive books and every invariant.
///
///     RuleTorture --commands 1000000 --seed 1
///     RuleTorture --past --commands 100000 --seed 1
@main
struct RuleTorture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "RuleTorture",
        abstract: "Torture the rules: random programs of all card types, random commands, every invariant."
    )

    @Option(help: "How many commands in all.")
    var commands = 1_000_000

    @Option(help: "The first seed; each trial has the next one.")
    var seed: UInt64 = 1

    @Option(help: "Commands of one trial.")
    var length = 250

    @Option(help: "Trials beside each other.")
    var tasks = 2

    @Option(help: "Failures after which to stop.")
    var failures = 3

    @Flag(help: "Ask each shop about its past on both clocks, beside a filtered list of its events.")
    var past = false

    @Option(help: "With --past, questions to each shop.")
    var questions = 20

    func run() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let trials = UInt64((commands + length - 1) / length)
        var (next, done, failed) = (seed, UInt64(0), 0)
        await withTaskGroup(of: String?.self) { group in
            func add() {
                let trial = next
                next += 1
                group.addTask { [length, past, questions] in
                    past
                        ? await TimeTrial(seed: trial, commands: length, questions: questions).firstFailure()
                        : await RuleTrial(seed: trial, commands: length).firstFailure()
                }
            }
            for _ in 0..<min(UInt64(tasks), trials) { add() }
            while let failure = await group.next() {
                done += 1
                if let failure {
                    failed += 1
                    print(failure)
                }
                if done % 400 == 0 {
                    print("\(done * UInt64(length)) commands in \(start.duration(to: clock.now)), \(failed) failures")
                }
                if next < seed + trials && failed < failures { add() }
            }
        }
        print("\(done) trials, \(done * UInt64(length)) commands, seeds \(seed) to \(next - 1), \(failed) failures")
        if failed > 0 { throw ExitCode.failure }
    }
}
