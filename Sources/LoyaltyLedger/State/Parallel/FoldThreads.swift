internal import Foundation

#if canImport(Glibc)
internal import Glibc
#endif

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
        #if canImport(Glibc)
        var allowed = cpu_set_t()
        // Safe: the kernel fills at most as many bytes as it is told the set has.
        if unsafe sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &allowed) == 0 {
            let count = unsafe withUnsafeBytes(of: allowed) { unsafe $0.reduce(0) { $0 + $1.nonzeroBitCount } }
            return max(count, 1)
        }
        #endif
        return ProcessInfo.processInfo.activeProcessorCount
    }
}
