internal import EventLog
internal import Foundation
internal import LoyaltyDomain
internal import Synchronization

/// The one thread that decides, encodes, writes and publishes.
///
/// Tasks put jobs into the queue and suspend. The thread takes all that are there, decides them one after another on the
/// durable state plus what is pending, writes one batch, and answers everybody at once: nothing is answered that is not durable.
final class LedgerWriter: Sendable {
    /// How long the thread waits for work before it writes a marker that promises the last batch, in seconds.
    private static let idleBeforeMarker = 0.02

    /// Raw bytes in a batch at which it is closed, so that latency and memory stay bounded.
    private static let largestBatchBytes = 4 << 20

    let queue = CommandQueue()
    private let log: EventLog
    private let state: SharedState
    private let snapshots: SnapshotKeeper
    private let options: LedgerOptions

    init(log: EventLog, state: SharedState, snapshots: SnapshotKeeper, options: LedgerOptions) {
        self.log = log
        self.state = state
        self.snapshots = snapshots
        self.options = options
    }

    /// Starts the thread; it ends when a job asks it to close.
    func start() {
        let thread = Thread { [self] in run() }
        thread.name = "loyalty-ledger writer"
        thread.start()
    }

    private func run() {
        let reader = log.makeReader()
        let histories = HistoryCache(largestGeneration: options.historyBytes / 2)
        var needsMarker = false
        var company = 1
        while true {
            switch queue.take(within: needsMarker ? Self.idleBeforeMarker : nil) {
            case .idle:
                // A failure poisons the log, and the next append reports it.
                try? log.writeMarker()
                needsMarker = false
            case .jobs(let jobs):
                needsMarker = true
                guard let answered = answer(jobs, company, reader, histories) else { return }
                company = answered
            case .abandoned:
                // Nobody is there to hear of a failure; opening again finds out what is durable.
                _ = close()
                return
            }
        }
    }

    /// Answers jobs in their order, and those that come while it decides, if as many are expected, in the same batch.
    ///
    /// - Returns: How many were answered; nil where one of them closed the ledger.
    private func answer(
        _ first: [WriterJob],
        _ company: Int,
        _ reader: LogReader,
        _ histories: HistoryCache
    ) -> Int? {
        var round = WriterRound(
            log: log,
            reader: reader,
            state: state,
            options: options,
            largestBatchBytes: Self.largestBatchBytes,
            histories: histories
        )
        var (jobs, answered) = (first, 0)
        let deadline = company > 1 ? CommandQueue.gatheringDeadline : nil
        while !jobs.isEmpty {
            for (index, job) in jobs.enumerated() {
                guard answer(job, in: &round) else { continue }
                close(behind: jobs[(index + 1)...], answering: job, &round)
                return nil
            }
            answered += jobs.count
            jobs = []
            if let deadline, answered < company { jobs = queue.takeCompany(until: deadline) }
        }
        round.commit()
        snapshots.writeIfDue(log, state)
        state.folds.saveIfDue(log, options.snapshots)
        return answered
    }

    /// Answers a job, or notes it for the next batch; true where it closes the ledger.
    private func answer(_ job: WriterJob, in round: inout WriterRound) -> Bool {
        switch job.work {
        case .commands(let requests): round.add(requests, replyTo: job.reply)
        case .program(let request): job.reply.resume(returning: .program(round.define(request)))
        case .source(let request): job.reply.resume(returning: .source(round.register(request)))
        case .device(let request): job.reply.resume(returning: .source(round.register(request)))
        case .sweep(let request): job.reply.resume(returning: .sweep(round.sweep(request)))
        case .close: return true
        }
        return false
    }

    private func close(behind late: ArraySlice<WriterJob>, answering job: WriterJob, _ round: inout WriterRound) {
        round.commit()
        for late in late + queue.close() { late.reply.resume(returning: .refused(.closed)) }
        job.reply.resume(returning: .closed(close()))
    }

    private func close() -> Result<Void, LedgerError> {
        // The promise first, so that a snapshot that takes long holds up nobody who reads; and the snapshot before the lock goes.
        try? log.writeMarker()
        snapshots.finish(log, state)
        state.folds.finish(log, options.snapshots)
        state.commits.finish()
        do throws(LogError) {
            try log.close()
            return .success(())
        } catch {
            return .failure(LedgerError(error))
        }
    }
}

extension LedgerError {
    static let closed = LedgerError(.closed, "the ledger is closed")
}

/// The durable state: published after each sync, read by everybody.
final class SharedState: Sendable {
    private let mutex: Mutex<LedgerState>
    /// Projections that are folded with each batch.
    let folds: InlineFolds
    /// Wakes subscribers.
    let commits: PositionSignal

    init(_ state: sending LedgerState, _ folds: InlineFolds) {
        self.folds = folds
        commits = PositionSignal(position: state.position)
        mutex = Mutex(state)
    }

    /// Looks at the state; keep it short, the writer waits.
    func read<Result: Sendable>(_ body: (borrowing LedgerState) -> Result) -> Result {
        mutex.withLock { body($0) }
    }

    /// A copy that shares storage with the state until one of them changes.
    var copy: LedgerState { mutex.withLock { $0 } }

    /// Folds durable facts in.
    func publish(_ body: (inout LedgerState) throws(LedgerError) -> Void) throws(LedgerError) {
        let failure: LedgerError? = mutex.withLock { state in
            do throws(LedgerError) {
                try body(&state)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }
}
