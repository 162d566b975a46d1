import LoyaltyDomain
import Testing

/// S62-S64, D8 and D19: issue, installation and deletion.
@Suite("Life of a card")
struct LifeTests {
    @Test("a card is issued to a customer under a program, not installed (D8)")
    func issued() {
        let card = Card()
        #expect(card.lastEvents == [.cardIssued(card: .someCard, customer: .someone, program: .only)])
        #expect(card.state.installation == .notInstalled)
        #expect(card.state.issuedAt == .epoch)
    }

    @Test("it earns before it is installed, and is installed anew on another telephone")
    func installed() {
        let card = Card().buy("20").install(.iOS).install(.webApp)
        #expect(card.state.balance == 2)
        #expect(card.state.installation == .installed(.webApp))
    }

    @Test("a card is issued once")
    func twice() {
        #expect(Card().doing(.issue(customer: .someone, program: .coffee), day: nil).refusal == .alreadyIssued)
    }

    @Test(
        "an unknown card or program and a date ahead of the clock cannot be decided, and leave nothing behind (D1, D9)"
    )
    func undecidable() {
        var catalog = ProgramCatalog()
        catalog.add(.first(of: .coffee(.spend())))
        let basis = DecisionBasis(
            card: nil,
            history: nil,
            catalog: catalog,
            recordedAt: .epoch,
            occurredOn: LocalDay(daysSince1970: 0)
        )
        let issue = { (program: ProgramID, instant: Timestamp) in
            CardCommand(.issue(customer: .someone, program: program), on: .someCard, at: instant)
        }
        #expect(throws: Undecidable.unknownCard) {
            try CardCommand(.delete, on: .someCard, at: .epoch).decide(basis)
        }
        #expect(throws: Undecidable.unknownProgram) { try issue(known(ProgramID("tea")), .epoch).decide(basis) }
        let ahead = Timestamp(milliseconds: CardCommand.clockTolerance + 1)
        #expect(throws: Undecidable.occurredInFuture) { try issue(.coffee, ahead).decide(basis) }
    }

    @Test("a deleted card takes no command but corrections (R12, D19)")
    func deleted() {
        let id = CommandID.opaque(high: 5, low: 5)
        let card = Card().buy("125", as: "it").grant(1, id: id).delete()
        #expect(card.state.installation == .deleted)
        for refused in [
            card.buy("1"), card.visit(), card.add(1), card.grant(1), card.redeem(1), card.install(), card.delete(),
            card.expire(after: 9),
        ] {
            #expect(refused.refusal == .cardDeleted)
        }
        for allowed in [
            card.refund("1"), card.edit("it", to: "2"), card.removeVisits(1), card.remove(1),
            card.take(1, as: .correction),
            card.reverseGrant(id),
        ] {
            #expect(allowed.refusal == nil)
        }
    }
}
