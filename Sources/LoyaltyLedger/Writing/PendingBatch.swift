internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// Commands decided and encoded but not durable yet, on top of the durable state they were decided on.
///
/// Nobody sees any of it before the batch is durable; if it never is, it is dropped whole.
struct PendingBatch {
    /// A record of the batch, with the position of its first event.
    enum Record {
        case card(CardRecord, first: UInt64)
        case ledger(LedgerRecord, position: UInt64)
    }

    let base: LedgerState
    let recordedAt: Timestamp
    private(set) var builder = BatchBuilder()
    private(set) var records: [Record] = []
    /// Where a card the batch has touched stands in `touched`.
    private var places: [CardNumber: Int32] = [:]
    private var touched: [TouchedCard] = []
    /// For each record the one before it of the same card; -1 for none.
    private var previous: [Int32] = []
    private var issued: [CardID: CardNumber] = [:]
    private var issuedTo: [CardNumber: CustomerID] = [:]
    private var couplings = Couplings()
    private var commands: [CommandID: Int] = [:]
    private var attributions: [Attribution: AttributionNumber] = [:]
    /// The position the next event gets.
    private(set) var nextPosition: UInt64
    private var ownFacts: UInt64
    private var facts = ByteWriter(capacity: 256)
    private var details = ByteWriter(capacity: 256)

    /// A card of the batch.
    private struct TouchedCard {
        /// What the batch makes of it.
        var state: CardState
        /// Its newest record.
        var last: Int32
    }

    /// Begins a batch.
    ///
    /// - Parameter commands: How many commands are expected, for which room is made.
    init(on base: LedgerState, recordedAt: Timestamp, expecting commands: Int = 1) {
        self.base = base
        self.recordedAt = recordedAt
        nextPosition = base.position + 1
        ownFacts = base.ownFacts
        records.reserveCapacity(commands)
        previous.reserveCapacity(commands)
        touched.reserveCapacity(commands)
        places.reserveCapacity(commands)
        self.commands.reserveCapacity(commands)
    }

    /// When the batch is recorded, not before when, and by which clock.
    var time: (recordedAt: Timestamp, earliest: Timestamp, clock: ClockMode) {
        (recordedAt, base.recordedAt, base.clock)
    }

    /// How many records it holds, and how many bytes it takes at most.
    var size: (records: Int, bytes: Int) { (builder.recordCount, builder.byteCount) }

    /// Facts and details of the last record, as the log gets them.
    var encoded: (facts: [UInt8], details: [UInt8]) { (facts.bytes, details.bytes) }

    /// The record a command of this batch already has.
    func record(of id: CommandID) -> (record: CardRecord, first: UInt64)? {
        guard let index = commands[id], case .card(let record, let first) = records[index] else { return nil }
        return (record, first)
    }

    func number(of card: CardID) -> CardNumber? { base.directory.number(of: card) ?? issued[card] }

    /// The number a card issued next gets.
    var nextCard: CardNumber { CardNumber(base.cards.nextNumber.rawValue + UInt32(issued.count)) }

    /// Who holds a card.
    func customer(of card: CardNumber) -> CustomerID? {
        issuedTo[card] ?? (base.cards.contains(card) ? base.directory.customer(of: card) : nil)
    }

    /// How many cards a customer holds.
    ///
    /// - Complexity: O(cards).
    func cards(of customer: CustomerID) -> Int {
        base.directory.count(of: customer) + issuedTo.values.count { $0 == customer }
    }

    /// Whether a card was issued: what a salvaged ledger names may be lost (DESIGN.md 5.1).
    func contains(_ card: CardNumber) -> Bool { places[card] != nil || base.cards.contains(card) }

    /// The card that goes on where a card was merged into another, and perhaps that one into a third (D24); nil where it is lost.
    func end(of card: CardNumber) -> CardNumber? {
        var end = card
        while contains(end) {
            let next = state(of: end).links.mergedInto
            if next == CardNumber(0) || next == card { return end }
            end = next
        }
        return nil
    }

    /// Stamps a staff member has given on a local day.
    func staffStamps(on day: Couplings.StaffDay) -> Stamps {
        (base.couplings.staffStamps[day] ?? 0) + (couplings.staffStamps[day] ?? 0)
    }

