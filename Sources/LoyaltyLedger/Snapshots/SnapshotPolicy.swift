/// When a ledger writes snapshots of its state.
///
/// They only make opening faster. Those that are there are used, whatever the policy.
public struct SnapshotPolicy: Hashable, Sendable {
    /// How many events there must be since the last snapshot for closing to write one; nil for never.
    public var eventsBeforeClose: UInt64?
    /// How many events there must be since the last snapshot for one to be written beside the running commands; nil for never.
    public var eventsWhileRunning: UInt64?

    /// Creates a policy.
    public init(eventsBeforeClose: UInt64?, eventsWhileRunning: UInt64?) {
        self.eventsBeforeClose = eventsBeforeClose
        self.eventsWhileRunning = eventsWhileRunning
    }

    /// When closing after 1,000 events or more, and after every 1,000,000 events while running.
    public static let automatic = SnapshotPolicy(eventsBeforeClose: 1000, eventsWhileRunning: 1_000_000)
    /// Never.
    public static let never = SnapshotPolicy(eventsBeforeClose: nil, eventsWhileRunning: nil)
}
