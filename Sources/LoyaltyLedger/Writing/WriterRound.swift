internal import EventLog
internal import LogFormat
internal import LoyaltyDomain

/// One turn of the writer thread: jobs go in, batches come out, and answers wait until theirs is durable.
struct WriterRound {
    private struct Waiting {
        let reply: CheckedContinuation<WriterJob.Reply, Never>
        var outcomes: [Outcome]
        var remaining: Int
    }

    private let log: EventLog
    private let reader: LogReader
    private let state: SharedState
    private let options: LedgerOptions
    private let largestBatchBytes: Int
    private let histories: HistoryCache
    var processor: CommandProcessor?
    /// Commands of the job at hand that are to be decided.
    private var expected = 1
    private var waiting: [Waiting] = []
    /// Where the outcomes of the pending batch belong: the job and the index in it.
    private var places: [(job: Int, index: Int)] = []

    init(
        log: EventLog,
        reader: LogReader,
        state: SharedState,
        options: LedgerOptions,
        largestBatchBytes: Int,
        histories: HistoryCache
    ) {
        self.log = log
        self.reader = reader
        self.state = state
        self.options = options
        self.histories = histories
        self.largestBatchBytes = min(largestBatchBytes, log.largestBatch / 2)
    }

    /// Decides commands; they are answered when the batch they went into is durable.
    mutating func add(_ requests: [CommandRequest], replyTo reply: CheckedContinuation<WriterJob.Reply, Never>) {
        let job = waiting.count
        waiting.append(Waiting(reply: reply, outcomes: [], remaining: requests.count))
        waiting[job].outcomes.reserveCapacity(requests.count)
        for (index, request) in requests.enumerated() {
            expected = min(requests.count - index, options.largestBatch)
            waiting[job].outcomes.append(answer(request))
            places.append((job, index))
            if isBatchFull { write() }
        }
        if requests.isEmpty { wake() }
    }

    private mutating func answer(_ request: CommandRequest) -> Outcome {
        do throws(CommandError) {
            try open(at: request.recordedAt)
        } catch {
            return .failure(error)
        }
        return processor?.process(request) ?? .failure(.ledger(.closed))
    }

    var isBatchFull: Bool {
        guard let size = processor?.pending.size else { return false }
        return size.records >= options.largestBatch || size.bytes >= largestBatchBytes
    }

    /// Makes sure that there is a pending batch of that recorded time.
    mutating func open(at wished: Timestamp?) throws(CommandError) {
        let begun = processor?.pending.time
        let clock = begun?.clock ?? state.read { $0.clock }
        switch (clock, wished) {
        case (.manual, nil):
            throw .ledger(LedgerError(.wrongClock, "this ledger has a manual clock: say when the command is recorded"))
        case (.system, .some):
            throw .ledger(LedgerError(.wrongClock, "this ledger reads the machine's clock: give no recorded time"))
        default: break
        }
        if let begun {
            let held = max(wished ?? begun.recordedAt, begun.earliest)
            if held == begun.recordedAt { return }
            write()
        }
        let base = state.copy
        let recordedAt = max(wished ?? options.now(), base.recordedAt)
        guard recordedAt.isRepresentable else { throw .malformed("the recorded time lies outside the years 0 to 9999") }
        let pending = PendingBatch(on: base, recordedAt: recordedAt, expecting: expected)
        processor = CommandProcessor(pending: pending, log: reader, histories: histories)
    }

    /// Writes what is pending and answers every job that is complete.
    mutating func commit() {
        write()
        wake()
    }

    /// Writes the pending batch; where that fails, everything in it is answered with the failure.
    @discardableResult
    mutating func write() -> LedgerError? {
        defer {
            processor = nil
            places.removeAll(keepingCapacity: true)
        }
        var failure: LedgerError?
        if let pending = processor?.pending, !pending.builder.isEmpty { failure = append(pending) }
        for (job, index) in places {
            if let failure { waiting[job].outcomes[index] = .failure(.ledger(failure)) }
            waiting[job].remaining -= 1
        }
        return failure
    }

    private mutating func append(_ pending: consuming PendingBatch) -> LedgerError? {
        let records = pending.records
        let recordedAt = pending.recordedAt
        let builder = pending.builder
        // The copy of the state goes before publishing, so that folding finds its storage unshared.
        processor = nil
        _ = consume pending
        do throws(LogError) {
            _ = try log.append(builder, recordedAt: recordedAt.milliseconds)
        } catch {
            histories.forget()
            return LedgerError(error)
        }
        do throws(LedgerError) {
            try state.publish { state throws(LedgerError) in
                for record in records { try state.evolve(record) }
            }
        } catch {
            return error
        }
        state.folds.fold(records)
        state.commits.advance(to: log.head.position.rawValue)
        return nil
    }

    /// Drops what is pending, so that it never happened.
    mutating func dropPending() {
        processor = nil
        histories.forget()
    }

    private mutating func wake() {
        for job in waiting where job.remaining == 0 { job.reply.resume(returning: .outcomes(job.outcomes)) }
        waiting.removeAll { $0.remaining == 0 }
    }
}

