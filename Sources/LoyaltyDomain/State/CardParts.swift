/// What only some cards have: tiers, milestones, memberships, recommendations, lapses, a second purse, links to other cards.
///
/// A `CardState` holds it in one shared object, made when the first of it is no longer at rest.
package struct CardParts: Hashable, Sendable {
    /// The sums of the main purse that plain stamp cards do not have.
    var rareSums = RareSums()
    /// The bonus points (3.2).
    var bonus = Purse()
    /// Redemptions undone.
    var rewardsReversed: Rewards = 0
    /// Rewards a device redeemed that were not there (D23).
    var rewardsOverRedeemed: Rewards = 0
    /// Rewards there to redeem that were claimed by name from a catalogue (D26).
    var claims: Rewards = 0
    /// Which reward was redeemed last; `plain` as well where none was (S14).
    var lastRedeemed = RedeemedReward.plain
    /// When stamps lapse.
    var lapse = LapseState()
    /// The milestones.
    var milestones = MilestoneState()
    /// The tier.
    var tier = TierState()
    /// The membership.
    var membership = MembershipState()
    /// Recommendations.
    var referral = ReferralState()
    /// Other cards.
    var links = CardLinks()
    /// Whether the customer left the program (S71).
    var hasLeftProgram = false
}

/// Parts that copies of a state share; never changed once made, so that a copy costs a count of references and nothing else.
final class SharedCardParts: Hashable, Sendable {
    let parts: CardParts

    init(_ parts: CardParts) { self.parts = parts }

    static func == (left: SharedCardParts, right: SharedCardParts) -> Bool {
        left === right || left.parts == right.parts
    }

    func hash(into hasher: inout Hasher) { hasher.combine(parts) }
}
