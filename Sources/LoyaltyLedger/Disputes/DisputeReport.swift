public import LoyaltyDomain

/// Everything the ledger has to say to a claim about a card (DESIGN.md 7.8).
///
/// It is for staff; `statement` is what the customer may have of it.
public struct DisputeReport: Sendable {
    /// The serial.
    public let card: CardID
    /// Who holds it, by pseudonym.
    public let customer: CustomerID
    /// The program, by its newest rules.
    public let program: Program
    /// What the customer says.
    public let claim: Claim
    /// The case that the claim belongs to, where it is one's.
    public let number: CaseNumber?
    /// The instants it is about.
    public let window: ClaimWindow
    /// When the report was made: of the ledger's newest record, where its clock is manual.
    public let madeAt: Timestamp
    /// What the books say.
    public let verdict: Verdict
    /// What the claim rests on, as the ledger knew it at the time, and as it knows it now.
    public let then: Finding, now: Finding
    /// Why the books cannot tell, or not all.
    public internal(set) var obstacles: [Obstacle]
    /// What has been learnt or put right since, of what happened by then.
    public let changes: [Change]
    /// Attempts of the month before that were refused, or whose stamps were withheld.
    public let attempts: [Explanation.Line]
    /// Purchases of other cards with the same receipt, or of the same amount within two hours.
    public internal(set) var elsewhere: [Elsewhere] = []
    /// Numbers that devices left out about that time.
    public let gaps: [DeviceGap]
    /// The rules in effect at that time, and those that lines of this report name.
    public let rules: [ProgramCatalog.Version]
    /// What ties the report to the log.
    public let proof: Proof
    /// The disputes of the card.
    public let cases: [CaseRecord]
    /// The card's events about that time, explained.
    public let lines: [Explanation.Line]
    /// The figure over time, on both clocks.
    public let chart: DisputeChart
    /// What could be done.
    public internal(set) var proposals: [Proposal] = []

    /// What a claim rests on, by the knowledge of one moment.
    public struct Finding: Hashable, Sendable {
        /// Whether the claim holds; nil where that cannot be told.
        public let holds: Bool?
        /// The figure at the instants asked about, least and most; nil where the card was not issued, and for purchases.
        public let range: ClosedRange<Int64>?
        /// The purchases that are as claimed, by the commands that recorded them.
        public let purchases: [CommandID]
        /// The figures in words.
        public let text: String
    }

    /// Why the books cannot tell.
    public struct Obstacle: Hashable, Sendable {
        /// What kind of thing stands in the way.
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            /// A file of the log is damaged.
            case damage
            /// A text that would tell was erased.
            case erasure
            /// The clock on the wall jumped over the time that was named.
            case clockGap = "clock-gap"
        }

        /// What kind.
        public let kind: Kind
        /// What stands in the way, in words.
        public let message: String
    }

    /// Something learnt or done since, about what happened by then.
    public struct Change: Hashable, Sendable {
        /// What kind of change.
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            /// It happened by then and was learnt of later.
            case late
            /// It puts right what was recorded by then.
            case corrected
            /// A person changed the card by hand since.
            case adjusted
        }

        /// What kind.
        public let kind: Kind
        /// The event, explained.
        public let line: Explanation.Line
    }

    /// A purchase of another card that may be the one.
    public struct Elsewhere: Hashable, Sendable {
        /// The other card.
        public let card: CardID
        /// Its position in the log.
        public let position: UInt64
        /// When it happened at the till.
        public let occurredAt: Timestamp
        /// When the ledger learnt of it.
        public let recordedAt: Timestamp
        /// Its amount.
        public let amount: Money
        /// Its receipt.
        public let reference: String?
        /// Who, with what, where.
        public let attribution: Attribution
        /// Whether the receipt is the same; else the amount and the time are.
        public let hasSameReceipt: Bool
    }

    /// Numbers that a device left out.
    public struct DeviceGap: Hashable, Sendable {
        /// The device.
        public let device: Label
        /// The numbers that never arrived.
        public let missing: ClosedRange<UInt64>
        /// When the command before them happened; nil where they are the first.
        public let after: Timestamp?
        /// When the command behind them happened.
        public let before: Timestamp
    }

    /// What ties a report to the log.
    public struct Proof: Hashable, Sendable {
        /// The log.
        public let log: String
        /// The last position that was looked at.
        public let position: UInt64
        /// The chain hash after it, in hexadecimal digits.
        public let chainHash: String
    }

    /// A dispute of the card, with who recorded what.
    public struct CaseRecord: Hashable, Sendable {
        /// The dispute.
        public let dispute: DisputeCase
        /// The staff members of its remedies, in their order.
        public let staff: [Label?]
    }

    /// Something that could be done.
    public struct Proposal: Hashable, Sendable {
        /// What and why, in words.
        public let text: String
        /// The command that does it, word by word behind `loyalty`; empty where nothing is to be recorded.
        public let command: [String]
        /// What it costs, in the units of the program; nil where it costs nothing.
        public let cost: String?
    }
}
