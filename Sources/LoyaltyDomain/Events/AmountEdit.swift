/// What setting a past purchase's gross amount did (D17).
public struct AmountEdit: Hashable, Sendable {
    /// How the caller named the purchase.
    public var named: TransactionName

    /// The event that recorded it.
    public var transaction: CardVersion

    /// The local day on which it occurred, which a daily cap counts (D22).
    public var day: LocalDay

    /// The gross amount before.
    public var from: MinorUnits

    /// The gross amount from now on; its open amount changes by the difference.
    public var to: MinorUnits

    /// Stamps earned on top, under the rule version of the purchase; none where the amount fell.
    public var award: Award

    /// Stamps due back that were only ever withheld.
    public var absorbed: Stamps

    /// Stamps due back that had lapsed already (D11).
    public var lapsed: Stamps

    /// By how much the part of the amount that earns changes (D27); by the whole difference where nothing else was said.
    public var eligibleChange: MinorUnits

    /// Stamps due back; none where the amount rose.
    public var clawback: Clawback

    /// Whether the edit withdraws the purchase's visit, restores it, or leaves it.
    public var visitChange: VisitChange

    /// Whether the purchase has earned stamps before this edit.
    public var wasStamped: Bool

    /// Where the last visit and purchase lie afterwards; present where a visit was withdrawn.
    public var remaining: LastDays?

    /// Creates an edit.
    public init(
        named: TransactionName,
        transaction: CardVersion,
        day: LocalDay,
        from: MinorUnits,
        to: MinorUnits,
        award: Award,
        absorbed: Stamps,
        lapsed: Stamps = 0,
        eligibleChange: MinorUnits? = nil,
        clawback: Clawback,
        visitChange: VisitChange,
        wasStamped: Bool,
        remaining: LastDays?
    ) {
        self.named = named
        self.transaction = transaction
        self.day = day
        self.from = from
        self.to = to
        self.award = award
        self.absorbed = absorbed
        self.lapsed = lapsed
        self.eligibleChange = eligibleChange ?? (to - from)
        self.clawback = clawback
        self.visitChange = visitChange
        self.wasStamped = wasStamped
        self.remaining = remaining
    }
}

extension AmountEdit {
    /// Whether it says more than the difference of two amounts: an award's detail, a part that earns, lapsed stamps.
    package var isDetailed: Bool { award.detail != nil || lapsed != 0 || eligibleChange != to - from }
}

/// What an edit does to the purchase's visit.
public enum VisitChange: UInt8, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case unchanged = 0
    /// The amount became nothing: the visit is withdrawn.
    case withdrawn = 1
    /// The amount came back: so does the visit.
    case restored = 2
}
