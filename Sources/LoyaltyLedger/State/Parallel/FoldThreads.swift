internal import CIntrinsics
internal import Foundation

/// On how many threads a log is folded.
struct FoldThreads: Sendable {
    /// How many threads fold cards beside the one that reads.
    var count: Int
    /// Fewer events than this are folded before other threads have begun.
    var fewestEvents: UInt64

    /// As many as there are processors this process may run on, up to four: more would only wait for the one that reads.
    static var forThisMachine: FoldThreads {
        FoldThreads(count: min(allowedProcessors, 4), fewestEvents: 50_000)
    }

    /// The processors this process may run on; a process that is held to one gains nothing by a second thread.
    private static var allowedProcessors: Int {
        let allowed = Int(ll_allowed_processors())
        return allowed > 0 ? allowed : ProcessInfo.processInfo.activeProcessorCount
    }
}
