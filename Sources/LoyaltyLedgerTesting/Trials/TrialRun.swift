internal import LogStorage
internal import LoyaltyDomain
internal import LoyaltyLedger

/// One run of a trial on a ledger in memory, with a naive set of books beside it.
struct TrialRun {
    /// The note that staff write; no customer may ever read it.
    static let note = "between us"

    private let trial: RuleTrial
    private let disk = MemoryDisk()
    private let options: LedgerOptions
    private let ledger: Ledger
    private var books: TrialBooks
    private var answered: [(request: CommandRequest, receipt: Receipt)] = []
    private var found: [String] = []

    init(_ trial: RuleTrial) async throws {
        self.trial = trial
        options = LedgerOptions(
            storage: disk,
            segmentCapacity: 64 << 10,
            // Half of the shops read nearly every history from the log.
            historyBytes: trial.seed % 2 == 0 ? 0 : 64 << 20,
            snapshots: SnapshotPolicy(
                eventsBeforeClose: trial.seed % 4 == 1 ? 1 : nil,
                eventsWhileRunning: trial.seed % 16 == 1 ? 97 : nil
            )
        )
        let first = try known(trial.programs.first, "no program")
        ledger = try await Ledger.create(at: "/trial", program: first, clock: .manual, options: options)
        books = TrialBooks(trial.programs)
        for (number, program) in trial.programs.enumerated().dropFirst() {
            let id = CommandID.opaque(high: 3, low: UInt64(number))
            _ = try await ledger.define(program, id: id, recordedAt: .epoch)
        }
    }

    /// What does not hold.
    func problems() async throws -> [String] {
        var run = self
        try await run.takeAll()
        return run.found
    }

    /// The names of all events and refusals.
    func reached() async throws -> Set<String> {
        var run = self
        try await run.takeSteps()
        let reached = try await ledger.foldHistory(into: Set<String>()) { reached, found in
            if case .commandRefused(_, let refusal) = found.entry.event.event { reached.insert(refusal.code) }
            reached.insert(found.entry.event.event.caseName)
        }
        try await ledger.close()
        return reached
    }

    private mutating func takeAll() async throws {
        try await takeSteps()
        try await sendAgain()
        found += try await LedgerAudit.violations(of: ledger, hiding: [Self.note])
        found += books.differences(from: ledger.cards)
        if trial.seed % 8 == 2 || trial.seed % 8 == 5 { found += try await Self.retellingProblems(of: ledger) }
        try await reopen()
        if !trial.isCoupled { try await interleave() }
    }

    private mutating func takeSteps() async throws {
        var pending: [CommandRequest] = []
        for (number, step) in trial.steps.enumerated() {
            if case .command(let request) = step {
                pending.append(request)
                continue
            }
            try await execute(pending)
            pending = []
            switch step {
            case .command: break
            case .rules(let program, let instant):
                let id = CommandID.opaque(high: 5, low: UInt64(number))
                _ = try await ledger.define(program, id: id, recordedAt: instant)
                books.define(program, at: instant)
            case .sweep(let instant): _ = try await ledger.sweep(at: instant, recordedAt: instant)
            }
        }
        try await execute(pending)
    }

    private mutating func execute(_ requests: [CommandRequest]) async throws {
        guard !requests.isEmpty else { return }
        for (request, outcome) in zip(requests, try await ledger.execute(requests)) {
            guard case .success(let receipt) = outcome else { continue }
            answered.append((request, receipt))
            found += books.take(request, receipt)
        }
    }

    /// I7: every command sent again is answered by its first receipt and changes nothing.
    private mutating func sendAgain() async throws {
        let before = ledger.summary.events
        for (first, again) in zip(answered, try await ledger.execute(answered.map(\.request))) {
            guard case .success(let receipt) = again, receipt.isRepeat, receipt.events == first.receipt.events,
                receipt.positions == first.receipt.positions
            else {
                found.append("I7: \(first.request.command.action) sent again is answered by \(again)")
                continue
            }
        }
        if ledger.summary.events != before { found.append("I7: commands sent again recorded events") }
    }

    /// I6: snapshot and tail give what was there, and so does the log alone.
    private mutating func reopen() async throws {
        let before = ledger.cards
        try await ledger.close()
        let again = try await Ledger.open(at: "/trial", options: options)
        if again.cards != before { found.append("I6: the ledger opened by its snapshot shows other cards") }
        if try await !again.replay().isEqual {
            found.append("I6: the ledger opened by its snapshot replays differently")
        }
        try await again.close()
    }

    /// I8: the order of independent cards' commands never matters.
    private mutating func interleave() async throws {
        let requests = answered.map(\.request)
        let cards = Set(requests.map(\.command.card.text)).sorted()
        let byCard = cards.flatMap { card in requests.filter { $0.command.card.text == card } }
        let other = try await TrialRun(trial)
        _ = try await other.ledger.execute(byCard)
        let states = other.ledger.cards.map(\.state)
        if states != ledger.cards.map(\.state) { found.append("I8: card by card, the commands give other cards") }
        try await other.ledger.close()
    }
}
