public import LogStorage
public import LoyaltyDomain
public import Projections

/// How a ledger is opened or created.
public struct LedgerOptions: Sendable {
    /// Whether the ledger is opened to record commands, or only to read.
    public enum Access: Hashable, Sendable {
        /// One process at a time records commands.
        case readWrite
        /// Any number of processes read, even while one writes.
        case readOnly
    }

    /// What the ledger is opened for.
    public var access: Access
    /// The disk.
    public var storage: any LogStorage
    /// The machine's clock, UTC; a ledger with a manual clock does not look at it.
    public var now: @Sendable () -> Timestamp
    /// The size of a log segment in bytes: a multiple of 4096, 64 KiB or more.
    ///
    /// Default 16 MiB.
    public var segmentCapacity: Int
    /// The most commands that share one batch.
    ///
    /// Default 16,384.
    public var largestBatch: Int
    /// About the most bytes in which the writer keeps histories of cards, so that a correction reads nothing from disk.
    ///
    /// Memory is taken as they come, some 30 bytes an event. A correction of a card that is not among them reads a block of the log for
    /// every few of its events. Default 64 MiB.
    public var historyBytes: Int
    /// When snapshots are written; a ledger opened for reading only never writes one.
    ///
    /// Default automatic.
    public var snapshots: SnapshotPolicy
    /// Folds of one's own that are up to date before any command is answered; `Ledger.state(of:)` reads them.
    ///
    /// Opening folds what their checkpoints lack.
    public var projections: [any Projection] = []
    /// Called now and then with the share done (0...1) while opening takes long.
    public var progress: (@Sendable (Double) -> Void)?

    /// Creates options; what is left out takes its default.
    public init(
        access: Access = .readWrite,
        storage: any LogStorage = POSIXStorage(),
        now: @escaping @Sendable () -> Timestamp = { .systemClock },
        segmentCapacity: Int = 16 << 20,
        largestBatch: Int = 16_384,
        historyBytes: Int = 64 << 20,
        snapshots: SnapshotPolicy = .automatic,
        progress: (@Sendable (Double) -> Void)? = nil
    ) {
        self.access = access
        self.storage = storage
        self.now = now
        self.segmentCapacity = segmentCapacity
        self.largestBatch = largestBatch
        self.historyBytes = historyBytes
        self.snapshots = snapshots
        self.progress = progress
    }
}
