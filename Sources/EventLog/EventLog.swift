public import LogFormat
internal import LogStorage
internal import Synchronization

/// A durable, chained, append-only log in a directory of its own: the writing side.
///
/// One process has the log open for writing at a time, and within it one thread appends at a time. Reading is free: make a
/// ``LogReader`` for each thread that reads.
///
///     let log = try EventLog.create(at: "shop.ledger")
///     var batch = BatchBuilder()
///     try batch.append(id: .sequence(source: 1, number: 1), stream: .ledger, eventCount: 1, facts: [1], details: [])
///     let positions = try log.append(batch, recordedAt: now)     // durable from here on
public final class EventLog: Sendable {
    /// What opening found and did.
    public let openReport: OpenReport
    /// The options it was opened with.
    public let options: EventLogOptions

    private let state: LogState
    private let lock: any LogLock
    /// Taken out for the time of a call, so that no lock is held while the disk works.
    private let writer: Mutex<Slot>

    private enum Slot: Sendable {
        case idle(Writer)
        case busy
        case closed
    }

    init(_ state: LogState, _ writer: Writer, _ lock: any LogLock, _ options: EventLogOptions, _ report: OpenReport) {
        self.state = state
        self.writer = Mutex(.idle(writer))
        self.lock = lock
        self.options = options
        openReport = report
    }

    /// The end of what is durable.
    public var head: LogHead { state.head }
    /// The log.
    public var logID: LogID { state.logID }
    /// The most bytes of ``LogFormat/BatchBuilder/byteCount`` that `append` takes.
    public var largestBatch: Int { Writer.largestBatch(capacity: options.segmentCapacity) }
    /// Why the log accepts nothing more; nil while it does.
    public var failure: LogError? { state.failure }

    /// A reader that sees exactly what is durable at each call.
    public func makeReader() -> LogReader { LogReader(state) }

    /// Appends a batch: one write and one sync, and durable when it returns.
    ///
    /// After a failed write or sync the log is poisoned: every later call throws the first cause, and only opening the log again
    /// tells whether the batch is there. `tooLarge`, `outOfOrder` and `noSpace` change nothing and poison nothing.
    ///
    /// - Precondition: the batch is not empty, and no other call to `append`, `writeMarker` or `close` is going on.
    /// - Parameter recordedAt: UTC milliseconds, not less than in the batch before.
    /// - Returns: the positions of the events.
    public func append(_ batch: borrowing BatchBuilder, recordedAt: Int64) throws(LogError) -> ClosedRange<Position> {
        var writer = try take()
        do throws(LogError) {
            let positions = try writer.append(copy batch, recordedAt: recordedAt)
            giveBack(writer)
            return positions
        } catch {
            throw fail(error, writer)
        }
    }

    /// Promises that all events are durable, so that a later reader knows; nothing if that was promised already.
    ///
    /// The owner calls it after 20 ms without an append. Other processes see the last batch only after it.
    public func writeMarker() throws(LogError) {
        var writer = try take()
        do throws(LogError) {
            try writer.writeMarker()
            giveBack(writer)
        } catch {
            throw fail(error, writer)
        }
    }

    /// Writes a last marker, closes the files and gives the lock back.
    ///
    /// Closing twice is fine; after a failure it throws that failure each time.
    public func close() throws(LogError) {
        let slot = writer.withLock { slot -> Slot in
            defer { if case .idle = slot { slot = .closed } }
            return slot
        }
        switch slot {
        case .closed: if let failure = state.failure { throw poisoned(by: failure) }
        case .busy: preconditionFailure("close was called while another call was writing")
        case .idle(var writer):
            defer { try? lock.release() }
            if let failure = state.failure { throw poisoned(by: failure) }
            do throws(LogError) {
                try writer.close()
            } catch {
                state.contents.withLock { $0.failure = $0.failure ?? error }
                throw error
            }
        }
    }

    private func take() throws(LogError) -> Writer {
        if let failure = state.failure { throw poisoned(by: failure) }
        let slot = writer.withLock { slot -> Slot in
            defer { if case .idle = slot { slot = .busy } }
            return slot
        }
        switch slot {
        case .idle(let writer): return writer
        case .closed: throw LogError(.closed, "the log was closed", file: state.directory.root)
        case .busy: preconditionFailure("two threads write at once; appends come from one at a time")
        }
    }

    private func giveBack(_ writer: Writer) { self.writer.withLock { $0 = .idle(writer) } }

    /// Gives the writer back; poisons the log unless the error changed nothing.
    private func fail(_ error: LogError, _ writer: Writer) -> LogError {
        giveBack(writer)
        let isHarmless = [.tooLarge, .outOfOrder, .noSpace].contains(error.code)
        if !isHarmless, !Mutant.lives(.poisoningLeftOut) {
            state.contents.withLock { $0.failure = $0.failure ?? error }
        }
        return error
    }

    private func poisoned(by failure: LogError) -> LogError {
        var error = failure
        error.code = .poisoned
        error.message = "the log is poisoned since an earlier failure: \(failure.message)"
        return error
    }
}
