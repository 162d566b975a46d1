import LoyaltyLedger
import Testing

/// Reports of cards that were merged: nothing counts twice, and nothing is lost (D24).
@Suite struct MergedReportTests {
    private static let dayLength: Int64 = 86_400_000

    private func noon(_ day: Int64) -> Timestamp { Shop.noon.advanced(byMilliseconds: day * Self.dayLength) }

    /// Two cards with purchases on days 0, 1 and 2, the second merged into the first on day 3.
    private func merged() async throws -> Shop {
        let shop = try await Shop(clock: .manual)
        for (card, day, amount) in [("kept", Int64(0), "30"), ("moved", 1, "40"), ("kept", 2, "50")] {
            let time = noon(day)
            try await shop.run(.purchase(shop.money(amount)), on: card, at: time, recordedAt: time)
        }
        try await shop.run(.merge(into: shop.card("kept")), on: "moved", at: noon(3), recordedAt: noon(3))
        return shop
    }

    @Test func countsThePurchasesOfTheMergedCardOnTheOther() async throws {
        let shop = try await merged()
        let last = try #require(shop.ledger.calendar()).localDay(of: noon(3))
        let before = try await shop.ledger.lifetimes(asOf: last.advanced(byDays: -1))
        #expect(before.map(\.card.text) == ["kept", "moved"])
        #expect(before.map(\.row.frequency) == [1, 0])
        let after = try await shop.ledger.lifetimes(asOf: last)
        #expect(after.map(\.card.text) == ["kept"] && after.map(\.row.frequency) == [2])
        #expect(after.map(\.monetary) == ["45.000000"])

        // Newest first: 50 of the card's own, then 20 of what was moved to it.
        try await shop.run(.refund(shop.money("70")), on: "kept", at: noon(4), recordedAt: noon(4))
        let refunded = try await shop.ledger.lifetimes(asOf: last.advanced(byDays: 1))
        #expect(refunded.map(\.row.frequency) == [1] && refunded.map(\.monetary) == ["20.000000"])
    }

    @Test func owesWhatTheMergedCardHadAtItsAge() async throws {
        let shop = try await merged()
        let last = try #require(shop.ledger.calendar()).localDay(of: noon(3))
        for (day, cards) in [(last.advanced(byDays: -1), 2), (last, 1)] {
            let owed = try await shop.ledger.liabilities(asOf: day)
            // 3 + 4 + 5 stamps of 10 per reward: after the merge they make a reward, and 2 are left.
            #expect(owed.first?.liability.cards == cards)
            #expect(owed.map(\.liability.bands.total) == (cards == 2 ? [12] : [2, 1]))
        }
        let later = try await shop.ledger.liabilities(asOf: last.advanced(byDays: 31))
        #expect(later.first?.liability.bands.upTo90 == 2 && later.first?.unit == "stamp")
    }

    @Test func tellsTheWholeHistoryOnce() async throws {
        let shop = try await merged()
        let sums = try await shop.ledger.foldHistory(into: [String: Int64]()) { sums, entry in
            let change = entry.entry.stateAfter.lifetimeValue - (entry.stateBefore?.lifetimeValue ?? .zero)
            sums[entry.card.text, default: 0] += change.rawValue
        }
        #expect(sums == ["kept": 12_000, "moved": 0])
        #expect(shop.ledger.totals.map(\.totals.lifetimeValue) == [MinorUnits(12_000)])
    }

    @Test func passesOnWhatAFoldThrows() async throws {
        struct Stop: Error {}
        let shop = try await merged()
        await #expect(throws: Stop.self) { try await shop.ledger.foldHistory(into: 0) { _, _ in throw Stop() } }
    }
}
