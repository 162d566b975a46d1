package import LogFormat
internal import LoyaltyDomain
internal import Projections

/// Everything a ledger's events add up to; the built-in folds side by side.
package struct LedgerState: Sendable {
    var clock = ClockMode.system
    var catalog = ProgramCatalog()
    var calendars: [ProgramNumber: ProgramCalendar] = [:]
    /// Which command defined which rule version, and where.
    var definitions: [CommandID: Definition] = [:]
    var attributions = AttributionTable()
    var sources: [ImportSource] = []
    var devices: [OfflineDevice] = []
    var couplings = Couplings()
    var directory = CardDirectory()
    var cards = CardTable()
    var commands: CommandIndex
    /// The last position folded.
    var position: UInt64 = 0
    /// The greatest recorded time so far; the clock never goes behind it (D9).
    var recordedAt = Timestamp.epoch
    /// How many facts the ledger recorded of its own accord; they count under source 0.
    var ownFacts: UInt64 = 0
    /// The greatest instant from which any event counts, refusals included.
    var greatestEffectiveAt = Timestamp.earliest
    /// Commands refused so far.
    var refusals = 0
    /// Whether any rules so far couple cards by staff or references; most ledgers pay nothing for it.
    private(set) var hasGuards = false

    /// The definition of a rule version.
    struct Definition: Hashable, Sendable {
        var version: RuleVersion
        /// The position of its record.
        var position: UInt64
    }

    /// The state before the first event of a log; of none where nothing is folded into it or looked up.
    package init(of logID: LogID?) { commands = CommandIndex(of: logID) }

    /// Folds a fact about the ledger.
    mutating func evolve(_ record: LedgerRecord, at position: UInt64) throws(LedgerError) {
        switch record.event {
        case .ledgerCreated(let mode): clock = mode
        case .programDefined(let version):
            try define(version, at: position)
            definitions[record.commandID] = Definition(version: version.version, position: position)
        case .attributionDefined(let number, let attribution):
            guard number == attributions.nextNumber else {
                throw .inconsistent(
                    "attribution \(number.rawValue) where \(attributions.nextNumber.rawValue) is next",
                    position
                )
            }
            attributions.append(attribution)
        case .sourceRegistered(let source):
            guard source.number == nextSource else {
                throw .inconsistent("source \(source.number) where \(nextSource) is next", position)
            }
            sources.append(source)
        case .deviceRegistered(let device):
            guard device.number == nextSource else {
                throw .inconsistent("source \(device.number) where \(nextSource) is next", position)
            }
            devices.append(device)
        case .unknown: break
        }
        note(record.commandID, recordedAt: record.recordedAt, first: position, count: 1)
    }

    /// Folds what an event says about more than its card.
    private mutating func couple(
        _ event: CardEvent,
        of program: ProgramNumber,
        _ attribution: AttributionNumber,
        on day: LocalDay
    ) {
        let counted = catalog.countsStaff(of: program) ? program : nil
        couplings.evolve(event, countedProgram: counted, staff: attributions[attribution]?.staff, on: day)
    }

    /// The number the next registered source gets; 0 is the ledger itself.
    var nextSource: UInt32 { UInt32(sources.count + devices.count) + 1 }

    /// Adds the next version of a program's rules, and the program's calendar.
    mutating func define(_ version: ProgramCatalog.Version, at position: UInt64) throws(LedgerError) {
        guard version.version == catalog.nextVersion, version.number == catalog.numberToDefine(version.program.id)
        else {
            throw .inconsistent("rule version \(version.version.rawValue) out of order", position)
        }
        guard let calendar = ProgramCalendar(timeZone: version.program.timeZone) else {
            throw .inconsistent("time zone \(version.program.timeZone) is not known here", position)
        }
        catalog.add(version)
        calendars[version.number] = calendar
        if version.program.rules.guards.couplesCards { hasGuards = true }
    }

    /// Notes that the record of a command was folded.
    mutating func note(_ id: CommandID, recordedAt: Timestamp, first: UInt64, count: Int) {
        if case .sequence(0, let number) = id { ownFacts = max(ownFacts, number) }
        commands.insert(id, at: first)
        position = first + UInt64(count) - 1
        self.recordedAt = max(self.recordedAt, recordedAt)
    }

    /// Folds one event of a card.
    ///
    /// - Parameter horizon: What counts; an issue outside it still gives the card its number.
    mutating func evolve(
        _ event: borrowing EffectiveEvent,
        of card: CardNumber,
        at moment: CardState.Moment,
        recordedAt: Timestamp,
        attribution: AttributionNumber,
        position: UInt64,
        within horizon: Horizon? = nil
    ) throws(LedgerError) {
        if case .cardIssued(let id, let customer, let program) = event.event {
            guard catalog.program(program) != nil else {
                throw .inconsistent(
                    "card \(id.text) issued under program \(program.rawValue), which is not there",
                    position
                )
            }
            guard card == cards.nextNumber, directory.append(id, customer: customer) else {
                throw .inconsistent("card \(id.text) issued twice or out of order", position)
            }
            cards.append(CardState(issuedAt: moment.occurredAt, program: program))
        }
        guard cards.contains(card) else {
            throw .inconsistent("event of card \(card.rawValue), which is not issued", position)
        }
        if let horizon, !horizon.counts(event, recordedAt: recordedAt, of: cards[card].program) { return }
        cards[card].evolve(event, at: moment)
        if hasGuards { couple(event.event, of: cards[card].program, attribution, on: moment.occurredOn) }
        if case .commandRefused = event.event { refusals += 1 }
        greatestEffectiveAt = max(greatestEffectiveAt, event.counts(ifRecordedAt: recordedAt))
    }
}

extension LedgerError {
    static func inconsistent(_ message: String, _ position: UInt64) -> LedgerError {
        LedgerError(.inconsistent, "the log contradicts itself: \(message)", position: position)
    }
}
