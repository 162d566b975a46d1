import LoyaltyLedger
import LoyaltyLedgerTesting
import Testing

/// The life of a card: installed, expired, deleted, reinstalled, merged (R12, R14, R15, D11, D12, D19, D24).
@Suite("Scenarios: life cycle") struct LifeCycleScenarios {
    private let card: Scenario
    init() throws { card = try Scenario(.coffee).given(.purchase("25.00")) }

    @Test("not installed, installed, deleted, installed again with its history (R12)")
    func life() async throws {
        try await card.when().then(.status(.notInstalled))
        try await card.when(.install()).then(.status(.installed))
        let gone = card.given(.install(), .delete)
        try await gone.when().then(.status(.deleted), .stamps(2))
        try await card.when(.delete).then(.status(.deleted))
        try await gone.when(.reinstall(.webApp)).then(.status(.installed), .stamps(2), .ltv("25.00"))
        try await gone.given(.reinstall()).when(.purchase("10.00")).then(.stamps(3))
        try await card.when(.reinstall()).then(.refused(.notDeleted))
    }

    @Test("a deleted card is read and put right, and nothing else (D19)")
    func deleted() async throws {
        let gone = card.given(.grant(1), .delete)
        for step in [
            Step.purchase("1.00"), .visit(), .addStamps(1), .redeem(), .grant(1), .install(), .delete, .expiry(day: 9),
        ] {
            try await gone.when(step).then(.refused(.cardDeleted), .stamps(2), .rewards(1))
        }
        try await gone.when(.refund("25.00")).then(.stamps(0), .ltv("0"), .status(.deleted))
        try await gone.when(.removeStamps(1)).then(.stamps(1))
    }

    @Test("cards must be installed to earn where the program says so (R12)")
    func installation() async throws {
        let strict = try Scenario(CardRules.coffee.with { $0.requiresInstallation = true }).given(.issue())
        try await strict.when(.purchase("10.00")).then(.refused(.notInstalled))
        try await strict.given(.install()).when(.purchase("10.00")).then(.stamps(1))
    }

    @Test("valid through its last day by the shop's calendar (R14)")
    func expiry() async throws {
        let dated = card.given(.grant(1), .expiry(day: 5))
        try await dated.when(.purchase("10.00").on(day: 5).at(23, 59)).then(.stamps(3))
        let refusal = Refusal.cardExpired(on: .scenario(5))
        try await dated.when(.purchase("10.00").on(day: 6).at(0)).then(.refused(refusal), .status(.expired))
        for step in [Step.visit(), .addStamps(1), .grant(1)] {
            try await dated.when(step.on(day: 6)).then(.refused(refusal))
        }
        try await dated.when(.redeem().on(day: 60)).then(.rewards(0))
        try await dated.when(.refund("25.00").on(day: 6)).then(.stamps(0))
        try await dated.given(.sweep.on(day: 6), .expiry(day: 9)).when(.purchase("10.00")).then(.stamps(3))
        try await dated.given(.sweep.on(day: 6)).when(.purchase("10.00").on(day: 4)).then(.stamps(3))
        try await card.when(.expiry(day: -3)).then(.status(.expired), .happened("cardExpired"))
    }

    @Test("an expired card redeems by policy: always, never, for some days (R14)")
    func redeemingExpired() async throws {
        func expired(_ policy: ExpiredRedemption) throws -> Scenario {
            try Scenario(CardRules.coffee.with { $0.redeemWhenExpired = policy }).given(.grant(1), .expiry(day: 5))
        }
        let refusal = Refusal.cardExpired(on: .scenario(5))
        try await expired(.denied).when(.redeem().on(day: 6)).then(.refused(refusal))
        try await expired(.graceDays(3)).when(.redeem().on(day: 8)).then(.rewards(0))
        try await expired(.graceDays(3)).when(.redeem().on(day: 9)).then(.refused(refusal))
    }

    @Test("who leaves the program earns and redeems nothing, until they come back (S71)")
    func leaving() async throws {
        let left = card.given(.grant(1), .leaveProgram)
        for step in [Step.purchase("1.00"), .addStamps(1), .redeem(), .leaveProgram] {
            try await left.when(step).then(.refused(.outsideProgram))
        }
        try await left.when(.refund("25.00")).then(.stamps(0))
        try await left.given(.rejoinProgram).when(.purchase("10.00")).then(.stamps(3))
        try await card.when(.rejoinProgram).then(.refused(.insideProgram))
    }

    @Test("buy 50, lapse, refund 50: lapsed 5, uncollected 0 (D11)")
    func lapsing() async throws {
        let sliding = try Scenario(CardRules.coffee.with { $0.life = .sliding(days: 30) }).given(
            .purchase("50.00").on(day: 1)
        )
        try await sliding.when(.sweep.on(day: 31)).then(.stamps(5))
        let lapsed = sliding.given(.sweep.on(day: 32))
        try await lapsed.when().then(.stamps(0), .lapsed(5))
        try await lapsed.when(.refund("50.00")).then(.lapsed(5), .uncollected(0), .ltv("0"))
        try await sliding.given(.purchase("10.00").on(day: 20)).when(.sweep.on(day: 32)).then(.stamps(6))
        try await sliding.given(.purchase("9.00").on(day: 20)).when(.sweep.on(day: 32)).then(.stamps(0))
    }

