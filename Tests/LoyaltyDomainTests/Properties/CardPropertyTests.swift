import Foundation
import LoyaltyDomain
import Testing

/// Random histories of single cards: 24,000 commands, checked after each one.
///
/// A failure prints the seed of its history; `SEED=n swift test --filter CardPropertyTests` runs that one alone.
@Suite("Properties of a card")
struct CardPropertyTests {
    static let seeds: [UInt64] = {
        if let chosen = ProcessInfo.processInfo.environment["SEED"].flatMap({ UInt64($0) }) { return [chosen] }
        return Array(1...240)
    }()

    /// Seeds in a few groups, which run beside each other.
    static let groups = [0, 1, 2, 3].map { group in
        seeds.filter { Int($0 % 4) == group }
    }

    @Test("I1-I6 hold and the reference agrees after every command of every history", arguments: groups)
    func histories(seeds: [UInt64]) {
        for seed in seeds {
            let history = RandomHistory(seed: seed, count: 100)
            if let failure = firstFailure(in: history) { Issue.record("SEED=\(seed) \(failure)") }
        }
    }

    @Test("the histories come by every kind of event and every refusal but full sums and other currencies")
    func coverage() {
        guard Self.seeds.count > 1 else { return }
        var reached: Set<String> = []
        for seed in Self.seeds {
            for event in Card.after(RandomHistory(seed: seed, count: 100)).events {
                if case .commandRefused(_, let refusal) = event.event { reached.insert(refusal.code) }
                reached.insert(String("\(event.event)".prefix { $0 != "(" }))
            }
        }
        let kinds: Set = [
            "cardIssued", "cardInstalled", "cardDeleted", "purchaseRecorded", "visitRecorded", "stampsAdded",
            "stampsRemoved", "debtPaid", "rewardsUnlocked", "amountRefunded", "visitsRemoved", "amountEdited",
            "rewardsGranted", "grantReversed", "rewardsRedeemed", "rewardsRemoved", "expirySet", "cardExpired",
        ]
        let codes = Set(RefusalTests.cases.map(\.code)).subtracting([
            "amounts-differ", "currency-mismatch", "limit-exceeded",
        ])
        #expect(kinds.union(codes).subtracting(reached).isEmpty)
    }

    private func firstFailure(in history: RandomHistory) -> String? {
        var card = Card(history.rules)
        var reference = ReferenceCard(history.rules)
        for (number, step) in history.steps.enumerated() {
            card.wait(until: step.recordedAt)
            reference.recordedAt = max(reference.recordedAt, step.recordedAt)
            switch step.event {
            case .ruleChange(let rules, let wished):
                card.define(rules, from: wished)
                reference.versions.append((max(wished, reference.recordedAt), rules))
            case .command(let action, let occurredAt, let id, let name):
                let before = card.state
                card.run(action, occurring: occurredAt, id: id, reference: name)
                let accepted = reference.accepts(action, at: occurredAt, id: id, reference: name)
                let violations = violations(of: card, before: before, reference, accepted: accepted)
                if !violations.isEmpty {
                    return "step \(number), \(action): " + violations.joined(separator: "; ")
                }
            }
        }
        return nil
    }

    private func violations(
        of card: Card,
        before: CardState,
        _ reference: ReferenceCard,
        accepted: Bool
    ) -> [String] {
        var properties = CardProperties()
        properties.checkPrefixes(of: card.events)
        properties.checkConservation(of: card.state, card.history)
        if let record = card.records.last {
            properties.checkRewards(record, before: before.rewardsAvailable, after: card.state.rewardsAvailable)
        }
        properties.compare(card.state, reference, accepted: accepted, refusal: card.refusal)
        let (state, history) = card.replayed()
        properties.expect(state == card.state && history == card.history, "I6: a replay gives another state")
        return properties.violations
    }
}
