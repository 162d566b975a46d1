/// A committed event as folds and subscribers see it: the fact, where it stands in the log, and the command it belongs to.
///
/// Positions are dense: who sees one at position n sees n + 1 next, whatever it is about.
public struct RecordedEvent: Hashable, Sendable {
    /// Its position in the log, from 1.
    public var position: UInt64
    /// The command it belongs to.
    public var commandID: CommandID
    /// When the ledger learnt of it; never less than at the position before.
    public var recordedAt: Timestamp
    /// Which of its command's events it is, from 0.
    public var indexInCommand: Int
    /// How many events its command has.
    public var commandEventCount: Int
    /// What happened.
    public var fact: Fact

    /// What an event is about.
    public enum Fact: Hashable, Sendable {
        /// One card.
        case card(CardFact)
        /// The ledger itself.
        case ledger(LedgerEvent)
    }

    /// Creates an event.
    public init(
        position: UInt64,
        commandID: CommandID,
        recordedAt: Timestamp,
        indexInCommand: Int,
        commandEventCount: Int,
        fact: Fact
    ) {
        self.position = position
        self.commandID = commandID
        self.recordedAt = recordedAt
        self.indexInCommand = indexInCommand
        self.commandEventCount = commandEventCount
        self.fact = fact
    }

    /// Whether it is the last event of its command.
    ///
    /// What one command did is indivisible (guarantee 7): state that shows half of it shows what never was.
    public var isLastOfCommand: Bool { indexInCommand + 1 == commandEventCount }

    /// The position of its command's first event.
    public var firstPositionOfCommand: UInt64 { position - UInt64(indexInCommand) }
}

/// An event of a card, and what its command says around it.
public struct CardFact: Hashable, Sendable {
    /// The card, by its number, from 1 on.
    public var card: CardNumber
    /// When it happened at the till.
    public var moment: CardState.Moment
    /// The way the command came in.
    public var source: CommandSource
    /// Who, with what, where: the number that `LedgerEvent.attributionDefined` gave the triple.
    public var attribution: AttributionNumber
    /// What was written beside the command; empty for folds that do not read texts.
    public var texts: RecordTexts
    /// What happened, and from when it counts.
    public var event: EffectiveEvent

    /// Creates a fact.
    public init(
        card: CardNumber,
        moment: CardState.Moment,
        source: CommandSource,
        attribution: AttributionNumber,
        texts: RecordTexts,
        event: EffectiveEvent
    ) {
        self.card = card
        self.moment = moment
        self.source = source
        self.attribution = attribution
        self.texts = texts
        self.event = event
    }
}

extension CardRecord {
    /// Calls `body` with each event of the record, in order.
    ///
    /// - Parameter first: The position of the first one.
    package func forEachEvent<Failure: Error>(
        from first: UInt64,
        _ body: (borrowing RecordedEvent) throws(Failure) -> Void
    ) throws(Failure) {
        for (offset, event) in events.enumerated() {
            let fact = CardFact(
                card: card,
                moment: moment,
                source: source,
                attribution: attribution,
                texts: texts,
                event: event
            )
            try body(
                RecordedEvent(
                    position: first + UInt64(offset),
                    commandID: commandID,
                    recordedAt: recordedAt,
                    indexInCommand: offset,
                    commandEventCount: events.count,
                    fact: .card(fact)
                )
            )
        }
    }
}

extension LedgerRecord {
    /// The event of the record.
    package func event(at position: UInt64) -> RecordedEvent {
        RecordedEvent(
            position: position,
            commandID: commandID,
            recordedAt: recordedAt,
            indexInCommand: 0,
            commandEventCount: 1,
            fact: .ledger(event)
        )
    }
}
