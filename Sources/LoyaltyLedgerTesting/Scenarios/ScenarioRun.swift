internal import LogStorage
internal import LoyaltyDomain
internal import LoyaltyLedger

/// A scenario on its way: a ledger on a disk in memory, and what its steps did.
struct ScenarioRun {
    private let scenario: Scenario
    private let terms: ScenarioTerms
    private let disk = MemoryDisk()
    private let ledger: Ledger
    private let calendar: ProgramCalendar
    private var clock = Timestamp.epoch
    private var day = 1
    private var count: UInt64 = 0
    private var notes: [String] = []
    private var last: ScenarioOutcome.Last?
    private var problems: [String] = []

    init(_ scenario: Scenario) async throws {
        self.scenario = scenario
        terms = ScenarioTerms(currency: try known(Currency(scenario.currency), "no currency"))
        let options = LedgerOptions(storage: disk, segmentCapacity: 64 << 10)
        let first = try known(scenario.programs.first, "a scenario needs a program")
        ledger = try await Ledger.create(at: "/scenario", program: first, clock: .manual, options: options)
        calendar = try known(ledger.calendar(), "no zone: \(scenario.zone)")
        for program in scenario.programs.dropFirst() { try await define(program) }
    }

    mutating func take(_ step: Step, mustBeAccepted: Bool) async throws {
        let occurredAt = moment(of: step)
        clock = max(clock, occurredAt)
        switch step.kind {
        case .command: try await command(step, at: occurredAt, mustBeAccepted: mustBeAccepted)
        case .rules(let rules, let name):
            let id = try known(ProgramID(name ?? scenario.programs[0].id.text), "no program")
            let old = try known(ledger.programs.first { $0.id == id }, "no program \(id.text)")
            try await define(
                Program(id: old.id, currency: old.currency, timeZone: old.timeZone, rules: rules)
            )
        case .sweep:
            _ = try await ledger.sweep(at: occurredAt, recordedAt: clock)
            let again = try await ledger.sweep(at: occurredAt, recordedAt: clock)
            if again.events != 0 { problems.append("a second sweep recorded \(again.events) events") }
        case .offline(let steps, let device): try await upload(steps, device)
        }
    }

    /// Folds the log again, opens it again, and looks at everything once more.
    func finish() async throws -> ScenarioOutcome {
        var problems = problems + (try await LedgerAudit.violations(of: ledger, hiding: Set(notes)))
        let before = ledger.cards
        let histories = try await ledger.foldHistory(into: [CardID: [HistoryEntry]]()) { histories, found in
            histories[found.card, default: []].append(found.entry)
        }
        try await ledger.close()
        let reopened = try await Ledger.open(at: "/scenario", options: LedgerOptions(storage: disk))
        if reopened.cards != before { problems.append("I6: the ledger opened again shows other cards") }
        try await reopened.close()
        return ScenarioOutcome(
            terms: terms,
            profiles: before,
            histories: histories,
            last: last,
            problems: problems
        )
    }

    private mutating func moment(of step: Step) -> Timestamp {
        if let instant = step.instant { return instant }
        if let wished = step.day { day = wished }
        let minute = Int64(step.minute ?? 12 * 60)
        return calendar.firstInstant(of: .scenario(day)).advanced(byMilliseconds: minute * 60_000)
    }

    private mutating func define(_ program: Program) async throws {
        count += 1
        clock = max(clock, calendar.firstInstant(of: .scenario(1)))
        _ = try await ledger.define(program, id: .opaque(high: 3, low: count), recordedAt: clock)
    }

    private mutating func command(_ step: Step, at occurredAt: Timestamp, mustBeAccepted: Bool) async throws {
        count += 1
        let id = step.name.map(CommandID.init(named:)) ?? .opaque(high: 2, low: count)
        let request = try request(step, at: occurredAt, id: id)
        let outcome = try known(try await ledger.execute([request]).first, "no outcome")
        last = ScenarioOutcome.Last(outcome)
        guard case .success(let receipt) = outcome else {
            if mustBeAccepted, case .failure(let error) = outcome {
                throw ScenarioFailure("\(request.command.action) was turned away: \(error)")
            }
            return
        }
        if let refusal = receipt.refusal, mustBeAccepted {
            throw ScenarioFailure("\(request.command.action) was refused: \(refusal)")
        }
        try await repeats(request, receipt)
    }

    /// Sends a command again, which must be answered by the first receipt and change nothing (I7).
    private mutating func repeats(_ request: CommandRequest, _ receipt: Receipt) async throws {
        let before = (ledger.cards, ledger.summary.events)
        let again = try known(try await ledger.execute([request]).first, "no outcome")
        guard case .success(let second) = again else {
            problems.append("I7: \(request.command.action) sent again failed: \(again)")
            return
        }
        let isSame =
            second.isRepeat && second.positions == receipt.positions && second.events == receipt.events
            && second.refusal == receipt.refusal
        if !isSame || before != (ledger.cards, ledger.summary.events) {
            problems.append("I7: \(request.command.action) sent again changed something")
        }
    }

    private mutating func upload(_ steps: [Step], _ name: String) async throws {
        let device = try known(Label(name), "no device: \(name)")
        let source = try await ledger.register(device: device, recordedAt: clock)
        var requests: [CommandRequest] = []
        for step in steps {
            count += 1
            let occurredAt = moment(of: step)
            clock = max(clock, occurredAt)
            requests.append(try request(step, at: occurredAt, id: .sequence(source: source.number, number: count)))
        }
        for index in requests.indices { requests[index].recordedAt = clock }
        let outcomes = try await ledger.upload(requests)
        let before = (ledger.cards, ledger.summary.events)
        let again = try await ledger.upload(requests)
        for outcome in again {
            guard case .success(let receipt) = outcome, receipt.isRepeat else {
                problems.append("I7: an upload sent again was not recognised")
                continue
            }
        }
        if before != (ledger.cards, ledger.summary.events) {
            problems.append("I7: an upload sent again changed something")
        }
        last = outcomes.last.map { ScenarioOutcome.Last($0) }
    }

    private mutating func request(_ step: Step, at occurredAt: Timestamp, id: CommandID) throws -> CommandRequest {
        let card = try terms.card(step.card)
        let customer = try known(CustomerID(step.customer ?? step.card), "no customer")
        let program = try known(ProgramID(step.program ?? scenario.programs[0].id.text), "no program")
        let action: CardAction
        if step.isIssue {
            action = .issue(customer: customer, program: program)
        } else if case .command(let make) = step.kind {
            action = try make(terms)
        } else {
            throw ScenarioFailure("only commands may be done offline")
        }
        if let note = step.note { notes.append(note) }
        let attribution = Attribution(
            staff: step.staff.flatMap { Label($0) },
            location: step.location.flatMap { Label($0) }
        )
        return CommandRequest(
            CardCommand(action, on: card, at: occurredAt),
            id: id,
            context: CommandContext(
                source: .scanner,
                attribution: attribution,
                reference: step.receipt,
                customerComment: step.comment,
                internalNote: step.note
            ),
            issuing: CardIssue(customer: customer, program: program),
            recordedAt: clock
        )
    }
}
