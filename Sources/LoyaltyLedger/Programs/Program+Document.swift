public import LoyaltyDomain

extension Program {
    /// Reads a program from its JSON document, strictly.
    ///
    /// A key that is unknown, missing or there twice, a number that is not whole, a currency or time zone that does not
    /// exist, two mechanics at once: each is an error that names its place in the document. For example:
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
        let root = try DocumentNode(value: value, path: "").members("id", "currency", "timeZone", "stampCard")
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
            rules: try StampCardRules(try root.required("stampCard"), in: currency)
        )
        if let firstContradiction { throw ProgramDocumentError(at: "stampCard", firstContradiction) }
    }

    /// The program's JSON document in its one canonical form: keys sorted, no spaces, defaults written out.
    ///
    /// Equal programs have equal documents.
    public var document: [UInt8] {
        let members: [JSONValue.Member] = [
            .init("id", .string(id.text)),
            .init("currency", .string(currency.code)),
            .init("timeZone", .string(timeZone)),
            .init("stampCard", rules.json(in: currency)),
        ]
        return Array(JSONValue.object(members).sorted.text.utf8)
    }
}