    @Test("a late purchase that would have kept the stamps brings them back (D11)")
    func restoring() async throws {
        try await Scenario(CardRules.coffee.with { $0.life = .sliding(days: 30) })
            .given(.purchase("50.00").on(day: 1), .sweep.on(day: 32))
            .when(.purchase("10.00").on(day: 20))
            .then(.stamps(6), .restored(5), .lapsed(5))
    }

    @Test("dated stamps go in the order of their last days; a refund takes its own first (D12)")
    func lots() async throws {
        let shop = try Scenario(CardRules.coffee.with { $0.life = .lots(days: 30) })
            .given(.purchase("50.00").on(day: 1).named("a"), .purchase("30.00").on(day: 11).named("b"))
        try await shop.given(.removeStamps(6)).when(.sweep.on(day: 32)).then(.stamps(2), .lapsed(0))
        try await shop.given(.removeStamps(6)).when(.sweep.on(day: 42)).then(.stamps(0), .lapsed(2))
        try await shop.given(.refund("30.00", of: "b")).when(.sweep.on(day: 32)).then(.stamps(0), .lapsed(5))
        try await shop.given(.sweep.on(day: 32)).when(.purchase("20.00").on(day: 1)).then(
            .stamps(3),
            .lapsed(7),
            .earned(10)
        )
    }

    @Test("stamps through a fixed day lapse after it; later ones have no end (R15)")
    func fixedDay() async throws {
        let shop = try Scenario(CardRules.coffee.with { $0.life = .until(.scenario(10)) })
            .given(.purchase("50.00").on(day: 1))
        try await shop.when(.sweep.on(day: 10)).then(.stamps(5))
        try await shop.given(.sweep.on(day: 11)).when(.purchase("10.00").on(day: 12)).then(.stamps(1), .lapsed(5))
    }

    private func merging() throws -> Scenario {
        try Scenario(.tenStamps(.carryAsDebt)).given(
            .purchase("35.00").card("old").named("p").receipt("R1"),
            .grant(1, for: "2.00").card("old"),
            .expiry(day: 90).card("old"),
            .purchase("20.00").card("new"),
            .expiry(day: 60).card("new")
        )
    }

    @Test("merging moves balances, purchases, visits and rewards; the later expiry wins (D24)")
    func merge() async throws {
        try await merging().when(.merge(into: "new").card("old"))
            .then(
                .stamps(5).card("new"),
                .ltv("57.00").card("new"),
                .visits(2).card("new"),
                .rewards(1).card("new"),
                .validThrough(day: 90).card("new"),
                .stamps(0).card("old"),
                .rewards(0).card("old"),
                .ltv("0").card("old")
            )
    }

    @Test("a purchase of the merged card is refunded on the one that goes on; the merged one refuses everything (D24)")
    func afterMerging() async throws {
        let merged = try merging().given(.merge(into: "new").card("old"))
        try await merged.when(.refund("35.00", of: "p").card("new")).then(
            .stamps(2).card("new"),
            .ltv("22.00").card("new")
        )
        try await merged.when(.refund("35.00", ofReceipt: "R1").card("new")).then(.stamps(2).card("new"))
        for step in [Step.purchase("1.00"), .refund("1.00"), .reinstall(), .merge(into: "new"), .delete] {
            try await merged.when(step.card("old")).then(.refused(.cardMerged))
        }
    }

    @Test("debt moves too, and is paid by what comes with it (D16, D24)")
    func mergingDebt() async throws {
        try await Scenario(.tenStamps(.carryAsDebt))
            .given(.purchase("100.00").card("old"), .refund("100.00").card("old"), .addStamps(4).card("new"))
            .when(.merge(into: "new").card("old"))
            .then(.rewards(1).card("new"), .debt(0).card("old"), .debt(10).card("new"), .stamps(4).card("new"))
    }

    @Test("a card merges into another one of its program that lives")
    func unfit() async throws {
        let two = try Scenario(programs: [("shop", .coffee), ("other", .coffee)])
            .given(.issue().card("a"), .issue().card("b"), .issue().card("c").program("other"), .delete.card("b"))
        try await two.when(.merge(into: "x").card("a")).then(.refused(.unknownOtherCard))
        for other in ["a", "b", "c"] {
            try await two.when(.merge(into: other).card("a")).then(.refused(.otherCardUnfit))
        }
    }

    @Test("a card is issued once; a till whose clock is ahead is refused (D9)")
    func issuing() async throws {
        try await card.when(.issue(to: "other")).then(.refused(.alreadyIssued))
        try await Scenario(CardRules.coffee.with { $0.term = .days(30) }).when(.issue()).then(.validThrough(day: 31))
    }
}
