package import LoyaltyDomain

extension UnitWords {
    /// What a command asked for, in words.
    package func action(_ action: CardAction) -> String {
        switch action {
        case .issue: "issuing the card"
        case .install, .reinstall: "installing the card"
        case .delete: "deleting the card"
        case .purchase(let money, _), .purchaseEligible(let money, _): "a purchase of \(money)"
        case .visit(let money): "a visit\(money.map { " of \($0)" } ?? "")"
        case .refund(let money, _): "a refund of \(money)"
        case .editAmount(_, let money): "setting a purchase to \(money)"
        case .removeVisits(let count): "writing off \(UnitWords.counted(count, Visit.singular))"
        case .addStamps(let count): "adding \(units(count)) by hand"
        case .removeStamps(let count): "removing \(units(count)) by hand"
        case .adjustStamps(let count): "changing the balance by \(change(count))"
        case .adjustBonus(let count): "changing the bonus by \(change(count, in: .bonus))"
        case .load(let count, _): "loading \(units(count))"
        case .reverseLoad: "taking back a load"
        case .spend(let count, let purse, _): "spending \(units(count, in: purse))"
        case .reverseSpending: "undoing a spending"
        default: rewardAction(action)
        }
    }

    private func rewardAction(_ action: CardAction) -> String {
        switch action {
        case .grantRewards(let count, _): "granting \(rewards(count))"
        case .reverseGrant: "taking back a grant"
        case .redeemRewards(let count, _): "redeeming \(rewards(count))"
        case .removeRewards(let count, _, _): "removing \(rewards(count))"
        case .redeemMilestone(let value, _): "redeeming the reward\(value.map { " at \(units($0))" } ?? "")"
        case .reverseRedemption: "undoing a redemption"
        case .claimReward(let item, _): "claiming \(item.text)"
        case .useClaim: "handing out a claimed reward"
        case .removeClaim: "taking back a claimed reward"
        case .redeemCoupon: "using the coupon"
        case .setExpiry(let day): "setting the last valid day to \(day?.description ?? "none")"
        case .setTier(let number, _, _): "setting tier \(number.rawValue)"
        case .unpinTier: "letting the tier follow the spend"
        case .setMembership(let number, let period): "a membership of tier \(number.rawValue) by the \(period)"
        case .renewMembership(let day): "renewing the membership through \(day)"
        case .cancelMembership: "cancelling the membership"
        case .refer(let card): "a recommendation by card \(card.text)"
        case .leaveProgram: "leaving the program"
        case .rejoinProgram: "coming back to the program"
        case .merge(let card): "merging into card \(card.text)"
        case .openCase: "opening a case"
        case .addEvidence(let number, _): "evidence for case \(number.rawValue)"
        case .decideCase(let number, let verdict): "deciding case \(number.rawValue): \(verdict.words)"
        case .remedyCase(let number, _, _): "putting case \(number.rawValue) right"
        case .closeCase(let number): "closing case \(number.rawValue)"
        default: "a command"
        }
    }
}
