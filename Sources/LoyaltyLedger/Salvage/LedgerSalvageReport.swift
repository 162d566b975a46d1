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

    /// A link between two cards of which one, or what the link did to it, is lost.
    public struct BrokenLink: Hashable, Sendable {
        /// What is lost.
        public enum Reason: String, Sendable, CaseIterable {
            /// The other card: none of its records could be kept.
            case cardLost = "card_lost"
            /// That the other card was merged into this one: it still has what this one took in.
            case mergeLost = "merge_lost"
            /// That the other card took this one in: what this one had is on neither.
            case absorptionLost = "absorption_lost"
        }

        /// The number of the card that is kept in the damaged ledger.
        public var stream: UInt32
        /// Its serial.
        public var card: String?
        /// What is lost.
        public var reason: Reason
        /// The kind of the event that holds the link, such as `cardMerged`.
        public var event: String
        /// The number of the other card in the damaged ledger.
        public var other: UInt32
        /// Its serial, where anything names it.
        public var otherCard: String?
        /// The position of the event's record in the damaged ledger.
        public var position: UInt64
    }

    /// What happened to the log.
    public var log: SalvageReport
    /// Records that were read and left out.
    public var leftOut: [LeftOut] = []
    /// Links between cards that lead nowhere, in the order of their positions.
    public var brokenLinks: [BrokenLink] = []
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
        leftOut.isEmpty && brokenLinks.isEmpty && unattributedRecords == 0 && !isClockLost
            && log.losses.allSatisfy { $0.kind == .nothing }
    }
}
