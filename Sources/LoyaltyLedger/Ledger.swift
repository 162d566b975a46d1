public import EventLog
internal import LogFormat
public import LoyaltyDomain
internal import SystemPackage

/// A loyalty ledger in a directory: every stamp, refund, reward and expiry change is an event, and state is only ever folded.
///
/// One process at a time records commands; any number of processes read. All calls may come from many tasks at once; commands of
/// concurrent callers share one write and one sync. No call blocks the cooperative pool.
///
/// For example:
///
///     let ledger = try await Ledger.open(at: "shop.ledger")
///     let receipt = try await ledger.execute(command, id: id, context: CommandContext(source: .scanner))
///     if let refusal = receipt.refusal { print(refusal.message(under: program)) }
///     try await ledger.close()
public final class Ledger: Sendable {
    /// The directory.
    public let path: String

    /// What opening found and did; nil for a ledger opened for reading.
    public let openReport: OpenReport?

    let options: LedgerOptions
    let state: SharedState
    let snapshots: SnapshotKeeper
    let makeReader: @Sendable () throws -> LogReader
    private let writer: LedgerWriter?

    init(
        path: String,
        options: LedgerOptions,
        state: SharedState,
        snapshots: SnapshotKeeper,
        openReport: OpenReport?,
        writer: LedgerWriter?,
        makeReader: @escaping @Sendable () throws -> LogReader
    ) {
        self.path = path
        self.options = options
        self.state = state
        self.snapshots = snapshots
        self.openReport = openReport
        self.writer = writer
        self.makeReader = makeReader
    }

    deinit {
        // A ledger that is dropped without `close()` gives its lock back a little later, on the writer's thread.
        writer?.queue.abandon()
    }

    /// Executes one command and returns when its outcome is durable.
    ///
    /// The same id with the same body returns the first receipt again, a refusal included (R20).
    ///
    /// - Parameters:
    ///   - command: What is asked for, on which card, and when it happened.
    ///   - id: The idempotency key, which a retry must carry again.
    ///   - context: Who asks, through what, and what they wrote beside it.
    ///   - recordedAt: When the ledger learns of it; for manual clocks, and only for those.
    /// - Returns: The receipt; a refusal is a receipt too.
    /// - Throws: `CommandError` where nothing was recorded, `CancellationError` where the task was cancelled in time.
    public func execute(
        _ command: CardCommand,
        id: CommandID,
        context: CommandContext = CommandContext(),
        recordedAt: Timestamp? = nil
    ) async throws -> Receipt {
        let request = CommandRequest(command, id: id, context: context, recordedAt: recordedAt)
        guard let outcome = try await execute([request]).first else { throw CommandError.ledger(.closed) }
        return try outcome.get()
    }

    /// Executes commands one after another, in one batch on disk where they fit.
    ///
    /// Each is answered on its own; none depends on another one's success.
    ///
    /// - Returns: An outcome for each command, in their order, when all are durable.
    /// - Throws: `LedgerError` where the ledger takes no commands, `CancellationError` where the task was cancelled in time.
    public func execute(_ commands: [CommandRequest]) async throws -> [Result<Receipt, CommandError>] {
        guard case .outcomes(let outcomes) = try await ask(.commands(commands)) else { throw LedgerError.closed }
        return outcomes
    }

    /// Defines a program, or the next version of its rules (R16).
    ///
    /// The first version is effective from the beginning; a later one from `effectiveFrom`, but never before it is recorded (D9).
    public func define(
        _ program: Program,
        id: CommandID,
        effectiveFrom: Timestamp? = nil,
        recordedAt: Timestamp? = nil
    ) async throws -> RuleVersion {
        let request = ProgramRequest(program: program, effectiveFrom: effectiveFrom, id: id, recordedAt: recordedAt)
        guard case .program(let result) = try await ask(.program(request)) else { throw LedgerError.closed }
        return try result.get().version
    }

    /// Registers an import file, whose rows then have the command ids `.sequence(source: number, number: row)`.
    ///
    /// The very same file gets the number it had before.
    ///
    /// - Parameters:
    ///   - fingerprint: What makes the file recognisable.
    ///   - allowsGrown: Whether the file may begin with the rows of an earlier import (D28).
    ///   - recordedAt: For manual clocks, and only for those.
    /// - Throws: `CommandError.ledger` with the code `grownFile` where it does and may not.
    public func register(
        _ fingerprint: ImportFingerprint,
        allowsGrown: Bool = false,
        recordedAt: Timestamp? = nil
    ) async throws -> SourceRegistration {
        let request = SourceRequest(fingerprint: fingerprint, allowsGrown: allowsGrown, recordedAt: recordedAt)
        guard case .source(let result) = try await ask(.source(request)) else { throw LedgerError.closed }
        return try result.get()
    }

    /// Finishes what was asked before, makes the last promise and releases the lock.
    ///
    /// Reading what is in memory goes on working; commands are refused from now on. Closing twice is harmless.
    public func close() async throws {
        guard writer != nil else { return }
        do {
            guard case .closed(let result) = try await ask(.close) else { return }
            try result.get()
        } catch let error as LedgerError where error.code == .closed {
            return
        }
    }

    func ask(_ work: WriterJob.Work) async throws -> WriterJob.Reply {
        guard let writer else { throw LedgerError(.readOnly, "the ledger is open for reading only") }
        try Task.checkCancellation()
        let id = writer.queue.makeID()
        let reply = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let job = WriterJob(id: id, work: work, reply: continuation)
                if !writer.queue.put(job) { continuation.resume(returning: .refused(.closed)) }
            }
        } onCancel: {
            writer.queue.cancel(id)?.reply.resume(returning: .cancelled)
        }
        switch reply {
        case .cancelled: throw CancellationError()
        case .refused(let error): throw error
        default: return reply
        }
    }
}
