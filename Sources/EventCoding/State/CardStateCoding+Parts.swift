internal import LogFormat
internal import LoyaltyDomain

extension CardState {
    /// Whether anything of the card is not at rest that a plain stamp card does not have.
    var usesParts: Bool {
        guard hasParts else { return false }
        return bonus != Purse() || rewardsReversed != 0 || rewardsOverRedeemed != 0 || claims != 0
            || lapse != LapseState()
            || milestones != MilestoneState() || tier != TierState() || membership != MembershipState()
            || referral != ReferralState() || links != CardLinks() || hasLeftProgram
    }
}

extension ByteWriter {
    mutating func purse(_ purse: Purse) {
        for sum in [
            purse.balance, purse.debt, purse.earned, purse.removed, purse.uncollected, purse.converted, purse.debtPaid,
            purse.debtCarried, purse.spent, purse.lapsed, purse.restored, purse.overspent,
        ] {
            count(sum)
        }
    }

    mutating func parts(of state: CardState) {
        purse(state.bonus)
        for sum in [state.rewardsReversed, state.rewardsOverRedeemed, state.claims] { count(sum) }
        for last in [state.lapse.next, state.lapse.last, state.lapse.latest] { day(last) }
        u8(state.milestones.reached)
        varint(state.milestones.waiting)
        u8(state.tier.number.rawValue)
        pin(state.tier.pin)
        varint(UInt64(state.tier.entered))
        optional(state.membership.period) { $0.u8($1.rawValue) }
        day(state.membership.anchor)
        day(state.membership.start)
        count(state.membership.used)
        flag(state.membership.isCancelled)
        referral(state.referral)
        for other in [state.links.mergedInto, state.links.convertedInto, state.links.createdFrom] { card(other) }
        version(state.links.createdAt)
        flag(state.hasLeftProgram)
    }

    mutating func pin(_ pin: TierPin) {
        switch pin {
        case .none: u8(0)
        case .until(let last):
            u8(1)
            day(last)
        case .indefinite: u8(2)
        }
    }

    private mutating func referral(_ referral: ReferralState) {
        card(referral.referrer)
        u8(referral.progress.rawValue)
        count(referral.paidToReferrer)
        count(referral.paidToNewcomer)
        count(referral.earned)
        zigzag(Int64(referral.newcomers))
    }
}

extension ByteReader {
    mutating func purse() throws(DecodingFailure) -> Purse {
        var purse = Purse()
        purse.balance = try count()
        purse.debt = try count()
        purse.earned = try count()
        purse.removed = try count()
        purse.uncollected = try count()
        purse.converted = try count()
        purse.debtPaid = try count()
        purse.debtCarried = try count()
        purse.spent = try count()
        purse.lapsed = try count()
        purse.restored = try count()
        purse.overspent = try count()
        return purse
    }

    mutating func parts(of state: inout CardState) throws(DecodingFailure) {
        state.bonus = try purse()
        state.rewardsReversed = try count()
        state.rewardsOverRedeemed = try count()
        state.claims = try count()
        state.lapse.next = try optionalDay()
        state.lapse.last = try optionalDay()
        state.lapse.latest = try optionalDay()
        state.milestones.reached = try u8()
        state.milestones.waiting = try varint()
        state.tier.number = TierNumber(try u8())
        state.tier.pin = try pin()
        state.tier.entered = UInt32(try varint(upTo: UInt64(UInt32.max), "a bit for each tier"))
        state.membership.period = try flag() ? try choice(MembershipPeriod.self) : nil
        state.membership.anchor = try day()
        state.membership.start = try day()
        state.membership.used = try count()
        state.membership.isCancelled = try flag()
        try referral(of: &state)
        state.links.mergedInto = try card()
        state.links.convertedInto = try card()
        state.links.createdFrom = try card()
        state.links.createdAt = try cardVersion()
        state.hasLeftProgram = try flag()
    }

    mutating func pin() throws(DecodingFailure) -> TierPin {
        let start = offset
        switch try u8() {
        case 0: return .none
        case 1: return .until(try day())
        case 2: return .indefinite
        case let byte: throw DecodingFailure(offset: start, expected: "a pin of 0...2", found: "\(byte)")
        }
    }

    private mutating func referral(of state: inout CardState) throws(DecodingFailure) {
        state.referral.referrer = try card()
        state.referral.progress = try choice(ReferralState.Progress.self)
        state.referral.paidToReferrer = try count()
        state.referral.paidToNewcomer = try count()
        state.referral.earned = try count()
        state.referral.newcomers = try int32()
    }
}
