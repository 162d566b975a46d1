import LoyaltyDomain
import Projections

/// Cards of one program, decided by the domain itself, whose records the folds under test read; its clock is UTC.
struct RecordedShop {
    private(set) var records: [CardRecord] = []
    private(set) var states: [CardState] = []
    private var histories: [TransactionHistory] = []
    private var numbers: [String: Int] = [:]
    private var names: [String] = []
    private var catalog = ProgramCatalog()
    private let program: Program
    private var commands: UInt64 = 0

    static let dollar = Currency("USD") ?? { preconditionFailure("USD has three capital letters") }()

    init(_ rules: CardRules) throws {
        guard let id = ProgramID("shop") else { throw FixtureError() }
        program = Program(id: id, currency: Self.dollar, timeZone: "UTC", rules: rules)
        catalog.add(
            .init(version: RuleVersion(1), number: ProgramNumber(0), effectiveFrom: .earliest, program: program)
        )
    }

    var rules: CardRules { program.rules }

    /// The serial of a card number.
    func name(of card: CardNumber) -> String { names[Int(card.rawValue) - 1] }

    func state(of card: String) -> CardState? { numbers[card].map { states[$0] } }

    /// The end of a day, as folds want it.
    func horizon(of day: LocalDay) -> Horizon {
        Horizon(days: [day], effective: [ProgramNumber(0): end(of: day)])
    }

    /// The last instant of a day.
    func end(of day: LocalDay) -> Timestamp { day.advanced(byDays: 1).midnight.advanced(byMilliseconds: -1) }

    /// Does something on a card, at noon of a day, issuing the card before its first command.
    ///
    /// - Returns: The command's id.
    @discardableResult
    mutating func run(_ action: CardAction, on card: String, _ day: LocalDay) throws -> CommandID {
        guard let id = CardID(card), let customer = CustomerID(card) else { throw FixtureError() }
        if numbers[card] == nil {
            numbers[card] = states.count
            names.append(card)
            states.append(CardState(issuedAt: day.noon, program: ProgramNumber(0)))
            histories.append(TransactionHistory())
            try decide(.issue(customer: customer, program: program.id), on: id, numbers[card] ?? 0, day, isNew: true)
        }
        return try decide(action, on: id, numbers[card] ?? 0, day, isNew: false)
    }

    @discardableResult
    private mutating func decide(
        _ action: CardAction,
        on card: CardID,
        _ index: Int,
        _ day: LocalDay,
        isNew: Bool
    ) throws -> CommandID {
        let basis = DecisionBasis(
            card: isNew ? nil : states[index],
            history: isNew ? nil : histories[index],
            catalog: catalog,
            recordedAt: day.noon,
            occurredOn: day
        )
        let events = try CardCommand(action, on: card, at: day.noon).decide(basis).events
        commands += 1
        append(events, of: .opaque(high: 1, low: commands), index, day)
        return .opaque(high: 1, low: commands)
    }

    /// Records events without deciding them.
    mutating func append(_ events: [EffectiveEvent], of id: CommandID, _ index: Int, _ day: LocalDay) {
        let moment = CardState.Moment(occurredAt: day.noon, occurredOn: day)
        for event in events {
            states[index].evolve(event, at: moment)
            histories[index].evolve(event.event, of: id, reference: nil, at: moment)
        }
        records.append(
            CardRecord(
                commandID: id,
                card: CardNumber(UInt32(index) + 1),
                moment: moment,
                recordedAt: day.noon,
                source: .scanner,
                attribution: .none,
                texts: RecordTexts(),
                events: events
            )
        )
    }

    func claims(of card: String) -> [TransactionHistory.Claim] { numbers[card].map { histories[$0].claims } ?? [] }
}

extension LocalDay {
    fileprivate var midnight: Timestamp { Timestamp(milliseconds: Int64(daysSince1970) * 86_400_000) }
    fileprivate var noon: Timestamp { midnight.advanced(byMilliseconds: 43_200_000) }
}

/// So many cents.
func cents(_ amount: Int64) -> Money { Money(MinorUnits(amount), RecordedShop.dollar) }

/// Day number one of the cases is 2026-01-01.
func day(_ number: Int32) -> LocalDay { LocalDay(daysSince1970: 20_453 + number) }
