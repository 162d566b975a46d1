internal import Foundation

/// The queue in front of the writer thread: tasks put jobs in and suspend; the thread takes them all at once.
///
/// It grows with the number of suspended tasks and no further, since each waits for its answer.
///
/// `@unchecked Sendable`: all mutable state is read and written only while `condition` is locked.
final class CommandQueue: @unchecked Sendable {
    /// Why the writer thread woke up.
    enum Wake {
        /// There are jobs.
        case jobs([WriterJob])
        /// Nothing came within the time.
        case idle
        /// Nobody is left who could put jobs in.
        case abandoned
    }

    /// How long jobs wait for each other at most, in seconds: less than a sync takes.
    private static let longestGathering = 0.001

    /// How long nobody may come until those that are there go on, in seconds.
    private static let longestPause = 0.000_1

    private let condition = NSCondition()
    private var jobs: [WriterJob] = []
    private var nextID: UInt64 = 0
    private var isClosed = false
    private var isAbandoned = false

    /// A number for a job, by which it can be cancelled.
    func makeID() -> UInt64 {
        condition.withLock {
            nextID += 1
            return nextID
        }
    }

    /// Puts a job in; false where the queue is closed and will never answer.
    func put(_ job: WriterJob) -> Bool {
        let isTaken = condition.withLock {
            guard !isClosed else { return false }
            jobs.append(job)
            return true
        }
        // Behind the lock, which the thread that wakes up needs at once.
        if isTaken { condition.signal() }
        return isTaken
    }

    /// Takes a job out that the writer has not taken yet.
    func cancel(_ id: UInt64) -> WriterJob? {
        condition.withLock {
            guard let index = jobs.firstIndex(where: { $0.id == id }) else { return nil }
            return jobs.remove(at: index)
        }
    }

    /// Waits for jobs: for ever, or for so many seconds.
    func take(within seconds: Double?) -> Wake {
        condition.withLock {
            let deadline = seconds.map { Date(timeIntervalSinceNow: $0) }
            while jobs.isEmpty {
                if isAbandoned { return .abandoned }
                if let deadline {
                    if !condition.wait(until: deadline) && jobs.isEmpty { return .idle }
                } else {
                    condition.wait()
                }
            }
            defer { jobs = [] }
            return .jobs(jobs)
        }
    }

    /// A time by which company must have come.
    static var gatheringDeadline: Date { Date(timeIntervalSinceNow: longestGathering) }

    /// Jobs that share a batch with those just taken: whoever has come meanwhile, or comes within a moment.
    ///
    /// Tasks that were answered together tend to come back together. While those that came first are decided, the others arrive, so that all share one
    /// sync and not two. A task that was alone waits for nobody.
    ///
    /// - Returns: No jobs once the deadline is over, or nobody came for a while.
    func takeCompany(until deadline: Date) -> [WriterJob] {
        condition.withLock {
            if jobs.isEmpty && !isAbandoned && !isClosed {
                let pause = min(deadline, Date(timeIntervalSinceNow: Self.longestPause))
                _ = condition.wait(until: pause)
            }
            defer { jobs = [] }
            return jobs
        }
    }

    /// Ends the writer thread when the ledger was dropped without being closed.
    func abandon() {
        condition.withLock {
            isAbandoned = true
            isClosed = true
            condition.signal()
        }
    }

    /// Refuses jobs from now on and returns those nobody will take.
    func close() -> [WriterJob] {
        condition.withLock {
            isClosed = true
            defer { jobs = [] }
            return jobs
        }
    }
}

extension NSCondition {
    fileprivate func withLock<Result>(_ body: () -> Result) -> Result {
        lock()
        defer { unlock() }
        return body()
    }
}
