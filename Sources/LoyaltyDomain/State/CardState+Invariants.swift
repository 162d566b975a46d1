extension CardState {
    /// The first invariant the state breaks, in words with its figures, or nil where all hold.
    ///
    /// No sequence of decided commands breaks one; a state that does was folded from events nobody decided.
    public var firstViolation: String? {
        if balance < 0 || rewardsAvailable < 0 || lifetimeValue < .zero || debt < 0 {
            return "I1: balance \(balance), rewards available \(rewardsAvailable), debt \(debt), "
                + "lifetime value \(lifetimeValue.rawValue); none may be negative"
        }
        if stampsEarned - stampsConverted - stampsRemoved - debtPaid != balance {
            return "I2: earned \(stampsEarned) - converted \(stampsConverted) - removed \(stampsRemoved) "
                + "- paid to debt \(debtPaid) is not the balance \(balance)"
        }
        if debtCarried - debtPaid != debt {
            return "I2: debt carried \(debtCarried) - paid \(debtPaid) is not the debt \(debt)"
        }
        if rewardsEarned - rewardsRedeemed - rewardsCorrected - rewardsExpired != rewardsAvailable {
            return "I3: earned \(rewardsEarned) - redeemed \(rewardsRedeemed) - corrected \(rewardsCorrected) "
                + "- expired \(rewardsExpired) is not the available \(rewardsAvailable)"
        }
        if transactionAmount < .zero || transactionAmount > lifetimeValue || visits < purchases || purchases < 0 {
            return "I5: transactions \(transactionAmount.rawValue) of lifetime value \(lifetimeValue.rawValue), "
                + "\(purchases) purchases of \(visits) visits"
        }
        return nil
    }
}
