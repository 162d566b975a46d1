/// The number of a case on its card, from 1.
public struct CaseNumber: Hashable, Comparable, Sendable {
    /// The number.
    public let rawValue: UInt32

    /// Creates a number.
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Whether the left case is older.
    public static func < (left: CaseNumber, right: CaseNumber) -> Bool { left.rawValue < right.rawValue }
}

/// What the books say to a claim.
public enum Verdict: UInt8, Hashable, Sendable, CaseIterable {
    /// It was so by what the ledger knew at the time.
    case knownThen = 1
    /// It was not known at the time, and by all that is known now it was so.
    case trueNow = 2
    /// It was not so.
    case refuted = 3
    /// The books cannot tell.
    case undecidable = 4
}

/// A dispute about a card as its events leave it; none of them moves a figure of the card.
public struct DisputeCase: Hashable, Sendable {
    /// Its number on the card.
    public let number: CaseNumber
    /// What the customer says.
    public let claim: Claim
    /// When it was opened.
    public let openedAt: Timestamp
    /// The events of any card that were taken as evidence, by their positions; a note alone has none.
    public internal(set) var evidence: [UInt64?] = []
    /// What was decided last.
    public internal(set) var verdict: Verdict?
    /// The adjustments that put it right.
    public internal(set) var remedies: [Remedy] = []
    /// When it was closed; nil while it is open.
    public internal(set) var closedAt: Timestamp?

    /// An adjustment that puts a case right.
    public struct Remedy: Hashable, Sendable {
        /// The command that adjusted the card.
        public let adjustment: CommandID
        /// What it cost the shop.
        public let cost: MinorUnits
        /// Who recorded it: a number of the ledger's table.
        public let attribution: AttributionNumber
    }
}
