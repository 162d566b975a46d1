internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain

extension LogReader {
    /// The record of a card command that holds the event at a position; nil where the event is about no card.
    func cardRecord(at position: UInt64) throws(LedgerError) -> CardRecord? {
        try LedgerError.reading { () throws -> CardRecord? in
            let found = try withRecord(at: Position(rawValue: position)) { block, entry in
                entry.stream == .ledger ? nil : try block.cardRecord(entry)
            }
            return found ?? nil
        }
    }

    /// The command whose record holds the event at a position.
    func commandID(at position: UInt64) throws(LedgerError) -> CommandID? {
        try LedgerError.reading { () throws -> CommandID? in
            let found = try withRecord(at: Position(rawValue: position)) { _, entry in entry.id.map { CommandID($0) } }
            return found ?? nil
        }
    }

    /// Calls `body` with each card record up to a position, in the order of the log, and the position of its first event.
    ///
    /// - Complexity: O(events); memory for one block.
    func forEachCardRecord(
        through last: UInt64,
        _ body: (UInt64, CardRecord) throws -> Void
    ) throws(LedgerError) {
        try LedgerError.reading { () throws -> Void in
            try forEachBlock(through: Position(rawValue: last), sections: .all) { block in
                try block.forEach { entry in
                    guard entry.stream != .ledger, entry.position.rawValue <= last else { return }
                    try body(entry.position.rawValue, try block.cardRecord(entry))
                }
            }
        }
    }

    /// Calls `body` with each record of a card up to a position, and the position of its first event.
    func forEachCardRecord(
        of card: CardNumber,
        through last: UInt64 = .max,
        _ body: (UInt64, CardRecord) -> Void
    ) throws(LedgerError) {
        try LedgerError.reading { () throws -> Void in
            let (stream, end) = (StreamNumber(rawValue: card.rawValue), Position(rawValue: last))
            try forEachRecord(ofStream: stream, through: end, sections: .all) { block, entry in
                body(entry.position.rawValue, try block.cardRecord(entry))
            }
        }
    }

    /// Calls `body` with each event of a card up to a position, when it happened, and when it was recorded.
    ///
    /// Neither ids nor texts are read.
    func forEachCardEvent(
        of card: CardNumber,
        through last: UInt64,
        _ body: (EffectiveEvent, CardState.Moment, Timestamp) -> Void
    ) throws(LedgerError) {
        try LedgerError.reading { () throws -> Void in
            let (stream, end) = (StreamNumber(rawValue: card.rawValue), Position(rawValue: last))
            try forEachRecord(ofStream: stream, through: end, sections: .facts) { block, entry in
                let recordedAt = Timestamp(milliseconds: block.recordedAt)
                try block.forEachCardEvent(of: entry) { event, _, head in
                    body(copy event, head.moment, recordedAt)
                }
            }
        }
    }
}

extension DecodedBlock {
    /// Calls `body` with each event of a card record, its position, and the head of the record; neither id nor texts are read.
    ///
    /// - Complexity: O(events), with nothing made for any but the event itself.
    func forEachCardEvent(
        of entry: RecordEntry,
        _ body: (borrowing EffectiveEvent, UInt64, CardRecordCoding.Head) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        let (first, recordedAt) = (entry.position.rawValue, Timestamp(milliseconds: recordedAt))
        var facts = ByteReader(facts, in: entry.facts)
        let head = try decoded(at: first) { () throws(DecodingFailure) in
            try CardRecordCoding.head(&facts, recordedAt: recordedAt)
        }
        for index in 0..<UInt64(entry.eventCount) {
            let event = try decoded(at: first + index) { () throws(DecodingFailure) in
                try CardRecordCoding.event(&facts, of: head)
            }
            try body(event, first + index, head)
        }
        try decoded(at: first) { () throws(DecodingFailure) in try facts.finish() }
    }

    private func decoded<Value>(
        at position: UInt64,
        _ decode: () throws(DecodingFailure) -> Value
    ) throws(LedgerError) -> Value {
        do throws(DecodingFailure) {
            return try decode()
        } catch {
            throw .undecodable(error, at: position)
        }
    }

    /// A card record with its texts; the block holds ids and details.
    func cardRecord(_ entry: RecordEntry) throws(LedgerError) -> CardRecord {
        guard let id = entry.id else { preconditionFailure("the block was decoded without its ids") }
        do throws(DecodingFailure) {
            return try CardRecordCoding.decode(
                facts: ByteReader(facts, in: entry.facts),
                details: ByteReader(details, in: entry.details),
                id: id,
                card: CardNumber(entry.stream.rawValue),
                eventCount: entry.eventCount,
                recordedAt: Timestamp(milliseconds: recordedAt)
            )
        } catch {
            throw .undecodable(error, at: entry.position.rawValue)
        }
    }
}

extension LedgerError {
    /// Runs reading calls, whatever layer throws.
    static func reading<Result>(_ body: () throws -> Result) throws(LedgerError) -> Result {
        do {
            return try body()
        } catch let error as LedgerError {
            throw error
        } catch let error as LogError {
            throw LedgerError(error)
        } catch {
            throw LedgerError(.log, "\(error)")
        }
    }

    static func undecodable(_ failure: DecodingFailure, at position: UInt64) -> LedgerError {
        if let type = failure.unknownType { return .unknownEvent(type, at: position) }
        return undecoded(failure, at: position)
    }

    private static func unknownEvent(_ type: UInt64, at position: UInt64) -> LedgerError {
        let message =
            "an event of type \(type), which may change figures, was written by a later version of this program; "
            + "this one knows types up to \(EventSchema.newestType): use the version that wrote it, or a later one"
        var error = LedgerError(.unknownEvent, message, position: position)
        error.eventType = type
        return error
    }

    private static func undecoded(_ failure: DecodingFailure, at position: UInt64) -> LedgerError {
        LedgerError(.undecodable, "an event is not what this version understands: \(failure)", position: position)
    }
}
