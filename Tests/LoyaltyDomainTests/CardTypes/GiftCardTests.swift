import LoyaltyDomain
import Testing

/// 3.5.
@Suite("Gift cards")
struct GiftCardTests {
    private let card = Card(.giftCard()).load(5000, for: "50", id: .named(1))

    @Test("value is spent in portions; LTV counts the load only")
    func spending() {
        let spent = card.spend(1200).spend(800)
        #expect(spent.state.balance == 3000)
        #expect(spent.state.lifetimeValue == MinorUnits(5000))
        #expect(spent.state.visits == 0)
        #expect(spent.spend(3001).refusal == .exceedsBalance(3000))
        #expect(spent.buy("10").refusal == .notOnThisCard)
    }

    @Test("a load that was spent is not taken back")
    func reversal() {
        #expect(card.spend(1).reverseLoad(.named(1)).refusal == .shortfall(due: 5000, balance: 4999))
        #expect(card.reverseLoad(.named(1)).state.lifetimeValue == .zero)
        #expect(card.reverseLoad(.named(1)).reverseLoad(.named(1)).refusal == .alreadyReversed)
    }

    @Test("a device that was offline may have spent what was gone: a conflict (D23)")
    func offline() {
        let spent = card.amid { $0.isOffline = true }.spend(6000)
        #expect(spent.refusal == nil)
        #expect(spent.state.balance == 0)
        #expect(spent.state.purse.overspent == 1000)
        #expect(spent.state.firstViolation == nil)
    }
}
