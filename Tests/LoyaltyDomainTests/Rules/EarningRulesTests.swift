import LoyaltyDomain
import Testing

/// R2, R6, R9, R10, C1 and S22: how purchases and visits become stamps, and stamps rewards.
@Suite("Earning rules")
struct EarningRulesTests {
    @Test(
        "a purchase earns k stamps for each full unit, the rest of it by the remainder policy (R2)",
        arguments: [
            (.spend(), ["9.99"], 0), (.spend(), ["10"], 1), (.spend(), ["30"], 3), (.spend(), ["0"], 0),
            (.spend(), ["15", "15"], 2), (.spend(1, per: 1000, .cumulative), ["15", "15"], 3),
            (.spend(1, per: 1000, .cumulative), ["9.99", "0.01"], 1), (.spend(), ["9.99", "0.01"], 0),
            (.spend(3), ["25"], 6), (.spend(3, per: 1000, .cumulative), ["25", "5"], 9),
            (.spend(2, per: 1), ["0.03"], 6), (.spend(1, per: 1000, .cumulative), ["5", "5", "5", "5", "5"], 2),
        ] as [(CardRules, [String], Stamps)]
    )
    func earn(rules: CardRules, amounts: [String], stamps: Stamps) {
        let card = amounts.reduce(Card(rules)) { $0.buy($1) }
        #expect(card.state.stampsEarned == stamps)
        #expect(card.state.visits == Visits(Int32(amounts.count)))
    }

    @Test("a full card turns into rewards at once, several from one purchase; the rest carries (R6)")
    func unlocking() {
        let card = Card().buy("95").buy("167.50")
        #expect(card.state.stampsEarned == 25)
        #expect(card.state.rewardsEarned == 2)
        #expect(card.state.rewardsAvailable == 2)
        #expect(card.state.balance == 5)
        #expect(card.state.stampsConverted == 20)
        #expect(card.lastEvents.last == .rewardsUnlocked(2, converted: 20, ruleVersion: RuleVersion(1)))
    }

    @Test("stamps to the next reward are known: \"You're 2 stamps away\" (S22)")
    func toNextReward() {
        #expect(Card().buy("80").state.stampsToNextReward(required: 10) == 2)
        #expect(Card().state.stampsToNextReward(required: 10) == 10)
        #expect(Card().buy("100").state.stampsToNextReward(required: 10) == 10)
    }

    @Test("each visit earns the same, whatever is bought; a purchase is a visit too")
    func visitMechanic() {
        let card = Card(.visits(2)).visit().visit("100").buy("0").buy("70")
        #expect(card.state.stampsEarned == 8)
        #expect(card.state.visits == 4)
        #expect(card.state.purchases == 2)
        #expect(card.state.lifetimeValue == MinorUnits(17_000))
    }

    @Test("a visit on a spend card and a purchase on a manual card are recorded and earn nothing (D15)")
    func otherMechanics() {
        let spend = Card().visit("50")
        #expect(spend.state.stampsEarned == 0)
        #expect(spend.state.visits == 1)
        #expect(spend.state.stampedVisits == 0)
        #expect(spend.state.lifetimeValue == MinorUnits(5000))
        let manual = Card(.manual()).buy("50").visit()
        #expect(manual.state.stampsEarned == 0)
        #expect(manual.state.visits == 2)
        #expect(manual.state.lifetimeValue == MinorUnits(5000))
    }

    @Test("a visit with an amount leaves the remainder of purchases alone (D4, D15)")
    func visitsAndRemainders() {
        let card = Card(.spend(1, per: 1000, .cumulative)).buy("5").visit("5").buy("4.99")
        #expect(card.state.stampsEarned == 0)
        #expect(card.buy("0.01").state.stampsEarned == 1)
    }

    @Test("a second reading of the amount must be equal, and then changes nothing (R9)")
    func stated() {
        let card = Card()
        let fifty = card.money("50")
        #expect(card.doing(.purchase(fifty, stated: fifty), day: nil).state.stampsEarned == 5)
        let differing = card.doing(.purchase(fifty, stated: card.money("51")), day: nil)
        #expect(differing.refusal == .amountsDiffer)
        #expect(CardAction.purchase(fifty, stated: fifty).normalized == .purchase(fifty))
        #expect(CardAction.purchase(fifty, stated: card.money("51")).normalized != .purchase(fifty))
    }

    @Test("amounts are whole minor units of the program's currency, yen included (R1)")
    func yen() {
        let card = Card(.spend(1, per: 500), in: .yen).buy("1499")
        #expect(card.state.stampsEarned == 2)
        #expect(card.state.lifetimeValue == MinorUnits(1499))
    }

    @Test("the last stamp and the last reward have a date (S12, S13)")
    func lastDates() {
        let card = Card().buy("30", day: 2).buy("5", day: 4)
        #expect(card.state.lastStampAt?.dayInUTC == LocalDay(daysSince1970: 2))
        #expect(card.state.lastRewardAt == nil)
        #expect(card.buy("70", day: 6).state.lastRewardAt?.dayInUTC == LocalDay(daysSince1970: 6))
    }
}
