internal import LoyaltyLedger

/// A random shop, whose programs are of all card types, and random commands on its cards, wrong and late ones among them.
///
/// The same seed gives the same trial; `firstFailure` names the seed and the fewest commands that still fail.
public struct RuleTrial: Sendable {
    enum Step: Sendable {
        case command(CommandRequest)
        case rules(Program, recordedAt: Timestamp)
        case sweep(Timestamp)
    }

    /// The seed.
    public let seed: UInt64
    /// Whether cards may reach each other: by recommendations, merges, conversions, staff caps and receipts.
    let isCoupled: Bool
    let programs: [Program]
    private(set) var steps: [Step] = []

    /// A trial of so many commands.
    public init(seed: UInt64, commands: Int) {
        var random = SeededRandom(seed: seed)
        self.seed = seed
        isCoupled = seed % 4 != 0
        programs = Self.programs(seed: seed, using: &random, isCoupled: isCoupled)
        var maker = TrialMaker(programs, isCoupled: isCoupled)
        for number in 0..<commands { steps += maker.next(number, using: &random) }
    }

    private static func programs(seed: UInt64, using random: inout SeededRandom, isCoupled: Bool) -> [Program] {
        guard let currency = Currency("USD") else { return [] }
        let zone = random.pick("UTC", "America/New_York", "Asia/Kolkata")
        // The first is a stamp card, into which coupons turn; of the others, any eight seeds in a row have every type three times.
        var types = [CardType.stamp]
        let all = CardType.allCases
        for place in 0..<UInt64(3) { types.append(all[Int((seed % 64 * 3 + place) % UInt64(all.count))]) }
        return types.enumerated().compactMap { place, type in
            let rules = random.rules(of: type, isCoupled: isCoupled)
            return ProgramID("p\(place)").map { Program(id: $0, currency: currency, timeZone: zone, rules: rules) }
        }
    }

    /// The trial with other steps.
    func with(_ steps: [Step]) -> RuleTrial {
        var trial = self
        trial.steps = steps
        return trial
    }

    /// Runs it; nil where everything holds.
    public func firstFailure() async -> String? {
        guard let failure = await problem() else { return nil }
        var shortest = self
        var size = max(1, steps.count / 2)
        var attempts = 400
        while attempts > 0 {
            var isShorter = false
            var start = 0
            while start < shortest.steps.count && attempts > 0 {
                attempts -= 1
                var fewer = shortest.steps
                fewer.removeSubrange(start..<min(start + size, fewer.count))
                let candidate = shortest.with(fewer)
                if await candidate.problem() != nil {
                    shortest = candidate
                    isShorter = true
                } else {
                    start += size
                }
            }
            if size == 1 && !isShorter { break }
            size = max(1, size / 2)
        }
        let smallest = await shortest.problem() ?? failure
        return "SEED=\(seed) \(smallest)\nwith \(shortest.story)"
    }

    /// The names of the events it comes by, refusals by their reasons, so that a test can tell what trials reach.
    public func reached() async throws -> Set<String> { try await TrialRun(self).reached() }

    private func problem() async -> String? {
        do {
            let problems = try await TrialRun(self).problems()
            return problems.isEmpty ? nil : problems.prefix(4).joined(separator: "\n")
        } catch {
            return "an error: \(error)"
        }
    }

    private var story: String {
        let used = Set(
            steps.compactMap { step in
                if case .command(let request) = step { request.issuing?.program } else { nil }
            }
        )
        let rules = programs.filter { used.contains($0.id) }.map { "\($0.id.text): \($0.rules)" }
        let lines = steps.map { step in
            switch step {
            case .command(let request):
                "\(request.command.card.text) \(request.command.action) at \(request.command.occurredAt.milliseconds) "
                    + "recorded \(request.recordedAt?.milliseconds ?? 0) as \(request.id) \(request.context.reference ?? "")"
                    + "\(request.context.source == .offline ? " offline" : "")"
            case .rules(let program, let instant): "\(program.id.text) gets \(program.rules) at \(instant.milliseconds)"
            case .sweep(let instant): "sweep at \(instant.milliseconds)"
            }
        }
        return (rules + lines).joined(separator: "\n")
    }
}