extension WriterRound {
    /// Defines a program or its next version, in a batch of its own.
    mutating func define(_ request: ProgramRequest) -> Result<ProgramCatalog.Version, CommandError> {
        commit()
        do throws(CommandError) {
            try open(at: request.recordedAt)
            if let known = try defined(by: request) { return .success(known) }
            let version = try version(for: request)
            try record(.programDefined(version), id: request.id)
            return .success(version)
        } catch {
            return .failure(error)
        }
    }

    /// The version that the same request defined before; another request of that id is refused (R20).
    private func defined(by request: ProgramRequest) throws(CommandError) -> ProgramCatalog.Version? {
        guard let base = processor?.pending.base else { return nil }
        guard let known = base.definition(of: request.id) else {
            if try isTaken(request.id, in: base) { throw .malformed("the command id belongs to a card's command") }
            return nil
        }
        guard known.program == request.program else {
            throw .ledger(LedgerError(.badProgram, "the command id defined other rules before"))
        }
        return known
    }

    private func isTaken(_ id: CommandID, in base: LedgerState) throws(CommandError) -> Bool {
        do throws(LedgerError) {
            return try base.commands.position(of: id, in: reader) != nil
        } catch {
            throw .ledger(error)
        }
    }

    private func version(for request: ProgramRequest) throws(CommandError) -> ProgramCatalog.Version {
        guard let pending = processor?.pending else { throw .ledger(.closed) }
        let program = request.program
        if let contradiction = program.firstContradiction { throw .ledger(LedgerError(.badProgram, contradiction)) }
        guard ProgramCalendar.isTimeZone(program.timeZone) else {
            throw .ledger(LedgerError(.badProgram, "no time zone is called \(program.timeZone)"))
        }
        let catalog = pending.base.catalog
        if let conversion = program.rules.conversion, catalog.number(of: conversion.program) == nil {
            throw .ledger(
                LedgerError(.badProgram, "the ledger has no program \(conversion.program.text) to convert into")
            )
        }
        if let number = catalog.number(of: program.id), let known = catalog.program(number) {
            guard known.currency == program.currency, known.timeZone == program.timeZone else {
                throw .ledger(LedgerError(.badProgram, "a program's currency and time zone never change"))
            }
            guard known.rules.type == program.rules.type, known.rules.milestones == program.rules.milestones else {
                throw .ledger(LedgerError(.badProgram, "a program's card type and milestones never change"))
            }
        }
        let effectiveFrom = catalog.effectiveFrom(
            of: program.id,
            wished: request.effectiveFrom,
            recordedAt: pending.recordedAt
        )
        return ProgramCatalog.Version(
            version: catalog.nextVersion,
            number: catalog.numberToDefine(program.id),
            effectiveFrom: effectiveFrom,
            program: program
        )
    }

    /// Registers an import file, or finds it registered; refuses one that begins like an earlier one (D28).
    mutating func register(_ request: SourceRequest) -> Result<SourceRegistration, CommandError> {
        commit()
        do throws(CommandError) {
            try open(at: request.recordedAt)
            guard let base = processor?.pending.base else { throw .ledger(.closed) }
            if let known = base.sources.first(where: { $0.digest == request.fingerprint.fileDigest }) {
                return .success(SourceRegistration(number: known.number, isKnown: true))
            }
            if !request.allowsGrown, let earlier = base.sources.first(where: { $0.shares(request.fingerprint) }) {
                throw .ledger(.grownFile(earlier))
            }
            let source = ImportSource(
                number: base.nextSource,
                digest: request.fingerprint.fileDigest,
                rows: request.fingerprint.rows,
                prefixes: request.fingerprint.prefixes
            )
            try record(.sourceRegistered(source), id: nil)
            return .success(SourceRegistration(number: source.number, isKnown: false))
        } catch {
            return .failure(error)
        }
    }

    mutating func record(_ event: LedgerEvent, id: CommandID?) throws(CommandError) {
        do throws(LedgerError) {
            try processor?.pending.append(event, id: id)
        } catch {
            throw .ledger(error)
        }
        guard let pending = processor?.pending else { return }
        if let failure = append(pending) { throw .ledger(failure) }
    }
}

extension LedgerState {
    /// Folds a record that has become durable.
    mutating func evolve(_ record: PendingBatch.Record) throws(LedgerError) {
        switch record {
        case .ledger(let record, let position): try evolve(record, at: position)
        case .card(let record, let first): try evolve(record, from: first)
        }
    }

    private mutating func evolve(_ record: borrowing CardRecord, from first: UInt64) throws(LedgerError) {
        var position = first
        for event in record.events {
            try evolve(
                event,
                of: record.card,
                at: record.moment,
                recordedAt: record.recordedAt,
                attribution: record.attribution,
                position: position
            )
            position += 1
        }
        note(record.commandID, recordedAt: record.recordedAt, first: first, count: record.events.count)
    }

    /// The program version that a command of that id defined, or nil.
    func definition(of id: CommandID) -> ProgramCatalog.Version? { definitions[id].flatMap { catalog[$0.version] } }
}
