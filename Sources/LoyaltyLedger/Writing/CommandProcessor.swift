internal import EventCoding
internal import EventLog
internal import LoyaltyDomain
internal import Projections

/// Answers commands one after another on the durable state plus what is pending.
struct CommandProcessor {
    var pending: PendingBatch
    let log: LogReader
    let histories: HistoryCache

    /// Decides one command and adds its record to the batch.
    mutating func process(_ request: CommandRequest) -> Outcome {
        do throws(CommandError) {
            try check(request)
            if let known = try answered(request) { return .success(known) }
            return .success(try decide(request))
        } catch {
            return .failure(error)
        }
    }

    private func check(_ request: CommandRequest) throws(CommandError) {
        guard request.command.occurredAt.isRepresentable else {
            throw .malformed("the time it occurred lies outside the years 0 to 9999")
        }
        if case .sequence(0, _) = request.id { throw .malformed("source 0 is the ledger's own") }
        let context = request.context
        if let reference = context.reference, reference.utf8.count > CommandContext.longestReference {
            throw .malformed("the reference is longer than \(CommandContext.longestReference) bytes")
        }
        for text in [context.customerComment, context.internalNote].compactMap({ $0 })
        where text.utf8.count > CommandContext.longestText {
            throw .malformed("a comment or note is longer than \(CommandContext.longestText) bytes")
        }
        if let name = request.command.action.transactionName, let reference = name.reference,
            reference.utf8.count > CommandContext.longestReference
        {
            throw .malformed("the reference it names is longer than \(CommandContext.longestReference) bytes")
        }
    }

    /// The first receipt of a command that was answered before; a conflict where its body was another.
    private func answered(_ request: CommandRequest) throws(CommandError) -> Receipt? {
        let found: (record: CardRecord, first: UInt64)
        if let known = pending.record(of: request.id) {
            found = known
        } else if let known = try durable(request.id) {
            found = known
        } else {
            return nil
        }
        let receipt = Receipt(found.record, card: card(of: found.record), firstPosition: found.first, isRepeat: true)
        guard isSame(request, as: found.record) else { throw .conflict(receipt) }
        return receipt
    }

    /// The record that a command has in the log, and its first position.
    private func durable(_ id: CommandID) throws(CommandError) -> (record: CardRecord, first: UInt64)? {
        let record: CardRecord?
        let position: UInt64
        do throws(LedgerError) {
            guard let known = try pending.base.commands.position(of: id, in: log) else { return nil }
            position = known
            record = try log.cardRecord(at: position)
        } catch {
            throw .ledger(error)
        }
        guard let record else { throw .malformed("the command id belongs to a program change") }
        return (record, position)
    }

    private func card(of record: CardRecord) -> CardID {
        for case .cardIssued(let card, _, _) in record.events.map(\.event) { return card }
        for (known, _) in pending.records(of: record.card) {
            for case .cardIssued(let card, _, _) in known.events.map(\.event) { return card }
        }
        return pending.base.directory.card(record.card)
    }

    private func isSame(_ request: CommandRequest, as record: CardRecord) -> Bool {
        let program = pending.state(of: record.card).program
        return card(of: record) == request.command.card
            && record.moment.occurredAt == request.command.occurredAt
            && record.source == request.context.source
            && record.texts == RecordTexts(of: request.context)
            && pending.attribution(record.attribution) == request.context.attribution
            && record.intent(in: pending.base.catalog, program: program) == request.command.action.normalized
    }

    private mutating func decide(_ request: CommandRequest) throws(CommandError) -> Receipt {
        let command = request.command
        guard let known = pending.number(of: command.card) else { return try issueAndDecide(request) }
        let state = pending.state(of: known)
        let day = localDay(of: command.occurredAt, program: state.program)
        var history: TransactionHistory?
        if command.needsHistory(state, catalog: pending.base.catalog, occurredOn: day) {
            history = try self.history(of: known)
        }
        let surroundings = try surroundings(of: request, on: known, state, day: day)
        let decision = try decision(command, basis: basis(state, history, day, surroundings))
        // Let go of, so that what the command did is folded into the only copy.
        history = nil
        let receipt = try append(decision.events, of: request, to: known, state: state, on: day)
        try append(decision.consequences, of: request)
        return receipt
    }

    /// Issues an unknown card and decides its first command, in one record.
    private mutating func issueAndDecide(_ request: CommandRequest) throws(CommandError) -> Receipt {
        var issue = request.command
        if case .issue = issue.action {
        } else {
            guard let issuing = request.issuing else { throw .unknownCard(issue.card) }
            guard let customer = issuing.customer ?? CustomerID(issue.card.text) else { throw .unknownCard(issue.card) }
            issue.action = .issue(customer: customer, program: try program(issuing.program))
        }
        guard case .issue(_, let id) = issue.action, let program = pending.base.catalog.number(of: id) else {
            throw .malformed("the ledger has no such program")
        }
        let day = localDay(of: issue.occurredAt, program: program)
        var events = try decision(issue, basis: basis(nil, nil, day)).events
        let blank = CardState(issuedAt: issue.occurredAt, program: program)
        let card = pending.nextCard
        var consequences: [Consequence] = []
        if request.command.action != issue.action {
            guard case .issue(let customer, _) = issue.action else { throw .unknownCard(issue.card) }
            var state = blank
            fold(events, into: &state, occurredAt: issue.occurredAt, on: day)
            var surroundings = try surroundings(of: request, on: card, state, day: day)
            surroundings.customer = customer
            surroundings.nextCard = CardNumber(card.rawValue + 1)
            if case .refer = request.command.action {
                surroundings.isOnlyCardOfCustomer = pending.cards(of: customer) == 0
            }
            let history = history(of: events, request, on: day)
            let decision = try decision(request.command, basis: basis(state, history, day, surroundings))
            events += decision.events
            consequences = decision.consequences
        }
        let receipt = try append(events, of: request, to: card, state: blank, on: day)
        try append(consequences, of: request)
        return receipt
    }

