import EventCoding
import EventLog
import LogFormat
import LogStorage
import LoyaltyLedger
import SystemPackage

/// Writes to a ledger's log what a later version would, whose events this one does not know.
struct NewerLog {
    let log: EventLog
    private var number: UInt64 = 0

    init(at path: String) throws {
        log = try EventLog.open(at: FilePath(path), options: EventLogOptions(segmentCapacity: 64 << 10))
    }

    /// Appends a record of a card: stamps, and an event that may be passed over.
    mutating func appendIgnorable(to card: CardNumber, stamps: Stamps) throws {
        let unknown = UnknownEvent(type: EventSchema.firstUnassigned + 6, bytes: [0xca, 0xfe])
        try append(to: card, [.stampsAdded(stamps), .unknown(unknown)], behind: [])
    }

    /// Appends a record of a card whose last event is of a type that may change figures.
    mutating func appendFatal(_ type: UInt64, to card: CardNumber) throws {
        var event = ByteWriter()
        event.u8(0x80)
        event.varint(type)
        event.varint(2)
        event.bytes([1, 2])
        try append(to: card, [.stampsAdded(1)], behind: event.bytes)
    }

    /// Appends an event of the ledger's own.
    mutating func appendToLedger(isIgnorable: Bool) throws {
        var facts = ByteWriter()
        facts.u8(isIgnorable ? 0x81 : 0x80)
        facts.varint(70)
        facts.string("abc")
        try append(stream: .ledger, facts.bytes, count: 1)
    }

    private mutating func append(to card: CardNumber, _ events: [CardEvent], behind: [UInt8]) throws {
        let recordedAt = Timestamp(milliseconds: log.head.recordedAt)
        let record = CardRecord(
            commandID: .opaque(high: 0xbeef, low: number),
            card: card,
            moment: CardState.Moment(occurredAt: recordedAt, occurredOn: recordedAt.dayInUTC),
            recordedAt: recordedAt,
            source: .api,
            attribution: .none,
            texts: RecordTexts(),
            events: events.map { EffectiveEvent($0, effectiveAt: recordedAt) }
        )
        var facts = ByteWriter()
        CardRecordCoding.encodeFacts(of: record, to: &facts)
        facts.bytes(behind)
        let stream = StreamNumber(rawValue: card.rawValue)
        try append(stream: stream, facts.bytes, count: events.count + (behind.isEmpty ? 0 : 1))
    }

    private mutating func append(stream: StreamNumber, _ facts: [UInt8], count: Int) throws {
        number += 1
        var batch = BatchBuilder()
        try batch.append(
            id: .opaque(high: 0xbeef, low: number),
            stream: stream,
            eventCount: count,
            facts: facts,
            details: []
        )
        _ = try log.append(batch, recordedAt: log.head.recordedAt)
        try log.writeMarker()
    }
}
