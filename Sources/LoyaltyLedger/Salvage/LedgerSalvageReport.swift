public import EventLog

/// What salvaging a ledger saved, what is lost, and what had to be left out so that the new ledger opens.
public struct LedgerSalvageReport: Hashable, Sendable {
    /// Records of one card, or of the ledger itself, that were read and are not in the new ledger.
    public struct LeftOut: Hashable, Sendable {
        /// Why they could not be kept.
        public enum Reason: String, Sendable, CaseIterable {
            /// The record that issued the card is lost, so that nobody knows whose it is.
            case issueLost = "issue_lost"
            /// The program under which the card was issued is lost.
            case programLost = "program_lost"
            /// An earlier rule version is lost, so that this one has no number.
            case versionLost = "version_lost"
            /// The record is not what this version understands.
            case undecodable
            /// The record contradicts the ones before it.
            case contradiction
        }

        /// The number of the card in the damaged ledger; 0 for the ledger itself.
        public var stream: UInt32
        /// The card's serial, where anything names it.
        public var card: String?
        /// Why.
        public var reason: Reason
        /// The number of records.
        public var records: Int
        /// The number of events in them.
        public var events: Int
        /// The position of the first one in the damaged ledger.
        public var first: UInt64
        /// The position of the last one in the damaged ledger.
        public var last: UInt64
    }

    /// A lost fact of the ledger's own that stands in the new one all the same.
    public struct Recreated: Hashable, Sendable {
        /// Where it is known from.
        public enum Origin: String, Sendable {
            /// A snapshot of the damaged ledger.
            case snapshot
            /// The program's document that was given.
            case document
            /// Nowhere: only its number is taken, so that it names nothing else.
            case reserved
        }

        /// The fact, in words.
        public var fact: String
        /// Where it is known from.
        public var origin: Origin
    }

    /// What happened to the log.
    public var log: SalvageReport
    /// Records that were read and left out.
    public var leftOut: [LeftOut] = []
    /// Lost facts that were put back.
    public var recreated: [Recreated] = []
    /// Records whose staff, device and place are lost.
    public var unattributedRecords = 0
    /// Whether the kind of clock is lost; the new ledger has the system's.
    public var isClockLost = false
    /// The serials of the cards that the losses name, by their number in the damaged ledger.
    public var cards: [UInt32: String] = [:]
    /// The number of cards in the new ledger.
    public var cardCount = 0
    /// The digest of the new ledger.
    public var digest = ""

    /// Whether every event is in the new ledger, with everything that belongs to it.
    public var isComplete: Bool {
        leftOut.isEmpty && unattributedRecords == 0 && !isClockLost && log.losses.allSatisfy { $0.kind == .nothing }
    }
}
