internal import LoyaltyDomain
internal import LoyaltyLedger

/// Every card event of a ledger in recorded order: what questions about the past are answered from the simplest way there is.
struct EventList: Sendable {
    struct Entry: Sendable {
        let card: CardID
        let program: ProgramNumber
        let event: EffectiveEvent
        let moment: CardState.Moment
        let recordedAt: Timestamp
    }

    private(set) var entries: [Entry] = []
    /// What was defined, and when that was recorded.
    private(set) var versions: [(version: ProgramCatalog.Version, recordedAt: Timestamp)] = []
    private let calendars: [ProgramNumber: ProgramCalendar]

    init(_ ledger: Ledger, definedAt: [RuleVersion: Timestamp]) async throws {
        var calendars: [ProgramNumber: ProgramCalendar] = [:]
        for version in ledger.ruleVersions {
            calendars[version.number] = ledger.calendar(of: version.program.id)
            versions.append((version, definedAt[version.version] ?? .epoch))
        }
        self.calendars = calendars
        entries = try await ledger.foldHistory(into: [Entry]()) { [calendars] entries, found in
            guard let calendar = calendars[found.program] else { return }
            let occurredAt = found.entry.occurredAt
            entries.append(
                Entry(
                    card: found.card,
                    program: found.program,
                    event: found.entry.event,
                    moment: CardState.Moment(occurredAt: occurredAt, occurredOn: calendar.localDay(of: occurredAt)),
                    recordedAt: found.entry.recordedAt
                )
            )
        }
    }

    /// The last instant within a limit, for a program.
    private func last(_ limit: PointInTime.Limit?, _ program: ProgramNumber) -> Timestamp {
        switch limit {
        case nil: Timestamp(milliseconds: .max)
        case .instant(let instant): instant
        case .endOf(let day):
            calendars[program]?.firstInstant(of: day.advanced(byDays: 1)).advanced(byMilliseconds: -1) ?? .latest
        }
    }

    /// Whether an event is on the filtered list.
    private func counts(_ entry: Entry, _ point: PointInTime) -> Bool {
        var from = entry.event.effectiveAt
        if case .commandRefused = entry.event.event { from = min(from, entry.recordedAt) }
        return from <= last(point.occurred, entry.program) && entry.recordedAt <= last(point.known, entry.program)
    }

    /// The cards at a point in time: the list filtered, and added up.
    func cards(asOf point: PointInTime) -> [CardID: CardState] {
        var states: [CardID: CardState] = [:]
        var there: Set<CardID> = []
        for entry in entries {
            if case .cardIssued = entry.event.event {
                states[entry.card] = CardState(issuedAt: entry.moment.occurredAt, program: entry.program)
            }
            guard counts(entry, point) else { continue }
            states[entry.card]?.evolve(entry.event, at: entry.moment)
            if case .commandRefused = entry.event.event { continue }
            there.insert(entry.card)
        }
        return states.filter { there.contains($0.key) }
    }

    /// The positions in the list of a card's events that count.
    func events(of card: CardID, asOf point: PointInTime) -> [EffectiveEvent] {
        entries.filter { $0.card == card && counts($0, point) }.map(\.event)
    }

    /// A program's newest rules that were recorded and in force.
    func rules(of program: ProgramNumber, asOf point: PointInTime) -> Program? {
        let limits = (effective: last(point.occurred, program), recorded: last(point.known, program))
        return versions.last { version, recordedAt in
            version.number == program && version.effectiveFrom <= limits.effective && recordedAt <= limits.recorded
        }?.version.program
    }

    /// A point in time near something that happened.
    func point(using random: inout SeededRandom) -> PointInTime {
        func limit(_ instants: [Timestamp]) -> PointInTime.Limit? {
            guard !instants.isEmpty, !random.once(in: 4) else { return nil }
            let instant = random.pick(instants).advanced(byMilliseconds: random.pick(-1, 0, 0, 0, 1))
            return random.once(in: 3) ? .endOf(instant.dayInUTC) : .instant(instant)
        }
        return PointInTime(
            occurred: limit(entries.map(\.event.effectiveAt)),
            known: limit(entries.map(\.recordedAt))
        )
    }
}
