extension CardState {
    /// The first invariant the state breaks, in words with its figures, or nil where all hold.
    ///
    /// No sequence of decided commands breaks one; a state that does was folded from events nobody decided.
    public var firstViolation: String? {
        if let violation = purse.firstViolation { return violation }
        if let violation = bonus.firstViolation { return "bonus points: \(violation)" }
        if rewardsAvailable < 0 || lifetimeValue < .zero || plainRewards < 0 || claims < 0 {
            return "I1: rewards available \(rewardsAvailable), \(claims) of them claimed, \(milestones.allWaiting) of "
                + "milestones, lifetime value \(lifetimeValue.rawValue); none may be negative"
        }
        if rewardsEarned - rewardsRedeemed + rewardsReversed - rewardsCorrected - rewardsExpired != rewardsAvailable {
            return "I3: earned \(rewardsEarned) - redeemed \(rewardsRedeemed) "
                + "+ reversed \(rewardsReversed) - corrected \(rewardsCorrected) - expired \(rewardsExpired) is not the available \(rewardsAvailable)"
        }
        if transactionAmount < .zero || transactionAmount > lifetimeValue || visits < purchases || purchases < 0 {
            return "I5: transactions \(transactionAmount.rawValue) of lifetime value \(lifetimeValue.rawValue), "
                + "\(purchases) purchases of \(visits) visits"
        }
        return nil
    }
}
