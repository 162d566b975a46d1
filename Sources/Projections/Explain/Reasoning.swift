public import LoyaltyDomain

/// Why one event did what it did, in words and figures.
public struct Reasoning: Hashable, Sendable {
    /// What happened, such as `Purchase of 27.50`.
    public internal(set) var title: String

    /// The arithmetic, sentence by sentence, such as `27.50 at 1 stamp per 10.00, 7.50 left over: 2 stamps`.
    public internal(set) var steps: [String] = []

    /// The rules by which it was worked out; nil where no rule was needed.
    public internal(set) var ruleVersion: RuleVersion?

    /// Where what was recorded is not what these rules give; empty where all adds up.
    public internal(set) var discrepancies: [String] = []

    /// Why it was refused, where it was.
    public internal(set) var refusal: RefusalReasoning?
}

/// Why an attempt was refused, and what to do instead.
public struct RefusalReasoning: Hashable, Sendable {
    /// The stable word for the reason.
    public let code: String
    /// The reason in words.
    public let reason: String
    /// What to do instead.
    public let nextStep: String
}
