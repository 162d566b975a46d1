// swift-format-ignore-file: NeverForceUnwrap
// Test literals are valid by construction.

import Foundation
import LoyaltyLedger
import Testing

/// D6: intents are decided again, in recorded order, with their ids and times.
@Suite("What if") struct WhatIfTests {
    /// 12.00 makes 1 stamp, 95.00 makes 9 more and a reward, which is redeemed.
    private func shop() async throws -> Shop {
        let shop = try await Shop()
        try await shop.run(.purchase(shop.money("12")))
        try await shop.run(.purchase(shop.money("95")))
        try await shop.run(.redeemRewards(1, purchase: shop.money("0")))
        try await shop.run(.purchase(shop.money("30")), on: "C-2")
        return shop
    }

    private func figures(_ report: WhatIfReport) -> [String] {
        report.differences.map { "\($0.card.text) \($0.figure.rawValue) \($0.actual ?? -1) \($0.supposed ?? -1)" }
    }

    /// The position of the nth purchase of a card.
    private func purchase(_ number: Int, of card: String, in shop: Shop) async throws -> UInt64 {
        let history = try #require(try await shop.ledger.history(of: shop.card(card)))
        let purchases = history.filter { if case .purchaseRecorded = $0.event.event { true } else { false } }
        return purchases[number].position
    }

    @Test("with nothing supposed the same digest comes out, and the ledger is not touched")
    func nothing() async throws {
        let shop = try await shop()
        let events = shop.ledger.summary.events
        let report = try await shop.ledger.whatIf(Supposition())
        #expect(report.commands == 4)
        #expect(report.digest == report.supposedDigest)
        #expect(report.differences.isEmpty && report.answers.isEmpty && report.undecided.isEmpty)
        #expect(shop.ledger.summary.events == events)
    }

    @Test("left out, a purchase takes its stamps and its reward along, and the redemption is newly refused")
    func leftOut() async throws {
        let shop = try await shop()
        var supposition = Supposition()
        supposition.leftOut = [try await purchase(1, of: "C-1", in: shop)]
        let report = try await shop.ledger.whatIf(supposition)
        #expect(
            figures(report) == [
                "C-1 balance 0 1", "C-1 rewards-earned 1 0", "C-1 rewards-redeemed 1 0", "C-1 ltv 10700 1200",
                "C-1 visits 2 1",
            ]
        )
        let answer = try #require(report.answers.first)
        #expect(report.answers.count == 1 && answer.actual == nil && answer.supposed == .exceedsAvailable(0))
    }

    @Test("a card issued on the way to what is left out is issued by its next command")
    func leavingOutTheFirst() async throws {
        let shop = try await shop()
        var supposition = Supposition()
        supposition.leftOut = [try await purchase(0, of: "C-1", in: shop)]
        let report = try await shop.ledger.whatIf(supposition)
        #expect(report.undecided.isEmpty)
        #expect(figures(report).contains("C-1 ltv 10700 9500"))
    }

    @Test("changed, a purchase earns what its other amount earns, at its other time")
    func changed() async throws {
        let shop = try await shop()
        var supposition = Supposition()
        let position = try await purchase(0, of: "C-2", in: shop)
        supposition.changed[position] = Supposition.Change(action: .purchase(shop.money("55.50")))
        let report = try await shop.ledger.whatIf(supposition)
        #expect(figures(report) == ["C-2 balance 3 5", "C-2 ltv 3000 5550"])
        #expect(report.answers.isEmpty)
    }

    @Test("added, a forgotten purchase lets a refused redemption through")
    func added() async throws {
        let shop = try await Shop()
        try await shop.run(.purchase(shop.money("90")))
        try await shop.run(.redeemRewards(1, purchase: shop.money("0")), at: Shop.noon.advanced(byMilliseconds: 2000))
        var supposition = Supposition()
        let command = CardCommand(
            .purchase(shop.money("10")),
            on: shop.card(),
            at: Shop.noon.advanced(byMilliseconds: 1)
        )
        supposition.added = [CommandRequest(command, id: shop.id())]
        let report = try await shop.ledger.whatIf(supposition)
        #expect(figures(report).contains("C-1 rewards-redeemed 0 1"))
        let answer = try #require(report.answers.first)
        #expect(answer.actual == .exceedsAvailable(0) && answer.supposed == nil)
    }

    @Test("under other rules every purchase earns by them, or only those since a day")
    func otherRules() async throws {
        let options = LedgerOptions(segmentCapacity: 64 << 10)
        let shop = try await Shop(Shop.coffee, clock: .manual, options: options)
        let day: Int64 = 86_400_000
        let times = [0, 1, 2].map { Shop.noon.advanced(byMilliseconds: $0 * day) }
        for time in times { try await shop.run(.purchase(shop.money("20")), at: time, recordedAt: time) }
        let rules = CardRules.stampCard(
            mechanic: .spend(SpendRule(stamps: 2, per: MinorUnits(1000))),
            stampsPerReward: 20
        )
        var supposition = Supposition()
        supposition.rules = [Supposition.Rules(Shop.program(rules))]
        #expect(figures(try await shop.ledger.whatIf(supposition)) == ["C-1 balance 6 12"])
        supposition.rules = [Supposition.Rules(Shop.program(rules), from: times[2])]
        #expect(figures(try await shop.ledger.whatIf(supposition)) == ["C-1 balance 6 8"])
    }

    @Test("kept, the ledger as it would be can be opened and looked into")
    func kept() async throws {
        let shop = try await shop()
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("kept-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var supposition = Supposition()
        supposition.leftOut = [try await purchase(0, of: "C-2", in: shop)]
        let report = try await shop.ledger.whatIf(supposition, keepingAt: path)
        let kept = try await Ledger.open(at: path, options: LedgerOptions(access: .readOnly))
        #expect(kept.card(shop.card("C-2")) == nil)
        #expect(try await kept.replay().digest == report.supposedDigest)
    }

    @Test("what it names must be there: a command's position, a program of the ledger, its currency", arguments: 0..<4)
    func mistakes(number: Int) async throws {
        let shop = try await shop()
        var supposition = Supposition()
        switch number {
        case 0: supposition.leftOut = [1]
        case 1: supposition.changed[999] = Supposition.Change()
        case 2: supposition.rules = [Supposition.Rules(Shop.program(id: "tea"))]
        default:
            let euro = Program(
                id: ProgramID("coffee")!,
                currency: Currency("EUR")!,
                timeZone: "UTC",
                rules: Shop.coffee
            )
            supposition.rules = [Supposition.Rules(euro)]
        }
        let code = number == 3 ? LedgerError.Code.badProgram : .badSupposition
        let error = await #expect(throws: LedgerError.self) { try await shop.ledger.whatIf(supposition) }
        #expect(error?.code == code)
    }
}
