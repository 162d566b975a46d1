internal import EventLog
internal import LogFormat
internal import Projections

extension LedgerState {
    /// Folds every event of the log behind `position` on as many threads as pay (DESIGN.md 8).
    ///
    /// The state is the one that `fold` gives, and so is the error: where anything is wrong one thread folds again, and says what stands
    /// first in the log. Rules that couple cards by staff or references make the order among cards count; from there on one thread folds.
    ///
    /// - Parameters:
    ///   - reader: The log.
    ///   - threads: How many threads there are, and when they pay.
    ///   - last: The position at which to stop, where a batch ends; the head unless said otherwise.
    ///   - horizon: Which card events count; all do unless said otherwise, and then no commands are noted.
    ///   - progress: Called with the last position folded, after each block.
    mutating func fold(
        _ reader: LogReader,
        on threads: FoldThreads,
        through last: UInt64? = nil,
        within horizon: Horizon? = nil,
        progress: ((UInt64) -> Void)? = nil
    ) throws(LedgerError) {
        let end = last ?? reader.head.position.rawValue
        if end > position, threads.pay(events: end - position, cards: cards.count), !hasGuards,
            let folded = foldedInShares(reader, threads.count, through: last, within: horizon, progress)
        {
            self = folded
        }
        try fold(reader, through: last, within: horizon, progress: progress)
    }

    /// The state further on; nil where one thread has to say what is wrong.
    private func foldedInShares(
        _ reader: LogReader,
        _ shares: Int,
        through last: UInt64?,
        within horizon: Horizon?,
        _ progress: ((UInt64) -> Void)?
    ) -> LedgerState? {
        let pipe = BlockPipe(takers: shares)
        let all = (0..<shares).map { CardShare($0, of: shares, from: cards, within: horizon) }
        let folding = ShareFolding(all, pipe, from: Position(rawValue: position + 1))
        var facts = FactsFold(self, within: horizon)
        let isRead = (try? facts.run(reader, through: last, into: pipe, progress)) != nil
        pipe.finish(isWhole: isRead)
        guard let folded = try? folding.shares(), isRead else { return nil }
        return try? facts.state(with: folded)
    }
}
