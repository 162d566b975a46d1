public import LoyaltyLedger

/// Something that happens in a scenario.
///
/// Steps are made by name, such as `.purchase("20.00")`, and told more about by what is chained to them:
/// `.purchase("20.00").on(day: 3).named("first")`.
public struct Step: Sendable {
    enum Kind: Sendable {
        case command(@Sendable (ScenarioTerms) throws -> CardAction)
        case rules(CardRules, program: String?)
        case sweep
        case offline([Step], device: String)
    }

    let kind: Kind
    var card = "card"
    var customer: String?
    var program: String?
    var day: Int?
    var minute: Int?
    var instant: Timestamp?
    var name: String?
    var receipt: String?
    var staff: String?
    var location: String?
    var comment: String?
    var note: String?
    var isIssue = false

    init(_ kind: Kind) { self.kind = kind }

    static func act(_ action: @escaping @Sendable (ScenarioTerms) throws -> CardAction) -> Step {
        Step(.command(action))
    }

    private func with(_ change: (inout Step) -> Void) -> Step {
        var step = self
        change(&step)
        return step
    }

    /// It happens on that day of the scenario, late where the scenario is further on.
    public func on(day: Int) -> Step { with { $0.day = day } }
    /// It happens at that time of the local day.
    public func at(_ hour: Int, _ minute: Int = 0) -> Step { with { $0.minute = hour * 60 + minute } }
    /// It happens at that instant.
    public func at(_ instant: Timestamp) -> Step { with { $0.instant = instant } }
    /// It is about that card; the card `card` where nothing is said.
    public func card(_ name: String) -> Step { with { $0.card = name } }
    /// Its card, if it is issued by this step, is that customer's.
    public func customer(_ name: String) -> Step { with { $0.customer = name } }
    /// Its card, if it is issued by this step, is of that program.
    public func program(_ name: String) -> Step { with { $0.program = name } }
    /// Later steps call it by that name.
    public func named(_ name: String) -> Step { with { $0.name = name } }
    /// It carries the number of a till receipt.
    public func receipt(_ number: String) -> Step { with { $0.receipt = number } }
    /// That member of staff does it.
    public func by(_ staff: String) -> Step { with { $0.staff = staff } }
    /// It happens there.
    public func location(_ name: String) -> Step { with { $0.location = name } }
    /// With a comment for the customer.
    public func comment(_ text: String) -> Step { with { $0.comment = text } }
    /// With a note for staff only.
    public func note(_ text: String) -> Step { with { $0.note = text } }
}

/// What a step's figures are told in.
struct ScenarioTerms: Sendable {
    let currency: Currency

    func money(_ text: String) throws -> Money {
        let parts = text.split(separator: " ")
        if parts.count == 2, let other = Currency(parts[1]) {
            return try known(Money(decimal: parts[0], other), "no amount: \(text)")
        }
        if text.hasPrefix("-"), let positive = Money(decimal: text.dropFirst(), currency) {
            return Money(MinorUnits(-positive.minorUnits.rawValue), currency)
        }
        return try known(Money(decimal: text, currency), "no amount: \(text)")
    }

    func name(_ name: String?, receipt: String?) -> TransactionName? {
        if name == nil && receipt == nil { return nil }
        return TransactionName(commandID: name.map(CommandID.init(named:)), reference: receipt)
    }

    func card(_ name: String) throws -> CardID { try known(CardID(name), "no card: \(name)") }
}

extension CommandID {
    /// The id of the step with a name (FNV-1a).
    init(named name: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        self = .opaque(high: 1, low: hash)
    }
}

extension LocalDay {
    /// A day of a scenario: day 1 is Monday, 5 January 2026.
    public static func scenario(_ day: Int) -> LocalDay { LocalDay(daysSince1970: 20_457 + Int32(day)) }
}
