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
        condition.withLock {
            guard !isClosed else { return false }
            jobs.append(job)
            condition.signal()
            return true
        }
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
