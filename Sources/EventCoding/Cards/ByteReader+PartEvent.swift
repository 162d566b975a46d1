internal import LogFormat
internal import LoyaltyDomain

extension ByteReader {
    /// Reads the fields of the events that only some card types have.
    mutating func partEvent(of type: CardEventType) throws(DecodingFailure) -> CardEvent {
        switch type {
        case .stampsCredited: return .stampsCredited(try credit())
        case .bonusRemoved: return .bonusRemoved(try count())
        case .stampsSpent: return .stampsSpent(try spending())
        case .spendingReversed: return .spendingReversed(try spendingReversal())
        case .loadReversed: return .loadReversed(try loadReversal())
        case .stampsLapsed: return .stampsLapsed(try count(), through: try day(), next: try optionalDay())
        case .stampsRestored: return .stampsRestored(try count(), through: try day())
        case .milestoneReached:
            return .milestoneReached(try milestone(), value: try count(), ruleVersion: try ruleVersion())
        case .milestoneRedeemed: return .milestoneRedeemed(try milestoneRedemption())
        case .rewardClaimed:
            let item = try text("reward") { Label($0) }
            return .rewardClaimed(
                item,
                cost: try count(),
                purchase: try amount(),
                ruleVersion: try ruleVersion()
            )
        case .claimUsed: return .claimUsed(named: try commandID(), purchase: try amount())
        case .claimRemoved: return .claimRemoved(named: try commandID(), returned: try flag() ? try count() : nil)
        case .couponRedeemed: return .couponRedeemed(purchase: try amount(), newCard: try optionalCardID())
        case .redemptionReversed: return .redemptionReversed(try redemptionReversal())
        case .redemptionConflicted:
            return .redemptionConflicted(try count(), over: try count(), purchase: try amount())
        case .useConflicted: return .useConflicted(try cardAction())
        case .rewardsCredited: return .rewardsCredited(try count(), try choice(Credit.Cause.self))
        default: return try lifeEvent(of: type)
        }
    }

    private mutating func lifeEvent(of type: CardEventType) throws(DecodingFailure) -> CardEvent {
        switch type {
        case .tierChanged: return .tierChanged(try tierChange())
        case .membershipSet:
            return .membershipSet(
                MembershipTerms(
                    tier: TierNumber(try u8()),
                    period: try choice(MembershipPeriod.self),
                    anchor: try day(),
                    isByHand: try flag()
                )
            )
        case .periodStarted: return .periodStarted(try day())
        case .membershipRenewed: return .membershipRenewed(through: try day())
        case .membershipCancelled: return .membershipCancelled
        case .termSet: return .termSet(try day())
        case .cardReinstalled: return .cardReinstalled(try choice(Platform.self))
        case .programLeft: return .programLeft
        case .programRejoined: return .programRejoined
        default: return try linkEvent(of: type)
        }
    }

    private mutating func linkEvent(of type: CardEventType) throws(DecodingFailure) -> CardEvent {
        switch type {
        case .cardReferred: return .cardReferred(by: try cardID(), try card())
        case .cardMerged: return .cardMerged(into: try cardID(), try card())
        case .referralPaid:
            return .referralPaid(
                ReferralPayment(
                    referrer: try card(),
                    newcomer: try count(),
                    referrer: try count(),
                    ruleVersion: try ruleVersion()
                )
            )
        case .referralCredited: return .referralCredited(from: try card(), try count())
        case .referralCollected: return .referralCollected(try card(), try clawback())
        case .referenceClaimed: return .referenceClaimed(try u64())
        case .cardAbsorbed: return try absorbed()
        case .cardConverted: return .cardConverted(into: try card())
        case .cardCreated: return .cardCreated(from: try card())
        case .conversionUndone: return .conversionUndone(try count())
        default: return try caseEvent(of: type)
        }
    }

    private mutating func absorbed() throws(DecodingFailure) -> CardEvent {
        let source = try card()
        let start = offset
        let layout = try choice(CardStateCoding.Layout.self)
        let moved = try CardStateCoding.decode(&self, in: layout)
        guard layout == CardStateCoding.Layout(carrying: moved) else {
            throw DecodingFailure(offset: start, expected: "a state in the first layout that can say it", found: "2")
        }
        return .cardAbsorbed(source, moved)
    }

    private mutating func credit() throws(DecodingFailure) -> Credit {
        Credit(
            try count(),
            to: try choice(PurseKind.self),
            try choice(Credit.Cause.self),
            purchase: try amount(),
            lapsesAfter: try optionalDay()
        )
    }

