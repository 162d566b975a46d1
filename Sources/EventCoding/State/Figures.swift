internal import LogFormat
internal import LoyaltyDomain

/// Figures on their way into a sparse form: a bit for each, and the values of those that are there.
struct Figures {
    /// How many figures a card has.
    static let count: UInt64 = 40

    /// The bits, the first figure's lowest.
    private(set) var bits: UInt64 = 0
    private var number = 0
    private var values = InlineArray<40, Int64>(repeating: 0)
    private var valueCount = 0

    /// Adds the next figure; 0 takes no more than its bit.
    mutating func add(_ value: Int64) { addIfPresent(value == 0 ? nil : value) }

    /// Adds the next figure, which may be absent.
    mutating func addIfPresent(_ value: Int64?) {
        defer { number += 1 }
        guard let value else { return }
        bits |= 1 << UInt64(number)
        values[valueCount] = value
        valueCount += 1
    }

    /// Writes the values.
    func write(to writer: inout ByteWriter) {
        for index in 0..<valueCount { writer.zigzag(values[index]) }
    }
}

extension Figures {
    private mutating func add<Unit>(_ count: Count<Unit>) { add(Int64(count.rawValue)) }

    private mutating func add(_ day: LocalDay?, from origin: LocalDay? = nil) {
        addIfPresent(day.map { Int64($0.daysSince1970) - Int64(origin?.daysSince1970 ?? 0) })
    }

    private mutating func add(_ instant: Timestamp?, from origin: Timestamp) {
        addIfPresent(instant.map { $0.milliseconds &- origin.milliseconds })
    }

    mutating func addDatesAndSums(of state: CardState) {
        add(Int64(state.installation.byte))
        add(state.expiresOn)
        add(state.isExpiryRecorded ? 1 : 0)
        add(state.greatestEffectiveAt.milliseconds &- state.issuedAt.milliseconds)
        add(state.lifetimeValue.rawValue)
        // Most often the same, as grants with an amount are rare.
        add(state.lifetimeValue.rawValue &- state.transactionAmount.rawValue)
        add(state.visits)
        add(state.stampedVisits)
        add(state.purchases)
        add(state.lastDays.visit)
        add(state.lastDays.purchase, from: state.lastDays.visit)
    }

    mutating func addPurse(_ purse: Purse) {
        add(purse.balance)
        add(purse.debt)
        add(purse.earned)
        add(purse.removed)
        add(purse.uncollected)
        add(purse.converted)
        add(purse.debtPaid)
        add(purse.debtCarried)
        add(purse.spent)
        add(purse.lapsed)
        add(purse.restored)
        add(purse.overspent)
    }

    mutating func addRewards(of state: CardState) {
        add(state.rewardsEarned)
        add(state.rewardsRedeemed)
        add(state.rewardsCorrected)
        add(state.rewardsExpired)
        add(state.rewardsAvailable)
    }

    mutating func addEarning(of state: CardState) {
        // Most often what counts latest and what was visited last: a distance of 0.
        let (latest, day) = (state.greatestEffectiveAt, state.lastDays.visit)
        add(state.lastStampAt, from: latest)
        add(state.lastRewardAt, from: latest)
        add(state.lastRedeemedAt, from: latest)
        add(Int64(state.remainder.ruleVersion.rawValue))
        add(state.remainder.open.rawValue)
        add(state.capped.day == LocalDay(daysSince1970: .min) ? nil : state.capped.day, from: day)
        add(state.capped.awarded)
        add(Int64(state.refusals))
        add(state.lastStampOn, from: day)
        add(state.lastAwardAt, from: latest)
    }
}
