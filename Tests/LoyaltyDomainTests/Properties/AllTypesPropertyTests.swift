import Foundation
import LoyaltyDomain
import Testing

/// Random histories of cards of all eight types with every part their rules may have: 24,000 commands.
///
/// A failure prints the seed of its history; `SEED=n swift test --filter AllTypesPropertyTests` runs that one alone.
@Suite("Properties of cards of all types")
struct AllTypesPropertyTests {
    private static let seeds: [UInt64] = {
        if let chosen = ProcessInfo.processInfo.environment["SEED"].flatMap({ UInt64($0) }) { return [chosen] }
        return Array(1...240)
    }()

    static let groups = [0, 1, 2, 3].map { group in seeds.filter { Int($0 % 4) == group } }

    @Test("I1 to I6 hold after every command, in recorded and in effective order", arguments: groups)
    func histories(seeds: [UInt64]) {
        for seed in seeds {
            let run = Run(seed: seed, count: 100)
            if let failure = run.failure { Issue.record("SEED=\(seed) \(failure)") }
        }
    }

    @Test("the histories come by every event and every refusal that one card alone can have")
    func coverage() {
        guard Self.seeds.count > 1 else { return }
        var reached: Set<String> = []
        for seed in Self.seeds {
            for event in Run(seed: seed, count: 100).card.events {
                if case .commandRefused(_, let refusal) = event.event { reached.insert(refusal.code) }
                reached.insert(String("\(event.event)".prefix { $0 != "(" }))
            }
        }
        let kinds: Set = [
            "stampsCredited", "bonusRemoved", "stampsSpent", "spendingReversed", "loadReversed", "stampsLapsed",
            "stampsRestored", "milestoneReached", "milestoneRedeemed", "rewardClaimed", "claimUsed", "claimRemoved",
            "couponRedeemed", "redemptionReversed", "redemptionConflicted", "useConflicted", "rewardsCredited",
            "tierChanged",
            "membershipSet", "periodStarted", "membershipRenewed", "membershipCancelled", "termSet",
            "cardReinstalled", "programLeft", "programRejoined", "cardReferred", "referralPaid", "referralCollected",
            "referenceClaimed", "not-on-this-card", "not-installed", "not-deleted", "outside-program",
            "inside-program", "not-a-newcomer", "exceeds-bonus", "exceeds-load", "milestone-not-open",
            "claim-not-outstanding", "unknown-tier", "period-limit-reached", "membership-cancelled",
            "eligible-exceeds-amount",
        ]
        #expect(kinds.subtracting(reached).isEmpty, "\(kinds.subtracting(reached).sorted())")
    }
}

/// One random history and the first thing that does not hold in it.
private struct Run {
    private(set) var card: Card
    private(set) var failure: String?

    init(seed: UInt64, count: Int) {
        var random = SplitMix64(seed: seed)
        let rules = CardRules.randomOfAnyType(using: &random)
        card = Card(rules)
        if let contradiction = rules.firstContradiction { failure = contradiction }
        var actions = RandomPartActions()
        for number in 0..<count where failure == nil {
            let hours = Int64.random(in: 0...12, using: &random)
            card.wait(until: card.recordedAt.advanced(byMilliseconds: hours * 3_600_000))
            let id = CommandID.sequence(source: 7, number: UInt64(number))
            let late: Int64 = random.once(in: 4) ? Int64.random(in: 0...240, using: &random) * 3_600_000 : 0
            let instant = max(card.recordedAt.advanced(byMilliseconds: -late), .epoch)
            let reference = random.once(in: 3) ? random.pick("a", "b", "c", "d") : nil
            around(reference, using: &random)
            let action = actions.next(id, today: instant.dayInUTC, using: &random)
            let before = card.state
            card.run(action, occurring: instant, id: id, reference: reference)
            check("step \(number), \(action)", before)
        }
        var properties = CardProperties()
        properties.checkPrefixes(of: card.events)
        let (state, history) = card.replayed()
        properties.expect(state == card.state && history == card.history, "I6: a replay gives another state")
        if failure == nil, let violation = properties.violations.first { failure = "\(violation), \(rules)" }
    }

    private mutating func around(_ reference: String?, using random: inout SplitMix64) {
        card.surroundings.isOffline = random.once(in: 12)
        card.surroundings.reference = reference.map { referenceHash($0, of: .only) }
        card.surroundings.isReferenceUsed = random.once(in: 3)
        card.surroundings.minuteOfDay = Int32.random(in: 0..<1440, using: &random)
        card.surroundings.card = CardNumber(1)
        let other = CardState(issuedAt: .epoch, program: .only)
        card.surroundings.counterpart = Surroundings.Counterpart(number: CardNumber(2), state: other)
    }

    private mutating func check(_ step: String, _ before: CardState) {
        let state = card.state
        if let violation = state.firstViolation { failure = "\(step): \(violation)" }
        let history = card.history
        let open = history.transactions.reduce(MinorUnits.zero) { $0 + $1.open }
        let granted = history.grants.reduce(MinorUnits.zero) { $1.isReversed ? $0 : $0 + $1.purchase }
        let loaded = history.loads.reduce(MinorUnits.zero) { $0 + $1.purchase }
        if open != state.transactionAmount || open + granted + loaded != state.lifetimeValue {
            failure = "\(step): I5: open \(open), granted \(granted), loaded \(loaded), LTV \(state.lifetimeValue)"
        }
        let waiting = history.claims.count { $0.status == .outstanding }
        if waiting != Int(state.claims.rawValue) { failure = "\(step): \(waiting) claims wait, not \(state.claims)" }
        let inLots = history.lots.lots.reduce(Int64(0)) { $0 + Int64($1.left.rawValue) }
        if inLots > Int64(state.balance.rawValue) || history.lots.lots.contains(where: { $0.left < 0 || $0.lapsed < 0 })
        {
            failure = "\(step): lots hold \(inLots) of a balance of \(state.balance): \(history.lots.lots)"
        }
        if let record = card.records.last, record.action.onlyTakes, state.rewardsAvailable != before.rewardsAvailable,
            !record.events.contains(where: { if case .tierChanged = $0.event { true } else { false } })
        {
            failure = "\(step): I4: a taking moved the available rewards"
        }
    }
}

extension CardAction {
    /// Whether it takes amounts, stamps or visits, and so leaves the available rewards alone (I4).
    fileprivate var onlyTakes: Bool {
        switch self {
        case .refund, .removeVisits, .removeStamps, .reverseLoad: true
        default: false
        }
    }
}
