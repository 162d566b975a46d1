internal import LoyaltyDomain
internal import LoyaltyLedger

/// A random shop that is asked about its past: late entries, corrections, rule changes, and snapshots at all sorts of places.
///
/// Each answer must be that of a filtered list of events, and what a running ledger said then must be what it says of then now.
/// The same seed gives the same commands and the same questions.
public struct TimeTrial: Sendable {
    /// The seed.
    public let seed: UInt64
    private let commands: Int
    private let questions: Int

    /// A trial of so many commands and questions.
    public init(seed: UInt64, commands: Int, questions: Int) {
        self.seed = seed
        self.commands = commands
        self.questions = questions
    }

    /// Runs it; nil where everything holds.
    public func firstFailure() async -> String? {
        do {
            var run = try await TimeTrialRun(RuleTrial(seed: seed, commands: commands))
            let problems = try await run.problems(questions: questions)
            return problems.isEmpty ? nil : "SEED=\(seed) " + problems.prefix(4).joined(separator: "\n")
        } catch {
            return "SEED=\(seed) an error: \(error)"
        }
    }
}
