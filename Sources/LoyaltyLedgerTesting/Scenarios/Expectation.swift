public import LoyaltyLedger

/// Something that a scenario expects in the end: a figure of a card, an event, or a refusal.
public struct Expectation: Sendable {
    private let card: String
    let expectsRefusal: Bool
    private let check: @Sendable (ScenarioOutcome, String) throws -> String?

    init(
        card: String = "card",
        expectsRefusal: Bool = false,
        _ check: @escaping @Sendable (ScenarioOutcome, String) throws -> String?
    ) {
        self.card = card
        self.expectsRefusal = expectsRefusal
        self.check = check
    }

    /// It is about that card; the card `card` where nothing is said.
    public func card(_ name: String) -> Expectation {
        Expectation(card: name, expectsRefusal: expectsRefusal, check)
    }

    func problems(in outcome: ScenarioOutcome) -> [String] {
        do {
            return try check(outcome, card).map { ["\(card): \($0)"] } ?? []
        } catch {
            return ["\(error)"]
        }
    }

    static func figure<Value: Equatable & Sendable>(
        _ name: String,
        _ expected: Value,
        _ found: @escaping @Sendable (CardProfile) -> Value
    ) -> Expectation {
        Expectation { outcome, card in
            let found = found(try outcome.card(card))
            return found == expected ? nil : "\(name): expected \(expected), found \(found)"
        }
    }

    static func amount(_ name: String, _ text: String, _ found: @escaping @Sendable (CardState) -> MinorUnits)
        -> Expectation
    {
        Expectation { outcome, card in
            let expected = try outcome.terms.money(text).minorUnits
            let found = found(try outcome.card(card).state)
            return found == expected
                ? nil : "\(name): expected \(text), found \(found.decimal(in: outcome.terms.currency))"
        }
    }
}

extension Expectation {
    /// The last step was refused, for that reason.
    public static func refused(_ refusal: Refusal) -> Expectation {
        Expectation(expectsRefusal: true) { outcome, _ in
            switch outcome.last {
            case .receipt(let receipt)? where receipt.refusal == refusal: nil
            case .receipt(let receipt)?:
                "expected the refusal \(refusal), found \(receipt.refusal.map { "\($0)" } ?? "an accepted command")"
            case .error(let error)?: "expected the refusal \(refusal), found \(error)"
            case nil: "expected the refusal \(refusal), but nothing happened"
            }
        }
    }

    /// The last step was turned away without being remembered.
    public static var turnedAway: Expectation {
        Expectation(expectsRefusal: true) { outcome, _ in
            if case .error? = outcome.last { nil } else { "expected that the last step is turned away" }
        }
    }

    /// That event is in the card's history.
    public static func happened(_ event: CardEvent) -> Expectation {
        Expectation { outcome, card in
            let events = outcome.events(of: card)
            return events.contains(event) ? nil : "\(event) did not happen, but \(events)"
        }
    }

    /// Events of that name are in the card's history so many times: `.happened("tierChanged", times: 2)`.
    public static func happened(_ name: String, times: Int = 1) -> Expectation {
        Expectation { outcome, card in
            let found = outcome.events(of: card).count { $0.caseName == name }
            return found == times ? nil : "\(name) happened \(found) times, and not \(times)"
        }
    }

    /// There is no such card.
    public static var isUnknown: Expectation {
        Expectation { outcome, card in
            outcome.profiles.contains { $0.card.text == card } ? "the card exists" : nil
        }
    }
}

extension CardEvent {
    /// The name of its case.
    var caseName: String { String("\(self)".prefix { $0 != "(" }) }
}
