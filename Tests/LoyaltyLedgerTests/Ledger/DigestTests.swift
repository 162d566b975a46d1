// swift-format-ignore-file: NeverForceUnwrap
// Test literals are valid by construction.

import Foundation
import LoyaltyLedger
import Projections
import Testing

/// Guarantee 4: the same facts give the same digest, however they were batched or interrupted (D10, I6, I8).
@Suite struct DigestTests {
    private static let seed = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? 20_261_122

    /// Commands over a few cards, some of them refused.
    private func requests(_ count: Int, cards: Int, seed: UInt64) -> [CommandRequest] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { number in
            let amount = Money(MinorUnits(Int64(random.next() % 6000)), Shop.usd)
            let action: CardAction =
                switch random.next() % 8 {
                case 0: .refund(amount)
                case 1: .removeStamps(Stamps(Int32(random.next() % 6)))
                case 2: .addStamps(Stamps(Int32(random.next() % 6)))
                case 3: .grantRewards(1, purchase: amount)
                case 4: .redeemRewards(1, purchase: amount)
                case 5: .removeVisits(1)
                default: .purchase(amount)
                }
            let late = Int64(random.next() % 40) * 86_400_000
            let card = CardID("C-\(random.next() % UInt64(cards))")!
            return CommandRequest(
                CardCommand(action, on: card, at: Shop.noon.advanced(byMilliseconds: -late)),
                id: .opaque(high: seed, low: UInt64(number)),
                issuing: CardIssue()
            )
        }
    }

    private func digest(_ shop: Shop) async throws -> StateDigest {
        let report = try await shop.ledger.replay()
        #expect(report.isEqual, "seed \(Self.seed): \(report.differences) \(report.violations)")
        return report.digest
    }

    @Test func batchesAndInterruptionsDoNotShow() async throws {
        let requests = requests(600, cards: 9, seed: Self.seed)
        let whole = try await Shop()
        _ = try await whole.ledger.execute(requests)
        let single = try await Shop()
        for request in requests { _ = try await single.ledger.execute([request]) }
        let reopened = try await Shop()
        for start in stride(from: 0, to: requests.count, by: 150) {
            // Each part begins with what the part before it ended with, as a resumed import does.
            _ = try await reopened.ledger.execute(Array(requests[max(0, start - 40)..<start + 150]))
            try await reopened.reopen()
        }
        let expected = try await digest(whole)
        #expect(try await digest(single) == expected, "seed \(Self.seed)")
        #expect(try await digest(reopened) == expected, "seed \(Self.seed)")
    }

    @Test func theOrderOfIndependentCardsDoesNotMatter() async throws {
        let requests = requests(400, cards: 5, seed: Self.seed &+ 1)
        let mixed = try await Shop()
        _ = try await mixed.ledger.execute(requests)
        let sorted = try await Shop()
        // The digest goes by card number, so cards are issued in the same order first.
        var seen: [CardID] = []
        for request in requests where !seen.contains(request.command.card) { seen.append(request.command.card) }
        for card in seen { _ = try await sorted.ledger.execute(requests.filter { $0.command.card == card }) }
        for card in seen {
            #expect(
                mixed.ledger.card(card)?.state == sorted.ledger.card(card)?.state,
                "seed \(Self.seed), card \(card.text)"
            )
        }
        #expect(try await digest(mixed) == digest(sorted), "seed \(Self.seed)")
    }

    @Test func aDifferentFactIsADifferentDigest() async throws {
        let requests = requests(50, cards: 3, seed: Self.seed &+ 2)
        let one = try await Shop()
        _ = try await one.ledger.execute(requests)
        let before = try await digest(one)
        try await one.run(.addStamps(1), on: "C-0")
        #expect(try await digest(one) != before)
    }
}

/// A small generator whose seed makes a run repeatable.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
