public import Snapshots

/// When a ledger writes snapshots of its state, and which of them it keeps.
///
/// They only make opening and questions about the past faster. Those that are there are used, whatever the policy.
public struct SnapshotPolicy: Hashable, Sendable {
    /// How many events there must be since the last snapshot for closing to write one; nil for never.
    public var eventsBeforeClose: UInt64?
    /// How many events there must be since the last snapshot for one to be written beside the running commands; nil for never.
    public var eventsWhileRunning: UInt64?
    /// How long after the last snapshot the next batch writes one beside the running commands; nil for never.
    ///
    /// Where closing would not write one yet, it waits too: a ledger in which little happens costs little to fold.
    public var interval: Duration?
    /// Which older snapshots stay.
    public var kept: SnapshotRetention

    /// Creates a policy.
    public init(
        eventsBeforeClose: UInt64?,
        eventsWhileRunning: UInt64?,
        interval: Duration? = nil,
        kept: SnapshotRetention = .thinned
    ) {
        self.eventsBeforeClose = eventsBeforeClose
        self.eventsWhileRunning = eventsWhileRunning
        self.interval = interval
        self.kept = kept
    }

    /// When closing after 1,000 events or more, and while running after every 1,000,000 events, or 15 minutes and 1,000 events.
    public static let automatic = SnapshotPolicy(
        eventsBeforeClose: 1000,
        eventsWhileRunning: 1_000_000,
        interval: .seconds(900)
    )
    /// Never.
    public static let never = SnapshotPolicy(eventsBeforeClose: nil, eventsWhileRunning: nil)
}
