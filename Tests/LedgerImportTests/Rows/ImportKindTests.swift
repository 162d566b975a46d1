import LoyaltyLedger
import Testing

@testable import LedgerImport

@Suite struct ImportKindTests {
    /// A row with a value for every field: whatever a kind needs is there.
    private static let header = """
        card,occurred_at,kind,program,amount,quantity,expires_on,reason,eligible_amount,command,other_card,platform,item,\
        purse,tier,period,grants_entry,returns_stamps,claim,case,verdict,position
        """

    private func read(_ kind: ImportKind, leavingOut field: ImportField? = nil) throws -> CardAction {
        let names = Self.header.split(separator: ",").map(String.init)
        let values = [
            "c1", "2026-01-05", kind.rawValue, "coffee", kind.amount == .none ? "" : "5.00", "3", "2026-12-31",
            "correction",
            "4.00", "2/7", "c2", "ios", "Tea", "bonus", "Gold", "week", "no", "yes",
            "9 stamps on 2026-01-04", "2", "refuted", "17",
        ]
        let texts = zip(names, values).map { $0 == field?.name ? "" : $1 }
        let records = Array(CSVReader(Array((Self.header + "\n" + texts.joined(separator: ",") + "\n").utf8)))
        let mapping = try ImportMapping(columns: records[0].texts, renames: [], values: [])
        let terms = ProgramTerms(
            currency: try #require(Currency("USD")),
            calendar: try #require(ProgramCalendar(timeZone: "UTC")),
            program: ProgramID("coffee"),
            tiers: ["Silver", "Gold"]
        )
        return try ImportRowReader(mapping: mapping) { _, _ in terms }.read(records[1]).command.action
    }

    @Test("Each kind is read as an action of its own", arguments: ImportKind.allCases)
    func reads(kind: ImportKind) throws {
        let action = try read(kind)
        for other in ImportKind.allCases where other != kind { #expect(try read(other) != action, "\(other)") }
    }

    @Test("What a kind needs is asked for by its name", arguments: ImportKind.allCases)
    func asksForWhatIsMissing(kind: ImportKind) throws {
        let optional: [ImportField] = [
            .amountMinor, .statedAmount, .eligibleAmount, .refunds, .purse, .grantsEntry, .returnsStamps,
        ]
        for field in kind.fields where !optional.contains(field) {
            do {
                // Left out without harm: what has a meaning of its own when it is not there.
                _ = try read(kind, leavingOut: field)
                let harmless: [ImportKind: [ImportField]] = [
                    .visit: [.amount], .spend: [.amount], .reverseLoad: [.amount, .quantity],
                    .redeemMilestone: [.quantity],
                    .redeemCoupon: [.otherCard], .setTier: [.expiresOn], .refund: [.command],
                    .addEvidence: [.position],
                ]
                #expect(harmless[kind]?.contains(field) == true, "\(kind) without \(field)")
            } catch let problem as RowProblem {
                #expect(problem.code == "missing-field", "\(kind) without \(field): \(problem)")
            }
        }
    }

    @Test func namesTiersAndCommandsAsAHistoryShowsThem() throws {
        #expect(try read(.setTier) == .setTier(TierNumber(2), until: LocalDay("2026-12-31"), grantsEntry: false))
        #expect(try read(.reverseSpending) == .reverseSpending(.sequence(source: 2, number: 7)))
        #expect(CommandID(naming: "till 7/118") == CommandID(text: "till 7/118"))
        #expect(
            CommandID(naming: "0/7") == CommandID(text: "0/7") && CommandID(naming: "2/07") == CommandID(text: "2/07")
        )
    }

    @Test func readsWhatACustomerSays() throws {
        let day = try #require(LocalDay("2026-01-04"))
        #expect(try read(.openCase) == .openCase(Claim(.stamps(9), on: day)))
        #expect(try read(.addEvidence) == .addEvidence(CaseNumber(2), position: 17))
        #expect(try read(.decideCase) == .decideCase(CaseNumber(2), .refuted))
    }

    @Test func readsSignedQuantities() throws {
        func quantity(_ text: String) throws -> CardAction {
            let file = "card,occurred_at,kind,quantity\nc1,2026-01-05,adjust,\(text)\n"
            let records = Array(CSVReader(Array(file.utf8)))
            let mapping = try ImportMapping(columns: records[0].texts, renames: [], values: [])
            let terms = ProgramTerms(
                currency: try #require(Currency("USD")),
                calendar: try #require(ProgramCalendar(timeZone: "UTC"))
            )
            return try ImportRowReader(mapping: mapping) { _, _ in terms }.read(records[1]).command.action
        }
        #expect(try quantity("24") == .adjustStamps(24) && quantity("+24") == .adjustStamps(24))
        #expect(try quantity("-24") == .adjustStamps(-24))
        for text in ["0", "-0", "--4", "4-", "-", "1.5", "2147483648"] {
            #expect(throws: RowProblem.self, "\(text)") { try quantity(text) }
        }
    }
}
