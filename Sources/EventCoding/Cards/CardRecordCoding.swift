public import LogFormat
public import LoyaltyDomain

/// A card record and its bytes.
///
/// Facts: zigzag (recorded - occurred) in ms; a byte with the source in bits 0-2, the local day of the occurrence less its day
/// in UTC plus one in bits 3-4, and in bit 5 whether an attribution number follows; then the events. Stream, event count, command id and
/// recorded time lie in the log's own envelope.
public enum CardRecordCoding {
    static let attributionFlag: UInt8 = 0x20

    /// Writes a record's facts and details behind what the writers hold.
    public static func encode(_ record: CardRecord, facts: inout ByteWriter, details: inout ByteWriter) {
        encodeFacts(of: record, to: &facts)
        DetailFields(of: record).encode(to: &details)
    }

    /// Writes a record's facts behind what the writer holds.
    public static func encodeFacts(of record: CardRecord, to facts: inout ByteWriter) {
        facts.zigzag(record.recordedAt.milliseconds - record.moment.occurredAt.milliseconds)
        let shift = record.moment.occurredOn.daysSince1970 - record.moment.occurredAt.dayInUTC.daysSince1970
        precondition((-1...1).contains(shift), "a local day is at most one from the day in UTC, not \(shift)")
        let isAttributed = record.attribution != .none
        facts.u8(record.source.rawValue | UInt8(shift + 1) << 3 | (isAttributed ? attributionFlag : 0))
        if isAttributed { facts.varint(UInt64(record.attribution.rawValue)) }
        for event in record.events { facts.cardEvent(event, occurredAt: record.moment.occurredAt) }
    }

    /// The part of a record that stands before its events.
    public struct Head: Hashable, Sendable {
        /// When it happened.
        public var moment: CardState.Moment
        /// The way the command came in.
        public var source: CommandSource
        /// Who, with what, where.
        public var attribution: AttributionNumber
    }

    /// Reads a record's head; its events follow.
    public static func head(
        _ facts: inout ByteReader,
        recordedAt: Timestamp
    ) throws(DecodingFailure) -> Head {
        let start = facts.offset
        let occurred = recordedAt.milliseconds &- (try facts.zigzag())
        let occurredAt = Timestamp(milliseconds: occurred)
        guard occurredAt.isRepresentable else {
            throw DecodingFailure(offset: start, expected: "an instant of the years 0 to 9999", found: "\(occurred) ms")
        }
        let flagsOffset = facts.offset
        let flags = try facts.u8()
        let shift = Int32(flags >> 3 & 3) - 1
        guard flags < 0x40, shift <= 1, let source = CommandSource(rawValue: flags & 7) else {
            throw DecodingFailure(offset: flagsOffset, expected: "a source and a day shift", found: "\(flags)")
        }
        var attribution = AttributionNumber.none
        if flags & attributionFlag != 0 {
            attribution = AttributionNumber(UInt32(try facts.varint(upTo: UInt64(UInt32.max), "an attribution number")))
        }
        let day = occurredAt.dayInUTC.advanced(byDays: shift)
        let moment = CardState.Moment(occurredAt: occurredAt, occurredOn: day)
        return Head(moment: moment, source: source, attribution: attribution)
    }

    /// Reads the next event of a record.
    public static func event(
        _ facts: inout ByteReader,
        of head: Head
    ) throws(DecodingFailure) -> EffectiveEvent {
        try facts.cardEvent(occurredAt: head.moment.occurredAt)
    }

    /// Reads a record's texts, and completes what its events name by a text.
    public static func texts(
        _ details: ByteReader,
        namedIn events: inout [EffectiveEvent]
    ) throws(DecodingFailure) -> RecordTexts {
        var texts = RecordTexts()
        try DetailFields(decoding: details).apply(to: &texts, &events)
        return texts
    }

    /// Reads a whole record.
    ///
    /// - Parameters:
    ///   - facts: Its facts, and nothing else.
    ///   - details: Its details, or nil to leave the texts out.
    ///   - id: The id in the log's envelope.
    ///   - card: The stream in the log's envelope.
    ///   - eventCount: The event count in the log's envelope.
    ///   - recordedAt: The recorded time of its batch.
    public static func decode(
        facts: ByteReader,
        details: ByteReader?,
        id: RecordID,
        card: CardNumber,
        eventCount: Int,
        recordedAt: Timestamp
    ) throws(DecodingFailure) -> CardRecord {
        var facts = facts
        let head = try head(&facts, recordedAt: recordedAt)
        var events: [EffectiveEvent] = []
        for _ in 0..<eventCount { events.append(try event(&facts, of: head)) }
        try facts.finish()
        var record = CardRecord(
            commandID: CommandID(id),
            card: card,
            moment: head.moment,
            recordedAt: recordedAt,
            source: head.source,
            attribution: head.attribution,
            texts: RecordTexts(),
            events: events
        )
        if let details { record.texts = try texts(details, namedIn: &record.events) }
        return record
    }
}
