/// Which reward was redeemed (S14): of a fixed size, so that a card's state stays so.
///
/// A milestone is named by its value, which never changes under a program. A claimed reward is named by its claim (D26) and not by
/// a place in the catalogue, which the next rule version may fill with something else: the claim's event says for ever what the
/// reward was called when it was claimed.
public enum RedeemedReward: Hashable, Sendable {
    /// One without a name: unlocked, granted, or a use of a coupon.
    case plain
    /// That of the milestone at so many stamps.
    case milestone(Stamps)
    /// One of the catalogue, by the command that claimed it.
    case claim(CommandID)
}

extension CardState {
    /// Which reward was redeemed last (S14); nil where none ever was.
    ///
    /// Like its date, it stays what it was where the redemption is taken back.
    public var lastRedeemedReward: RedeemedReward? { rewardsRedeemed > 0 ? lastRedeemed : nil }

    /// Counts rewards as redeemed, and notes which they were if no redemption counts later.
    mutating func redeem(_ count: Rewards, _ reward: RedeemedReward = .plain, at instant: Timestamp) {
        rewardsRedeemed += count
        rewardsAvailable -= count
        if let last = lastRedeemedAt, instant < last { return }
        lastRedeemedAt = instant
        lastRedeemed = reward
    }
}
