package import LogFormat
internal import LogStorage

/// The new log of a salvage.
struct SalvageWriter {
    private let log: EventLog
    private var builder = BatchBuilder()
    private var recordedAt = Int64.min
    /// The position before the first record of the batch that is being filled.
    private var base: Position
    private(set) var runs: [SalvageReport.Run] = []

    init(_ log: EventLog) {
        self.log = log
        base = log.head.position
    }

    /// The head of what was written.
    var head: LogHead { log.head }

    /// Adds a record; a new batch begins where the recorded time changes, or the one before is full.
    mutating func add(_ record: SalvagedRecord) throws(LogError) {
        let stored = record.stored
        // What a record takes beside its facts and details: lengths, an id, at worst a block of its own.
        let room = stored.facts.count + stored.details.count + 128
        if stored.recordedAt != recordedAt || builder.byteCount + room > log.largestBatch { try flush() }
        recordedAt = stored.recordedAt
        let position = base.advanced(by: builder.eventCount + 1)
        do throws(BatchBuilder.RecordTooLarge) {
            try append(stored)
        } catch {
            try flush()
            do throws(BatchBuilder.RecordTooLarge) {
                try append(stored)
            } catch {
                throw LogError(.tooLarge, "a record is too large: \(error.reason)", position: stored.position)
            }
        }
        if stored.position > .zero { map(stored.position, to: position, stored.eventCount) }
    }

    /// Writes what is left and closes the log.
    mutating func finish() throws(LogError) {
        try flush()
        try log.close()
    }

    private mutating func append(_ record: StoredRecord) throws(BatchBuilder.RecordTooLarge) {
        try builder.append(
            id: record.id ?? .lost(at: record.position),
            stream: record.stream,
            eventCount: record.eventCount,
            facts: record.facts,
            details: record.details
        )
    }

    private mutating func flush() throws(LogError) {
        guard !builder.isEmpty else { return }
        base = try log.append(builder, recordedAt: recordedAt).upperBound
        builder.removeAll()
    }

    private mutating func map(_ old: Position, to new: Position, _ count: Int) {
        if let last = runs.indices.last, case let run = runs[last],
            run.oldFirst.advanced(by: run.eventCount) == old, run.newFirst.advanced(by: run.eventCount) == new
        {
            runs[last].eventCount += count
        } else {
            runs.append(SalvageReport.Run(oldFirst: old, newFirst: new, eventCount: count))
        }
    }
}

extension RecordID {
    /// The id of a record whose own could not be read: "SALVAGED" and its position in the damaged log.
    ///
    /// It keeps the record apart from all others; a retry of the command is not recognised.
    package static func lost(at position: Position) -> RecordID {
        .opaque(high: 0x5341_4c56_4147_4544, low: position.rawValue)
    }

    /// The id of a record that stands for a lost one: "SALVAGE+" and a number.
    package static func recreated(_ number: UInt64) -> RecordID {
        .opaque(high: 0x5341_4c56_4147_452b, low: number)
    }
}
