import LoyaltyDomain
import Testing

/// 3.2.
@Suite("Multipass cards")
struct MultipassCardTests {
    private let pass = Card(.multipassCard(bonusPerVisit: 20)).load(12, for: "60", id: .named(1))

    @Test("redeeming a visit leaves one less and earns bonus points: 12 -> 11, +20")
    func redeeming() {
        let used = pass.spend(1)
        #expect(used.state.balance == 11)
        #expect(used.state.bonus.balance == 20)
        #expect(used.state.visits == 1)
        #expect(used.state.lifetimeValue == MinorUnits(6000))
        let family = used.spend(3)
        #expect(family.state.visits == 2)
        #expect(family.state.bonus.balance == 80)
        #expect(family.spend(9).refusal == .exceedsBalance(8))
    }

    @Test("a correction is no redemption: no visit, no points")
    func removing() {
        let corrected = pass.adjust(-2)
        #expect(corrected.state.balance == 10)
        #expect(corrected.state.bonus.balance == 0)
        #expect(corrected.state.visits == 0)
    }

    @Test("an undone redemption brings the visit back and takes its points")
    func undoing() {
        let used = pass.spend(2, day: 4, id: .named(2))
        let undone = used.reverseSpending(.named(2))
        #expect(undone.state.balance == 12)
        #expect(undone.state.bonus.balance == 0)
        #expect(undone.state.visits == 0)
        #expect(undone.state.lastDays.visit == nil)
        let gone = used.spend(40, from: .bonus).reverseSpending(.named(2))
        #expect(gone.refusal == .shortfall(due: 40, balance: 0))
    }

    @Test("bonus points are spent and corrected in a purse of their own")
    func bonus() {
        let used = pass.spend(2)
        #expect(used.spend(41, from: .bonus).refusal == .exceedsBonus(40))
        #expect(used.spend(15, from: .bonus).state.bonus.balance == 25)
        #expect(used.adjustBonus(5).state.bonus.balance == 45)
        #expect(used.adjustBonus(-41).refusal == .exceedsBonus(40))
        #expect(used.adjustBonus(-40).state.bonus.balance == 0)
    }

    @Test("a partly used pass is returned in part; more than is left is refused")
    func returning() {
        let used = pass.spend(5)
        #expect(used.reverseLoad(.named(1)).refusal == .shortfall(due: 12, balance: 7))
        let returned = used.reverseLoad(.named(1), 7, for: "35")
        #expect(returned.state.balance == 0)
        #expect(returned.state.lifetimeValue == MinorUnits(2500))
        #expect(returned.reverseLoad(.named(1), 6).refusal == .exceedsLoad(5, MinorUnits(2500)))
        #expect(pass.reverseLoad(.named(1)).state.lifetimeValue == .zero)
    }
}
