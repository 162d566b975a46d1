import Foundation
import LoyaltyDomain
import Projections

/// The CDNOW cards, folded from the real purchases by the domain itself.
struct CDNOWPopulation {
    /// The cards' own ids, in the order of their numbers.
    private(set) var ids: [String] = []
    private var states: [CardState] = []
    private var numbers: [String: Int] = [:]
    private let program: Program
    private var catalog = ProgramCatalog()

    var subjects: [RFMSubject] {
        states.enumerated().map { RFMSubject(CardNumber(UInt32($0 + 1)), $1) }
    }

    init() throws {
        let rule = SpendRule(stamps: 1, per: MinorUnits(1000))
        guard let id = ProgramID("music"), let currency = Currency("USD") else { throw FixtureError() }
        let rules = CardRules.stampCard(mechanic: .spend(rule), stampsPerReward: 10)
        program = Program(id: id, currency: currency, timeZone: "America/New_York", rules: rules)
        let version = ProgramCatalog.Version(
            version: RuleVersion(1),
            number: ProgramNumber(0),
            effectiveFrom: .earliest,
            program: program
        )
        catalog.add(version)
        for row in try table("purchases.csv") { try add(row) }
    }

    private mutating func add(_ row: [String: String]) throws {
        guard let text = row["card_id"], let id = CardID(text) else { throw FixtureError() }
        guard let day = row["occurred_at"].flatMap({ LocalDay($0) }) else { throw FixtureError() }
        guard let cents = row["amount_minor"].flatMap({ Int64($0) }) else { throw FixtureError() }
        let instant = Timestamp(milliseconds: Int64(day.daysSince1970) * 86_400_000)
        let index = numbers[text] ?? states.count
        if index == states.count {
            states.append(CardState(issuedAt: instant, program: ProgramNumber(0)))
            ids.append(text)
            numbers[text] = index
        }
        let amount = Money(MinorUnits(cents), program.currency)
        let basis = DecisionBasis(
            card: states[index],
            history: nil,
            catalog: catalog,
            recordedAt: instant,
            occurredOn: day
        )
        for event in try CardCommand(.purchase(amount), on: id, at: instant).decide(basis).events {
            states[index].evolve(event, at: CardState.Moment(occurredAt: instant, occurredOn: day))
        }
    }
}

/// A fixture that is not as its README says.
struct FixtureError: Error {}

/// The rows of a file of Fixtures/cdnow, by column name; none of them quotes a field.
func table(_ name: String) throws -> [[String: String]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Fixtures/cdnow")
    let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
    var lines = text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = lines.removeFirst()
    return lines.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
}
