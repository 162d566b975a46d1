import Testing

@testable import LedgerImport

@Suite struct ImportMappingTests {
    @Test func takesColumnsByTheirNames() throws {
        let mapping = try ImportMapping(columns: ["kind", "card", "occurred_at", "units"], renames: [], values: [])
        let record = try #require(CSVReader(Array("visit,c1,,3".utf8)).first { _ in true })
        #expect(mapping.text(of: .kind, in: record) == "visit")
        #expect(mapping.text(of: .card, in: record) == "c1")
        #expect(mapping.text(of: .occurredAt, in: record) == nil)
        #expect(mapping.text(of: .quantity, in: record) == nil)
        #expect(!mapping.has(.quantity))
    }

    @Test func renamesAColumn() throws {
        let mapping = try ImportMapping(
            columns: ["card_id", "card", "amount", "occurred_at"],
            renames: ["card=card_id", "amount_minor=amount"],
            values: ["kind=purchase"]
        )
        let record = try #require(CSVReader(Array("c1,c2,500,1997-01-01".utf8)).first { _ in true })
        #expect(mapping.text(of: .card, in: record) == "c1")
        #expect(mapping.text(of: .amountMinor, in: record) == "500")
        #expect(mapping.text(of: .amount, in: record) == nil)
        #expect(mapping.text(of: .kind, in: record) == "purchase")
    }

    @Test func fillsOnlyWhatTheRowLacks() throws {
        let mapping = try ImportMapping(
            columns: ["card", "kind", "occurred_at"],
            renames: [],
            values: ["kind=purchase", "staff=a=b"]
        )
        let records = Array(CSVReader(Array("c1,visit,1997-01-01\nc1,,1997-01-01".utf8)))
        #expect(records.map { mapping.text(of: .kind, in: $0) } == ["visit", "purchase"])
        #expect(mapping.text(of: .staff, in: records[0]) == "a=b")
    }

    @Test(
        "What cannot be bound is a usage error that says what to do",
        arguments: [
            (["card_id", "kind", "occurred_at"], [], [], "no column card"),
            (["card", "occurred_at"], [], [], "no column kind"),
            (["card", "kind"], [], [], "no column occurred_at"),
            (["card", "kind", "occurred_at"], ["card=serial"], [], "unknown column serial"),
            (["card", "kind", "occurred_at"], ["cards=card"], [], "unknown field cards"),
            (["card", "kind", "occurred_at"], [], ["colour=red"], "unknown field colour"),
            (["card", "kind", "occurred_at"], ["card"], [], "not of the form FIELD=COLUMN"),
            (["card", "kind", "occurred_at"], [], ["staff="], "not of the form FIELD=VALUE"),
            (["card", "kind", "occurred_at"], ["card=card", "card=kind"], [], "twice"),
            (["card", "kind", "occurred_at"], [], ["staff=a", "staff=b"], "twice"),
            (["card", "card", "kind", "occurred_at"], [], [], "two columns named card"),
            (["card", "kind", "occurred_at", "x", "x"], ["staff=x"], [], "two columns named x"),
            (
                ["row", "reason", "message"], [], ["card=C1", "kind=purchase", "occurred_at=2026-01-01"],
                "no columns but row, reason, message"
            ),
        ]
    )
    func refuses(columns: [String], renames: [String], values: [String], message: String) {
        let failure = #expect(throws: MappingProblem.self) {
            try ImportMapping(columns: columns, renames: renames, values: values)
        }
        #expect(failure?.message.contains(message) == true, "\(String(describing: failure))")
        #expect(failure?.hint.isEmpty == false)
    }
}
