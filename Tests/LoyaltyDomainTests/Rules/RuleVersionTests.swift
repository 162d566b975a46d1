import LoyaltyDomain
import Testing

/// R16 and D9: which rules speak when.
@Suite("Rule versions")
struct RuleVersionTests {
    private func day(_ day: Int64) -> Timestamp { Timestamp(milliseconds: day * 86_400_000) }

    @Test("version 1 is effective from the beginning, a later one never before it was recorded (D9)")
    func effectiveFrom() {
        var catalog = ProgramCatalog()
        #expect(catalog.effectiveFrom(of: .coffee, wished: day(5), recordedAt: day(9)) == .earliest)
        catalog.add(.first(of: .coffee(.spend())))
        #expect(catalog.effectiveFrom(of: .coffee, wished: nil, recordedAt: day(9)) == day(9))
        #expect(catalog.effectiveFrom(of: .coffee, wished: day(5), recordedAt: day(9)) == day(9))
        #expect(catalog.effectiveFrom(of: .coffee, wished: day(12), recordedAt: day(9)) == day(12))
    }

    @Test("a purchase earns by the version effective when it occurred, and says which (D9, R16)")
    func earning() {
        let card = Card().change(to: .spend(1, per: 500), from: 10, day: 5)
        let stamps = { (day: Int) in card.buy("20", day: day).state.stampsEarned }
        #expect(stamps(7) == 2)
        #expect(stamps(10) == 4)
        #expect(card.buy("20", day: 12).buy("20", day: 9).state.stampsEarned == 6)
        let bought = card.buy("20", day: 12)
        #expect(
            bought.lastEvents == [
                .purchaseRecorded(amount: MinorUnits(2000), award: Award(ruleVersion: RuleVersion(2), stamps: 4))
            ]
        )
    }

    @Test("rewards unlock by the newest version, even for a late purchase (D9)")
    func unlocking() {
        let card = Card().buy("90", day: 1).change(to: .spend(reward: 5), day: 8)
        #expect(card.state.rewardsEarned == 0)
        let late = card.buy("10", day: 2)
        #expect(late.state.rewardsEarned == 2)
        #expect(late.lastEvents.last == .rewardsUnlocked(2, converted: 10, ruleVersion: RuleVersion(2)))
    }

    @Test("a change of rules moves nothing by itself; a purchase that earns nothing unlocks nothing")
    func nothingByItself() {
        let card = Card().buy("90").change(to: .spend(reward: 5)).buy("1")
        #expect(card.state.rewardsEarned == 0)
        #expect(card.state.balance == 9)
    }

    @Test("a refund goes by the rule version of the purchase (R3, R16)")
    func refunds() {
        let card = Card().buy("40", as: "old").change(to: .spend(1, per: 500)).buy("25", as: "new")
        #expect(card.refund("20", of: "old").state.stampsRemoved == 2)
        #expect(card.refund("20", of: "new").state.stampsRemoved == 4)
    }

    @Test("the catalog finds versions by number, program and instant")
    func catalog() {
        var catalog = ProgramCatalog()
        catalog.add(.first(of: .coffee(.spend())))
        let tea = Program(id: known(ProgramID("tea")), currency: .yen, timeZone: "Asia/Tokyo", rules: .visits())
        #expect(catalog.numberToDefine(tea.id) == ProgramNumber(1))
        catalog.add(
            .init(version: RuleVersion(2), number: ProgramNumber(1), effectiveFrom: .earliest, program: tea)
        )
        catalog.add(.init(version: RuleVersion(3), number: .only, effectiveFrom: day(4), program: .coffee(.manual())))
        #expect(catalog.nextVersion == RuleVersion(4))
        #expect(catalog.programs.map(\.id.text) == ["coffee", "tea"])
        #expect(catalog.number(of: tea.id) == ProgramNumber(1))
        #expect(catalog.number(of: known(ProgramID("milk"))) == nil)
        #expect(catalog[RuleVersion(3)]?.program.rules == .manual())
        #expect(catalog[RuleVersion(4)] == nil)
        #expect(catalog[RuleVersion(0)] == nil)
        #expect(catalog.version(of: .only, at: day(3))?.version == RuleVersion(1))
        #expect(catalog.version(of: .only, at: day(4))?.version == RuleVersion(3))
        #expect(catalog.version(of: ProgramNumber(1), at: day(9))?.version == RuleVersion(2))
    }

    @Test(
        "a contradiction is named",
        arguments: [
            (.spend(reward: 0), "stampsPerReward"), (.spend(reward: .init(.max)), "stampsPerReward"),
            (.spend(0), "stamps must"), (.spend(-1), "stamps must"), (.spend(1, per: 0), "perAmount"),
            (.spend(1, per: -5), "perAmount"), (.spend(cap: 0), "dailyStampCap"), (.visits(0), "stamps must"),
            (.visits(.init(.max)), "stamps must"), (.spend(expired: .graceDays(0)), "graceDays"),
        ] as [(CardRules, String)]
    )
    func contradictions(rules: CardRules, word: String) throws {
        let text = try #require(Program.coffee(rules).firstContradiction)
        #expect(text.contains(word))
    }

    @Test(
        "sensible rules have none",
        arguments: [.spend(cap: 1, expired: .graceDays(1)), .visits(), .manual()] as [CardRules]
    )
    func sensible(rules: CardRules) {
        #expect(Program.coffee(rules).firstContradiction == nil)
    }
}
