import LoyaltyDomain
import Testing

@Suite("The layout of a card's state")
struct CardStateLayoutTests {
    @Test("a state takes at most 168 bytes")
    func size() { #expect(MemoryLayout<CardState>.stride <= 168) }

    @Test("parts that are at rest again make no difference")
    func rest() {
        let plain = CardState(issuedAt: .epoch, program: ProgramNumber(0))
        var card = plain
        card.hasLeftProgram = true
        card.bonus.spent = 3
        #expect(card != plain)
        #expect(card.hasParts)
        card.hasLeftProgram = false
        card.bonus.spent = 0
        #expect(card == plain)
        #expect(!card.hasParts)
    }

    @Test("a copy keeps the parts it had")
    func copies() {
        var card = CardState(issuedAt: .epoch, program: ProgramNumber(0))
        card.tier.number = TierNumber(2)
        let copy = card
        card.tier.number = TierNumber(3)
        card.purse.debtCarried = 4
        card.purse.debt = 4
        #expect(copy.tier.number == TierNumber(2))
        #expect(copy.debt == 0)
        #expect(card.debt == 4)
    }

    @Test("every sum of the purse comes back as it was set")
    func purse() {
        var card = CardState(issuedAt: .epoch, program: ProgramNumber(0))
        var purse = Purse()
        purse.balance = 1
        purse.debt = 2
        purse.earned = 3
        purse.removed = 4
        purse.uncollected = 5
        purse.converted = 6
        purse.debtPaid = 7
        purse.debtCarried = 8
        purse.spent = 9
        purse.lapsed = 10
        purse.restored = 11
        purse.overspent = 12
        card.purse = purse
        #expect(card.purse == purse)
        card.purse = Purse()
        #expect(card == CardState(issuedAt: .epoch, program: ProgramNumber(0)))
    }
}
