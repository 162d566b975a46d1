import Foundation
import LoyaltyDomain
import Testing

/// 6,919 real purchases of 2,357 cards against two independent computations: see Fixtures/cdnow/README.md.
@Suite("CDNOW stamps")
struct StampOracleTests {
    /// A rule of the oracle: the letter of its columns, and its remainder policy.
    static let rules: [(letter: String, remainder: RemainderPolicy)] = [("a", .perTransaction), ("b", .cumulative)]

    @Test("every card is right after every purchase and at the end", arguments: rules)
    func trace(letter: String, remainder: RemainderPolicy) throws {
        var cards: [String: Card] = [:]
        let rules = CardRules.spend(1, per: 1000, remainder)
        for (row, expected) in zip(try Table("purchases.csv").rows, try Table("expected.trace.csv").rows) {
            let id = try row.text("card_id")
            let day = try #require(LocalDay(try row.text("occurred_at")))
            var card = cards[id] ?? Card(rules)
            let before = card.state
            let instant = Timestamp(milliseconds: Int64(day.daysSince1970) * 86_400_000)
            let amount = Money(MinorUnits(try row.number("amount_minor")), .dollars)
            card.run(.purchase(amount), at: instant, on: day)
            cards[id] = card
            let stamps = card.state.stampsEarned - before.stampsEarned
            let rewards = card.state.rewardsEarned - before.rewardsEarned
            #expect(id == (try expected.text("card_id")))
            #expect(Int64(stamps.rawValue) == (try expected.number("\(letter)_stamps_delta")), "after \(row)")
            #expect(Int64(rewards.rawValue) == (try expected.number("\(letter)_rewards")), "after \(row)")
            #expect(Int64(card.state.balance.rawValue) == (try expected.number("\(letter)_balance")), "after \(row)")
        }
        #expect(cards.count == 2357)
        try compare(cards, letter: letter)
    }

    private func compare(_ cards: [String: Card], letter: String) throws {
        let stamps = try Table("expected.stamps.csv").rows
        #expect(stamps.count == cards.count)
        for row in stamps {
            let state = try #require(cards[try row.text("card_id")]).state
            #expect(Int64(state.stampsEarned.rawValue) == (try row.number("\(letter)_stamps_earned")))
            #expect(Int64(state.rewardsAvailable.rawValue) == (try row.number("\(letter)_rewards")))
            #expect(Int64(state.balance.rawValue) == (try row.number("\(letter)_balance")))
            #expect(state.stampsRemoved == 0)
            #expect(state.stampsUncollected == 0)
        }
        for row in try Table("expected.card_summary.csv").rows {
            let state = try #require(cards[try row.text("card_id")]).state
            #expect(state.lifetimeValue.rawValue == (try row.number("ltv_minor")))
            #expect(Int64(state.visits.rawValue) == (try row.number("purchases")))
            #expect(state.lastDays.purchase?.description == (try row.text("last_purchase")))
        }
    }
}

/// A file of Fixtures/cdnow; none of them quotes a field.
struct Table {
    struct Row: CustomStringConvertible {
        var fields: [String: Substring]
        var description: String { fields.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ") }

        func text(_ column: String) throws -> String {
            String(try #require(fields[column], "no column \(column)"))
        }

        func number(_ column: String) throws -> Int64 {
            try #require(Int64(try text(column)), "no number in \(column)")
        }
    }

    let rows: [Row]

    init(_ name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Fixtures/cdnow")
        let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let header = lines[0].map(String.init)
        rows = lines.dropFirst().map { Row(fields: Dictionary(uniqueKeysWithValues: zip(header, $0))) }
    }
}
