internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain

/// Makes events of records: the one loop that every projection and subscriber reads by.
///
/// A record is decoded whole before any of its events is shown, so that whoever meets one that cannot be decoded stands
/// between two commands. Its buffer is reused from record to record.
struct EventDecoder {
    /// Whether texts are decoded; then blocks must hold details.
    let readsTexts: Bool
    private var events: [EffectiveEvent] = []

    init(readsTexts: Bool) { self.readsTexts = readsTexts }

    /// Calls `body` with each event of a block behind a position.
    mutating func forEach(
        in block: DecodedBlock,
        after position: UInt64,
        _ body: (borrowing RecordedEvent) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        for entry in block.records where entry.nextPosition.rawValue > position &+ 1 {
            try forEach(in: entry, of: block, after: position, body)
        }
    }

    /// Calls `body` with each event of one record behind a position.
    mutating func forEach(
        in entry: RecordEntry,
        of block: DecodedBlock,
        after position: UInt64,
        _ body: (borrowing RecordedEvent) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        guard let id = entry.id.map({ CommandID($0) }) else {
            preconditionFailure("the block was decoded without its ids")
        }
        let recordedAt = Timestamp(milliseconds: block.recordedAt)
        if entry.stream == .ledger {
            let event = try ledgerEvent(entry, of: block)
            return try body(
                LedgerRecord(commandID: id, recordedAt: recordedAt, event: event).event(at: entry.position.rawValue)
            )
        }
        let (head, texts) = try decode(entry, of: block, id, recordedAt: recordedAt)
        for (offset, event) in events.enumerated() {
            let place = entry.position.rawValue + UInt64(offset)
            guard place > position else { continue }
            let fact = CardFact(
                card: CardNumber(entry.stream.rawValue),
                moment: head.moment,
                source: head.source,
                attribution: head.attribution,
                texts: texts,
                event: event
            )
            try body(
                RecordedEvent(
                    position: place,
                    commandID: id,
                    recordedAt: recordedAt,
                    indexInCommand: offset,
                    commandEventCount: entry.eventCount,
                    fact: .card(fact)
                )
            )
        }
    }

    /// Decodes the events of a card's record into the buffer.
    private mutating func decode(
        _ entry: RecordEntry,
        of block: DecodedBlock,
        _ id: CommandID,
        recordedAt: Timestamp
    ) throws(LedgerError) -> (CardRecordCoding.Head, RecordTexts) {
        events.removeAll(keepingCapacity: true)
        var facts = ByteReader(block.facts, in: entry.facts)
        var offset = 0
        do throws(DecodingFailure) {
            let head = try CardRecordCoding.head(&facts, recordedAt: recordedAt)
            while offset < entry.eventCount {
                events.append(try CardRecordCoding.event(&facts, of: head))
                offset += 1
            }
            try facts.finish()
            guard readsTexts, !entry.details.isEmpty else { return (head, RecordTexts()) }
            let details = ByteReader(block.details, in: entry.details)
            return (head, try CardRecordCoding.texts(details, namedIn: &events))
        } catch {
            let place = entry.position.rawValue + UInt64(min(offset, entry.eventCount - 1))
            throw .undecodable(error, at: place)
        }
    }

    private func ledgerEvent(_ entry: RecordEntry, of block: DecodedBlock) throws(LedgerError) -> LedgerEvent {
        do throws(DecodingFailure) {
            return try LedgerRecordCoding.decode(ByteReader(block.facts, in: entry.facts))
        } catch {
            throw .undecodable(error, at: entry.position.rawValue)
        }
    }
}
