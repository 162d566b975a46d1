import Foundation
import LoyaltyLedgerTesting
import Testing

/// Random shops asked about their past, beside a filtered list of their events.
///
/// A failure prints its seed; `SEED=n swift test --filter TimeTrialTests` runs that one alone, and `RuleTorture --past` a great many.
@Suite("Random shops and their past") struct TimeTrialTests {
    static let seeds: [UInt64] = {
        if let chosen = ProcessInfo.processInfo.environment["SEED"].flatMap({ UInt64($0) }) { return [chosen] }
        return Array(1...3)
    }()

    @Test(
        "Every answer on two clocks is that of a filtered list, whatever snapshots and indexes there are",
        arguments: seeds
    )
    func pastAnswers(seed: UInt64) async {
        if let failure = await TimeTrial(seed: seed, commands: 120, questions: 6).firstFailure() {
            Issue.record("\(failure)")
        }
    }
}
