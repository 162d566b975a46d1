import LoyaltyDomain
import Testing

/// I7 and I8, as far as the pure rules can break them.
@Suite("Independence")
struct IndependenceTests {
    @Test("the order of independent cards' commands never matters (I8)", arguments: UInt64(1)...20)
    func interleaving(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let histories = (0..<3).map { RandomHistory(seed: seed * 3 + $0, count: 40) }
        let alone = histories.map { Card.after($0).state }
        var cards = histories.map { Card($0.rules) }
        var left = histories.map { $0.steps[...] }
        while let card = left.indices.filter({ !left[$0].isEmpty }).randomElement(using: &random) {
            cards[card].take(left[card].removeFirst())
        }
        #expect(cards.map(\.state) == alone, "SEED=\(seed)")
    }

    @Test("a command decided twice on one basis is decided alike, so that a remembered answer is the answer (I7)")
    func repeatable() throws {
        let card = Card.after(RandomHistory(seed: 5, count: 60))
        for record in card.records.dropFirst() {
            let command = CardCommand(record.action, on: .someCard, at: record.moment.occurredAt)
            let basis = DecisionBasis(
                card: card.state,
                history: card.history,
                catalog: card.catalog,
                recordedAt: card.recordedAt,
                occurredOn: record.moment.occurredOn
            )
            #expect(try command.decide(basis) == command.decide(basis))
        }
    }

    @Test("commands that come in order need no history, corrections always do")
    func history() {
        let card = Card(.spend(1, per: 1000, .cumulative, cap: 3)).buy("30", day: 4).change(to: .spend()).buy(
            "5",
            day: 6
        )
        let needs = { (action: CardAction, day: Int32) in
            CardCommand(action, on: .someCard, at: Timestamp(milliseconds: Int64(day) * 86_400_000 + 9_000_000))
                .needsHistory(card.state, catalog: card.catalog, occurredOn: LocalDay(daysSince1970: day))
        }
        #expect(!needs(.purchase(card.money("1")), 6))
        #expect(!needs(.visit(), 7))
        #expect(!needs(.addStamps(1), 2))
        #expect(!needs(.redeemRewards(1, purchase: card.money("0")), 2))
        #expect(needs(.purchase(card.money("1")), 3))
        #expect(needs(.refund(card.money("1")), 7))
        #expect(needs(.editAmount(of: TransactionName(reference: "a"), to: card.money("1")), 7))
        #expect(needs(.removeVisits(1), 7))
        #expect(needs(.reverseGrant(.opaque(high: 0, low: 0)), 7))
    }
}
