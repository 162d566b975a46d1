import LoyaltyLedgerTesting

/// Which faults one life has to bear, and how often.
struct Temper {
    /// What a crash may do.
    let crashFaults: Set<DiskFault>
    /// What may strike calls without being damage.
    let callFaults: [DiskFault]
    /// The damage it ends with, if any.
    let damage: DiskFault?
    /// How often, in percent, calls of a round are struck.
    let callPercent: Int

    init(_ random: inout SeededRandom) {
        crashFaults = Set(DiskFault.allCases.filter { $0.moment == .crash && random.chance(60) })
        callFaults = DiskFault.allCases.filter { $0.moment == .call && !$0.isDamage }
        let damages = DiskFault.allCases.filter(\.isDamage)
        damage = random.chance(30) ? random.pick(damages) : nil
        callPercent = random.pick([0, 20, 50])
    }
}
