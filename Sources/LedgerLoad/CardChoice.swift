/// Which card comes to the till: some come much more often than others, and cards join one after another.
///
/// How often the card of rank r comes falls with the square root of the rank, as in Zipf's law with the exponent 1/2; the first ranks
/// are held at 65 times the mean, since nobody comes a hundred times a day. Ranks are scattered over the cards.
struct CardChoice: Sendable {
    /// A prime greater than the number of cards of any load, so that multiplying by it scatters ranks without a collision.
    private static let scatter: UInt64 = 2_654_435_761

    private let cards: Int
    private let commandsPerJoin: Int
    private var commands = 0
    /// How many cards have joined.
    private(set) var joined = 0

    init(_ plan: LoadPlan) {
        cards = plan.cards
        commandsPerJoin = max(plan.events / (2 * plan.cards), 1)
    }

    /// The next card, from 0; one that was not seen before buys for the first time.
    mutating func next(_ random: inout LoadRandom) -> (card: Int, isNew: Bool) {
        defer { commands += 1 }
        if joined < cards, joined * commandsPerJoin <= commands {
            joined += 1
            return (joined - 1, true)
        }
        let share = random.next() >> 32
        // (64 s^2 + s) / 65 of all ranks, for a share s of 2^32: the density of ranks is lowest at the first.
        let rank = ((((share * share) >> 32) * 64 + share) / 65 * UInt64(cards)) >> 32
        let card = Int((rank * Self.scatter + 1) % UInt64(cards))
        return (card < joined ? card : card % joined, false)
    }
}
