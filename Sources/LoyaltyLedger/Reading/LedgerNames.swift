public import LoyaltyDomain
public import Projections

/// What the numbers in events stand for: cards, their customers and programs, rule versions, and who did something where.
///
/// Events name by number what an earlier event defined. Whoever reads all of them can note each; whoever begins later takes
/// `Ledger.names` first.
public struct LedgerNames: Sendable {
    /// The programs and their rules.
    public private(set) var catalog = ProgramCatalog()
    private var cards: [CardID] = []
    private var customers: [CustomerID] = []
    private var programs: [ProgramNumber] = []
    private var attributions: [Attribution] = [Attribution()]

    /// Knows nothing yet.
    public init() {}

    init(of state: borrowing LedgerState) {
        catalog = state.catalog
        attributions += state.attributions.numbered.map(\.1)
        state.cards.forEach { number, card in
            cards.append(state.directory.card(number))
            customers.append(state.directory.customer(of: number))
            programs.append(card.program)
        }
    }

    /// Notes what an event defines; one that was noted before changes nothing.
    public mutating func note(_ event: borrowing RecordedEvent) {
        switch event.fact {
        case .card(let fact):
            guard case .cardIssued(let card, let customer, let program) = fact.event.event,
                fact.card.rawValue == UInt32(cards.count) + 1
            else { return }
            cards.append(card)
            customers.append(customer)
            programs.append(program)
        case .ledger(.programDefined(let version)):
            if version.version == catalog.nextVersion { catalog.add(version) }
        case .ledger(.attributionDefined(let number, let attribution)):
            if number.rawValue == UInt32(attributions.count) { attributions.append(attribution) }
        case .ledger: break
        }
    }

    /// The serial of a card; nil where its issue was not noted.
    public func card(_ number: CardNumber) -> CardID? { index(of: number).map { cards[$0] } }

    /// Who holds a card, by pseudonym; nil where its issue was not noted.
    public func customer(of number: CardNumber) -> CustomerID? { index(of: number).map { customers[$0] } }

    /// The program of a card by its newest rules; nil where its issue was not noted.
    public func program(of number: CardNumber) -> Program? {
        index(of: number).flatMap { catalog.program(programs[$0]) }
    }

    /// Who, with what, where; nil where its number was not noted.
    public func attribution(_ number: AttributionNumber) -> Attribution? {
        attributions.indices.contains(Int(number.rawValue)) ? attributions[Int(number.rawValue)] : nil
    }

    private func index(of number: CardNumber) -> Int? {
        number.rawValue >= 1 && number.rawValue <= cards.count ? Int(number.rawValue) - 1 : nil
    }
}

/// The names that a ledger's events define, as a projection.
public struct NamesFold: Projection {
    /// The name.
    public let name = "names"
    /// The version.
    public let version: UInt32 = 1
    /// Nothing is known.
    public var initial: LedgerNames { LedgerNames() }

    /// Creates the fold.
    public init() {}

    /// Notes what an event defines.
    public func evolve(_ names: inout LedgerNames, _ event: borrowing RecordedEvent) { names.note(event) }
}

extension Ledger {
    /// What the numbers in events stand for, as far as the ledger knows now.
    ///
    /// - Complexity: O(cards).
    public var names: LedgerNames { LedgerNames(of: state.copy) }
}
