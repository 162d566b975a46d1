/// The type of a card (S84): a choice of the parts its rules may have.
///
/// A new type is a case here, with a number that was never used, and a file of its own in this folder.
public enum CardType: UInt8, Hashable, Sendable, CaseIterable {
    /// Stamps that turn into rewards.
    case stamp = 0
    /// Points for a share of the money spent.
    case cashback = 1
    /// Prepaid visits.
    case multipass = 2
    /// Something to be used once, or a few times.
    case coupon = 3
    /// A discount that grows with what was spent.
    case discount = 4
    /// Stored value.
    case gift = 5
    /// Uses per period.
    case membership = 6
    /// Points for a catalogue of rewards.
    case reward = 7

    /// What the type's rules may and must have.
    var form: CardForm {
        switch self {
        case .stamp: .stamp
        case .cashback: .cashback
        case .multipass: .multipass
        case .coupon: .coupon
        case .discount: .discount
        case .gift: .gift
        case .membership: .membership
        case .reward: .reward
        }
    }

    /// The stable word for the type: `stamp`, `cashback` ...
    public var name: String { form.name }

    /// The word for one unit of the main purse: `stamp`, `point`, `visit`, `value`.
    public var unit: String { form.unit }

    /// Whether one unit of the main purse is one minor unit of the program's currency.
    public var countsMoney: Bool { form.countsMoney }

    /// Rules of the type with every default; parts that the type must have may be missing from them.
    public var base: CardRules { form.base }

    /// Whether its rules have a choice of mechanics, so that a document must say which.
    public var choosesMechanic: Bool { ![[.manual], [.amounts]].contains(form.mechanics) }

    /// Whether its rules turn stamps into rewards in one of several ways, so that a document must say in which.
    public var choosesRewards: Bool { form.oneOf.contains(.unlock) }
}

/// What the rules of a card type may and must have.
struct CardForm {
    /// The stable word for the type.
    let name: String
    /// The word for one unit of the main purse.
    let unit: String
    /// Whether such a unit is a minor unit of the currency.
    var countsMoney = false
    /// The mechanics it may have.
    let mechanics: [MechanicKind]
    /// The parts it may have.
    let parts: [RulePart]
    /// The parts of which it must have at least one, unless there are none.
    let oneOf: [RulePart]
    /// Rules of the type with every default, on which a document builds.
    let base: CardRules

    /// Why rules are not of this form, in words, or nil where they are.
    func contradiction(in rules: CardRules) -> String? {
        guard mechanics.contains(MechanicKind(rules.mechanic)) else {
            return "a \(name) card has the mechanic \(mechanics.map(\.rawValue).joined(separator: " or "))"
        }
        for part in rules.parts where !parts.contains(part) { return "a \(name) card has no \(part.rawValue)" }
        guard oneOf.isEmpty || rules.parts.contains(where: oneOf.contains) else {
            return "a \(name) card needs \(oneOf.map(\.rawValue).joined(separator: " or "))"
        }
        if rules.parts.contains(.happyHours), ![.spend, .visit].contains(MechanicKind(rules.mechanic)) {
            return "happyHours need the mechanic spend or visit"
        }
        return nil
    }
}

/// The kind of a mechanic, without its figures.
enum MechanicKind: String {
    case spend
    case visit
    case manual
    case percent
    case amounts

    init(_ mechanic: Mechanic) {
        switch mechanic {
        case .spend: self = .spend
        case .visit: self = .visit
        case .manual: self = .manual
        case .percent: self = .percent
        case .amounts: self = .amounts
        }
    }
}
