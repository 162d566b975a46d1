internal import EventLog
internal import LogFormat
internal import SystemPackage

extension LedgerSalvageReport {
    /// The report as one object, as it lies in SALVAGE.json; its keys are stable.
    package var json: JSONValue {
        .object([
            .init("old_log_id", .string("\(log.oldLogID)")),
            .init("log_id", .string("\(log.logID)")),
            .init("segments", .integer(log.segments)),
            .init("read_events", .integer(log.readEvents)),
            .init("written_events", .integer(log.writtenEvents)),
            .init("lost_events", .integer(log.lostEvents)),
            .init("is_end_unknown", .bool(log.isEndUnknown)),
            .init("chain_hash", .string("\(log.head.chainHash)")),
            .init("cards", .integer(cardCount)),
            .init("digest", .string(digest)),
            .init("is_complete", .bool(isComplete)),
            .init("is_clock_lost", .bool(isClockLost)),
            .init("unattributed_records", .integer(unattributedRecords)),
            .init("positions", .array(log.runs.map(\.json))),
            .init("losses", .array(log.losses.map { json(of: $0) })),
            .init("torn_tail", log.tornTail?.json ?? .null),
            .init("left_out", .array(leftOut.map(\.json))),
            .init("broken_links", .array(brokenLinks.map(\.json))),
            .init("recreated", .array(recreated.map(\.json))),
        ])
    }

    private func json(of loss: SalvageReport.Loss) -> JSONValue {
        .object([
            .init("kind", .string(loss.kind.rawValue)),
            .init("first", .integer(loss.first.rawValue)),
            .init("last", .optional(loss.last?.rawValue)),
            .init("events", .integer(loss.eventCount)),
            .init("file", .optional(loss.cause.file.map { "\($0)" })),
            .init("row", .optional(loss.cause.row?.rawValue)),
            .init("error", loss.cause.json),
            .init("touched", loss.streams.map { .array($0.map(touched)) } ?? .null),
        ])
    }

    private func touched(_ stream: StreamNumber) -> JSONValue {
        .object([
            .init("number", .integer(stream.rawValue)), .init("card", .optional(cards[stream.rawValue])),
        ])
    }
}

extension SalvageReport.Run {
    fileprivate var json: JSONValue {
        let count = eventCount - 1
        return .object([
            .init("old_first", .integer(oldFirst.rawValue)),
            .init("old_last", .integer(oldFirst.advanced(by: count).rawValue)),
            .init("new_first", .integer(newFirst.rawValue)),
            .init("new_last", .integer(newFirst.advanced(by: count).rawValue)),
        ])
    }
}

extension LedgerSalvageReport.LeftOut {
    fileprivate var json: JSONValue {
        .object([
            .init("number", .integer(stream)),
            .init("card", .optional(card)),
            .init("reason", .string(reason.rawValue)),
            .init("records", .integer(records)),
            .init("events", .integer(events)),
            .init("first", .integer(first)),
            .init("last", .integer(last)),
        ])
    }
}

extension LedgerSalvageReport.BrokenLink {
    fileprivate var json: JSONValue {
        .object([
            .init("number", .integer(stream)),
            .init("card", .optional(card)),
            .init("reason", .string(reason.rawValue)),
            .init("event", .string(event)),
            .init("other_number", .integer(other)),
            .init("other_card", .optional(otherCard)),
            .init("position", .integer(position)),
        ])
    }
}

extension LedgerSalvageReport.Recreated {
    fileprivate var json: JSONValue {
        .object([.init("fact", .string(fact)), .init("origin", .string(origin.rawValue))])
    }
}
