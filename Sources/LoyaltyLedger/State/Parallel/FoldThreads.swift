internal import CIntrinsics
internal import Foundation

/// On how many threads a log is folded.
struct FoldThreads: Sendable {
    /// How many threads fold cards beside the one that reads.
    var count: Int
    /// Fewer events than this are folded before other threads have begun.
    var fewestEvents: UInt64
    /// Where there are more cards than this for each event, one thread is as fast: on several each block of rows is copied when it is touched.
    var mostCardsPerEvent: Int

    /// As many as there are processors this process may run on, up to four: more would only wait for the one that reads.
    static var forThisMachine: FoldThreads {
        FoldThreads(count: min(allowedProcessors, 4), fewestEvents: 50_000, mostCardsPerEvent: 2)
    }

    /// Whether so many events, behind a state of so many cards, are folded sooner on several threads.
    func pay(events: UInt64, cards: Int) -> Bool {
        count > 1 && events >= fewestEvents && events >= UInt64(cards / mostCardsPerEvent)
    }

    /// The processors this process may run on; a process that is held to one gains nothing by a second thread.
    private static var allowedProcessors: Int {
        let allowed = Int(ll_allowed_processors())
        return allowed > 0 ? allowed : ProcessInfo.processInfo.activeProcessorCount
    }
}
