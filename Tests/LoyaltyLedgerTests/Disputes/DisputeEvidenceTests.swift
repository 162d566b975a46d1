// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import LoyaltyLedger
import Testing

/// Where real disputes end: other cards, refused attempts, devices that left something out (DESIGN.md 7.8, D23).
@Suite("Dispute evidence") struct DisputeEvidenceTests {
    @Test("the same receipt on another card, whenever that was")
    func sameReceipt() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("10", at: 0)
        try await shop.buy("27.50", on: "C-2", at: 30, receipt: "7/118")
        let report = try await shop.dispute("purchase 27.50 on 2026-01-01 ref 7/118")
        #expect(report.verdict == .refuted)
        #expect(report.elsewhere.map(\.card.text) == ["C-2"] && report.elsewhere[0].hasSameReceipt)
        #expect(report.proposals.count == 2)
        #expect(report.proposals[0].command.starts(with: ["do", "LEDGER", "refund", "--card", "C-2"]))
        #expect(report.proposals[1].command.contains("--occurred-at") && report.proposals[1].cost == "2 stamps")
    }

    @Test("the same amount on another card within two hours, and no later")
    func sameAmount() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("33", at: 0)
        try await shop.buy("33", on: "C-2", at: 2)
        try await shop.buy("33", on: "C-3", at: 3)
        try await shop.buy("34", on: "C-4", at: 1)
        let report = try await shop.dispute("9 stamps on 2026-01-01")
        #expect(report.elsewhere.map(\.card.text) == ["C-2"])
        #expect(report.elsewhere.allSatisfy { !$0.hasSameReceipt })
    }

    @Test(
        "attempts of the thirty days before that were refused, or whose stamps were withheld, with what to do instead"
    )
    func attempts() async throws {
        var rules = Shop.coffee
        rules.guards.dailyCap = 2
        let shop = try await DisputeShop(rules)
        try await shop.buy("50", at: 0)
        try await shop.act(.redeemRewards(1, purchase: shop.shop.money("0")), at: 1)
        try await shop.act(.removeStamps(7), at: 24 * 40)
        try await shop.pass(to: 24 * 60)
        let early = try await shop.dispute("5 stamps on 2026-01-01")
        #expect(early.attempts.map(\.reasoning.title) == ["Purchase of 50.00", "Refused: redeeming 1 reward"])
        #expect(early.proposals.contains { $0.text.contains("An attempt of that time was refused") })
        #expect(try await shop.dispute("5 stamps on 2026-02-10").attempts.count == 1)
        #expect(try await shop.dispute("5 stamps on 2026-02-05").attempts.isEmpty)
    }

    @Test("numbers that a device left out about that time (D23)")
    func deviceGaps() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("20", at: 0)
        let learnt = DisputeShop.at(60)
        let source = try await shop.shop.ledger.register(device: Label("stall")!, recordedAt: learnt).number
        let offline = CommandContext(source: .offline)
        let requests = [(1, 1), (2, 3), (5, 5), (6, 50), (9, 52)].map { (number: UInt64, hours: Int64) in
            CommandRequest(
                CardCommand(.purchase(shop.shop.money("10")), on: shop.shop.card("C-9"), at: DisputeShop.at(hours)),
                id: .sequence(source: source, number: number),
                context: offline,
                issuing: CardIssue(),
                recordedAt: learnt
            )
        }
        for outcome in try await shop.shop.ledger.upload(requests) { _ = try outcome.get() }
        let report = try await shop.dispute("9 stamps on 2026-01-01")
        #expect(report.gaps.map(\.missing) == [3...4])
        #expect(report.gaps.first?.after == DisputeShop.at(3) && report.gaps.first?.before == DisputeShop.at(5))
        #expect(report.proposals.contains { $0.text.contains("its numbers 3 to 4 never arrived") })
        #expect(try await shop.dispute("9 stamps on 2026-01-03").gaps.map(\.missing) == [7...8])
    }

    @Test("time zone, rules and the log's last hash stand in the report")
    func ties() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("20", at: 0)
        var rules = Shop.coffee
        rules.guards.dailyCap = 3
        _ = try await shop.shop.ledger.define(Shop.program(rules), id: shop.shop.id(), recordedAt: DisputeShop.at(2))
        try await shop.buy("20", at: 3)
        let report = try await shop.dispute("2 stamps on 2026-01-01")
        #expect(report.rules.map(\.version) == [RuleVersion(1), RuleVersion(2)])
        #expect(report.proof.position == shop.shop.ledger.summary.events)
        #expect(report.proof.chainHash.count == 64 && report.proof.log.count == 32)
        let json = report.json(in: shop.calendar).text
        #expect(json.contains("\"time_zone\":\"America/New_York\"") && json.contains(report.proof.chainHash))
    }

    @Test("the chart has both lines: what was shown then, and what is known now")
    func chart() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("60", at: 0)
        try await shop.buy("30", at: 24, learnt: 96)
        let chart = try await shop.dispute("9 stamps on 2026-01-02").chart
        #expect(chart.known.map(\.value) == [6, 9] && chart.shown.map(\.value) == [6, 9])
        #expect(chart.known.last?.from == DisputeShop.at(24) && chart.shown.last?.from == DisputeShop.at(96))
        #expect(chart.claimed == 9)
    }
}
