import Foundation
import Testing

@testable import LoyaltyLedger

/// What one shop is asked about its past, on either clock (D5, DESIGN.md 7.7).
@Suite struct PointInTimeTests {
    private func shop(_ rules: CardRules = .stampCard(mechanic: .manual, stampsPerReward: 10)) async throws -> Shop {
        try await Shop(rules, clock: .manual)
    }

    /// Noon of a day of January 2026 in New York.
    private func noon(_ day: Int) -> Timestamp {
        Timestamp(milliseconds: 1_767_286_800_000 + Int64(day - 1) * 86_400_000)
    }

    private func day(_ number: Int) throws -> LocalDay { try #require(LocalDay(year: 2026, month: 1, day: number)) }

    @Test func aLateEntryChangesPastBalancesAndNeverWhatWasKnown() async throws {
        let shop = try await shop()
        let card = shop.card()
        try await shop.run(.addStamps(8), at: noon(10), recordedAt: noon(10))
        try await shop.run(.addStamps(4), at: noon(5), recordedAt: noon(12))
        func figures(_ point: PointInTime) async throws -> [Int32] {
            let state = try #require(try await shop.ledger.card(card, asOf: point)).state
            return [state.balance.rawValue, state.rewardsAvailable.rawValue]
        }
        // D5's vector.
        #expect(try await figures(.occurred(.endOf(day(5)))) == [4, 0])
        #expect(try await figures(.occurred(.endOf(day(10)))) == [2, 1])
        // What the shop knew on the eleventh.
        #expect(try await figures(.known(at: .endOf(day(11)))) == [8, 0])
        #expect(try await figures(.occurred(.endOf(day(10)), knownAt: .endOf(day(11)))) == [8, 0])
        #expect(try await shop.ledger.card(card, asOf: .occurred(noon(5), knownAt: noon(11))) == nil)
        #expect(try await figures(.now) == [2, 1])
    }

    @Test func aDayEndsWithItsLastMillisecondInTheProgramsZone() async throws {
        let shop = try await shop()
        // 2026-01-02 23:59:59.999 and the next day's first instant, in New York.
        let last = Timestamp(milliseconds: 1_767_416_399_999)
        try await shop.run(.addStamps(1), at: last, recordedAt: last)
        try await shop.run(.addStamps(2), at: last.advanced(byMilliseconds: 1), recordedAt: noon(9))
        let second = try await shop.ledger.card(shop.card(), asOf: .occurred(.endOf(day(2))))
        #expect(second?.state.balance == 1)
        #expect(second?.today == (try day(2)))
        let third = try await shop.ledger.card(shop.card(), asOf: .occurred(last.advanced(byMilliseconds: 1)))
        #expect(third?.state.balance == 3)
        #expect(third?.today == (try day(3)))
    }

    /// A card whose day is past is expired then, though no command has recorded it (D9).
    @Test func statusIsThatOfTheDay() async throws {
        let shop = try await shop()
        try await shop.run(.addStamps(3), at: noon(1), recordedAt: noon(1))
        try await shop.run(.setExpiry(day(7)), at: noon(2), recordedAt: noon(2))
        try await shop.run(.delete, at: noon(20), recordedAt: noon(20))
        func status(_ number: Int) async throws -> CardProfile.Status? {
            try await shop.ledger.card(shop.card(), asOf: .occurred(.endOf(day(number))))?.status
        }
        #expect(try await status(7) == .notInstalled)
        #expect(try await status(8) == .expired)
        #expect(try await status(20) == .deleted)
        let expired = try await shop.ledger.totals(asOf: .occurred(.endOf(day(9)))).map(\.totals.expired)
        #expect(expired == [1])
        let valid = try await shop.ledger.liabilities(asOf: .occurred(.endOf(day(7)))).map(\.liability.onUnusableCards)
        #expect(valid == [0])
    }

    @Test func rulesAreThoseKnownAndInForce() async throws {
        let shop = try await shop()
        try await shop.run(.addStamps(6), at: noon(1), recordedAt: noon(1))
        let eight = Shop.program(.stampCard(mechanic: .manual, stampsPerReward: 8))
        _ = try await shop.ledger.define(eight, id: shop.id(), effectiveFrom: noon(6), recordedAt: noon(3))
        func missing(_ point: PointInTime) async throws -> Int32? {
            try await shop.ledger.card(shop.card(), asOf: point)?.stampsToNextReward?.rawValue
        }
        #expect(try await missing(.now) == 2)
        #expect(try await missing(.known(at: noon(2))) == 4)
        #expect(try await missing(.known(at: noon(3))) == 2)
        #expect(try await missing(.occurred(noon(5))) == 4)
        #expect(try await missing(.occurred(noon(6))) == 2)
        #expect(try await missing(.occurred(noon(6), knownAt: noon(2))) == 4)
        #expect(try await shop.ledger.ruleVersions(asOf: .known(at: noon(2))).count == 1)
        #expect(try await shop.ledger.ruleVersions(asOf: .occurred(noon(6))).count == 2)
        #expect(
            try await shop.ledger.ruleVersions(asOf: .known(at: Timestamp.epoch.advanced(byMilliseconds: -1))).isEmpty
        )
    }

