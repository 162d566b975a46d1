public import LoyaltyDomain
public import Projections

/// What a supposition would have changed.
public struct WhatIfReport: Sendable {
    /// Commands that were decided again, those added among them.
    public internal(set) var commands = 0
    /// Each figure of each card that would be another, ordered by the serials' UTF-8 bytes, then by figure.
    public internal(set) var differences: [Difference] = []
    /// Commands whose answer would be another: refused and were not, or accepted and were refused.
    public internal(set) var answers: [Answer] = []
    /// Commands that could not have been recorded at all, such as a purchase on a card that would not be issued.
    public internal(set) var undecided: [Undecided] = []
    /// The digest of the ledger as it is.
    public internal(set) var digest: StateDigest
    /// The digest of the ledger as it would be.
    public internal(set) var supposedDigest: StateDigest

    /// A figure of a card, as it is and as it would be.
    public struct Difference: Hashable, Sendable {
        /// The card.
        public let card: CardID
        /// The figure.
        public let figure: Figure
        /// As it is: a count, or minor units; nil where the card is not issued.
        public let actual: Int64?
        /// As it would be; nil where the card would not be issued.
        public let supposed: Int64?

        /// By how much it would be more.
        public var change: Int64 { (supposed ?? 0) &- (actual ?? 0) }
    }

    /// A command with the answer it got and the one it would get.
    public struct Answer: Hashable, Sendable {
        /// The position of its first event; nil where it was added.
        public let position: UInt64?
        /// The command as it would be given.
        public let command: CardCommand
        /// What it was refused for; nil where it was accepted.
        public let actual: Refusal?
        /// What it would be refused for; nil where it would be accepted.
        public let supposed: Refusal?
    }

    /// A command that got no answer.
    public struct Undecided: Sendable {
        /// The position of its first event; nil where it was added.
        public let position: UInt64?
        /// The command as it would be given.
        public let command: CardCommand
        /// Why.
        public let error: CommandError
    }

    /// A figure that is compared.
    public enum Figure: String, Hashable, Sendable, CaseIterable {
        /// Units in the main purse.
        case balance
        /// Units in the bonus purse.
        case bonus
        /// Units owed.
        case debt
        /// Rewards to redeem.
        case rewardsAvailable = "rewards-available"
        /// Rewards earned so far.
        case rewardsEarned = "rewards-earned"
        /// Rewards redeemed so far.
        case rewardsRedeemed = "rewards-redeemed"
        /// Lifetime value in minor units.
        case lifetimeValue = "ltv"
        /// Visits that count.
        case visits
        /// The number of the tier.
        case tier
    }
}

extension WhatIfReport.Figure {
    /// The figure of a card.
    func value(_ card: CardState) -> Int64 {
        switch self {
        case .balance: Int64(card.balance.rawValue)
        case .bonus: Int64(card.bonus.balance.rawValue)
        case .debt: Int64(card.debt.rawValue)
        case .rewardsAvailable: Int64(card.rewardsAvailable.rawValue)
        case .rewardsEarned: Int64(card.rewardsEarned.rawValue)
        case .rewardsRedeemed: Int64(card.rewardsRedeemed.rawValue)
        case .lifetimeValue: card.lifetimeValue.rawValue
        case .visits: Int64(card.visits.rawValue)
        case .tier: Int64(card.tier.number.rawValue)
        }
    }
}

extension WhatIfReport {
    /// Compares two states card by card, by serial.
    mutating func compare(_ actual: borrowing LedgerState, with supposed: borrowing LedgerState) {
        var serials = actual.directory.numbersByCard.map { actual.directory.card($0) }
        for number in supposed.directory.numbersByCard {
            let card = supposed.directory.card(number)
            if actual.directory.number(of: card) == nil { serials.append(card) }
        }
        serials.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        for card in serials {
            let before = actual.directory.number(of: card).map { actual.cards[$0] }
            let after = supposed.directory.number(of: card).map { supposed.cards[$0] }
            for figure in Figure.allCases {
                let values = (before.map(figure.value), after.map(figure.value))
                // A card that is not there differs by what the other one has.
                guard (values.0 ?? 0) != (values.1 ?? 0) else { continue }
                differences.append(Difference(card: card, figure: figure, actual: values.0, supposed: values.1))
            }
        }
    }
}
