import LoyaltyDomain
import Testing

/// D7: guards withhold stamps, never the sale, its amount or its visit.
@Suite("Guards")
struct GuardTests {
    private func withheld(_ card: Card) -> Guard? {
        for case .purchaseRecorded(_, let award) in card.lastEvents { return award.detail?.withheldBy }
        return nil
    }

    @Test("within the cool-down a purchase counts, and earns nothing; late ones look both ways")
    func coolDown() {
        let card = Card(.spend().with { $0.guards.coolDown = 3 * 86_400 }).buy("20", day: 10)
        let soon = card.buy("50", day: 12)
        #expect(withheld(soon) == .coolDown)
        #expect(soon.state.balance == 2)
        #expect(soon.state.visits == 2)
        #expect(soon.state.lifetimeValue == MinorUnits(7000))
        #expect(soon.buy("10", day: 14).state.balance == 3)
        #expect(withheld(card.buy("50", day: 8)) == .coolDown)
        #expect(card.buy("50", day: 3).state.balance == 7)
    }

    @Test("a staff member gives no more than the cap of the day")
    func staffCap() {
        let card = Card(.spend().with { $0.guards.dailyStaffCap = 10 }).amid { $0.staffStamps = 8 }.buy("50")
        #expect(card.state.balance == 2)
        #expect(withheld(card) == .staffCap)
    }

    @Test("a reference earns once")
    func references() {
        let rules = CardRules.spend().with { $0.guards.singleUseReferences = true }
        let first = Card(rules).amid { $0.reference = 7 }.buy("20")
        #expect(first.lastEvents.contains(.referenceClaimed(7)))
        let again = first.amid { $0.isReferenceUsed = true }.buy("20")
        #expect(withheld(again) == .reference)
        #expect(again.state.balance == 2)
        #expect(again.state.visits == 2)
    }

    @Test("an installed card only, where the rules say so (R12)")
    func installation() {
        let card = Card(.spend().with { $0.requiresInstallation = true })
        #expect(card.buy("20").refusal == .notInstalled)
        #expect(card.install().buy("20").state.balance == 2)
    }
}