    /// A till whose clock runs years ahead is refused, and must not keep snapshots from serving.
    @Test func aRefusalCountsFromItsRecordingAtTheLatest() async throws {
        let shop = try await shop()
        try await shop.run(.addStamps(1), at: noon(1), recordedAt: noon(1))
        let refused = try await shop.run(.addStamps(1), at: noon(400), recordedAt: noon(2))
        #expect(refused.refusal == .occurredInFuture)
        let then = try await shop.ledger.cards(asOf: .occurred(.endOf(day(2))))
        #expect(then.map(\.state.refusals) == [1])
        #expect(shop.ledger.snapshotReport.lookedBack?.start == shop.ledger.summary.events)
        #expect(try await shop.ledger.cards(asOf: .occurred(noon(1))).map(\.state.refusals) == [0])
        #expect(shop.ledger.snapshotReport.lookedBack?.start == nil)
    }

    @Test func reportsFollowBothClocks() async throws {
        let shop = try await shop(Shop.coffee)
        let anna = CommandContext(attribution: Attribution(staff: Label("anna")))
        try await shop.run(.install(.iOS), at: noon(1), recordedAt: noon(1))
        try await shop.run(.purchase(shop.money("25.00")), at: noon(2), context: anna, recordedAt: noon(2))
        try await shop.run(.purchase(shop.money("10.00")), at: noon(3), context: anna, recordedAt: noon(8))
        try await shop.run(.refund(shop.money("25.00")), at: noon(9), recordedAt: noon(9))
        let ledger = shop.ledger
        func sales(_ point: PointInTime) async throws -> Int {
            try await ledger.staffActivity(asOf: point).filter { $0.staff?.text == "anna" }
                .reduce(0) { $0 + $1.activity.transactions }
        }
        #expect(try await sales(.now) == 2)
        #expect(try await sales(.known(at: noon(7))) == 1)
        #expect(try await sales(.occurred(noon(3))) == 2)
        let value = try await ledger.lifetimes(asOf: .occurred(.endOf(day(3)), knownAt: .endOf(day(7))))
        #expect(value.map(\.row.frequency) == [0])
        #expect(try await ledger.lifetimes(asOf: .occurred(.endOf(day(3)))).map(\.row.frequency) == [1])
        let money = try await ledger.rfm(asOf: .occurred(.endOf(day(8))), scheme: .visitsGrid).map(\.row.monetary)
        #expect(money == [MinorUnits(3500)])
        let customer = try #require(CustomerID("C-1"))
        #expect(try await ledger.installedCards(of: customer, asOf: .occurred(noon(1))).count == 1)
        #expect(try await ledger.installedCards(of: customer, asOf: .known(at: noon(0))).isEmpty)
        let rows = try await ledger.foldHistory(into: [UInt32](), asOf: .known(at: noon(3))) { rows, entry in
            rows.append(entry.entry.version.rawValue)
        }
        #expect(rows == [1, 2, 3])
        let seen = try #require(try await ledger.customerHistory(of: shop.card(), asOf: .occurred(noon(3))))
        #expect(seen.summary?.balance == 3)
        // Versions are those of the log, though what lies between does not count.
        let history = try #require(try await ledger.history(of: shop.card(), asOf: .occurred(noon(3))))
        #expect(history.map(\.version.rawValue) == [1, 2, 3, 4])
    }

    @Test func anAbsorbedCardBringsItsSumsWhenItIsAbsorbed() async throws {
        let shop = try await shop()
        try await shop.run(.addStamps(3), on: "A", at: noon(1), recordedAt: noon(1))
        try await shop.run(.addStamps(4), on: "B", at: noon(2), recordedAt: noon(2))
        try await shop.run(.merge(into: shop.card("B")), on: "A", at: noon(4), recordedAt: noon(6))
        func balances(_ point: PointInTime) async throws -> [Int32] {
            try await shop.ledger.cards(asOf: point).map(\.state.balance.rawValue)
        }
        #expect(try await balances(.occurred(noon(3))) == [3, 4])
        #expect(try await balances(.occurred(noon(4))) == [0, 7])
        #expect(try await balances(.known(at: noon(5))) == [3, 4])
        #expect(try await balances(.occurred(noon(4), knownAt: noon(5))) == [3, 4])
    }

    @Test func aQuoteIsOfThatDay() async throws {
        let mug = try #require(Label("mug"))
        let rules = CardRules.rewardCard(mechanic: .manual, catalogue: [RewardItem(mug, cost: 5, usageLimit: 1)])
        let shop = try await shop(rules)
        try await shop.run(.addStamps(9), at: noon(1), recordedAt: noon(1))
        try await shop.run(.claimReward(mug, purchase: shop.money("0")), at: noon(3), recordedAt: noon(3))
        let before = try #require(try await shop.ledger.quote(shop.card(), asOf: .occurred(noon(2))))
        #expect(before.balance == 9 && before.lines.map(\.isAvailable) == [true])
        let now = try #require(try await shop.ledger.quote(shop.card()))
        #expect(now.balance == 4 && now.lines.map(\.usesLeft) == [0])
    }
}
