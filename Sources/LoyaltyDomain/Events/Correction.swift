/// What a refund or a write-off of visits did: which transactions it reduced, and how the stamps came back.
public struct Correction: Hashable, Sendable {
    /// The transactions reduced, in the order in which they were.
    public var reductions: [Reduction]

    /// The stamps due back, and what became of them.
    public var clawback: Clawback

    /// Where the last visit and purchase lie afterwards; present where visits were withdrawn.
    public var remaining: LastDays?

    /// Creates a correction.
    public init(reductions: [Reduction], clawback: Clawback, remaining: LastDays?) {
        self.reductions = reductions
        self.clawback = clawback
        self.remaining = remaining
    }

    /// The most transactions one correction may reduce, so that it always fits the record of one command.
    public static let mostReductions = 32_768

    /// The sum of the reductions.
    public var amount: MinorUnits { reductions.reduce(.zero) { $0 + $1.amount } }
}

/// One transaction reduced by a correction.
public struct Reduction: Hashable, Sendable {
    /// The event that recorded it.
    public var transaction: CardVersion

    /// The rule version it earned by.
    public var ruleVersion: RuleVersion

    /// Whether it is a purchase, and not a visit.
    public var isPurchase: Bool

    /// The amount taken from it.
    public var amount: MinorUnits

    /// The part of the amount that had earned (D27); all of it where nothing else was said.
    public var eligible: MinorUnits

    /// Stamps due back that it never received, because a cap withheld them (D7).
    public var absorbed: Stamps

    /// Stamps due back that had lapsed already (D11).
    public var lapsed: Stamps

    /// Stamps due back from the card.
    public var due: Stamps

    /// Whether nothing is left of it, so that it is no visit any more (R10).
    public var withdrawsVisit: Bool

    /// Whether it had earned at least one stamp, so that a stamped visit goes with it (S15).
    public var wasStamped: Bool

    /// Creates a reduction.
    public init(
        transaction: CardVersion,
        ruleVersion: RuleVersion,
        isPurchase: Bool,
        amount: MinorUnits,
        eligible: MinorUnits? = nil,
        absorbed: Stamps,
        lapsed: Stamps = 0,
        due: Stamps,
        withdrawsVisit: Bool,
        wasStamped: Bool
    ) {
        self.transaction = transaction
        self.ruleVersion = ruleVersion
        self.isPurchase = isPurchase
        self.amount = amount
        self.eligible = eligible ?? amount
        self.absorbed = absorbed
        self.lapsed = lapsed
        self.due = due
        self.withdrawsVisit = withdrawsVisit
        self.wasStamped = wasStamped
    }
}

/// How stamps due back were collected (R4): `due == taken + uncollected`.
public struct Clawback: Hashable, Sendable {
    /// Stamps due back from the card.
    public var due: Stamps

    /// Stamps that were there to take.
    public var taken: Stamps

    /// Whether the rest is carried as debt (D16) and not forgiven.
    public var carriesDebt: Bool

    /// Creates a clawback.
    public init(due: Stamps, taken: Stamps, carriesDebt: Bool) {
        self.due = due
        self.taken = taken
        self.carriesDebt = carriesDebt
    }

    /// Nothing was due.
    public static let none = Clawback(due: 0, taken: 0, carriesDebt: false)

    /// Stamps due back that the card no longer had; never silently lost.
    public var uncollected: Stamps { due - taken }
}

/// The local days of a card's last visit and last purchase, where it has any.
public struct LastDays: Hashable, Sendable {
    /// The day of the last visit that was not withdrawn.
    public var visit: LocalDay?

    /// The day of the last purchase that was not withdrawn.
    public var purchase: LocalDay?

    /// Creates a pair of days.
    public init(visit: LocalDay?, purchase: LocalDay?) {
        self.visit = visit
        self.purchase = purchase
    }
}
