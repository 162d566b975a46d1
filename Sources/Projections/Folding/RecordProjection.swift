public import LoyaltyDomain

/// A fold that takes the events of one card and one command together.
public protocol RecordFold: Sendable {
    /// Folds a record: all of a command's events on a card, or some of them in their order.
    mutating func fold(_ record: borrowing CardRecord)
}

extension LiabilityFold: RecordFold {}
extension LifetimesFold: RecordFold {}

/// A fold of records, run as any other projection is: event by event.
///
/// It is folded anew each time; what it folds to depends on what it was made with, so there is nothing to keep.
public struct RecordProjection<Fold: RecordFold>: Projection {
    /// The fold, and the record in which events are handed to it, one at a time.
    public struct State: Sendable {
        /// The fold, after all events so far.
        public internal(set) var fold: Fold
        private var record: CardRecord?

        init(_ fold: Fold) { self.fold = fold }

        mutating func take(_ fact: CardFact, of command: CommandID, recordedAt: Timestamp) {
            // The array of one event is made once.
            var next = record ?? CardRecord(fact, of: command, recordedAt: recordedAt)
            record = nil
            next.commandID = command
            next.card = fact.card
            next.moment = fact.moment
            next.recordedAt = recordedAt
            next.source = fact.source
            next.attribution = fact.attribution
            next.texts = fact.texts
            next.events[0] = fact.event
            fold.fold(next)
            record = next
        }
    }

    /// The name.
    public let name: String
    /// The version.
    public let version: UInt32 = 1
    /// The fold before the first event.
    public let initial: State

    /// Runs a fold.
    public init(_ fold: Fold, named name: String) {
        initial = State(fold)
        self.name = name
    }

    /// Folds an event of a card; those of the ledger say nothing here.
    public func evolve(_ state: inout State, _ event: borrowing RecordedEvent) {
        guard case .card(let fact) = event.fact else { return }
        state.take(fact, of: event.commandID, recordedAt: event.recordedAt)
    }
}

/// What each staff member did, as a projection: it learns from the ledger's own events who stands behind an attribution.
public struct StaffProjection: Projection {
    /// The fold, and who is known.
    public struct State: Sendable {
        /// The fold, after all events so far.
        public fileprivate(set) var fold: StaffFold
        fileprivate var staff: [AttributionNumber: Label] = [:]
    }

    /// The name.
    public let name = "staff"
    /// The version.
    public let version: UInt32 = 1
    /// The fold before the first event.
    public let initial: State

    /// Runs a fold.
    public init(_ fold: StaffFold) { initial = State(fold: fold) }

    /// Folds an event.
    public func evolve(_ state: inout State, _ event: borrowing RecordedEvent) {
        switch event.fact {
        case .card(let fact):
            let record = CardRecord(fact, of: event.commandID, recordedAt: event.recordedAt)
            state.fold.fold(record, by: state.staff[fact.attribution])
        case .ledger(.attributionDefined(let number, let attribution)): state.staff[number] = attribution.staff
        case .ledger: break
        }
    }
}

extension CardRecord {
    /// The record of a single event.
    fileprivate init(_ fact: CardFact, of command: CommandID, recordedAt: Timestamp) {
        self.init(
            commandID: command,
            card: fact.card,
            moment: fact.moment,
            recordedAt: recordedAt,
            source: fact.source,
            attribution: fact.attribution,
            texts: fact.texts,
            events: [fact.event]
        )
    }
}