    private mutating func spending() throws(DecodingFailure) -> Spending {
        let purse = try choice(PurseKind.self)
        return Spending(
            try count(),
            from: purse,
            over: try count(),
            purchase: try amount(),
            bonus: try count(),
            isVisit: try flag()
        )
    }

    private mutating func spendingReversal() throws(DecodingFailure) -> SpendingReversal {
        let named = try commandID()
        let purse = try choice(PurseKind.self)
        return SpendingReversal(
            of: named,
            try count(),
            to: purse,
            bonus: try clawback(),
            withdrawsVisit: try flag(),
            remaining: try lastDays()
        )
    }

    private mutating func loadReversal() throws(DecodingFailure) -> LoadReversal {
        LoadReversal(
            of: try commandID(),
            asked: try flag() ? try count() : nil,
            askedAmount: try flag() ? try amount() : nil,
            purchase: try amount(),
            clawback: try clawback()
        )
    }

    private mutating func milestone() throws(DecodingFailure) -> MilestoneNumber {
        let start = offset
        let byte = try u8()
        guard byte < UInt8(RewardRule.mostMilestones) else {
            throw DecodingFailure(offset: start, expected: "a milestone of 0...7", found: "\(byte)")
        }
        return MilestoneNumber(byte)
    }

    private mutating func milestoneRedemption() throws(DecodingFailure) -> MilestoneRedemption {
        MilestoneRedemption(
            try milestone(),
            value: try count(),
            isNamed: try flag(),
            purchase: try amount(),
            restart: try flag() ? try count() : nil
        )
    }

    private mutating func redemptionReversal() throws(DecodingFailure) -> RedemptionReversal {
        RedemptionReversal(
            of: try commandID(),
            try count(),
            milestone: try flag() ? try milestone() : nil,
            stamps: try count()
        )
    }

    private mutating func tierChange() throws(DecodingFailure) -> TierChange {
        TierChange(
            from: TierNumber(try u8()),
            to: TierNumber(try u8()),
            cause: try choice(TierChange.Cause.self),
            pin: try pin(),
            grantsEntry: try flag(),
            isFirstEntry: try flag()
        )
    }

    private mutating func cardID() throws(DecodingFailure) -> CardID { try text("card id") { CardID($0) } }

    private mutating func optionalCardID() throws(DecodingFailure) -> CardID? { try flag() ? try cardID() : nil }

    /// Reads the actions that only some card types have.
    mutating func partAction(of type: CardActionType) throws(DecodingFailure) -> CardAction {
        switch type {
        case .purchaseEligible: return .purchaseEligible(try money(), eligible: try money())
        case .adjustStamps: return .adjustStamps(try count())
        case .adjustBonus: return .adjustBonus(try count())
        case .load: return .load(try count(), purchase: try money())
        case .reverseLoad:
            let id = try commandID()
            let stamps: Stamps? = try flag() ? try count() : nil
            return .reverseLoad(id, stamps, amount: try flag() ? try money() : nil)
        case .spend: return .spend(try count(), from: try choice(PurseKind.self), purchase: try money())
        case .reverseSpending: return .reverseSpending(try commandID())
        case .redeemMilestone: return .redeemMilestone(try flag() ? try count() : nil, purchase: try money())
        case .reverseRedemption: return .reverseRedemption(try commandID())
        case .claimReward: return .claimReward(try text("reward") { Label($0) }, purchase: try money())
        case .useClaim: return .useClaim(try commandID(), purchase: try money())
        case .removeClaim: return .removeClaim(try commandID(), returnsStamps: try flag())
        default: return try lifeAction(of: type)
        }
    }

    private mutating func lifeAction(of type: CardActionType) throws(DecodingFailure) -> CardAction {
        switch type {
        case .redeemCoupon: return .redeemCoupon(purchase: try money(), newCard: try optionalCardID())
        case .setTier:
            return .setTier(TierNumber(try u8()), until: try optionalDay(), grantsEntry: try flag())
        case .unpinTier: return .unpinTier
        case .setMembership: return .setMembership(TierNumber(try u8()), try choice(MembershipPeriod.self))
        case .renewMembership: return .renewMembership(through: try day())
        case .cancelMembership: return .cancelMembership
        case .refer: return .refer(by: try cardID())
        case .reinstall: return .reinstall(try choice(Platform.self))
        case .leaveProgram: return .leaveProgram
        case .rejoinProgram: return .rejoinProgram
        case .merge: return .merge(into: try cardID())
        default: return try caseAction(of: type)
        }
    }
}
