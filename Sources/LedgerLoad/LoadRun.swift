public import LoyaltyLedger

/// Puts a load into a ledger, batch by batch, on a manual clock: the same plan and batch size give the same log.
///
/// A run that was interrupted is simply made again: commands that were answered are answered the same, and nothing is recorded twice.
public struct LoadRun: Sendable {
    /// What was done.
    public struct Report: Hashable, Sendable {
        /// Commands sent.
        public internal(set) var commands = 0
        /// Events they recorded; those of the ledger's own are not among them.
        public internal(set) var events = 0
        /// Commands that had been answered before.
        public internal(set) var repeats = 0
        /// Commands refused.
        public internal(set) var refusals = 0
        /// Time spent in the ledger, without making commands and rows.
        public internal(set) var duration = Duration.zero
    }

    private let ledger: Ledger
    private let plan: LoadPlan
    private let batch: Int
    private var commands: LoadCommands
    private var report = Report()

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - plan: The load.
    ///   - ledger: A ledger with a manual clock and the load's program.
    ///   - batch: How many commands are sent at once.
    /// - Throws: `CommandError` where the ledger does not register the load.
    public init(_ plan: LoadPlan, into ledger: Ledger, batch: Int) async throws {
        precondition(batch >= 1, "a batch of \(batch) commands")
        self.plan = plan
        self.ledger = ledger
        self.batch = batch
        let registration = try await ledger.register(plan.fingerprint, recordedAt: .epoch)
        commands = LoadCommands(plan, source: registration.number)
    }

    /// Sends commands until they have recorded as many events as the plan has; the last command may record some more.
    ///
    /// - Parameters:
    ///   - rows: Where each event goes as a row, too.
    ///   - progress: Called after each batch with the number of events so far.
    public mutating func run(
        rows: LoadRowFile? = nil,
        progress: (Int) -> Void = { _ in }
    ) async throws -> Report {
        while report.events < plan.events {
            let next = nextBatch()
            let start = ContinuousClock.now
            let outcomes = try await ledger.execute(next.map(\.request))
            report.duration += ContinuousClock.now - start
            for (command, outcome) in zip(next, outcomes) {
                let receipt = try outcome.get()
                note(receipt)
                try rows?.append(receipt, of: command)
            }
            progress(report.events)
        }
        return report
    }

    /// The next commands, all recorded when the last of them happened.
    private mutating func nextBatch() -> [LoadCommand] {
        var next: [LoadCommand] = []
        let count = min(batch, plan.events - min(report.events, plan.events - 1))
        next.reserveCapacity(count)
        while next.count < count, let command = commands.next() { next.append(command) }
        let recordedAt = next.last?.request.command.occurredAt
        for index in next.indices { next[index].request.recordedAt = recordedAt }
        return next
    }

    private mutating func note(_ receipt: Receipt) {
        report.commands += 1
        report.events += receipt.events.count
        report.repeats += receipt.isRepeat ? 1 : 0
        report.refusals += receipt.refusal == nil ? 0 : 1
    }
}
