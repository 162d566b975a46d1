import LoyaltyDomain

/// One step of a random history: the clock runs on, then a command comes or the rules change.
struct RandomStep {
    /// What comes.
    enum Event {
        case command(CardAction, occurredAt: Timestamp, id: CommandID, reference: String?)
        case ruleChange(CardRules, from: Timestamp)
    }

    var event: Event
    var recordedAt: Timestamp
}

/// A random program and a random history of one card under it, late and wrong commands among them.
struct RandomHistory {
    let rules: CardRules
    private(set) var steps: [RandomStep] = []

    private static let hour: Int64 = 3_600_000

    init(seed: UInt64, count: Int, from start: Timestamp = .epoch) {
        var random = SplitMix64(seed: seed)
        var actions = RandomActions()
        rules = .random(using: &random)
        var now = start
        let keepsItsRules = random.once(in: 2)
        for number in 0..<count {
            now = now.advanced(byMilliseconds: Int64.random(in: 0...16, using: &random) * Self.hour)
            if !keepsItsRules && random.once(in: 20) {
                let wished = now.advanced(byMilliseconds: Int64.random(in: -50...50, using: &random) * Self.hour)
                let change = RandomStep.Event.ruleChange(.random(using: &random), from: wished)
                steps.append(RandomStep(event: change, recordedAt: now))
                continue
            }
            let id = CommandID.sequence(source: 7, number: UInt64(number))
            let command = RandomStep.Event.command(
                actions.next(id, today: now.dayInUTC, using: &random),
                occurredAt: now.advanced(byMilliseconds: Self.delay(using: &random)),
                id: id,
                reference: random.once(in: 3) ? random.pick("a", "b", "c", "d") : nil
            )
            steps.append(RandomStep(event: command, recordedAt: now))
        }
    }

    /// Mostly now, often late by up to ten days, seldom ahead of the ledger's clock.
    private static func delay(using random: inout SplitMix64) -> Int64 {
        if random.once(in: 40) { return Int64.random(in: 0...2_000_000_000, using: &random) }
        if random.once(in: 40) { return CardCommand.clockTolerance }
        return random.once(in: 3) ? -Int64.random(in: 0...240, using: &random) * hour : 0
    }
}

extension CardRules {
    static func random(using random: inout SplitMix64) -> CardRules {
        let stamps = Stamps(Int32.random(in: 1...3, using: &random))
        let unit = MinorUnits(random.pick(1, 100, 700, 1000))
        let remainder = random.pick(RemainderPolicy.perTransaction, .cumulative)
        let spend = Mechanic.spend(SpendRule(stamps: stamps, per: unit, remainder: remainder))
        return CardRules.stampCard(
            mechanic: random.pick(spend, spend, spend, spend, .visit(stamps: stamps), .manual),
            stampsPerReward: random.pick(1, 3, 5, 10, 10),
            dailyStampCap: random.pick(nil, nil, 1, 2, 5),
            uncollected: random.pick(.forgive, .carryAsDebt, .carryAsDebt, .reject),
            redeemWhenExpired: random.pick(.allowed, .denied, .graceDays(3))
        )
    }
}

extension Money {
    /// Small amounts, often whole tens, sometimes nothing.
    static func random(using random: inout SplitMix64) -> Money {
        let minor = random.pick(
            0,
            Int64.random(in: 1...12, using: &random) * 1000,
            Int64.random(in: 1...12, using: &random) * 500,
            Int64.random(in: 1...6000, using: &random),
            Int64.random(in: 1...15_000, using: &random)
        )
        return Money(MinorUnits(minor), .dollars)
    }
}
