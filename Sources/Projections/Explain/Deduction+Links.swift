internal import LoyaltyDomain

extension Deduction {
    mutating func referralPaid(_ payment: ReferralPayment) {
        title("The recommendation was rewarded")
        reasoning.ruleVersion = payment.ruleVersion
        let (here, there) = (words.units(payment.newcomerStamps), words.units(payment.referrerStamps))
        say("\(here) for this card, \(there) for card number \(payment.referrer.rawValue)")
        let rule = rules(payment.ruleVersion)?.referral
        check("for the newcomer", rule?.newcomer, is: payment.newcomerStamps)
        check("for the one who recommended", rule?.referrer, is: payment.referrerStamps)
    }

    mutating func referralCollected(_ other: CardNumber, _ clawback: Clawback) {
        title("A recommendation's reward was collected back")
        say("the newcomer's first purchase was given back; the other card is number \(other.rawValue)")
        if other == before.referral.referrer && before.referral.progress == .paid {
            check("due back", before.referral.paidToNewcomer, is: clawback.due)
        }
        collected(clawback, from: before.balance)
    }

    /// Events that tie the card to another, or to a receipt.
    mutating func link(_ event: CardEvent) {
        switch event {
        case .cardReferred(let card, _): title("Recommended by card \(card.text)")
        case .referralCredited(let card, let count):
            title("\(words.units(count)) for recommending card number \(card.rawValue)")
        case .referenceClaimed: title("The receipt has earned, and earns no more")
        case .cardMerged(let card, _):
            title("Merged into card \(card.text)")
            say("\(inventory(before)) moved there")
        case .cardAbsorbed(let card, let moved):
            title("Card number \(card.rawValue) was merged into this one")
            say("it brought \(inventory(moved))")
        case .cardConverted(let card): title("Turned into card number \(card.rawValue)")
        case .cardCreated(let card): title("Came of the coupon card number \(card.rawValue)")
        case .conversionUndone(let count):
            title("The coupon was taken back, and the card is closed")
            say("\(words.units(count)) taken")
            check("taken", before.balance, is: count)
        default: break
        }
    }

    private func inventory(_ state: CardState) -> String {
        let parts = [
            words.units(state.balance), state.debt > 0 ? "a debt of \(words.units(state.debt))" : nil,
            state.bonus.balance > 0 ? words.units(state.bonus.balance, in: .bonus) : nil,
            words.rewards(state.rewardsAvailable), "a lifetime value of \(words.decimal(state.lifetimeValue))",
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    mutating func refused(_ action: CardAction, _ refusal: Refusal) {
        title("Refused: \(words.action(action))")
        guard let program = terms.catalog.program(before.program) else { return }
        reasoning.refusal = RefusalReasoning(
            code: refusal.code,
            reason: refusal.message(under: program),
            nextStep: refusal.nextStep
        )
    }
}
