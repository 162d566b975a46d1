/// The stamps one purchase or visit earned, and the rule version that said so (R16).
public struct Award: Hashable, Sendable {
    /// The rules in effect when it occurred.
    public var ruleVersion: RuleVersion

    /// Stamps that reached the card.
    public var stamps: Stamps

    /// Stamps the rule gives that a cap held back (D7).
    public var withheld: Stamps

    /// Creates an award.
    public init(ruleVersion: RuleVersion, stamps: Stamps, withheld: Stamps = 0) {
        self.ruleVersion = ruleVersion
        self.stamps = stamps
        self.withheld = withheld
    }
}
