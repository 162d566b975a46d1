// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import LoyaltyLedger
import Testing

/// A case is events too: opened, evidence, decided, remedied, closed (DESIGN.md 7.8, S60, S61).
@Suite("Cases") struct CaseTests {
    private let claim = Claim(.stamps(9), on: LocalDay(year: 2026, month: 1, day: 1)!)

    private func refusal(_ shop: DisputeShop, _ action: CardAction, at hours: Int64) async throws -> Refusal? {
        try await shop.act(action, at: hours).refusal
    }

    @Test("from the claim to the adjustment that settles it; no figure moves but by that")
    func wholeCase() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("60", at: 0)
        let before = try shop.shop.state()
        #expect(try await refusal(shop, .openCase(claim), at: 30) == nil)
        #expect(try await refusal(shop, .addEvidence(CaseNumber(1), position: 3), at: 31) == nil)
        #expect(try await refusal(shop, .addEvidence(CaseNumber(1), position: nil), at: 31) == nil)
        #expect(try await refusal(shop, .decideCase(CaseNumber(1), .refuted), at: 32) == nil)
        var unchanged = try shop.shop.state()
        unchanged = CardState.withVersion(of: before, unchanged)
        #expect(unchanged == before)
        let adjusted = try await shop.act(.addStamps(3), at: 33)
        let cost = shop.shop.money("2.50")
        let eve = CommandContext(attribution: Attribution(staff: Label("Eve")))
        try await shop.act(.remedyCase(CaseNumber(1), adjustment: adjusted.commandID, cost: cost), at: 34, eve)
        #expect(try await refusal(shop, .closeCase(CaseNumber(1)), at: 35) == nil)
        let report = try #require(try await shop.shop.ledger.dispute(shop.shop.card(), case: CaseNumber(1)))
        #expect(report.claim == claim && report.verdict == .refuted)
        let record = try #require(report.cases.first)
        #expect(record.dispute.status == "closed" && record.staff == [Label("Eve")])
        #expect(record.dispute.evidence == [3, nil] && record.dispute.remedies.map(\.cost) == [MinorUnits(250)])
        #expect(report.changes.map(\.kind) == [.adjusted])
        #expect(try await shop.shop.ledger.replay().isEqual)
    }

    @Test("evidence and decisions need an open case; remedies and closing a decided one")
    func refusals() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("60", at: 0)
        let one = CaseNumber(1)
        #expect(try await refusal(shop, .addEvidence(one, position: nil), at: 1) == .caseNotOpen)
        #expect(try await refusal(shop, .openCase(claim), at: 1) == nil)
        #expect(try await refusal(shop, .closeCase(one), at: 2) == .caseNotDecided)
        let nobody = CardAction.remedyCase(one, adjustment: .opaque(high: 0, low: 0), cost: shop.shop.money("0"))
        #expect(try await refusal(shop, nobody, at: 2) == .caseNotDecided)
        #expect(try await refusal(shop, .decideCase(one, .undecidable), at: 3) == nil)
        #expect(try await refusal(shop, nobody, at: 4) == .transactionNotFound)
        #expect(try await refusal(shop, .closeCase(one), at: 5) == nil)
        #expect(try await refusal(shop, .decideCase(one, .refuted), at: 6) == .caseNotOpen)
        #expect(try await refusal(shop, .closeCase(one), at: 6) == .caseNotOpen)
        let tomorrow = Claim(.stamps(9), on: claim.day.advanced(byDays: 1))
        #expect(try await refusal(shop, .openCase(tomorrow), at: 6) == .claimInFuture)
        let points = Claim(.points(9), on: claim.day)
        #expect(try await refusal(shop, .openCase(points), at: 6) == .notOnThisCard)
    }

    @Test("a card may be disputed whatever became of it, but for one that was merged away")
    func deadCards() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("60", at: 0)
        try await shop.act(.setExpiry(LocalDay(year: 2025, month: 1, day: 1)!), at: 1)
        try await shop.act(.leaveProgram, at: 2)
        try await shop.act(.delete, at: 3)
        #expect(try await refusal(shop, .openCase(claim), at: 4) == nil)
        try await shop.buy("10", on: "C-2", at: 5)
        try await shop.buy("10", on: "C-3", at: 5)
        try await shop.act(.merge(into: CardID("C-3")!), on: "C-2", at: 6)
        #expect(try await shop.act(.openCase(claim), on: "C-2", at: 7).refusal == .cardMerged)
    }

    @Test("the customer reads that a case was opened, decided and closed, and nothing of evidence and cost (I9)")
    func customerHistory() async throws {
        var rules = Shop.coffee
        rules.customerHistory = .entries
        let shop = try await DisputeShop(rules)
        try await shop.buy("60", at: 0)
        try await shop.act(.openCase(claim), at: 1)
        try await shop.act(.addEvidence(CaseNumber(1), position: 3), at: 2)
        try await shop.act(.decideCase(CaseNumber(1), .knownThen), at: 3)
        let adjusted = try await shop.act(.addStamps(3), at: 3)
        let remedy = CardAction.remedyCase(
            CaseNumber(1),
            adjustment: adjusted.commandID,
            cost: shop.shop.money("2.50")
        )
        try await shop.act(remedy, at: 4)
        try await shop.act(.closeCase(CaseNumber(1)), at: 5)
        let kinds = try #require(try await shop.shop.ledger.customerHistory(of: shop.shop.card())).entries.map(
            \.event.kind
        )
        let seen = ["cardIssued", "purchaseRecorded", "caseOpened", "caseDecided", "stampsAdded", "caseClosed"]
        #expect(kinds == seen)
    }
}

extension CardState {
    /// The later state under the version of the earlier one: cases count as events, and as nothing else.
    fileprivate static func withVersion(of before: CardState, _ after: CardState) -> CardState {
        var after = after
        after.version = before.version
        return after
    }
}
