public import LogFormat

/// What a salvage saved, and what is lost.
public struct SalvageReport: Hashable, Sendable {
    /// Events that were neighbours before and still are.
    public struct Run: Hashable, Sendable {
        /// The position of the first one in the damaged log.
        public var oldFirst: Position
        /// Its position in the new one.
        public var newFirst: Position
        /// The number of events.
        public var eventCount: Int
    }

    /// One place where the damaged log does not say what was written.
    public struct Loss: Hashable, Sendable {
        /// What is lost there.
        public enum Kind: String, Sendable, CaseIterable {
            /// Whole records: facts are the least a record needs.
            case events
            /// The details of records that were saved; they are empty now.
            case details
            /// The ids of records that were saved; they have others now, so a retry of such a command is not recognised.
            case ids
            /// No event: a marker, a seal, a header, a link, padding.
            case nothing
        }

        /// What is lost.
        public var kind: Kind
        /// The first position concerned, in the damaged log.
        public var first: Position
        /// The last position concerned; nil where nothing tells how far the log went, or where nothing is lost.
        public var last: Position?
        /// What is wrong: file, offset, what was expected and found, and the row of the decision table.
        public var cause: LogError
        /// The streams whose records are concerned; nil where neither facts nor a stream index tell.
        public var streams: [StreamNumber]?

        /// The number of events concerned, as far as it is known.
        public var eventCount: Int { last.map { max(0, first.distance(to: $0) + 1) } ?? 0 }
    }

    /// The damaged log.
    public var oldLogID: LogID
    /// The new one.
    public var logID: LogID
    /// The number of segments that were read.
    public var segments = 0
    /// The number of events that could be read.
    public var readEvents = 0
    /// The number of events in the new log.
    public var writtenEvents = 0
    /// The end of the new log.
    public var head: LogHead = .empty
    /// Which positions became which, in their order.
    public var runs: [Run] = []
    /// What is lost, in the order of the log.
    public var losses: [Loss] = []
    /// A torn write at the end that was never acknowledged; it is left out and is no loss.
    public var tornTail: TornTail?

    /// The number of events that are known to be lost.
    public var lostEvents: Int { losses.reduce(0) { $0 + ($1.kind == .events ? $1.eventCount : 0) } }
    /// Whether more may be lost than can be counted, because the end of the log is not there.
    public var isEndUnknown: Bool { losses.contains { $0.kind == .events && $0.last == nil } }
}

extension SalvageReport {
    /// The position in the new log of an event of the damaged one; nil where it was not saved.
    ///
    /// - Complexity: O(log runs).
    public func newPosition(of old: Position) -> Position? {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].oldFirst <= old { low = middle + 1 } else { high = middle }
        }
        guard low > 0, case let run = runs[low - 1], run.oldFirst.distance(to: old) < run.eventCount else { return nil }
        return run.newFirst.advanced(by: run.oldFirst.distance(to: old))
    }
}

/// A record on its way from a damaged log into a new one.
package struct SalvagedRecord: Sendable {
    /// The record as it was read; its position is the old one, or zero for one that stands for a lost record.
    package var stored: StoredRecord
    /// Whether its details were read.
    package var hasDetails: Bool

    /// Takes a record.
    package init(_ stored: StoredRecord, hasDetails: Bool = true) {
        self.stored = stored
        self.hasDetails = hasDetails
    }
}
