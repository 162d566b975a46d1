import Foundation
import LoyaltyLedgerTesting
import Testing

/// Random shops of all card types: every invariant (I1-I10), naive books beside them; `make test` asks 20,000 commands of a release build.
///
/// A failure prints its seed and the fewest commands that still fail;
/// `SEED=n swift test --filter RuleTrialTests` runs that one alone, `make torture-rules` a million commands.
@Suite("Random shops") struct RuleTrialTests {
    static let seeds: [UInt64] = {
        if let chosen = ProcessInfo.processInfo.environment["SEED"].flatMap({ UInt64($0) }) { return [chosen] }
        return Array(1...8)
    }()

    @Test(
        "I1-I10 hold, and naive books agree, whatever is asked of cards of any type",
        arguments: [0, 1, 2, 3].map { group in seeds.filter { Int($0 % 4) == group } }
    )
    func trials(seeds: [UInt64]) async {
        for seed in seeds {
            if let failure = await RuleTrial(seed: seed, commands: 200).firstFailure() { Issue.record("\(failure)") }
        }
    }
}
