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
    ///
    /// Tasks that were answered together tend to come back together. Where there were several, those that come first wait a moment for the others,
    /// so that all share one sync and not two; a task that was alone waits for nobody.
    ///
    /// - Parameter company: How many jobs were answered together last.
    func take(within seconds: Double?, gathering company: Int = 1) -> Wake {
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
            if company > 1 { gather(company) }
            defer { jobs = [] }
            return .jobs(jobs)
        }
    }

    /// Waits until as many jobs are there as were answered together, or until nobody came for a while.
    private func gather(_ company: Int) {
        let deadline = Date(timeIntervalSinceNow: Self.longestGathering)
        while jobs.count < company && !isAbandoned && !isClosed {
            let before = jobs.count
            let pause = min(deadline, Date(timeIntervalSinceNow: Self.longestPause))
            guard condition.wait(until: pause) || jobs.count > before else { return }
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