/// Makes the steps of a trial.
struct TrialMaker {
    private let programs: [Program]
    private let isCoupled: Bool
    private var actions: [RandomActions]
    private let programOfCard: [Int]
    private var now: Timestamp
    private let end: Timestamp

    init(_ programs: [Program], isCoupled: Bool) {
        self.programs = programs
        self.isCoupled = isCoupled
        programOfCard = [0, 0, 1, 1, 2, 3].map { min($0, programs.count - 1) }
        actions = programOfCard.enumerated().map { card, program in
            let rules = programs[program].rules
            // Cards 0 and 1, and 2 and 3, are of one program.
            let partner = card < 4 ? Self.card(card ^ 1) : nil
            return RandomActions(type: rules.type, currency: programs[program].currency, partner: partner)
        }
        now = Timestamp(milliseconds: Int64(LocalDay.scenario(1).daysSince1970) * 86_400_000)
        end = now.advanced(byMilliseconds: 400 * 86_400_000)
    }

    mutating func next(_ number: Int, using random: inout SeededRandom) -> [RuleTrial.Step] {
        let hour: Int64 = 3_600_000
        now = now.advanced(byMilliseconds: Int64.random(in: 0...16, using: &random) * hour / 2)
        if isCoupled && random.once(in: 50) {
            let old = programs[Int.random(in: 0..<programs.count, using: &random)]
            var rules = random.rules(of: old.rules.type, isCoupled: true)
            // Open rewards rest on the milestones; they never change.
            if case .milestones = old.rules.rewards { rules.rewards = old.rules.rewards }
            if case .milestones = rules.rewards { rules.rewards = old.rules.rewards }
            let program = Program(id: old.id, currency: old.currency, timeZone: old.timeZone, rules: rules)
            return [.rules(program, recordedAt: now)]
        }
        if isCoupled && random.once(in: 50) { return [.sweep(now)] }
        return [command(number, using: &random)]
    }

    private mutating func command(_ number: Int, using random: inout SeededRandom) -> RuleTrial.Step {
        let card = Int.random(in: 0..<actions.count, using: &random)
        let id =
            random.once(in: 2)
            ? CommandID.opaque(high: 4, low: UInt64(number)) : .uuid7(high: 0x7000, low: 1 << 63 | UInt64(number))
        let hour: Int64 = 3_600_000
        var occurredAt = now
        if random.once(in: 4) {
            occurredAt = now.advanced(byMilliseconds: -Int64.random(in: 0...300, using: &random) * hour)
        }
        if random.once(in: 60) {
            occurredAt = now.advanced(byMilliseconds: Int64.random(in: 0...1_000_000, using: &random))
        }
        let isNewcomer = isCoupled && [1, 3].contains(card) && actions[card].known.isEmpty && random.once(in: 2)
        let action =
            isNewcomer
            ? actions[card].refer(by: Self.card(card - 1))
            : actions[card].next(on: now.dayInUTC, isCoupled: isCoupled, using: &random)
        actions[card].known.append(id)
        let context = CommandContext(
            source: isCoupled && random.once(in: 10) ? .offline : .scanner,
            attribution: Attribution(
                staff: random.once(in: 2) ? Label("anna") : nil,
                location: random.once(in: 2) ? Label(random.pick("north", "south")) : nil
            ),
            reference: random.once(in: 3) ? random.pick("a", "b") : nil,
            internalNote: random.once(in: 5) ? TrialRun.note : nil
        )
        let program = programs[programOfCard[card]].id
        return .command(
            CommandRequest(
                CardCommand(action, on: Self.card(card), at: occurredAt),
                id: id,
                context: context,
                issuing: CardIssue(customer: CustomerID("k\(card % 5)"), program: program),
                recordedAt: isCoupled ? now : end
            )
        )
    }

    static func card(_ number: Int) -> CardID {
        guard let card = CardID("c\(number)") else { preconditionFailure("a digit makes a serial") }
        return card
    }
}
