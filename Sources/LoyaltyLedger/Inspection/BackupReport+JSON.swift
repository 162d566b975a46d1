package import EventLog
internal import LogFormat
internal import SystemPackage

extension BackupReport {
    /// The report as one object; its keys are stable.
    package var json: JSONValue {
        .object([
            .init("path", .string("\(path)")),
            .init("log_id", .string("\(logID)")),
            .init("segments", .integer(segments)),
            .init("events", .integer(events)),
            .init("bytes", .integer(byteCount)),
            .init("position", .integer(head.position.rawValue)),
            .init("chain_hash", .string("\(head.chainHash)")),
            .init("recorded_at", .integer(head.recordedAt)),
        ])
    }
}
