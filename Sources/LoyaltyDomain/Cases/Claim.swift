/// What a customer says of their card: a figure that it showed, or a purchase they made, on a local day (S60).
public struct Claim: Hashable, Sendable {
    /// What is said to have been.
    public enum Subject: Hashable, Sendable {
        /// So many stamps on the card.
        case stamps(Stamps)
        /// So many rewards there to redeem.
        case rewards(Rewards)
        /// So many visits: prepaid ones where a card has them, else those that were made.
        case visits(Visits)
        /// So many points: bonus points where a card has them beside its stamps.
        case points(Stamps)
        /// So much spent: the open amounts of all purchases and visits.
        case spent(MinorUnits)
        /// So much stored value, or points of that worth.
        case balance(MinorUnits)
        /// A purchase or visit of that amount, with the number of its receipt where that is known.
        case purchase(MinorUnits, reference: String?)
    }

    /// What.
    public var subject: Subject
    /// On which local day of the card's program.
    public var day: LocalDay
    /// At which minute of it, 0...1439; nil where any instant of the day will do.
    public var minute: Int32?

    /// Creates a claim.
    public init(_ subject: Subject, on day: LocalDay, minute: Int32? = nil) {
        self.subject = subject
        self.day = day
        self.minute = minute
    }
}

extension Claim {
    /// Whether the claim is about something that cards with these rules have.
    public func fits(_ rules: CardRules) -> Bool {
        switch subject {
        case .rewards, .visits, .spent, .purchase: return true
        case .stamps: return rules.type.unit == "stamp"
        case .points:
            if case .visits = rules.spending { return true }
            return rules.type.unit == "point"
        case .balance: return rules.type.countsMoney || rules.countsShares
        }
    }

    /// Why the claim's own figure can be none, or nil.
    var refusal: Refusal? {
        switch subject {
        case .stamps(let count), .points(let count): count < 0 ? .quantityTooSmall : nil
        case .rewards(let count): count < 0 ? .quantityTooSmall : nil
        case .visits(let count): count < 0 ? .quantityTooSmall : nil
        case .spent(let amount), .balance(let amount): amount < .zero ? .amountTooSmall : nil
        case .purchase(let amount, let reference):
            amount < .zero ? .amountTooSmall : reference.map { Label($0) == nil } ?? false ? .claimUnreadable : nil
        }
    }
}

extension CardRules {
    /// Whether points come for a share of the money spent, so that each is worth some (D20).
    fileprivate var countsShares: Bool {
        if case .percent = mechanic { true } else { false }
    }
}
