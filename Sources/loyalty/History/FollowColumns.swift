import LoyaltyLedger

/// The columns of `follow`: what each event was, of which card, and who did it where; figures are for folds.
struct FollowColumns {
    /// The columns, in the order that scripts rely on.
    static let all = [
        Column("position"), Column("recorded_at"), Column("occurred_at"), Column("effective_at"), Column("command_id"),
        Column("event"), Column("card"), Column("customer"), Column("program"), Column("amount_minor"),
        Column("rule_version"), Column("reason"), Column("detail"), Column("source"), Column("staff"), Column("device"),
        Column("location"), Column("reference"), Column("comment"), Column("internal_note"),
    ]

    let writer = RowWriter(all)
    private var names: LedgerNames
    private let firstZone: ProgramCalendar?
    private var calendars: [String: ProgramCalendar] = [:]

    /// Columns for the events of a ledger.
    init(_ ledger: Ledger) {
        names = ledger.names
        firstZone = ledger.calendar()
    }

    /// The cells of the next event, one for each column.
    mutating func cells(of event: RecordedEvent) -> [Cell] {
        names.note(event)
        switch event.fact {
        case .card(let fact): return cells(of: fact, event)
        case .ledger(let fact): return cells(of: fact, event)
        }
    }

    private mutating func cells(of fact: CardFact, _ event: RecordedEvent) -> [Cell] {
        let program = names.program(of: fact.card)
        let calendar = program.flatMap { self.calendar(of: $0) } ?? firstZone
        let words = program.map { EventWords(fact.event.event, of: $0) }
        let attribution = names.attribution(fact.attribution) ?? Attribution()
        return [
            .integer(event.position), instant(event.recordedAt, calendar), instant(fact.moment.occurredAt, calendar),
            instant(fact.event.effectiveAt, calendar), .text(event.commandID.description), .text(words?.name),
            .text(names.card(fact.card)?.text), .text(names.customer(of: fact.card)?.text), .text(program?.id.text),
            .integer(words?.amount?.rawValue), .integer(words?.ruleVersion?.rawValue), .text(words?.reason),
            .text(words?.detail), .text("\(fact.source)"), .text(attribution.staff?.text),
            .text(attribution.device?.text), .text(attribution.location?.text), .text(fact.texts.reference),
            .text(fact.texts.customerComment), .text(fact.texts.internalNote),
        ]
    }

    private func cells(of fact: LedgerEvent, _ event: RecordedEvent) -> [Cell] {
        let (name, program, version, detail) = words(for: fact)
        let head: [Cell] = [.integer(event.position), instant(event.recordedAt, firstZone), .none, .none]
        let middle: [Cell] = [.text(event.commandID.description), .text(name), .none, .none, .text(program), .none]
        return head + middle + [.integer(version), .none, .text(detail)] + Array(repeating: .none, count: 7)
    }

    private func words(
        for fact: LedgerEvent
    ) -> (name: String, program: String?, version: UInt32?, detail: String?) {
        switch fact {
        case .ledgerCreated(let clock): ("ledger-created", nil, nil, "clock: \(clock)")
        case .programDefined(let version):
            ("program-defined", version.program.id.text, version.version.rawValue, version.program.rules.type.name)
        case .attributionDefined(let number, let triple):
            (
                "attribution-defined", nil, nil,
                "\(number.rawValue): "
                    + [triple.staff, triple.device, triple.location].map { $0?.text ?? "-" }.joined(separator: ", ")
            )
        case .sourceRegistered(let source):
            ("import-registered", nil, nil, "source \(source.number), \(source.rows) rows")
        case .deviceRegistered(let device):
            ("device-registered", nil, nil, "source \(device.number), \(device.label.text)")
        case .unknown(let unknown): ("unknown", nil, nil, "\(unknown)")
        }
    }

    private func instant(_ instant: Timestamp, _ calendar: ProgramCalendar?) -> Cell {
        calendar.map { .instant(instant, in: $0) } ?? .integer(instant.milliseconds)
    }

    private mutating func calendar(of program: Program) -> ProgramCalendar? {
        if let known = calendars[program.timeZone] { return known }
        calendars[program.timeZone] = ProgramCalendar(timeZone: program.timeZone)
        return calendars[program.timeZone]
    }
}
