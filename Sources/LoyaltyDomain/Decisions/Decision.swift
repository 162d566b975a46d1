/// What the rules say to a command: the events it causes, a refusal among them where there is one.
public struct Decision: Hashable, Sendable {
    /// The events, due facts first; never empty.
    public var events: [EffectiveEvent]

    /// Why not, or nil where the command was accepted.
    public var refusal: Refusal?

    /// What it does to other cards, in records of their own.
    public var consequences: [Consequence]

    /// Creates a decision.
    public init(events: [EffectiveEvent], refusal: Refusal? = nil, consequences: [Consequence] = []) {
        self.events = events
        self.refusal = refusal
        self.consequences = consequences
    }
}

/// Everything a decision rests on besides the command: no clock, no file and no random number is behind it.
public struct DecisionBasis: Sendable {
    /// The card as of its last event, or nil where it is not issued.
    public var card: CardState?

    /// Its single transactions; needed only where `CardCommand.needsHistory` says so.
    public var history: TransactionHistory?

    /// The rules of every program.
    public var catalog: ProgramCatalog

    /// When the ledger learns of the command.
    public var recordedAt: Timestamp

    /// The local day of `occurredAt` in the zone of the card's program.
    public var occurredOn: LocalDay

    /// What the card does not know of itself.
    public var surroundings: Surroundings

    /// Creates a basis.
    public init(
        card: CardState?,
        history: TransactionHistory?,
        catalog: ProgramCatalog,
        recordedAt: Timestamp,
        occurredOn: LocalDay,
        surroundings: Surroundings = Surroundings()
    ) {
        self.card = card
        self.history = history
        self.catalog = catalog
        self.recordedAt = recordedAt
        self.occurredOn = occurredOn
        self.surroundings = surroundings
    }
}

/// Why a command cannot even be decided.
///
/// Nothing is recorded, and a later try may succeed (D1).
public enum Undecidable: Error, Hashable, Sendable {
    /// No card of that name is issued.
    case unknownCard
    /// The ledger has no program of that name.
    case unknownProgram
    /// The card would be issued more than ten minutes after now (D9); there is no card yet to record a refusal on.
    case occurredInFuture
}
