internal import Projections
internal import Snapshots

extension AuditReport {
    /// The report as one object; its keys are stable.
    ///
    ///     {clean, events, seconds, events_per_s, digest, live_digest, resumed_at, checkpoint_failure,
    ///      differences: [{card, message}], violations, snapshots: [{position, equal, digest, differences}],
    ///      snapshot_problems: [{file, row, offset, expected, found}], verification}
    package var json: JSONValue {
        .object([
            .init("clean", .bool(isClean)),
            .init("events", replay.map { .integer($0.events) } ?? .null),
            .init("seconds", .number(seconds)),
            .init("events_per_s", replay.map { .integer(Int($0.eventsPerSecond.rounded())) } ?? .null),
            .init("digest", .optional(replay?.digest.description)),
            .init("live_digest", .optional(replay?.liveDigest.description)),
            .init("resumed_at", resumedAt.map { .integer($0) } ?? .null),
            .init("checkpoint_failure", .optional(checkpointFailure.map { "\($0)" })),
            .init("differences", .array((replay?.differences ?? []).map(\.json))),
            .init("violations", .array((replay?.violations ?? []).map(\.json))),
            .init("snapshots", .array((replay?.snapshots ?? []).map(\.json))),
            .init("snapshot_problems", .array((replay?.snapshotProblems ?? []).map(\.json))),
            .init("verification", verification.json),
        ])
    }

    /// How long the run took, in seconds with three decimals.
    package var seconds: String {
        let milliseconds = Int((duration / .milliseconds(1)).rounded())
        return "\(milliseconds / 1000).\(String(milliseconds % 1000 + 1000).dropFirst())"
    }
}

extension ReplayReport.Difference {
    fileprivate var json: JSONValue {
        .object([.init("card", .string(card.text)), .init("message", .string(message))])
    }
}

extension SnapshotComparison {
    fileprivate var json: JSONValue {
        .object([
            .init("position", .integer(position)),
            .init("equal", .bool(isEqual)),
            .init("digest", .string(digest.description)),
            .init("differences", .array(differences.map { .string($0) })),
        ])
    }
}

extension SnapshotProblem {
    fileprivate var json: JSONValue {
        .object([
            .init("file", .string("\(file)")),
            .init("row", .string(reason.row)),
            .init("offset", .integer(offset)),
            .init("expected", .string(expected)),
            .init("found", .string(found)),
        ])
    }
}
