import Foundation
import LoyaltyLedger
import Testing

@Suite struct ProgramDocumentTests {
    @Test(arguments: [
        ("coffee-per-transaction.json", RemainderPolicy.perTransaction), ("coffee-carry-over.json", .cumulative),
    ])
    func readsTheFixtures(file: String, remainder: RemainderPolicy) throws {
        let program = try Program(document: Array(try Data(contentsOf: fixtures.appending(path: file))))
        let rule = SpendRule(stamps: 1, per: MinorUnits(1000), remainder: remainder)
        #expect(program.id == ProgramID("coffee"))
        #expect(program.currency == Currency("USD"))
        #expect(program.timeZone == "America/New_York")
        #expect(program.rules == CardRules.stampCard(mechanic: .spend(rule), stampsPerReward: 10))
    }

    @Test(
        "A document reads back as the program it was written from",
        arguments: [
            CardRules.stampCard(mechanic: .manual, stampsPerReward: 1),
            CardRules.stampCard(
                mechanic: .visit(stamps: 2),
                stampsPerReward: 9,
                dailyStampCap: 2,
                uncollected: .carryAsDebt
            ),
            CardRules.stampCard(mechanic: .visit(stamps: 1), stampsPerReward: 9, redeemWhenExpired: .denied),
            CardRules.stampCard(
                mechanic: .spend(SpendRule(stamps: 3, per: MinorUnits(1), remainder: .cumulative)),
                stampsPerReward: 1_000_000_000,
                uncollected: .reject,
                redeemWhenExpired: .graceDays(14)
            ),
        ]
    )
    func roundTrips(rules: CardRules) throws {
        for code in ["USD", "JPY", "KWD"] {
            let program = Program(
                id: try #require(ProgramID("\"tea\" & co")),
                currency: try #require(Currency(code)),
                timeZone: "UTC",
                rules: rules
            )
            #expect(try Program(document: program.document) == program)
        }
    }

    @Test func writesOneCanonicalForm() throws {
        let spaced = try Program(document: Array(document().utf8))
        let text = String(decoding: spaced.document, as: UTF8.self)
        #expect(
            text == """
                {"currency":"USD","id":"coffee","stampCard":{"customerHistory":"summary","mechanic":{"spend":{"perAmount":"10.00",\
                "remainder":"perTransaction","stamps":1}},"redeemWhenExpired":"allowed","stampsPerReward":10,\
                "uncollected":"forgive"},"timeZone":"America/New_York"}
                """
        )
    }

    @Test(
        "Every mistake is named by its place",
        arguments: [
            (("\"id\": \"coffee\",", ""), "id", "missing"),
            (("\"coffee\"", "\"\""), "id", "found \"\""),
            (("\"coffee\"", "7"), "id", "expected a text, found 7"),
            (("\"USD\"", "\"usd\""), "currency", "found \"usd\""),
            (("America/New_York", "America/Gotham"), "timeZone", "found \"America/Gotham\""),
            (("\"id\"", "\"colour\": 1, \"id\""), "colour", "unknown key"),
            (("\"id\"", "\"id\": \"tea\", \"id\""), "line 1, column 15", "stands twice"),
            (("\"stampsPerReward\": 10", "\"uncollected\": \"forgive\""), "stampCard.stampsPerReward", "missing"),
            (("\"stampsPerReward\": 10", "\"stampsPerReward\": 0"), "stampCard.stampsPerReward", "found 0"),
            (("\"stampsPerReward\": 10", "\"stampsPerReward\": 10.5"), "stampCard.stampsPerReward", "found 10.5"),
            (("\"stampsPerReward\": 10", "\"stampsPerReward\": 10.0"), "stampCard.stampsPerReward", "found 10.0"),
            (("\"stampsPerReward\": 10", "\"stampsPerReward\": 1e1"), "stampCard.stampsPerReward", "found 1e1"),
            (("\"stampsPerReward\": 10", "\"stampsPerReward\": \"ten\""), "stampCard.stampsPerReward", "found \"ten\""),
            (("\"stampsPerReward\": 10", "\"stampsPerReward\": 1000000001"), "stampCard.stampsPerReward", "1000000001"),
            (("\"mechanic\"", "\"mechanics\""), "stampCard.mechanics", "unknown key"),
            (("\"spend\"", "\"visit\""), "stampCard.mechanic.visit.perAmount", "unknown key"),
            (("\"spend\"", "\"manual\": {}, \"spend\""), "stampCard.mechanic", "found manual and spend"),
            (("{ \"spend\": {\"stamps\": 1, \"perAmount\": \"10.00\"} }", "{}"), "stampCard.mechanic", "found none"),
            (("\"10.00\"", "10.00"), "stampCard.mechanic.spend.perAmount", "in quotes, such as \"10.00\", found 10.00"),
            (("\"10.00\"", "\"0.00\""), "stampCard.mechanic.spend.perAmount", "above nothing"),
            (("\"10.00\"", "\"-10.00\""), "stampCard.mechanic.spend.perAmount", "found \"-10.00\""),
            (("\"10.00\"", "\"10.005\""), "stampCard.mechanic.spend.perAmount", "found \"10.005\""),
            (("\"stamps\": 1", "\"stamps\": 0"), "stampCard.mechanic.spend.stamps", "found 0"),
            (("\"stamps\": 1", "\"stamps\": -1"), "stampCard.mechanic.spend.stamps", "found -1"),
            (("\"stamps\": 1", "\"stamps\": true"), "stampCard.mechanic.spend.stamps", "found true"),
            (
                ("\"stamps\": 1", "\"stamps\": 1, \"remainder\": \"keep\""), "stampCard.mechanic.spend.remainder",
                "\"cumulative\""
            ),
            (
                ("\"stampsPerReward\"", "\"dailyStampCap\": 0, \"stampsPerReward\""), "stampCard.dailyStampCap",
                "found 0"
            ),
            (
                ("\"stampsPerReward\"", "\"dailyStampCap\": null, \"stampsPerReward\""), "stampCard.dailyStampCap",
                "null"
            ),
            (("\"stampsPerReward\"", "\"uncollected\": 1, \"stampsPerReward\""), "stampCard.uncollected", "\"reject\""),
            (
                ("\"stampsPerReward\"", "\"redeemWhenExpired\": {\"graceDays\": 0}, \"stampsPerReward\""),
                "stampCard.redeemWhenExpired.graceDays", "found 0"
            ),
            (
                ("\"stampsPerReward\"", "\"redeemWhenExpired\": 3, \"stampsPerReward\""), "stampCard.redeemWhenExpired",
                "found 3"
            ),
            (("\"America/New_York\",", "\"America/New_York\""), "line 1, column 68", "comma"),
        ]
    )
    func refuses(change: (from: String, to: String), place: String, message: String) {
        let text = document().replacingOccurrences(of: change.from, with: change.to)
        #expect(text != document())
        let error = #expect(throws: ProgramDocumentError.self) { try Program(document: Array(text.utf8)) }
        #expect(error?.place == place)
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }

    private func document() -> String {
        """
        {"id": "coffee", "currency": "USD", "timeZone": "America/New_York", "stampCard": \
        { "mechanic": { "spend": {"stamps": 1, "perAmount": "10.00"} }, "stampsPerReward": 10 } }
        """
    }

    private var fixtures: URL {
        URL(filePath: #filePath).appending(path: "../../../../Fixtures/programs").standardized
    }
}
