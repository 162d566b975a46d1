internal import CIntrinsics
internal import Foundation

/// On how many threads a log is folded.
struct FoldThreads: Sendable {
    /// How many threads fold cards beside the one that reads.
    var count: Int
    /// Fewer events than this are folded before other threads have begun.
    var fewestEvents: UInt64
    /// Fewer events than this for each card there is touch most blocks of rows for a few events each; on several threads each block is copied
    /// first.
    var fewestEventsPerCard: UInt64

    /// As many as there are processors this process may run on, up to four: more would only wait for the one that reads.
    static var forThisMachine: FoldThreads {
        FoldThreads(count: min(allowedProcessors, 4), fewestEvents: 50_000, fewestEventsPerCard: 4)
    }

    /// Whether so many events, behind a state of so many cards, are folded sooner on several threads.
    func pay(events: UInt64, cards: Int) -> Bool {
        count > 1 && events >= fewestEvents && events >= fewestEventsPerCard * UInt64(cards)
    }

    /// The processors this process may run on; a process that is held to one gains nothing by a second thread.
    private static var allowedProcessors: Int {
        let allowed = Int(ll_allowed_processors())
        return allowed > 0 ? allowed : ProcessInfo.processInfo.activeProcessorCount
    }
}
