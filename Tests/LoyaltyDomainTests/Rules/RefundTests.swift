import LoyaltyDomain
import Testing

/// R3, R4, D3 and D4: what comes back with an amount.
@Suite("Refunds")
struct RefundTests {
    @Test(
        "what is due back is earn(old) - earn(new), never earn(amount) (R3)",
        arguments: [("5", 0), ("5.01", 1), ("6", 1), ("15", 1), ("15.01", 2), ("25", 2)] as [(String, Stamps)]
    )
    func due(amount: String, stamps: Stamps) {
        let card = Card().buy("25").refund(amount)
        #expect(card.state.stampsRemoved == stamps)
        #expect(card.state.balance == 2 - stamps)
        #expect(card.state.stampsEarned == 2)
    }

    @Test("subtracting 9 ten times takes as many stamps as subtracting 90 (R3)")
    func slicing() {
        let sliced = (1...10).reduce(Card().buy("95")) { card, _ in card.refund("9") }
        #expect(sliced.state.balance == 0)
        #expect(sliced.state.stampsRemoved == 9)
        #expect(sliced.state.lifetimeValue == MinorUnits(500))
    }

    @Test("a refund takes LTV and stamps and never a reward; what is gone is uncollected (R4)")
    func rewardsStay() {
        let card = Card().buy("100").refund("100")
        #expect(card.state.lifetimeValue == .zero)
        #expect(card.state.balance == 0)
        #expect(card.state.rewardsAvailable == 1)
        #expect(card.state.rewardsEarned == 1)
        #expect(card.state.stampsUncollected == 10)
        #expect(card.state.debt == 0)
        #expect(card.state.visits == 0)
    }

    @Test("the newest purchase is reduced first: by when it occurred, then by when it was recorded (D3)")
    func newestFirst() {
        let card = Card().buy("30", day: 5).buy("20", day: 9).buy("40", day: 7).refund("25")
        #expect(card.history.transactions.map(\.open) == [MinorUnits(3000), MinorUnits(0), MinorUnits(3500)])
        #expect(card.state.stampsRemoved == 3)
        guard case .amountRefunded(_, _, let correction) = card.lastEvents.last else {
            Issue.record("no refund was recorded")
            return
        }
        #expect(correction.reductions.map(\.transaction) == [CardVersion(3), CardVersion(4)])
        #expect(correction.reductions.map(\.withdrawsVisit) == [true, false])
        #expect(correction.amount == MinorUnits(2500))
    }

    @Test("of purchases of one instant the last recorded is the newest (D3)")
    func sameInstant() {
        var card = Card()
        for amount in ["20", "30"] {
            card.run(.purchase(card.money(amount)), at: .epoch, on: LocalDay(daysSince1970: 0))
        }
        #expect(card.refund("10").history.transactions.map(\.open) == [MinorUnits(2000), MinorUnits(2000)])
    }

    @Test("a zero purchase is a visit, is never open, and its visit stays: buy 5, buy 0, refund 5 (D3)")
    func zeroPurchase() {
        let card = Card().buy("5").buy("0", as: "nothing").refund("5")
        #expect(card.refusal == nil)
        #expect(card.state.visits == 1)
        #expect(card.refund("1", of: "nothing").refusal == .exceedsOpenAmount(.zero))
        #expect(card.refund("1").refusal == .exceedsOpenAmount(.zero))
    }

    @Test("a refund of less than one minor unit is refused (D3)")
    func tooSmall() {
        #expect(Card().buy("5").refund("0").refusal == .amountTooSmall)
    }

    @Test("a named refund reduces that purchase only and never spills over (D3)")
    func named() {
        let card = Card().buy("30", as: "r1").buy("20", as: "r2")
        #expect(card.refund("10", of: "r1").history.transactions.map(\.open) == [MinorUnits(2000), MinorUnits(2000)])
        #expect(card.refund("30.01", of: "r1").refusal == .exceedsOpenAmount(MinorUnits(3000)))
        #expect(card.refund("10", of: "r3").refusal == .transactionNotFound)
        #expect(card.buy("5", as: "r1").refund("1", of: "r1").refusal == .transactionAmbiguous)
    }

    @Test("a purchase is named by its command id, else by its reference (D3)")
    func naming() {
        let id = CommandID.opaque(high: 1, low: 2)
        let other = CommandID.opaque(high: 9, low: 9)
        let card = Card().buy("30", as: "r1", id: id).buy("20", as: "r2").visit("9", as: "r9")
        let named: (CommandID?, String?) -> [Int64] = { id, reference in
            let name = TransactionName(commandID: id, reference: reference)
            return card.refund("1", of: name).history.transactions.map { $0.refunded.rawValue }
        }
        #expect(named(id, nil) == [100, 0, 0])
        #expect(named(id, "r2") == [100, 0, 0])
        #expect(named(other, "r2") == [0, 100, 0])
        #expect(card.refund("1", of: TransactionName(commandID: other)).refusal == .transactionNotFound)
        #expect(card.refund("1", of: TransactionName(reference: "r9")).refusal == .transactionNotFound)
        #expect(card.refund("1", of: TransactionName()).refusal == .transactionNotFound)
    }

    @Test("more than is open is refused with what is open (R3)")
    func tooMuch() {
        let card = Card().buy("30").refund("10").refund("20.01")
        #expect(card.refusal == .exceedsOpenAmount(MinorUnits(2000)))
        #expect(card.state.lifetimeValue == MinorUnits(2000))
    }

    @Test("amounts are refunded on spend cards only; the refusal names the right command (R11, S30)")
    func spendOnly() {
        #expect(Card(.visits()).buy("30").refund("10").refusal == .spendCardsOnly)
        #expect(Card(.manual()).buy("30").refund("10").refusal == .spendCardsOnly)
        #expect(Refusal.spendCardsOnly.message(under: .coffee(.spend())).contains("remove-visits"))
    }

    @Test("a grant's amount is no purchase and is never refunded")
    func grants() {
        #expect(Card().grant(1, with: "50").refund("1").refusal == .exceedsOpenAmount(.zero))
    }
}
