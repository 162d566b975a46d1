internal import EventLog
internal import LogFormat
internal import Projections

extension LedgerState {
    /// Folds every event of the log behind `position` on as many threads as pay (DESIGN.md 8).
    ///
    /// The state is the one that `fold` gives, and so is the error: where anything is wrong one thread folds again, and says what stands
    /// first in the log. Rules that couple cards by staff or references make the order among cards count; from there on one thread folds.
    mutating func fold(
        _ reader: LogReader,
        on threads: FoldThreads,
        progress: ((UInt64) -> Void)? = nil
    ) throws(LedgerError) {
        let head = reader.head.position.rawValue
        if head > position, threads.pay(events: head - position, cards: cards.count), !hasGuards,
            let folded = foldedInShares(reader, threads.count, progress)
        {
            self = folded
        }
        try fold(reader, progress: progress)
    }

    /// The state further on; nil where one thread has to say what is wrong.
    private func foldedInShares(_ reader: LogReader, _ shares: Int, _ progress: ((UInt64) -> Void)?) -> LedgerState? {
        let pipe = BlockPipe(takers: shares)
        let folding = ShareFolding(shares, of: cards, pipe, from: Position(rawValue: position + 1))
        var facts = FactsFold(self)
        let isRead = (try? facts.run(reader, into: pipe, progress)) != nil
        pipe.finish(isWhole: isRead)
        guard let folded = try? folding.shares(), isRead else { return nil }
        return try? facts.state(with: folded)
    }
}
