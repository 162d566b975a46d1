internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// Reads what a ledger was told off its events, some steps at a time.
///
/// What follows from commands by itself is left out: due facts before a command, consequences for other cards, numbers of attributions and files.
struct RetoldLog: Sendable {
    /// Steps are read until there are so many; the rest of a block comes along.
    private static let stepsAtATime = 4096

    let state: LedgerState
    let makeReader: @Sendable () throws -> LogReader
    /// The next position to read.
    private(set) var next: UInt64 = 1
    private var lastCommand: (occurredAt: Timestamp, recordedAt: Timestamp)?
    private var lastSweep: Timestamp?

    init(_ state: LedgerState, makeReader: @escaping @Sendable () throws -> LogReader) {
        self.state = state
        self.makeReader = makeReader
    }

    /// Whether everything was read.
    var isAtEnd: Bool { next > state.position }

    /// The next steps, in recorded order.
    ///
    /// - Complexity: O(events read + batches of a segment).
    mutating func steps() throws(LedgerError) -> [RetoldStep] {
        /// Thrown when there are enough.
        struct Enough: Error {}
        var steps: [RetoldStep] = []
        let start = Position(rawValue: next)
        try LedgerError.reading { () throws -> Void in
            do {
                try makeReader().forEachBlock(from: start, sections: .all) { block in
                    try block.forEach { entry throws(LedgerError) in
                        guard entry.position >= start, entry.position.rawValue <= state.position else { return }
                        if let step = try step(entry, of: block) { steps.append(step) }
                        next = entry.position.rawValue + UInt64(entry.eventCount)
                    }
                    if steps.count >= Self.stepsAtATime { throw Enough() }
                }
            } catch is Enough {}
        }
        return steps
    }

    private mutating func step(_ entry: RecordEntry, of block: DecodedBlock) throws(LedgerError) -> RetoldStep? {
        let recordedAt = Timestamp(milliseconds: block.recordedAt)
        guard entry.stream != .ledger else {
            let event: LedgerEvent
            do throws(DecodingFailure) {
                event = try LedgerRecordCoding.decode(ByteReader(block.facts, in: entry.facts))
            } catch {
                throw .undecodable(error, at: entry.position.rawValue)
            }
            guard case .programDefined(let version) = event, let id = entry.id else { return nil }
            return .rules(version, id: CommandID(id), recordedAt: recordedAt)
        }
        let record = try block.cardRecord(entry)
        let positions = entry.position.rawValue..<entry.position.rawValue + UInt64(entry.eventCount)
        guard isOwn(record) else { return command(record, positions) }
        return sweep(record, isFirst: entry.position == block.firstPosition)
    }

    private func isOwn(_ record: CardRecord) -> Bool {
        if case .sequence(0, _) = record.commandID { true } else { false }
    }

    /// The sweep that recorded it, unless an earlier record of it did; nil for the consequence of a command.
    ///
    /// - Parameter isFirst: Whether a block begins with it: a sweep begins a batch, a consequence stands behind its command.
    private mutating func sweep(_ record: CardRecord, isFirst: Bool) -> RetoldStep? {
        let isBehindCommand =
            !isFirst && lastCommand?.occurredAt == record.moment.occurredAt
            && lastCommand?.recordedAt == record.recordedAt
        guard !isBehindCommand, record.events.allSatisfy(\.event.isDueFact) else { return nil }
        guard lastSweep != record.moment.occurredAt else { return nil }
        lastSweep = record.moment.occurredAt
        return .sweep(record.moment.occurredAt, recordedAt: record.recordedAt)
    }

    private mutating func command(_ record: CardRecord, _ positions: Range<UInt64>) -> RetoldStep? {
        lastCommand = (record.moment.occurredAt, record.recordedAt)
        lastSweep = nil
        let program = state.cards[record.card].program
        guard let action = record.intent(in: state.catalog, program: program) else { return nil }
        var card = state.directory.card(record.card)
        var issuing: CardIssue?
        for case .cardIssued(let issued, let customer, _) in record.events.map(\.event) {
            card = issued
            issuing = CardIssue(customer: customer, program: state.catalog.program(program)?.id)
        }
        let context = CommandContext(
            source: record.source,
            attribution: state.attributions[record.attribution] ?? Attribution(),
            reference: record.texts.reference,
            customerComment: record.texts.customerComment,
            internalNote: record.texts.internalNote
        )
        let request = CommandRequest(
            CardCommand(action, on: card, at: record.moment.occurredAt),
            id: record.commandID,
            context: context,
            issuing: issuing,
            recordedAt: record.recordedAt
        )
        return .command(request, positions: positions, refusal: record.refusal)
    }
}

extension CardEvent {
    /// Whether time alone led to it (D9); what such a fact led to in turn counts as one.
    fileprivate var isDueFact: Bool {
        switch self {
        case .stampsLapsed, .cardExpired, .periodStarted: true
        case .tierChanged(let change): change.cause == .pinEnded
        case .stampsCredited(let credit): credit.cause == .tier
        case .rewardsCredited(_, let cause): cause == .tier
        case .rewardsUnlocked, .milestoneReached, .debtPaid: true
        default: false
        }
    }
}
