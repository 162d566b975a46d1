import LoyaltyDomain
import Projections

/// The as-of day of the cases.
let today = LocalDay(daysSince1970: 20_000)

/// A card that last came `days` ago, if it ever did; its purchases are its visits.
func card(_ number: UInt32 = 1, days: Int32?, visits: Int32, spent: Int64 = 0) -> RFMSubject {
    let last = days.map { today.advanced(byDays: -$0) }
    return RFMSubject(
        card: CardNumber(number),
        lastVisit: last,
        visits: Visits(visits),
        lastPurchase: last,
        purchases: Visits(visits),
        lifetimeValue: MinorUnits(spent)
    )
}

/// SplitMix64, so that a failing shuffle can be repeated.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Cards with many ties and some without a visit.
func randomPopulation(of count: UInt32, seed: UInt64) -> [RFMSubject] {
    var random = SplitMix64(seed: seed)
    return (1...count).map { number in
        let visits = Int32.random(in: 0...12, using: &random)
        return card(
            number,
            days: visits == 0 ? nil : Int32.random(in: 0...120, using: &random),
            visits: visits,
            spent: Int64.random(in: 0...40, using: &random) * 500
        )
    }
}
