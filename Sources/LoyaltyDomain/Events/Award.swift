/// The stamps one purchase or visit earned, and the rule version that said so (R16).
public struct Award: Hashable, Sendable {
    /// The rules in effect when it occurred.
    public var ruleVersion: RuleVersion

    /// Stamps that reached the card.
    public var stamps: Stamps

    /// Stamps the rule gives that a cap held back (D7).
    public var withheld: Stamps

    /// What else the rules applied; nil where they are no more than a mechanic and a daily cap.
    public var detail: AwardDetail?

    /// Creates an award.
    public init(ruleVersion: RuleVersion, stamps: Stamps, withheld: Stamps = 0, detail: AwardDetail? = nil) {
        self.ruleVersion = ruleVersion
        self.stamps = stamps
        self.withheld = withheld
        self.detail = detail
    }
}

/// What an award applied besides mechanic and daily cap, so that a correction takes back what was given (R16).
public struct AwardDetail: Hashable, Sendable {
    /// The share of the card's tier before the purchase: of cashback, or of discount.
    public var share: BasisPoints?
    /// The part of the amount that earns (D27); nil for all of it.
    public var eligible: MinorUnits?
    /// What a happy hour added.
    public var extra: Extra?
    /// Which guard withheld the most; nil where none did, or only the daily cap.
    public var withheldBy: Guard?
    /// The last day of its stamps, where they have one of their own (D12).
    public var lapsesAfter: LocalDay?

    /// Creates a detail.
    public init(
        share: BasisPoints? = nil,
        eligible: MinorUnits? = nil,
        extra: Extra? = nil,
        withheldBy: Guard? = nil,
        lapsesAfter: LocalDay? = nil
    ) {
        self.share = share
        self.eligible = eligible
        self.extra = extra
        self.withheldBy = withheldBy
        self.lapsesAfter = lapsesAfter
    }

    /// The detail, or nil where it says nothing.
    var unlessEmpty: AwardDetail? { self == AwardDetail() ? nil : self }
}
