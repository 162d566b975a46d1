public import LoyaltyDomain
public import Projections
public import Snapshots

/// What folding the whole log again gave, beside the live state.
public struct ReplayReport: Sendable {
    /// Events folded.
    public let events: UInt64
    /// How long the fold took.
    public let duration: Duration
    /// The digest of the replayed state (D10).
    public let digest: StateDigest
    /// The digest of the live state.
    public let liveDigest: StateDigest
    /// Cards whose replayed state differs from the live one, and what differs.
    public let differences: [Difference]
    /// Cards whose replayed state breaks an invariant, and which.
    public let violations: [Difference]

    /// Every good snapshot beside what the log folds to at its position, oldest first.
    public let snapshots: [SnapshotComparison]
    /// Snapshots that could not be compared, since they are bad, stale or not of this log.
    ///
    /// They are no difference: opening passes over them too.
    public let snapshotProblems: [SnapshotProblem]

    /// A card and what is wrong with it.
    public struct Difference: Hashable, Sendable {
        /// The card.
        public let card: CardID
        /// What is wrong, in words.
        public let message: String
    }

    /// Whether the books say what the log says.
    public var isEqual: Bool {
        digest == liveDigest && differences.isEmpty && violations.isEmpty && snapshots.allSatisfy(\.isEqual)
    }

    /// Events folded per second.
    public var eventsPerSecond: Double {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        return seconds > 0 ? Double(events) / seconds : 0
    }
}
