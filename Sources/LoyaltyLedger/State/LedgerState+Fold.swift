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
        self = LedgerState(of: nil)
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
    mutating func fold(_ block: DecodedBlock, from start: Position, within horizon: Horizon?) throws(LedgerError) {
        let fold = LedgerFold(horizon: horizon)
        var decoder = EventDecoder(readsTexts: false)
        for entry in block.records where entry.nextPosition > start {
            if entry.position >= start, entry.stream != .ledger {
                try fold.evolve(&self, entry, of: block)
            } else {
                try decoder.forEach(in: entry, of: block, after: start.rawValue - 1) { event throws(LedgerError) in
                    try fold.evolve(&self, event)
                }
            }
        }
    }

    /// Moves behind a record without noting its command.
    mutating func pass(_ position: UInt64, recordedAt: Timestamp) {
        self.position = position
        self.recordedAt = max(self.recordedAt, recordedAt)
    }
}
