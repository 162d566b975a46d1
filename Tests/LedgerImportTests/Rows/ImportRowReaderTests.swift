import LoyaltyLedger
import Testing

@testable import LedgerImport

@Suite struct ImportRowReaderTests {
    @Test(arguments: [
        ("purchase,12.50,,,,,", CardAction.purchase(money(1250))),
        ("purchase,12.5,,,,,", .purchase(money(1250))),
        ("purchase,0,,,,,", .purchase(money(0))),
        ("purchase,,1250,,,,", .purchase(money(1250))),
        ("purchase,12.50,1250,3,,,", .purchase(money(1250))),
        ("visit,,,,,,", .visit(nil)),
        ("visit,0.00,,,,,", .visit(money(0))),
        ("visit,5,,,,,", .visit(money(500))),
        ("refund,1,,,,,", .refund(money(100))),
        (
            "refund,1,,,receipt 7,,",
            .refund(money(100), of: TransactionName(commandID: CommandID(text: "receipt 7"), reference: "receipt 7"))
        ),
        ("remove-visits,,,2,,,", .removeVisits(2)),
        ("add-stamps,,,3,,,", .addStamps(3)),
        ("add-stamps,0.00,0,3,,,", .addStamps(3)),
        ("remove-stamps,,,3,,,", .removeStamps(3)),
        ("grant-rewards,20.00,,1,,,", .grantRewards(1, purchase: money(2000))),
        ("redeem-rewards,0,,1,,,", .redeemRewards(1, purchase: money(0))),
        ("remove-rewards,0,,1,,,correction", .removeRewards(1, purchase: money(0), .correction)),
        ("remove-rewards,0,,2,,,expired", .removeRewards(2, purchase: money(0), .expired)),
        ("set-expiry,,,,,1998-06-30,", .setExpiry(LocalDay("1998-06-30"))),
    ])
    func reads(row: String, action: CardAction) throws {
        #expect(try read("c1,1997-01-01,\(row)").command.action == action)
    }

    @Test(
        "What cannot be read is refused with its reason",
        arguments: [
            ("c1,1997-01-01,purchase,1.005,,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,1e9,,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,-5,,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,+5,,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,\"12,50\",,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,99999999999999999999,,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,10000000000000.01,,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase, 5,,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,.5,,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,5.,,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,,12.5,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,,-5,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,,1000000000000001,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,,99999999999999999999,,,,", "bad-amount"),
            ("c1,1997-01-01,purchase,12.50,1251,,,,", "amounts-differ"),
            ("c1,1997-01-01,purchase,,,,,,", "missing-field"),
            ("c1,1997-01-01,refund,,,,,,", "missing-field"),
            ("c1,1997-01-01,redeem-rewards,,,1,,,", "missing-field"),
            ("c1,1997-01-01,grant-rewards,5,,,,,", "missing-field"),
            ("c1,1997-01-01,remove-rewards,0,,1,,,", "missing-field"),
            ("c1,1997-01-01,remove-rewards,0,,1,,,bored", "unknown-reason"),
            ("c1,1997-01-01,add-stamps,,,,,,", "missing-field"),
            ("c1,1997-01-01,add-stamps,,,0,,,", "bad-quantity"),
            ("c1,1997-01-01,add-stamps,,,-1,,,", "bad-quantity"),
            ("c1,1997-01-01,add-stamps,,,1.5,,,", "bad-quantity"),
            ("c1,1997-01-01,add-stamps,,,2147483648,,,", "bad-quantity"),
            ("c1,1997-01-01,purchase,5,,-1,,,", "bad-quantity"),
            ("c1,1997-01-01,add-stamps,5.00,,1,,,", "unexpected-amount"),
            ("c1,1997-01-01,set-expiry,,,,,,", "missing-field"),
            ("c1,1997-01-01,set-expiry,,,,,30/06/1998,", "bad-date"),
            ("c1,1997-02-29,purchase,5,,,,,", "bad-date"),
            ("c1,yesterday,purchase,5,,,,,", "bad-date"),
            ("c1,,purchase,5,,,,,", "missing-field"),
            (",1997-01-01,purchase,5,,,,,", "missing-field"),
            ("c1,1997-01-01,,5,,,,,", "missing-field"),
            ("c1,1997-01-01,Purchase,5,,,,,", "unknown-kind"),
            ("c1,1997-01-01,purchase,5", "ragged-row"),
            ("\"c\n1\",1997-01-01,purchase,5,,,,,", "bad-text"),
            (
                "0123456789012345678901234567890123456789012345678901234567890123x,1997-01-01,purchase,5,,,,,",
                "bad-text"
            ),
        ]
    )
    func refuses(row: String, code: String) {
        let problem = #expect(throws: RowProblem.self) { try read(row) }
        #expect(problem?.code == code, "\(String(describing: problem))")
        #expect(problem?.message.isEmpty == false)
    }

    @Test func readsTheTimeInTheProgramsZone() throws {
        let date = try read("c1,1997-01-01,visit,,,,,,").command.occurredAt
        let local = try read("c1,1997-01-01 00:00:00,visit,,,,,,").command.occurredAt
        let zoned = try read("c1,1997-01-01T05:00:00Z,visit,,,,,,").command.occurredAt
        #expect(date == zoned && local == zoned)
    }

    @Test func readsWhatIsWrittenBesideTheCommand() throws {
        let header =
            "card,occurred_at,kind,command_id,customer,program,reference,staff,device,location,comment,internal_note"
        let file = """
            \(header)
            c1,1997-01-01,visit,till-7/42,k9,coffee,r-1,ann,till 7,Main St,"two
            lines",note
            """
        let records = Array(CSVReader(Array(file.utf8)))
        let mapping = try ImportMapping(columns: records[0].texts, renames: [], values: [])
        let row = try reader(mapping).read(records[1])
        #expect(row.row == 1)
        #expect(row.commandID == CommandID(text: "till-7/42"))
        #expect(row.customer == CustomerID("k9"))
        #expect(row.program == ProgramID("coffee"))
        let attribution = Attribution(staff: Label("ann"), device: Label("till 7"), location: Label("Main St"))
        #expect(
            row.context
                == CommandContext(
                    source: .import,
                    attribution: attribution,
                    reference: "r-1",
                    customerComment: "two\nlines",
                    internalNote: "note"
                )
        )
    }

    private func read(_ row: String) throws -> ImportRow {
        let header = "card,occurred_at,kind,amount,amount_minor,quantity,refunds,expires_on,reason\n"
        let records = Array(CSVReader(Array((header + row + "\n").utf8)))
        let mapping = try ImportMapping(columns: records[0].texts, renames: [], values: [])
        return try reader(mapping).read(records[1])
    }

    private func reader(_ mapping: ImportMapping) throws -> ImportRowReader {
        let calendar = try #require(ProgramCalendar(timeZone: "America/New_York"))
        let terms = ProgramTerms(currency: dollar, calendar: calendar)
        return ImportRowReader(mapping: mapping) { _, _ in terms }
    }
}

private let dollar = Currency("USD") ?? { preconditionFailure("USD has three capital letters") }()

private func money(_ cents: Int64) -> Money { Money(MinorUnits(cents), dollar) }
