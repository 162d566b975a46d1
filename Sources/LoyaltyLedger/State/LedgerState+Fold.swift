internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain

extension LedgerState {
    /// Folds every event of the log behind `position`, block by block.
    ///
    /// - Parameters:
    ///   - reader: The log.
    ///   - isWanted: Whether a card event counts; all do unless said otherwise.
    ///   - inspect: Called with the state after each block; every batch ends with one.
    ///   - progress: Called with the last position folded, after each block.
    mutating func fold(
        _ reader: LogReader,
        where isWanted: ((LedgerState, CardNumber, EffectiveEvent) -> Bool)? = nil,
        inspect: ((borrowing LedgerState) -> Void)? = nil,
        progress: ((UInt64) -> Void)? = nil
    ) throws(LedgerError) {
        let start = Position(rawValue: position + 1)
        var folded = self
        self = LedgerState()
        defer { self = folded }
        try LedgerError.reading { () throws -> Void in
            try reader.forEachBlock(from: start, sections: .ids) { block in
                try folded.fold(block, from: start, where: isWanted)
                inspect?(folded)
                progress?(folded.position)
            }
        }
    }

    private mutating func fold(
        _ block: DecodedBlock,
        from start: Position,
        where isWanted: ((LedgerState, CardNumber, EffectiveEvent) -> Bool)?
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
            try fold(facts, entry, recordedAt: recordedAt, where: isWanted)
            note(id, recordedAt: recordedAt, first: entry.position.rawValue, count: entry.eventCount)
        }
    }

    private mutating func fold(
        _ facts: ByteReader,
        _ entry: RecordEntry,
        recordedAt: Timestamp,
        where isWanted: ((LedgerState, CardNumber, EffectiveEvent) -> Bool)?
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
            if let isWanted, !isWanted(self, card, event) { continue }
            try evolve(
                event,
                of: card,
                at: head.moment,
                attribution: head.attribution,
                position: entry.position.rawValue + UInt64(offset)
            )
        }
        try decoded(at: entry) { () throws(DecodingFailure) in try facts.finish() }
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