    /// The history of a card that the same command issues.
    private func history(of events: [EffectiveEvent], _ request: CommandRequest, on day: LocalDay) -> TransactionHistory
    {
        var history = TransactionHistory()
        let moment = CardState.Moment(occurredAt: request.command.occurredAt, occurredOn: day)
        for event in events { history.evolve(event.event, of: request.id, reference: nil, at: moment) }
        return history
    }

    private func program(_ wished: ProgramID?) throws(CommandError) -> ProgramID {
        let programs = pending.base.catalog.programs
        if let wished {
            guard programs.contains(where: { $0.id == wished }) else { throw .unknownProgram(wished) }
            return wished
        }
        guard let only = programs.first, programs.count == 1 else {
            throw .malformed("the ledger has \(programs.count) programs; name the card's")
        }
        return only.id
    }

    private func decision(_ command: CardCommand, basis: DecisionBasis) throws(CommandError) -> Decision {
        do {
            return try command.decide(basis)
        } catch {
            switch (error, command.action) {
            case (.unknownProgram, .issue(_, let program)): throw .unknownProgram(program)
            case (.occurredInFuture, _):
                throw .occurredInFuture
            default: throw .unknownCard(command.card)
            }
        }
    }

    func basis(
        _ card: CardState?,
        _ history: TransactionHistory?,
        _ day: LocalDay,
        _ surroundings: Surroundings = Surroundings()
    ) -> DecisionBasis {
        DecisionBasis(
            card: card,
            history: history,
            catalog: pending.base.catalog,
            recordedAt: pending.recordedAt,
            occurredOn: day,
            surroundings: surroundings
        )
    }

    func localDay(of instant: Timestamp, program: ProgramNumber) -> LocalDay {
        guard let calendar = pending.base.calendars[program] else {
            preconditionFailure("program \(program.rawValue) has a card but no calendar")
        }
        return calendar.localDay(of: instant)
    }

    /// The card's transactions: those on disk, then those of this batch.
    mutating func history(of card: CardNumber) throws(CommandError) -> TransactionHistory {
        let kept = try keptHistory(of: card)
        return try kept.transactions { record, history throws(CommandError) in
            for event in record.events {
                history.evolve(event.event, of: record)
                // A card that was merged into this one has a history of its own.
                if case .cardAbsorbed(let source, _) = event.event { history.absorb(try self.history(of: source)) }
            }
        }
    }

    /// The card's records, pending ones included: those that are kept, or those on disk, which are kept then.
    private func keptHistory(of card: CardNumber) throws(CommandError) -> KeptHistory {
        if let known = histories.history(of: card) { return known }
        let history = KeptHistory(of: card)
        if card.rawValue <= UInt32(pending.base.cards.count) {
            do throws(LedgerError) {
                history.records = try log.packedRecords(of: card)
            } catch {
                throw .ledger(error)
            }
        }
        for (record, first) in pending.records(of: card) { history.records.append(record, first: first) }
        histories.keep(history)
        return history
    }

    private mutating func append(
        _ events: [EffectiveEvent],
        of request: CommandRequest,
        to card: CardNumber,
        state: CardState,
        on day: LocalDay
    ) throws(CommandError) -> Receipt {
        var state = state
        fold(events, into: &state, occurredAt: request.command.occurredAt, on: day)
        do throws(LedgerError) {
            let record = CardRecord(
                commandID: request.id,
                card: card,
                moment: CardState.Moment(occurredAt: request.command.occurredAt, occurredOn: day),
                recordedAt: pending.recordedAt,
                source: request.context.source,
                attribution: try pending.number(of: request.context.attribution),
                texts: RecordTexts(of: request.context),
                events: events
            )
            let first = pending.nextPosition
            try pending.append(record, resulting: state)
            histories.note(record, first: first, encoded: pending.encoded)
            return Receipt(record, card: request.command.card, firstPosition: first, isRepeat: false)
        } catch {
            throw .ledger(error)
        }
    }

    private func fold(_ events: [EffectiveEvent], into state: inout CardState, occurredAt: Timestamp, on day: LocalDay)
    {
        let moment = CardState.Moment(occurredAt: occurredAt, occurredOn: day)
        for event in events { state.evolve(event, at: moment) }
    }
}

extension TransactionHistory {
    /// Folds a whole record.
    mutating func evolve(_ record: CardRecord) {
        for event in record.events { evolve(event.event, of: record) }
    }

    /// Folds one event of a record.
    fileprivate mutating func evolve(_ event: CardEvent, of record: CardRecord) {
        evolve(
            event,
            of: record.commandID,
            reference: record.texts.reference,
            at: record.moment,
            attribution: record.attribution
        )
    }
}

extension CardRecord {
    /// The card that was merged into this one, where the record says so.
    var absorbedCard: CardNumber? {
        for event in events {
            if case .cardAbsorbed(let source, _) = event.event { return source }
        }
        return nil
    }
}

extension CardAction {
    /// The purchase the action names, where it names one.
    var transactionName: TransactionName? {
        switch self {
        case .refund(_, let name): name
        case .editAmount(let name, _): name
        default: nil
        }
    }
}
