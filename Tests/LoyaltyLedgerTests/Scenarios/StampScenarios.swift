import LoyaltyLedger
import LoyaltyLedgerTesting
import Testing

/// Stamp cards: earning, rewards and corrections (3.0, R2-R11, D3, D4, D14-D17).
@Suite("Scenarios: stamps") struct StampScenarios {
    private let card: Scenario
    init() throws { card = try Scenario(.coffee) }

    private func cumulative() throws -> Scenario {
        try Scenario(
            .stampCard(
                mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000), remainder: .cumulative)),
                stampsPerReward: 10
            )
        )
    }

    @Test("15 and 15 are 2 stamps by the transaction, 3 cumulatively (R2)")
    func earning() async throws {
        try await card.given(.purchase("15.00")).when(.purchase("15.00")).then(.stamps(2), .visits(2), .toNextReward(8))
        try await cumulative().given(.purchase("15.00")).when(.purchase("15.00")).then(.stamps(3))
    }

    @Test("of 25.00: 5.00 back takes none, 6.00 takes one, all takes two (R3)")
    func refund() async throws {
        let bought = card.given(.purchase("25.00"))
        try await bought.when(.refund("5.00")).then(.stamps(2), .ltv("20.00"), .visits(1))
        try await bought.when(.refund("6.00")).then(.stamps(1), .ltv("19.00"))
        try await bought.when(.refund("25.00")).then(.stamps(0), .ltv("0"), .visits(0), .earned(2), .removed(2))
        try await bought.when(.refund("25.01")).then(.refused(.exceedsOpenAmount(MinorUnits(2500))))
        try await bought.when(.refund("0")).then(.refused(.amountTooSmall))
        try await bought.when(.refund("-1.00")).then(.refused(.amountTooSmall))
    }

    @Test("a remainder that waits goes back with its purchase (D4)")
    func remainders() async throws {
        let shop = try cumulative()
        try await shop.given(.purchase("15.00").named("a"), .purchase("15.00")).when(.refund("15.00", of: "a"))
            .then(.stamps(1), .removed(2))
        try await shop.given(.purchase("30.00"), .refund("1.00")).when(.purchase("1.00")).then(.stamps(3), .removed(1))
        try await shop.given(.purchase("105.00"), .refund("100.00")).when(.purchase("5.00"))
            .then(.stamps(1), .uncollected(10), .rewards(1))
        let eight = CardRules.stampCard(
            mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(800), remainder: .cumulative)),
            stampsPerReward: 10
        )
        try await shop.given(.purchase("15.00"), .newRules(eight), .purchase("9.00")).when(.refund("14.00"))
            .then(.stamps(1), .removed(1), .spend("10.00"))
    }

    @Test("a refund never takes a reward; what is gone is uncollected (R4, S45)")
    func uncollected() async throws {
        try await card.given(.purchase("100.00")).when(.refund("100.00"))
            .then(.stamps(0), .rewards(1), .uncollected(10), .ltv("0"), .debt(0))
        try await Scenario(.tenStamps(.reject)).given(.purchase("100.00")).when(.refund("100.00"))
            .then(.refused(.shortfall(due: 10, balance: 0)), .ltv("100.00"))
    }

    @Test("buy 100, refund 100: debt 10; buy 50: debt 5; refund 50: debt 10 (D16)")
    func debt() async throws {
        let shop = try Scenario(.tenStamps(.carryAsDebt)).given(.purchase("100.00"), .refund("100.00"))
        try await shop.when().then(.debt(10), .rewards(1), .toNextReward(20))
        try await shop.when(.purchase("50.00")).then(.debt(5), .stamps(0))
        try await shop.given(.purchase("50.00")).when(.refund("50.00")).then(.debt(10), .stamps(0))
        try await shop.when(.addStamps(12)).then(.debt(0), .stamps(2))
    }

    @Test("the newest purchase first, by when it occurred; a named one alone (D3)")
    func order() async throws {
        let shop = card.given(
            .purchase("5.00").on(day: 5).named("a").receipt("R1"),
            .purchase("0").on(day: 6),
            .purchase("20.00").on(day: 2).receipt("R2")
        )
        try await shop.when(.refund("5.00").on(day: 7)).then(.visits(2), .stamps(2), .ltv("20.00"))
        try await shop.when(.refund("6.00", of: "a")).then(.refused(.exceedsOpenAmount(MinorUnits(500))))
        try await shop.when(.refund("20.00", ofReceipt: "R2")).then(.stamps(0), .ltv("5.00"))
        try await shop.when(.refund("1.00", ofReceipt: "R3")).then(.refused(.transactionNotFound))
        try await shop.given(.purchase("1.00").receipt("R1")).when(.refund("1.00", ofReceipt: "R1"))
            .then(.refused(.transactionAmbiguous))
    }

    @Test("buy 5, buy 0, refund 5: one visit (D3)")
    func zero() async throws {
        try await card.given(.purchase("5.00"), .purchase("0")).when(.refund("5.00")).then(.visits(1), .ltv("0"))
    }

    @Test("buy 25, refund 6, edit to 36: open 30, two stamps more (D17)")
    func editing() async throws {
        let shop = card.given(.purchase("25.00").named("p"), .refund("6.00", of: "p"))
        try await shop.when(.edit("p", to: "36.00")).then(.stamps(3), .spend("30.00"))
        try await shop.when(.edit("p", to: "5.99")).then(.refused(.belowRefunded(MinorUnits(600))))
        try await shop.when(.edit("p", to: "6.00")).then(.visits(0), .stamps(0), .spend("0"))
        try await shop.given(.edit("p", to: "6.00")).when(.edit("p", to: "16.00")).then(.visits(1), .stamps(1))
        try await shop.when(.edit("q", to: "16.00")).then(.refused(.transactionNotFound))
    }

    @Test("an edit downwards leaves rewards alone (S45)")
    func editingDown() async throws {
        try await card.given(.purchase("100.00").named("p")).when(.edit("p", to: "0"))
            .then(.rewards(1), .uncollected(10), .visits(0))
    }

    @Test("stamps by hand: added, taken, never beyond the balance (R5, S33, S35)")
    func byHand() async throws {
        try await card.when(.addStamps(24)).then(.stamps(4), .rewards(2), .visits(0), .ltv("0"))
        let four = card.given(.addStamps(4))
        try await four.when(.removeStamps(5)).then(.refused(.exceedsBalance(4)), .stamps(4))
        try await four.when(.removeStamps(4)).then(.stamps(0), .removed(4))
        try await four.when(.adjust(-4)).then(.stamps(0))
        try await four.when(.adjust(0)).then(.refused(.quantityTooSmall))
        try await four.when(.addStamps(0)).then(.refused(.quantityTooSmall))
        try await four.when(.addStamps(1_000_000_000)).then(.refused(.limitExceeded), .stamps(4))
    }

    @Test("several rewards from one purchase, the rest carries (R6)")
    func unlocking() async throws {
        try await card.when(.purchase("256.00")).then(.rewards(2), .stamps(5), .toNextReward(5), .earned(25))
    }

    @Test("rewards: redeemed never beyond what is there; only redemptions count as redeemed (R7)")
    func redeeming() async throws {
        let full = card.given(.purchase("205.00"))
        try await full.when(.redeem(2, purchase: "3.00")).then(.rewards(0), .redeemed(2), .ltv("205.00"), .stamps(0))
        try await full.when(.redeem(3)).then(.refused(.exceedsAvailable(2)))
        try await full.when(.redeem(0)).then(.refused(.quantityTooSmall))
        try await full.when(.removeRewards(1, .correction)).then(.rewards(1), .corrected(1), .redeemed(0))
        try await full.when(.removeRewards(1, .expired)).then(.rewards(1), .corrected(0), .redeemed(0))
        try await full.when(.removeRewards(3, .expired)).then(.refused(.exceedsAvailable(2)))
        try await full.given(.redeem(1).named("r")).when(.reverseRedemption("r")).then(.rewards(2), .redeemed(1))
    }

    @Test("grant 1 with 20.00, reverse it: LTV 0, earned 1, corrected 1 (R8, D14)")
    func granting() async throws {
        let granted = card.given(.grant(1, for: "20.00").named("g"))
        try await granted.when().then(.rewards(1), .ltv("20.00"), .spend("0"), .visits(0), .stamps(0))
        try await granted.when(.reverseGrant("g")).then(.rewards(0), .ltv("0"), .rewardsEarned(1), .corrected(1))
        try await granted.given(.reverseGrant("g")).when(.reverseGrant("g")).then(.refused(.alreadyReversed))
        try await granted.given(.redeem()).when(.reverseGrant("g")).then(.refused(.exceedsAvailable(0)))
        try await granted.when(.reverseGrant("h")).then(.refused(.transactionNotFound))
        try await granted.when(.grant(0)).then(.refused(.quantityTooSmall))
    }

    @Test("two readings of one amount must be equal (R9), in the program's currency (R1)")
    func amounts() async throws {
        try await card.when(.purchase("25.00", stated: "25.00")).then(.stamps(2))
        try await card.given(.issue()).when(.purchase("25.00", stated: "25.01")).then(
            .refused(.amountsDiffer),
            .ltv("0")
        )
        let dollars = try #require(Currency("USD"))
        try await card.given(.issue()).when(.purchase("1.00 EUR")).then(.refused(.currencyMismatch(expected: dollars)))
        try await card.given(.issue()).when(.purchase("-1.00")).then(.refused(.amountTooSmall))
        try await Scenario(.coffee, currency: "JPY").when(.purchase("2500")).then(.stamps(2), .ltv("2500"))
    }

    @Test("of 30.00 only 20.00 earns; LTV counts all, a refund takes the earning part first (D27, S38)")
    func eligible() async throws {
        let shop = card.given(.purchase("30.00", eligible: "20.00"))
        try await shop.when().then(.stamps(2), .ltv("30.00"))
        try await shop.when(.refund("10.00")).then(.stamps(1), .ltv("20.00"))
        try await shop.when(.refund("20.00")).then(.stamps(0), .ltv("10.00"), .visits(1))
        try await card.given(.issue()).when(.purchase("30.00", eligible: "30.01")).then(
            .refused(.eligibleExceedsAmount)
        )
    }

    @Test("one transaction is one visit; visits are written off newest first, with their amounts (R10, R11, D15)")
    func visits() async throws {
        let shop = try Scenario(.haircuts).given(
            .visit("30.00").on(day: 1),
            .visit("40.00").on(day: 2),
            .visit().on(day: 3)
        )
        try await shop.when().then(.visits(3), .rewards(1), .stamps(0), .ltv("70.00"))
        try await shop.when(.removeVisits(2)).then(.visits(1), .ltv("30.00"), .rewards(1), .uncollected(2))
        try await shop.when(.removeVisits(4)).then(.refused(.exceedsVisits(3)))
        try await shop.when(.removeVisits(0)).then(.refused(.quantityTooSmall))
        try await shop.when(.refund("1.00")).then(.refused(.spendCardsOnly))
        try await card.when(.visit("99.00")).then(.visits(1), .stampedVisits(0), .stamps(0), .ltv("99.00"))
    }

    @Test("milestones 3, 6, 9: reached once a cycle, redeemed by name, begun again by the last (D13)")
    func milestones() async throws {
        let seven = try Scenario(.threeSixNine).given(.purchase("70.00"))
        try await seven.when().then(.stamps(7), .rewards(2), .toNextReward(2))
        let two = seven.given(.refund("50.00"))
        try await two.when().then(.stamps(2), .rewards(2))
        let eleven = two.given(.purchase("90.00"))
        try await eleven.when().then(.stamps(11), .rewards(3), .toNextReward(nil))
        let again = eleven.given(.redeem(milestone: 9).named("nine"))
        try await again.when().then(.stamps(2), .rewards(2), .redeemed(1))
        try await again.when(.purchase("10.00")).then(.stamps(3), .rewards(3))
        try await again.when(.redeem(milestone: 9)).then(.refused(.milestoneNotOpen))
        try await again.when(.redeem(milestone: nil)).then(.rewards(1), .stamps(2))
        try await again.when(.reverseRedemption("nine")).then(.rewards(3), .stamps(11))
        try await card.given(.issue()).when(.redeem(milestone: 3)).then(.refused(.notOnThisCard))
    }

    @Test("the milestone redeemed last is named by its value; other rewards have no name (S14)")
    func lastRedeemed() async throws {
        let seven = try Scenario(.threeSixNine).given(.purchase("70.00"))
        try await seven.when().then(.lastRedeemed(nil))
        let six = seven.given(.redeem(milestone: 6))
        try await six.when().then(.lastRedeemed(.milestone(6)))
        try await six.when(.redeem(milestone: nil)).then(.lastRedeemed(.milestone(3)))
        try await six.given(.grant(1)).when(.redeem()).then(.lastRedeemed(.plain))
        try await card.given(.purchase("100.00")).when(.redeem()).then(.lastRedeemed(.plain))
    }

    @Test("two devices that were offline redeemed one milestone: the second is a conflict, and both are told (D23)")
    func milestoneOffline() async throws {
        let nine = try Scenario(.threeSixNine).given(.purchase("95.00").on(day: 1))
        let outcome = try await nine.when(
            .offline(.redeem(milestone: 9).on(day: 2).at(14), .purchase("10.00").on(day: 2).at(15), device: "a"),
            .offline(.redeem(milestone: 9).on(day: 2).at(13), device: "b")
        )
        .then(
            .redeemed(1),
            .overRedeemed(1),
            .rewards(2),
            .stamps(1),
            .ltv("105.00"),
            .lastRedeemed(.milestone(9)),
            .happened("milestoneRedeemed"),
            .happened("useConflicted")
        )
        // Each device's redemption is in the card's history, at its own time, with what was asked for.
        let history = try #require(outcome.histories.values.first)
        let told = history.filter { entry in
            switch entry.event.event {
            case .milestoneRedeemed, .useConflicted: true
            default: false
            }
        }
        let zero = Money(.zero, try #require(Currency("USD")))
        #expect(told.map(\.source) == [.offline, .offline] && told[0].occurredAt > told[1].occurredAt)
        #expect(told.last?.event.event == .useConflicted(.redeemMilestone(9, purchase: zero)))
        #expect(Set(told.map(\.commandID)).count == 2)
        // No device may redeem what is gone while it can ask.
        try await nine.given(.redeem(milestone: 9)).when(.redeem(milestone: 9)).then(.refused(.milestoneNotOpen))
    }

    @Test("a rule change moves nothing, and older purchases go back by their own rules (R16)")
    func ruleChange() async throws {
        let dearer = CardRules.stampCard(
            mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(2500))),
            stampsPerReward: 4
        )
        let changed = card.given(.purchase("55.00").named("old"), .newRules(dearer))
        try await changed.when().then(.stamps(5), .rewards(0))
        try await changed.when(.refund("55.00", of: "old")).then(.stamps(0), .uncollected(0))
        try await changed.when(.purchase("50.00").on(day: 2)).then(.earned(7), .rewards(1), .stamps(3))
    }
}
