/// Everything one command did to one card: indivisible, on disk and in every fold.
public struct CardRecord: Hashable, Sendable {
    /// The command.
    public var commandID: CommandID
    /// The card.
    public var card: CardNumber
    /// When it happened at the till.
    public var moment: CardState.Moment
    /// When the ledger learnt of it; never less than in the record before.
    public var recordedAt: Timestamp
    /// The way it came in.
    public var source: CommandSource
    /// Who, with what, where: a number of the ledger's own table, 0 for nothing known.
    public var attribution: AttributionNumber
    /// What was written beside it.
    public var texts: RecordTexts
    /// What happened, due facts first.
    public var events: [EffectiveEvent]

    /// Creates a record.
    public init(
        commandID: CommandID,
        card: CardNumber,
        moment: CardState.Moment,
        recordedAt: Timestamp,
        source: CommandSource,
        attribution: AttributionNumber,
        texts: RecordTexts,
        events: [EffectiveEvent]
    ) {
        self.commandID = commandID
        self.card = card
        self.moment = moment
        self.recordedAt = recordedAt
        self.source = source
        self.attribution = attribution
        self.texts = texts
        self.events = events
    }

    /// Why the command was refused, or nil where it was accepted.
    public var refusal: Refusal? {
        guard case .commandRefused(_, let refusal) = events.last?.event else { return nil }
        return refusal
    }

    /// What the command asked for, reconstructed from what it did.
    public func intent(in catalog: ProgramCatalog, program: ProgramNumber) -> CardAction? {
        // A card issued on the way to a purchase is not what the caller asked for.
        let intents = events.compactMap { $0.event.intent(in: catalog, program: program) }
        return intents.count > 1 ? intents.first { if case .issue = $0 { false } else { true } } : intents.first
    }
}

/// The number of a staff, device and location triple in the ledger's table; 0 means that nothing is known.
public struct AttributionNumber: Hashable, Sendable {
    /// The number.
    public let rawValue: UInt32

    /// Creates a number.
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Nothing is known.
    public static let none = AttributionNumber(0)
}

/// The free texts of a record; they are stored apart from the facts, since only people read them.
public struct RecordTexts: Hashable, Sendable {
    /// The shop's own number for the transaction.
    public var reference: String?
    /// A comment the customer may read.
    public var customerComment: String?
    /// A note for staff only.
    public var internalNote: String?
    /// Whether a text beside the record is sealed, so that its key would be needed to read it.
    public var isSealed = false

    /// Creates texts.
    public init(reference: String? = nil, customerComment: String? = nil, internalNote: String? = nil) {
        self.reference = reference
        self.customerComment = customerComment
        self.internalNote = internalNote
    }

    /// The texts of a command's context.
    public init(of context: CommandContext) {
        self.init(
            reference: context.reference,
            customerComment: context.customerComment,
            internalNote: context.internalNote
        )
    }
}
