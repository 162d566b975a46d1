package import EventLog
internal import SystemPackage

extension VerifyReport {
    /// The report as one object; its keys are stable.
    ///
    ///     {events, files: [{file, kind, status, bytes, batches, events, row, error}], torn_tail, damaged, is_being_written}
    package var json: JSONValue {
        .object([
            .init("events", .integer(events)),
            .init("files", .array(files.map(\.json))),
            .init("torn_tail", tornTail?.json ?? .null),
            .init("damaged", .integer(files.count { $0.damage != nil })),
            .init("is_being_written", .bool(isBeingWritten)),
        ])
    }
}

extension VerifyReport.FileVerdict {
    fileprivate var json: JSONValue {
        .object([
            .init("file", .string("\(file)")),
            .init("kind", .string(kind.word)),
            .init("status", .string(status.word)),
            .init("bytes", .integer(byteCount)),
            .init("batches", .integer(batches)),
            .init("events", .integer(events)),
            .init("row", .optional(row?.rawValue)),
            .init("error", (damage ?? flaw)?.json ?? .null),
        ])
    }
}

extension VerifyReport.FileVerdict.Kind {
    /// The stable word.
    package var word: String {
        switch self {
        case .segment: "segment"
        case .streamIndex: "stream_index"
        case .manifest: "manifest"
        case .snapshot: "snapshot"
        case .checkpoint: "checkpoint"
        case .sideFile: "side_file"
        case .unfinished: "unfinished"
        }
    }
}

extension VerifyReport.FileVerdict.Status {
    /// The stable word.
    package var word: String {
        switch self {
        case .good: "good"
        case .tornTail: "torn_tail"
        case .damaged: "damaged"
        case .missing: "missing"
        case .stale: "stale"
        case .leftover: "leftover"
        }
    }
}
