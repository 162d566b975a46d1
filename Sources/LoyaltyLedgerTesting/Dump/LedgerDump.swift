internal import EventCoding
public import EventLog
internal import LogFormat
internal import LoyaltyDomain

/// Every event of a ledger's log as a line of JSON: what `Fixtures/reader/read_ledger.py` prints of the same log.
///
/// The fields of an event stand in the order of DESIGN.md section 7; what is optional there is `null` here, and what is a
/// compound there is a list here.
public enum LedgerDump {
    /// The lines of all events that a reader sees.
    public static func lines(_ reader: LogReader) throws -> [String] {
        var lines: [String] = []
        try reader.forEachBlock(sections: .all) { block in
            try block.forEach { record in try add(record, block, to: &lines) }
        }
        return lines
    }

    private static func add(_ entry: RecordEntry, _ block: DecodedBlock, to lines: inout [String]) throws {
        guard let id = entry.id else { preconditionFailure("the block was decoded without its ids") }
        func line(_ offset: Int, _ kind: String, _ rest: [(String, DumpValue)]) -> String {
            let head: [(String, DumpValue)] = [
                ("position", DumpValue(entry.position.rawValue + UInt64(offset))),
                ("recorded_at", .number(block.recordedAt)), ("stream", DumpValue(entry.stream.rawValue)),
                ("id", .text(text(id))), ("kind", .text(kind)),
            ]
            return "{" + (head + rest).map { "\"\($0.0)\":\($0.1.json)" }.joined(separator: ",") + "}"
        }
        let facts = ByteReader(block.facts, in: entry.facts)
        if entry.stream == .ledger {
            let event = try LedgerRecordCoding.decode(facts)
            lines.append(line(0, name(event), [("fields", .list(fields(event)))]))
            return
        }
        let head: CardRecordCoding.Head = try CardRecordCoding.head(
            facts,
            recordedAt: Timestamp(milliseconds: block.recordedAt)
        )
        let record = try CardRecordCoding.decode(
            facts: facts,
            details: ByteReader(block.details, in: entry.details),
            id: id,
            card: CardNumber(entry.stream.rawValue),
            eventCount: entry.eventCount,
            recordedAt: Timestamp(milliseconds: block.recordedAt)
        )
        for (offset, event) in record.events.enumerated() {
            let rest: [(String, DumpValue)] = [
                ("occurred_at", .number(head.moment.occurredAt.milliseconds)),
                ("day", DumpValue(head.moment.occurredOn.daysSince1970)), ("source", DumpValue(head.source.rawValue)),
                ("attribution", DumpValue(head.attribution.rawValue)),
                ("effective_at", .number(event.effectiveAt.milliseconds)),
                ("fields", .list(fields(event.event))), ("texts", .list(offset == 0 ? texts(record) : [])),
            ]
            lines.append(line(offset, name(event.event), rest))
        }
    }

    /// The case of an enumeration, without its payload.
    private static func name(_ event: some Any) -> String {
        String("\(event)".prefix { $0 != "(" })
    }

    /// The form byte and the id: `2:source:number`, `3:` and `4:` with 32 hexadecimal digits.
    static func text(_ id: RecordID) -> String {
        switch id {
        case .sequence: "2:\(id)"
        case .uuid7: "3:\(id)"
        case .opaque: "4:\(id)"
        }
    }

    private static func texts(_ record: CardRecord) -> [DumpValue] {
        let named = record.events.lazy.compactMap { namedReference($0.event) }.first
        let all = [record.texts.reference, record.texts.customerComment, record.texts.internalNote, named]
        return all.enumerated().compactMap { index, text in
            text.map { .list([DumpValue(index + 1), .text($0)]) }
        }
    }

    private static func namedReference(_ event: CardEvent) -> String? {
        switch event {
        case .amountRefunded(_, let name, _), .commandRefused(.refund(_, let name), _): name?.reference
        case .amountEdited(let edit): edit.named.reference
        case .commandRefused(.editAmount(let name, _), _): name.reference
        default: nil
        }
    }
}

extension CardRecordCoding {
    fileprivate static func head(_ facts: ByteReader, recordedAt: Timestamp) throws -> Head {
        var facts = facts
        return try head(&facts, recordedAt: recordedAt)
    }
}
