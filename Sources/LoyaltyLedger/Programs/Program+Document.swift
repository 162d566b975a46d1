public import LoyaltyDomain

extension Program {
    /// Reads a program from its JSON document, strictly.
    ///
    /// A key that is unknown, missing or there twice, a number that is not whole, a currency or time zone that does not
    /// exist, two mechanics or two card types at once: each is an error that names its place in the document. For example:
    ///
    ///     {
    ///       "id": "coffee", "currency": "USD", "timeZone": "America/New_York",
    ///       "stampCard": {
    ///         "mechanic": { "spend": { "stamps": 1, "perAmount": "10.00", "remainder": "perTransaction" } },
    ///         "stampsPerReward": 10
    ///       }
    ///     }
    ///
    /// - Throws: The first error of the document.
    public init(document bytes: [UInt8]) throws(ProgramDocumentError) {
        let value: JSONValue
        do throws(JSONReader.Problem) {
            value = try JSONReader.read(bytes)
        } catch {
            throw ProgramDocumentError(at: "line \(error.line), column \(error.column)", error.message)
        }
        let root = try DocumentNode(value: value, path: "").members(
            ["id", "currency", "timeZone"] + CardType.allCases.map(\.documentKey)
        )
        let id = try root.required("id")
        guard let programID = ProgramID(try id.text()) else {
            throw id.mismatch("a name of 1 to 64 bytes without control characters")
        }
        let code = try root.required("currency")
        guard let currency = Currency(try code.text()) else { throw code.mismatch("an ISO 4217 code such as \"USD\"") }
        let zone = try root.required("timeZone")
        guard ProgramCalendar.isTimeZone(try zone.text()) else {
            throw zone.mismatch("an IANA time zone such as \"America/New_York\"")
        }
        self.init(
            id: programID,
            currency: currency,
            timeZone: try zone.text(),
            rules: try Program.rules(in: root, currency)
        )
        if let firstContradiction { throw ProgramDocumentError(at: rules.type.documentKey, firstContradiction) }
    }

    /// The program's JSON document in its one canonical form: keys sorted, no spaces, defaults written out.
    ///
    /// Equal programs have equal documents.
    public var document: [UInt8] {
        let members: [JSONValue.Member] = [
            .init("id", .string(id.text)),
            .init("currency", .string(currency.code)),
            .init("timeZone", .string(timeZone)),
            .init(rules.type.documentKey, rules.json(in: currency)),
        ]
        return Array(JSONValue.object(members).sorted.text.utf8)
    }

    /// The rules under the one key that names a card type.
    private static func rules(in root: DocumentObject, _ currency: Currency) throws(ProgramDocumentError) -> CardRules {
        var found: CardRules?
        for type in CardType.allCases {
            guard let node = root.optional(type.documentKey) else { continue }
            guard found == nil else { throw ProgramDocumentError(at: type.documentKey, "a program has one card type") }
            found = try CardRules(of: type, node, in: currency)
        }
        guard let found else {
            let keys = CardType.allCases.map(\.documentKey)
            throw ProgramDocumentError(at: keys[0], "missing; a program has one of \(keys.joined(separator: ", "))")
        }
        return found
    }
}
