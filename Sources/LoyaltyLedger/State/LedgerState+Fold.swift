internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

extension LedgerState {
    /// Folds every event of the log behind `position`, block by block.
    ///
    /// - Parameters:
    ///   - reader: The log.
    ///   - last: The position at which to stop, where a batch ends; the head unless said otherwise.
    ///   - horizon: Which card events count; all do unless said otherwise. Then the commands are not noted, since only figures are wanted.
    ///   - inspect: Called with the state after each block; every batch ends with one.
    ///   - progress: Called with the last position folded, after each block.
    mutating func fold(
        _ reader: LogReader,
        through last: UInt64? = nil,
        within horizon: Horizon? = nil,
        inspect: ((borrowing LedgerState) -> Void)? = nil,
        progress: ((UInt64) -> Void)? = nil
    ) throws(LedgerError) {
        let start = Position(rawValue: position + 1)
        var folded = self
        self = LedgerState()
        defer { self = folded }
        try LedgerError.reading { () throws -> Void in
            let end = last.map { Position(rawValue: $0) }
            try reader.forEachBlock(from: start, through: end, sections: .ids) { block in
                try folded.fold(block, from: start, within: horizon)
                inspect?(folded)
                progress?(folded.position)
            }
        }
    }

    /// Folds the records of a block from a position on.
    mutating func fold(
        _ block: DecodedBlock,
        from start: Position,
        within horizon: Horizon?
    ) throws(LedgerError) {
        let recordedAt = Timestamp(milliseconds: block.recordedAt)
        try block.forEach { entry throws(LedgerError) in
            guard entry.position >= start else { return }
            guard let id = entry.id.map({ CommandID($0) }) else { return }
            let facts = ByteReader(block.facts, in: entry.facts)
            if entry.stream == .ledger {
                let event = try decoded(at: entry) { () throws(DecodingFailure) in try LedgerRecordCoding.decode(facts)
                }
                let record = LedgerRecord(commandID: id, recordedAt: recordedAt, event: event)
                return try evolve(record, at: entry.position.rawValue)
            }
            try fold(facts, entry, recordedAt: recordedAt, within: horizon)
            guard horizon == nil else { return pass(entry, recordedAt: recordedAt) }
            note(id, recordedAt: recordedAt, first: entry.position.rawValue, count: entry.eventCount)
        }
    }

    private mutating func fold(
        _ facts: ByteReader,
        _ entry: RecordEntry,
        recordedAt: Timestamp,
        within horizon: Horizon?
    ) throws(LedgerError) {
        var facts = facts
        let card = CardNumber(entry.stream.rawValue)
        let head = try decoded(at: entry) { () throws(DecodingFailure) in
            try CardRecordCoding.head(&facts, recordedAt: recordedAt)
        }
        for offset in 0..<entry.eventCount {
            let event = try decoded(at: entry) { () throws(DecodingFailure) in
                try CardRecordCoding.event(&facts, of: head)
            }
            try evolve(
                event,
                of: card,
                at: head.moment,
                recordedAt: recordedAt,
                attribution: head.attribution,
                position: entry.position.rawValue + UInt64(offset),
                within: horizon
            )
        }
        try decoded(at: entry) { () throws(DecodingFailure) in try facts.finish() }
    }

    /// Moves behind a record without noting its command.
    private mutating func pass(_ entry: RecordEntry, recordedAt: Timestamp) {
        position = entry.position.rawValue + UInt64(entry.eventCount) - 1
        self.recordedAt = max(self.recordedAt, recordedAt)
    }

    private func decoded<Value>(
        at entry: RecordEntry,
        _ body: () throws(DecodingFailure) -> Value
    ) throws(LedgerError) -> Value {
        do {
            return try body()
        } catch {
            throw .undecodable(error, at: entry.position.rawValue)
        }
    }
}
