internal import LoyaltyDomain
internal import Projections

/// Tells a second ledger everything that the first one was told, but for what is supposed.
struct SuppositionRun {
    /// A command with the answer it got when it was given.
    private struct Asked {
        let request: CommandRequest
        let position: UInt64?
        let refusal: Refusal?
    }

    private let supposition: Supposition
    private let shadow: Ledger
    private var added: AddedCommands
    private var asked: [Asked] = []
    private var switched: Set<ProgramID> = []
    /// Cards that were issued on the way to a command that is left out: the next command on them issues them.
    private var unissued: [CardID: CardIssue] = [:]
    private(set) var report: WhatIfReport

    init(_ supposition: Supposition, on shadow: Ledger, report: WhatIfReport) {
        self.supposition = supposition
        self.shadow = shadow
        self.report = report
        added = AddedCommands(supposition.added)
    }

    /// Takes in the next step of the log.
    mutating func take(_ step: RetoldStep) async throws {
        try await switchRules(by: step.recordedAt)
        for request in added.recorded(before: step.recordedAt) {
            asked.append(Asked(request: request, position: nil, refusal: nil))
        }
        switch step {
        case .command(var request, let positions, let refusal):
            if supposition.leftOut.contains(where: positions.contains) {
                unissued[request.command.card] = request.isIssuedOnTheWay ? request.issuing : nil
                return
            }
            if let issuing = unissued.removeValue(forKey: request.command.card) { request.issuing = issuing }
            if let change = supposition.changed.first(where: { positions.contains($0.key) })?.value {
                request.command.action = change.action ?? request.command.action
                request.command.occurredAt = change.occurredAt ?? request.command.occurredAt
            }
            for request in added.occurred(before: request) {
                asked.append(Asked(request: request, position: nil, refusal: nil))
            }
            asked.append(Asked(request: request, position: positions.lowerBound, refusal: refusal))
            if asked.count >= 4096 { try await ask() }
        case .rules(let version, let id, let recordedAt): try await define(version, id: id, recordedAt: recordedAt)
        case .sweep(let instant, let recordedAt):
            try await ask()
            _ = try await shadow.sweep(at: instant, recordedAt: recordedAt)
        }
    }

    /// Takes in what was added behind the last step.
    mutating func finish() async throws {
        for request in added.rest() { asked.append(Asked(request: request, position: nil, refusal: nil)) }
        try await ask()
    }

    private mutating func ask() async throws {
        let commands = asked
        asked.removeAll(keepingCapacity: true)
        guard !commands.isEmpty else { return }
        report.commands += commands.count
        for (command, outcome) in zip(commands, try await shadow.execute(commands.map(\.request))) {
            note(command, outcome)
        }
    }

    private mutating func note(_ asked: Asked, _ outcome: Result<Receipt, CommandError>) {
        let command = asked.request.command
        switch outcome {
        case .success(let receipt):
            let isOtherwise = (receipt.refusal == nil) != (asked.refusal == nil)
            guard isOtherwise else { return }
            report.answers.append(
                WhatIfReport.Answer(
                    position: asked.position,
                    command: command,
                    actual: asked.refusal,
                    supposed: receipt.refusal
                )
            )
        case .failure(let error):
            report.undecided.append(
                WhatIfReport.Undecided(position: asked.position, command: command, error: error)
            )
        }
    }

    /// Defines supposed rules from the first step on that was recorded when they held.
    private mutating func switchRules(by instant: Timestamp) async throws {
        for rules in supposition.rules where !switched.contains(rules.program.id) {
            guard let from = rules.from, from <= instant else { continue }
            try await ask()
            switched.insert(rules.program.id)
            let id = CommandID(text: "supposed rules of \(rules.program.id.text)")
            _ = try await shadow.define(rules.program, id: id, effectiveFrom: from, recordedAt: instant)
        }
    }

    private mutating func define(
        _ version: ProgramCatalog.Version,
        id: CommandID,
        recordedAt: Timestamp
    ) async throws {
        var program = version.program
        if switched.contains(program.id) { return }
        if let rules = supposition.rules.first(where: { $0.program.id == program.id && $0.from == nil }) {
            switched.insert(program.id)
            program = rules.program
        }
        // The shadow was created with the first program.
        guard version.version != RuleVersion(1) else { return }
        try await ask()
        _ = try await shadow.define(program, id: id, effectiveFrom: version.effectiveFrom, recordedAt: recordedAt)
    }
}

extension CommandRequest {
    /// Whether the card was issued on the way to what was asked for.
    fileprivate var isIssuedOnTheWay: Bool {
        if case .issue = command.action { false } else { issuing != nil }
    }
}