    /// Whether a reference has earned.
    func isReferenceUsed(_ hash: UInt64) -> Bool {
        base.couplings.references.contains(hash) || couplings.references.contains(hash)
    }

    /// An id of the ledger's own.
    mutating func nextOwnID() -> CommandID {
        ownFacts += 1
        return .sequence(source: 0, number: ownFacts)
    }

    func state(of card: CardNumber) -> CardState {
        places[card].map { touched[Int($0)].state } ?? base.cards[card]
    }

    /// The records of a card in this batch, in order, and the positions of their first events.
    func records(of card: CardNumber) -> [(record: CardRecord, first: UInt64)] {
        guard let place = places[card] else { return [] }
        var found: [(CardRecord, UInt64)] = []
        var index = Int(touched[Int(place)].last)
        while index >= 0 {
            if case .card(let record, let first) = records[index] { found.append((record, first)) }
            index = Int(previous[index])
        }
        return found.reversed()
    }

    func attribution(_ number: AttributionNumber) -> Attribution? {
        base.attributions[number] ?? attributions.first { $0.value == number }?.key
    }

    /// The number of an attribution; a new one is defined by a fact of its own in the same batch.
    mutating func number(of attribution: Attribution) throws(LedgerError) -> AttributionNumber {
        if let known = base.attributions.number(of: attribution) ?? attributions[attribution] { return known }
        let number = AttributionNumber(base.attributions.nextNumber.rawValue + UInt32(attributions.count))
        try append(.attributionDefined(number, attribution))
        attributions[attribution] = number
        return number
    }

    /// Adds a fact of the ledger's own.
    mutating func append(_ event: LedgerEvent, id: CommandID? = nil) throws(LedgerError) {
        let id = id ?? nextOwnID()
        facts.removeAll()
        details.removeAll()
        LedgerRecordCoding.encode(event, facts: &facts)
        try write(id, stream: .ledger, eventCount: 1)
        commands[id] = records.count
        previous.append(-1)
        records.append(
            .ledger(LedgerRecord(commandID: id, recordedAt: recordedAt, event: event), position: nextPosition)
        )
        nextPosition += 1
    }

    /// Adds what a command did to a card, and folds it into the card's pending state.
    mutating func append(_ record: CardRecord, resulting state: CardState) throws(LedgerError) {
        facts.removeAll()
        details.removeAll()
        CardRecordCoding.encode(record, facts: &facts, details: &details)
        try write(
            record.commandID,
            stream: StreamNumber(rawValue: record.card.rawValue),
            eventCount: record.events.count
        )
        // A record that issues a card begins with that.
        if case .cardIssued(let card, let customer, _) = record.events.first?.event {
            issued[card] = record.card
            issuedTo[record.card] = customer
        }
        if base.hasGuards { couple(record, of: state.program) }
        touch(record.card, state)
        commands[record.commandID] = records.count
        nextPosition += UInt64(record.events.count)
        records.append(.card(record, first: nextPosition - UInt64(record.events.count)))
    }

    /// Notes a card's state after the record that comes next.
    private mutating func touch(_ card: CardNumber, _ state: CardState) {
        let index = Int32(records.count)
        if let place = places[card] {
            previous.append(touched[Int(place)].last)
            touched[Int(place)] = TouchedCard(state: state, last: index)
        } else {
            previous.append(-1)
            places[card] = Int32(touched.count)
            touched.append(TouchedCard(state: state, last: index))
        }
    }

    /// Notes what a record says about more than its card.
    private mutating func couple(_ record: CardRecord, of program: ProgramNumber) {
        let counted = base.catalog.countsStaff(of: program) ? program : nil
        let staff = attribution(record.attribution)?.staff
        for event in record.events {
            couplings.evolve(event.event, countedProgram: counted, staff: staff, on: record.moment.occurredOn)
        }
    }

    private mutating func write(_ id: CommandID, stream: StreamNumber, eventCount: Int) throws(LedgerError) {
        do {
            try builder.append(
                id: RecordID(id),
                stream: stream,
                eventCount: eventCount,
                facts: facts.bytes,
                details: details.bytes
            )
        } catch {
            throw LedgerError(.log, "a command's record is too large: \(error)")
        }
    }
}
