/// The parts by their names: reading one that is at rest touches nothing, and setting one to what it is makes nothing.
extension CardState {
    /// The bonus points (3.2).
    public package(set) var bonus: Purse {
        get { sharedParts?.parts.bonus ?? Purse() }
        set { if newValue != bonus { parts.bonus = newValue } }
    }

    /// Redemptions undone.
    public package(set) var rewardsReversed: Rewards {
        get { sharedParts?.parts.rewardsReversed ?? 0 }
        set { if newValue != rewardsReversed { parts.rewardsReversed = newValue } }
    }

    /// Rewards a device redeemed that were not there (D23).
    public package(set) var rewardsOverRedeemed: Rewards {
        get { sharedParts?.parts.rewardsOverRedeemed ?? 0 }
        set { if newValue != rewardsOverRedeemed { parts.rewardsOverRedeemed = newValue } }
    }

    /// Rewards there to redeem that were claimed by name from a catalogue (D26).
    public package(set) var claims: Rewards {
        get { sharedParts?.parts.claims ?? 0 }
        set { if newValue != claims { parts.claims = newValue } }
    }

    /// Which reward was redeemed last; `plain` as well where none was redeemed (S14).
    public package(set) var lastRedeemed: RedeemedReward {
        get { sharedParts?.parts.lastRedeemed ?? .plain }
        set { if newValue != lastRedeemed { parts.lastRedeemed = newValue } }
    }

    /// When stamps lapse.
    public package(set) var lapse: LapseState {
        get { sharedParts?.parts.lapse ?? LapseState() }
        set { if newValue != lapse { parts.lapse = newValue } }
    }

    /// The milestones.
    public package(set) var milestones: MilestoneState {
        get { sharedParts?.parts.milestones ?? MilestoneState() }
        set { if newValue != milestones { parts.milestones = newValue } }
    }

    /// The tier.
    public package(set) var tier: TierState {
        get { sharedParts?.parts.tier ?? TierState() }
        set { if newValue != tier { parts.tier = newValue } }
    }

    /// The membership.
    public package(set) var membership: MembershipState {
        get { sharedParts?.parts.membership ?? MembershipState() }
        set { if newValue != membership { parts.membership = newValue } }
    }

    /// Recommendations.
    public package(set) var referral: ReferralState {
        get { sharedParts?.parts.referral ?? ReferralState() }
        set { if newValue != referral { parts.referral = newValue } }
    }

    /// Other cards.
    public package(set) var links: CardLinks {
        get { sharedParts?.parts.links ?? CardLinks() }
        set { if newValue != links { parts.links = newValue } }
    }

    /// Whether the customer left the program (S71).
    public package(set) var hasLeftProgram: Bool {
        get { sharedParts?.parts.hasLeftProgram ?? false }
        set { if newValue != hasLeftProgram { parts.hasLeftProgram = newValue } }
    }
}
