public import LoyaltyLedger

/// What a reproducible load consists of; the same plan gives the same commands, on any machine.
public struct LoadPlan: Hashable, Sendable {
    /// How commands are known.
    public enum Identifiers: String, CaseIterable, Hashable, Sendable {
        /// Numbers of one registered source, as an import's rows or a device's commands have them.
        case sequence
        /// 16 bytes that say nothing, as random UUIDs are.
        case opaque
    }

    /// How many cards there are; each is issued by its first purchase, the last of them about half-way through.
    public var cards: Int
    /// How many events the load is meant to have, which sets how fast cards join.
    public var events: Int
    /// What the random choices begin with.
    public var seed: UInt64
    /// How commands are known.
    public var identifiers: Identifiers
    /// Whether some commands carry a comment or a note.
    public var hasComments: Bool

    /// Creates a plan.
    ///
    /// - Precondition: there is at least one card and one event, and no more than 10 million cards.
    public init(
        events: Int,
        cards: Int,
        seed: UInt64,
        identifiers: Identifiers = .sequence,
        hasComments: Bool = true
    ) {
        precondition(cards >= 1 && cards <= Self.mostCards, "\(cards) cards; a load has 1...\(Self.mostCards)")
        precondition(events >= 1, "\(events) events; a load has at least one")
        self.cards = cards
        self.events = events
        self.seed = seed
        self.identifiers = identifiers
        self.hasComments = hasComments
    }

    /// The most cards of a load: their serials have 7 digits.
    public static let mostCards = 10_000_000
}

extension LoadPlan {
    /// The program under which the load's cards are issued: 1 stamp per 10.00 EUR of a purchase, 10 stamps a reward.
    public static var program: Program {
        guard let id = ProgramID("load"), let euro = Currency("EUR") else {
            preconditionFailure("\"load\" is a program's name, and EUR a currency")
        }
        let rule = SpendRule(stamps: 1, per: MinorUnits(unit))
        let rules = CardRules.stampCard(mechanic: .spend(rule), stampsPerReward: Stamps(Int32(stampsPerReward)))
        return Program(id: id, currency: euro, timeZone: "Europe/Berlin", rules: rules)
    }

    /// Minor units that earn a stamp.
    static let unit: Int64 = 1000
    /// Stamps that make a reward.
    static let stampsPerReward = 10

    /// What the load registers itself as, so that its command ids are nobody else's.
    public var fingerprint: ImportFingerprint {
        let text = "load \(seed) of \(cards) cards and \(events) events, \(hasComments ? "with" : "without") comments"
        return ImportFingerprint(file: Array(text.utf8), header: [text])
    }
}
