import LoyaltyDomain
import Testing

/// R17 and D17: setting the amount of a past purchase.
@Suite("Edits")
struct EditTests {
    @Test("buy 25, refund 6, edit to 36: open 30, 2 more stamps (D17)")
    func vector() {
        let card = Card().buy("25", as: "it").refund("6").edit("it", to: "36")
        #expect(card.history.transactions.map(\.open) == [MinorUnits(3000)])
        #expect(card.state.stampsEarned == 4)
        #expect(card.state.balance == 3)
        #expect(card.state.lifetimeValue == MinorUnits(3000))
    }

    @Test(
        "an edit moves LTV by the difference and stamps by earn(new) - earn(old) (R17)",
        arguments: [("25", 2, 0), ("29.99", 2, 0), ("30", 3, 0), ("19", 2, 1), ("9", 2, 2), ("0", 2, 2), ("45", 4, 0)]
            as [(String, Stamps, Stamps)]
    )
    func differences(amount: String, earned: Stamps, removed: Stamps) {
        let card = Card().buy("25", as: "it").edit("it", to: amount)
        #expect(card.state.stampsEarned == earned)
        #expect(card.state.stampsRemoved == removed)
        #expect(card.state.lifetimeValue == card.money(amount).minorUnits)
    }

    @Test("the original row never changes; the edit names it with the old and the new amount (S37)")
    func correctionEvent() {
        let card = Card().buy("25", as: "it").edit("it", to: "36")
        guard case .amountEdited(let edit) = card.lastEvents.first else {
            Issue.record("no edit was recorded")
            return
        }
        #expect(edit.transaction == CardVersion(2))
        #expect(edit.from == MinorUnits(2500))
        #expect(edit.to == MinorUnits(3600))
        #expect(
            card.records[1].events.map(\.event) == [
                .purchaseRecorded(amount: MinorUnits(2500), award: Award(ruleVersion: RuleVersion(1), stamps: 2))
            ]
        )
    }

    @Test("an edit below what was refunded is refused (D17)")
    func belowRefunded() {
        let card = Card().buy("25", as: "it").refund("6")
        #expect(card.edit("it", to: "5.99").refusal == .belowRefunded(MinorUnits(600)))
        #expect(card.edit("it", to: "6").state.lifetimeValue == .zero)
    }

    @Test("an edit to nothing open withdraws the visit, reopening restores it (D17)")
    func withdrawal() {
        let bought = Card().buy("25", day: 1).buy("30", day: 2, as: "it")
        let gone = bought.edit("it", to: "0", day: 3)
        #expect(gone.state.visits == 1)
        #expect(gone.state.purchases == 1)
        #expect(gone.state.stampedVisits == 1)
        #expect(gone.state.lastDays.visit == LocalDay(daysSince1970: 1))
        let back = gone.edit("it", to: "12", day: 4)
        #expect(back.state.visits == 2)
        #expect(back.state.stampedVisits == 2)
        #expect(back.state.lastDays.purchase == LocalDay(daysSince1970: 2))
        #expect(back.state.balance == 3)
    }

    @Test("a fully refunded purchase opens again by an edit upward")
    func reopenRefunded() {
        let card = Card().buy("25", as: "it").refund("25").edit("it", to: "36")
        #expect(card.state.visits == 1)
        #expect(card.state.balance == 1)
        #expect(card.state.lifetimeValue == MinorUnits(1100))
    }

    @Test("an edit across a threshold unlocks a reward; a fall keeps it and is uncollected (S45)")
    func rewards() {
        let card = Card().buy("95", as: "it").edit("it", to: "100")
        #expect(card.state.rewardsAvailable == 1)
        let lowered = card.edit("it", to: "50")
        #expect(lowered.state.rewardsAvailable == 1)
        #expect(lowered.state.stampsUncollected == 5)
    }

    @Test("an edit earns by the rule version of its purchase (R16)")
    func ruleVersion() {
        let card = Card().buy("25", as: "it").change(to: .spend(1, per: 100)).edit("it", to: "35")
        #expect(card.state.stampsEarned == 3)
    }

    @Test("a visit-rule purchase that is withdrawn and restored gives its stamps back once and gets them again")
    func visitRule() {
        let bought = Card(.visits(2)).buy("10", as: "it").change(to: .spend())
        let gone = bought.edit("it", to: "0")
        #expect(gone.state.balance == 0)
        let back = gone.edit("it", to: "10")
        #expect(back.state.balance == 2)
        let goneAgain = back.edit("it", to: "0")
        #expect(goneAgain.state.balance == 0)
        #expect(goneAgain.state.stampsUncollected == 0)
    }

    @Test("an unknown or ambiguous purchase, a visit and another mechanic are refused")
    func refused() {
        let card = Card().buy("5", as: "a").buy("6", as: "a").visit("7", as: "v")
        #expect(card.edit("b", to: "1").refusal == .transactionNotFound)
        #expect(card.edit("v", to: "1").refusal == .transactionNotFound)
        #expect(card.edit("a", to: "1").refusal == .transactionAmbiguous)
        #expect(Card(.visits()).buy("5", as: "a").edit("a", to: "1").refusal == .spendCardsOnly)
    }
}
