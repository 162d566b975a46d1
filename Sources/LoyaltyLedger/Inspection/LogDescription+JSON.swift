package import EventLog
internal import LogFormat
internal import SystemPackage

extension LogDescription {
    /// The structure as one object, down to a depth; its keys are stable.
    package func json(depth: Depth) -> JSONValue {
        .object([
            .init("log_id", .optional(logID.map { "\($0)" })),
            .init("segments", .array(segments.map { $0.json(depth) })),
            .init("files", .array(files.map(\.json))),
        ])
    }
}

extension LogDescription.Segment {
    fileprivate func json(_ depth: LogDescription.Depth) -> JSONValue {
        .object([
            .init("file", .string("\(file)")),
            .init("sealed", .bool(isSealed)),
            .init("number", .integer(header.identity.ordinal)),
            .init("first_position", .integer(header.firstPosition.rawValue)),
            .init("capacity", .integer(header.capacity)),
            .init("created_at", .integer(header.createdAt)),
            .init("bytes", .integer(byteCount)),
            .init("used_bytes", .integer(usedByteCount)),
            .init("events", .integer(eventCount)),
            .init("batch_count", .integer(batches.count)),
            .init("batches", depth == .segments ? .null : .array(batches.map { $0.json(depth) })),
            .init("row", .optional(row?.rawValue)),
            .init("end", end.map { .string("\($0)") } ?? .null),
        ])
    }
}

extension LogDescription.Batch {
    fileprivate func json(_ depth: LogDescription.Depth) -> JSONValue {
        .object([
            .init("offset", .integer(offset)),
            .init("kind", .string("\(header.kind)")),
            .init("bytes", .integer(header.length)),
            .init("first_position", .integer(header.firstPosition.rawValue)),
            .init("events", .integer(header.eventCount)),
            .init("records", .integer(header.recordCount)),
            .init("recorded_at", .integer(header.recordedAt)),
            .init("synced_through", .integer(header.syncedThrough)),
            .init("chain_hash", .string("\(header.chainHash)")),
            .init("block_count", .integer(blocks.count)),
            .init("blocks", depth == .blocks ? .array(blocks.map(\.json)) : .null),
        ])
    }
}

extension BlockEntry {
    fileprivate var json: JSONValue {
        let sections = Section.allCases.map { section in
            JSONValue.Member(
                "\(section)",
                .object([
                    .init("bytes", .integer(self[section].rawCount)),
                    .init("stored_bytes", .integer(self[section].storedCount)),
                ])
            )
        }
        return .object(
            [
                .init("first_position", .integer(firstPosition.rawValue)), .init("events", .integer(eventCount)),
                .init("records", .integer(recordCount)), .init("mask", .integer(mask)),
            ] + sections
        )
    }
}

extension LogDescription.File {
    fileprivate var json: JSONValue {
        .object([
            .init("file", .string("\(path)")),
            .init("kind", .string(kind.word)),
            .init("bytes", .integer(byteCount)),
            .init("text", .string(text)),
            .init("row", .optional(damage?.row?.rawValue)),
            .init("error", damage?.json ?? .null),
        ])
    }
}
