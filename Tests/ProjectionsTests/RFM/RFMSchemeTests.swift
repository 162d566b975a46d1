import LoyaltyDomain
import Projections
import Testing

@Suite("RFM schemes")
struct RFMSchemeTests {
    @Test(
        "are named as on the command line",
        arguments: zip(RFMScheme.allCases, ["visits-grid", "quintiles", "r-rfm"])
    )
    func names(scheme: RFMScheme, name: String) {
        #expect(scheme.name == name)
        #expect(RFMScheme(name: name) == scheme)
        #expect(RFMScheme(name: name.uppercased()) == nil)
    }

    @Test("answer an empty ledger with no rows", arguments: RFMScheme.allCases)
    func empty(scheme: RFMScheme) {
        #expect(scheme.rows(of: [], asOf: today).isEmpty)
    }

    @Test("keep the order of the cards", arguments: [RFMScheme.visitsGrid, .quintiles])
    func order(scheme: RFMScheme) {
        let cards = randomPopulation(of: 50, seed: 1)
        #expect(scheme.rows(of: cards, asOf: today).map(\.card) == cards.map(\.card))
    }

    @Test("give a card the same row in every order of the cards", arguments: RFMScheme.allCases, UInt64(1)...20)
    func permutation(scheme: RFMScheme, seed: UInt64) {
        let cards = randomPopulation(of: 97, seed: seed)
        var random = SplitMix64(seed: seed)
        let expected = Set(scheme.rows(of: cards, asOf: today))
        #expect(Set(scheme.rows(of: cards.shuffled(using: &random), asOf: today)) == expected)
    }

    @Test("give equal cards equal scores and segments", arguments: RFMScheme.allCases, UInt64(1)...5)
    func ties(scheme: RFMScheme, seed: UInt64) {
        let rows = scheme.rows(of: randomPopulation(of: 400, seed: seed), asOf: today)
        let groups = Dictionary(grouping: rows) { [$0.recencyDays ?? -1, $0.frequency, Int($0.monetary.rawValue)] }
        for group in groups.values {
            #expect(Set(group.map(\.scores)).count == 1)
            #expect(Set(group.map(\.segment)).count == 1)
        }
    }

    @Test("read visits, last days and LTV from a card's state")
    func subjectOfState() {
        let state = CardState(issuedAt: .epoch, program: ProgramNumber(0))
        let subject = RFMSubject(CardNumber(7), state)
        #expect(subject == card(7, days: nil, visits: 0))
    }
}
