extension Verdict {
    /// The stable word: `known-then`, `true-now`, `refuted`, `undecidable`.
    public var code: String {
        switch self {
        case .knownThen: "known-then"
        case .trueNow: "true-now"
        case .refuted: "refuted"
        case .undecidable: "undecidable"
        }
    }

    /// The verdict of that word, or nil.
    public init?(code: some StringProtocol) {
        guard let found = Verdict.allCases.first(where: { $0.code == code }) else { return nil }
        self = found
    }

    /// The verdict in words.
    public var words: String {
        switch self {
        case .knownThen: "known at the time"
        case .trueNow: "true, by what is known now"
        case .refuted: "not so by the books"
        case .undecidable: "the books cannot tell"
        }
    }
}
