// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import LoyaltyLedger
import Testing

/// What the books say to a claim, on both clocks (DESIGN.md 7.8, S58, S60).
@Suite("Verdicts") struct VerdictTests {
    private func verdict(_ claim: String, in shop: DisputeShop) async throws -> Verdict {
        try await shop.dispute(claim).verdict
    }

    @Test("stamps and rewards at any instant of the day: before and after each purchase")
    func figures() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("40", at: 0)
        try await shop.buy("50", at: 24)
        try await shop.buy("20", at: 25)
        try await shop.pass(to: 100)
        for claim in ["4 stamps on 2026-01-02", "9 stamps on 2026-01-02", "1 stamp on 2026-01-02"] {
            #expect(try await verdict(claim, in: shop) == .knownThen, "\(claim)")
        }
        #expect(try await verdict("8 stamps on 2026-01-02", in: shop) == .refuted)
        #expect(try await verdict("1 reward on 2026-01-02", in: shop) == .knownThen)
        #expect(try await verdict("1 reward on 2026-01-01", in: shop) == .refuted)
        #expect(try await verdict("1 stamp on 2025-12-31", in: shop) == .refuted)
        #expect(try await shop.dispute("1 stamp on 2025-12-31").then.text == "the card was not issued yet")
        #expect(try await shop.dispute("8 stamps on 2026-01-02").now.text == "between 1 and 9 stamps")
    }

    @Test("a time is a minute of the day")
    func minutes() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("40", at: 0)
        try await shop.buy("50", at: 2)
        try await shop.pass(to: 50)
        #expect(try await verdict("4 stamps on 2026-01-01 13:00", in: shop) == .knownThen)
        #expect(try await verdict("9 stamps on 2026-01-01 13:00", in: shop) == .refuted)
        #expect(try await verdict("9 stamps on 2026-01-01 14:03", in: shop) == .knownThen)
        #expect(try await verdict("9 stamps on 2026-01-01 14:02", in: shop) == .refuted)
    }

    @Test("visits, amounts spent and purchases")
    func transactions() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("40", at: 0, receipt: "R1")
        try await shop.buy("27.50", at: 1, receipt: "R2")
        try await shop.pass(to: 50)
        #expect(try await verdict("2 visits on 2026-01-01", in: shop) == .knownThen)
        #expect(try await verdict("3 visits on 2026-01-01", in: shop) == .refuted)
        #expect(try await verdict("67.50 spent on 2026-01-01", in: shop) == .knownThen)
        #expect(try await verdict("67.51 spent on 2026-01-01", in: shop) == .refuted)
        #expect(try await verdict("purchase 27.50 on 2026-01-01", in: shop) == .knownThen)
        #expect(try await verdict("purchase 27.50 on 2026-01-01 ref R2", in: shop) == .knownThen)
        #expect(try await verdict("purchase 27.50 on 2026-01-01 ref R1", in: shop) == .refuted)
        #expect(try await verdict("purchase 27.50 on 2026-01-02", in: shop) == .refuted)
        #expect(try await verdict("purchase 40 on 2026-01-01 12:03", in: shop) == .knownThen)
    }

    @Test("points, bonus points, prepaid visits and stored value: by what the program counts")
    func units() async throws {
        let cashback = try await DisputeShop(
            .cashbackCard(PercentRule(share: BasisPoints(300), pointValue: MinorUnits(2)), tiers: nil)
        )
        try await cashback.buy("20", at: 0)
        #expect(try await verdict("30 points on 2026-01-01", in: cashback) == .knownThen)
        #expect(try await verdict("0.60 balance on 2026-01-01", in: cashback) == .knownThen)
        let pass = try await DisputeShop(.multipassCard(bonusPerVisit: 20))
        try await pass.act(.load(10, purchase: pass.shop.money("50")), at: 0)
        try await pass.act(.spend(1, from: .main, purchase: pass.shop.money("0")), at: 1)
        #expect(try await verdict("9 visits on 2026-01-01", in: pass) == .knownThen)
        #expect(try await verdict("20 points on 2026-01-01", in: pass) == .knownThen)
        let gift = try await DisputeShop(.giftCard())
        try await gift.act(.load(5000, purchase: gift.shop.money("50")), at: 0)
        #expect(try await verdict("50 balance on 2026-01-01", in: gift) == .knownThen)
        #expect(try await verdict("49.99 balance on 2026-01-01", in: gift) == .refuted)
    }

    @Test("what arrives late was not known then and is true now; it says who and when")
    func late() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("60", at: 0)
        try await shop.buy("30", at: 24, learnt: 96)
        let report = try await shop.dispute("9 stamps on 2026-01-02")
        #expect(report.verdict == .trueNow)
        #expect(report.then.text == "6 stamps" && report.now.text == "between 6 and 9 stamps")
        #expect(report.changes.map(\.kind) == [.late])
        #expect(report.changes.first?.line.entry.attribution.staff == Label("Ana"))
        #expect(report.changes.first?.line.entry.recordedAt == DisputeShop.at(96))
        #expect(try await verdict("6 stamps on 2026-01-02", in: shop) == .knownThen)
    }

    @Test("what was put right since leaves what was known then")
    func corrected() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("90", at: 0)
        try await shop.act(.refund(shop.shop.money("30")), at: 50)
        try await shop.act(.removeStamps(1), at: 51)
        let report = try await shop.dispute("9 stamps on 2026-01-01")
        #expect(report.verdict == .knownThen)
        #expect(report.changes.map(\.kind) == [.corrected, .adjusted])
        let edited = try await DisputeShop()
        try await edited.buy("25", at: 0, receipt: "R")
        let name = TransactionName(reference: "R")
        try await edited.act(.editAmount(of: name, to: edited.shop.money("35")), at: 50)
        let found = try await edited.dispute("purchase 35 on 2026-01-01")
        #expect(found.verdict == .trueNow && found.changes.map(\.kind) == [.corrected])
        #expect(try await verdict("purchase 25 on 2026-01-01", in: edited) == .knownThen)
    }

    @Test("more than was claimed is not what was claimed, and nothing is owed")
    func more() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("70", at: 0)
        try await shop.pass(to: 2)
        let report = try await shop.dispute("5 stamps on 2026-01-01 13:00")
        #expect(report.verdict == .refuted)
        #expect(report.proposals.map(\.text) == ["The card had more than was claimed; nothing is owed."])
    }

    @Test("no clock on the wall showed a time that was jumped over; one that it showed twice counts twice (D22)")
    func clockGaps() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("20", at: 0)
        // New York: 2026-03-08 02:30 is skipped, 2026-11-01 01:30 is shown twice.
        let second = Timestamp(milliseconds: 1_793_514_600_000)
        try await shop.shop.run(.purchase(shop.shop.money("30")), at: second, recordedAt: second)
        try await shop.shop.run(
            .purchase(shop.shop.money("1")),
            on: "clock",
            at: second.advanced(byMilliseconds: 90_000_000),
            recordedAt: second.advanced(byMilliseconds: 90_000_000)
        )
        let report = try await shop.dispute("2 stamps on 2026-03-08 02:30")
        #expect(report.verdict == .undecidable && report.obstacles.map(\.kind) == [.clockGap])
        #expect(try await verdict("2 stamps on 2026-11-01 01:30", in: shop) == .knownThen)
        #expect(try await verdict("5 stamps on 2026-11-01 01:30", in: shop) == .knownThen)
    }

    @Test("a claim about what has not come yet, or of what the card does not count, is no claim")
    func senseless() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("20", at: 0)
        await #expect(throws: ClaimProblem.self) { try await shop.dispute("2 stamps on 2026-01-02") }
        await #expect(throws: ClaimProblem.self) { try await shop.dispute("2 stamps on 2026-01-01 23:00") }
        await #expect(throws: ClaimProblem.self) { try await shop.dispute("2 points on 2026-01-01") }
        await #expect(throws: ClaimProblem.self) { try await shop.dispute("2 balance on 2026-01-01") }
        #expect(try await shop.shop.ledger.dispute(shop.shop.card("none"), case: CaseNumber(1)) == nil)
    }
}
