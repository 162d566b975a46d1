public import LoyaltyDomain

/// What a customer may have of a dispute about their card: no notes, staff, devices, places, refused attempts, other cards, evidence or
/// costs, for which it has no fields (I9).
public struct DisputeStatement: Sendable {
    /// The serial.
    public let card: CardID
    /// The program, by its newest rules.
    public let program: Program
    /// What the customer says.
    public let claim: Claim
    /// The case that the claim belongs to, where it is one's.
    public let number: CaseNumber?
    /// When the statement was made.
    public let madeAt: Timestamp
    /// What the books say.
    public let verdict: Verdict
    /// The figure at the time, as the ledger knew it then, in words.
    public let then: String
    /// The figure at the time, as is known by now, in words.
    public let now: String
    /// Why the books cannot tell, in words.
    public let obstacles: [String]
    /// What has been learnt or put right since.
    public let changes: [Entry]
    /// The card's events about that time, where its program shows them.
    public let entries: [Entry]
    /// The figure over time, on both clocks.
    public let chart: DisputeChart
    /// What ties the statement to the log.
    public let proof: DisputeReport.Proof
    /// How the case stands: open, decided, or closed; nil where the claim is no case's.
    public let status: String?

    /// One event of the card, as its customer may see it.
    public struct Entry: Hashable, Sendable {
        /// When it happened at the till.
        public let occurredAt: Timestamp
        /// When the shop's books learnt of it.
        public let recordedAt: Timestamp
        /// What happened.
        public let title: String
        /// How its stamps were worked out, where no guard withheld any.
        public let steps: [String]
        /// The receipt.
        public let reference: String?
        /// What the shop wrote for the customer.
        public let comment: String?
        /// What it changed of the balance.
        public let change: Stamps
        /// The balance after it.
        public let balance: Stamps
    }
}

extension DisputeReport {
    /// What the customer may have of the report: of events no more than the program shows its customers (C12), but what changed since.
    public var statement: DisputeStatement {
        let view = program.rules.customerHistory
        return DisputeStatement(
            card: card,
            program: program,
            claim: claim,
            number: number,
            madeAt: madeAt,
            verdict: verdict,
            then: then.text,
            now: now.text,
            obstacles: obstacles.map(\.kind.publicWords),
            changes: view == .nothing ? [] : changes.compactMap { DisputeStatement.Entry($0.line) },
            entries: view == .entries ? lines.compactMap { DisputeStatement.Entry($0) } : [],
            chart: chart,
            proof: proof,
            status: cases.first { $0.dispute.number == number }?.dispute.status
        )
    }
}

extension DisputeReport.Obstacle.Kind {
    /// What stands in the way, without the names of files.
    fileprivate var publicWords: String {
        switch self {
        case .damage: "a part of the shop's books cannot be read at the moment"
        case .erasure: "the text of a receipt was erased"
        case .clockGap: "clocks jumped over that time, so that no clock showed it"
        }
    }
}

extension DisputeCase {
    /// Where the case stands, in a word.
    public var status: String { closedAt != nil ? "closed" : verdict != nil ? "decided" : "open" }
}

extension DisputeStatement.Entry {
    /// The event as its customer may see it, or nil where it is not for customers (I9).
    fileprivate init?(_ line: Explanation.Line) {
        let event = line.entry.event.event
        switch event {
        case .commandRefused, .referenceClaimed, .evidenceAdded, .caseRemedied, .unknown: return nil
        default: break
        }
        title = event.titleWithoutOtherCards ?? line.reasoning.title
        steps = event.hasPublicArithmetic ? line.reasoning.steps : []
        occurredAt = line.entry.occurredAt
        recordedAt = line.entry.recordedAt
        reference = line.entry.texts.reference
        comment = line.entry.texts.customerComment
        change = line.change.stamps
        balance = line.entry.stateAfter.balance
    }
}

extension CardEvent {
    /// What happened, where the plain title would name another card.
    fileprivate var titleWithoutOtherCards: String? {
        switch self {
        case .cardReferred: "The card came by recommendation"
        case .referralCredited: "A reward for a recommendation"
        case .cardMerged: "Everything moved to another card"
        case .cardAbsorbed: "Another card was merged into this one"
        case .cardConverted: "The coupon turned into a card"
        case .cardCreated: "The card came of a coupon"
        case .useConflicted: "A reward was given out that was not there"
        default: nil
        }
    }

    /// Whether its arithmetic speaks of nothing but the customer's own purchases and rewards.
    fileprivate var hasPublicArithmetic: Bool {
        switch self {
        case .purchaseRecorded(_, let award), .visitRecorded(_, let award): award.withheld == 0
        case .rewardsUnlocked, .amountRefunded, .visitsRemoved, .amountEdited, .stampsLapsed, .debtPaid: true
        default: false
        }
    }
}
