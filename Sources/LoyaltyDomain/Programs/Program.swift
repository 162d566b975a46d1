/// A merchant's program: whose cards these are, in which currency, by which clock on the wall, under which rules.
///
/// A change of rules is a new version of the program, recorded as an event; older events keep the version that produced them (R16).
public struct Program: Hashable, Sendable {
    /// The program's short name within its ledger.
    public let id: ProgramID

    /// The currency of every amount.
    ///
    /// It never changes from one version to the next.
    public let currency: Currency

    /// The IANA name of the zone whose calendar days count, such as `America/New_York`.
    public let timeZone: String

    /// What the program's cards do.
    public let rules: CardRules

    /// Creates a program; `firstContradiction` tells whether it makes sense.
    public init(id: ProgramID, currency: Currency, timeZone: String, rules: CardRules) {
        self.id = id
        self.currency = currency
        self.timeZone = timeZone
        self.rules = rules
    }

    /// What is wrong with the program, in words, or nil where nothing is.
    public var firstContradiction: String? { rules.firstContradiction }
}
