public import LoyaltyLedger

/// What a shop owner would tell: given what had happened, when something happens, then the card shows this.
///
///     try await Scenario(.cashbackCard(rule, tiers: tiers))
///         .given(.purchase("20.00"))
///         .when(.purchase("100.00").on(day: 2))
///         .then(.points(120), .ltv("120.00"))
///
/// Steps run on a real ledger on a disk in memory. Day 1 is Monday, 5 January 2026; a step happens at noon of the day of the step
/// before it unless it says otherwise, and the ledger learns of it as soon as its clock allows. Everything given must be accepted, and
/// everything in `when` too unless `then` expects a refusal.
///
/// Each scenario also checks, unasked: every command sent again changes nothing (I7), the log folded again gives the same figures (I6), records and states
/// survive their coding, no prefix breaks an invariant (I1-I5, I10), and no customer sees an internal note (I9).
public struct Scenario: Sendable {
    let programs: [Program]
    let zone: String
    let currency: String
    private(set) var before: [Step] = []
    private(set) var steps: [Step] = []

    /// A shop with one program, `shop`.
    ///
    /// - Parameters:
    ///   - rules: The rules of its cards.
    ///   - zone: The IANA name of the zone whose days count.
    ///   - currency: The code of the currency of every amount.
    public init(_ rules: CardRules, zone: String = "UTC", currency: String = "USD") throws {
        try self.init(programs: [("shop", rules)], zone: zone, currency: currency)
    }

    /// A shop with several programs; a card is of the first one unless its first step says otherwise.
    public init(
        programs: [(name: String, rules: CardRules)],
        zone: String = "UTC",
        currency: String = "USD"
    ) throws {
        let code = try known(Currency(currency), "no currency: \(currency)")
        self.programs = try programs.map { name, rules in
            let id = try known(ProgramID(name), "no program name: \(name)")
            let program = Program(id: id, currency: code, timeZone: zone, rules: rules)
            if let contradiction = program.firstContradiction { throw ScenarioFailure("\(name): \(contradiction)") }
            return program
        }
        self.zone = zone
        self.currency = currency
    }

    /// What had happened; all of it must be accepted.
    public func given(_ steps: Step...) -> Scenario {
        var scenario = self
        scenario.before += steps
        return scenario
    }

    /// What happens.
    public func when(_ steps: Step...) -> Scenario {
        var scenario = self
        scenario.steps += steps
        return scenario
    }

    /// Runs it, and compares.
    ///
    /// - Throws: `ScenarioFailure` with everything that is not as expected.
    @discardableResult
    public func then(_ expectations: Expectation...) async throws -> ScenarioOutcome {
        var run = try await ScenarioRun(self)
        for step in before { try await run.take(step, mustBeAccepted: true) }
        let isRefusalExpected = expectations.contains(where: \.expectsRefusal)
        for step in steps { try await run.take(step, mustBeAccepted: !isRefusalExpected) }
        let outcome = try await run.finish()
        let problems = expectations.flatMap { $0.problems(in: outcome) } + outcome.problems
        if !problems.isEmpty { throw ScenarioFailure(problems.joined(separator: "\n")) }
        return outcome
    }
}

/// Why a scenario failed, in words.
public struct ScenarioFailure: Error, CustomStringConvertible {
    /// The problems, one a line.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// A value that is there, or a failure that says what is not.
func known<Value>(_ value: Value?, _ problem: @autoclosure () -> String) throws -> Value {
    guard let value else { throw ScenarioFailure(problem()) }
    return value
}
