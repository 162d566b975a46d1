// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import Projections

@testable import LoyaltyLedger

extension SampleHistory {
    static let partKinds: Set<String> = [
        "stampsCredited", "bonusRemoved", "stampsSpent", "spendingReversed", "loadReversed", "stampsLapsed",
        "stampsRestored", "milestoneReached", "milestoneRedeemed", "rewardClaimed", "claimUsed", "claimRemoved",
        "couponRedeemed", "redemptionReversed", "redemptionConflicted", "useConflicted", "rewardsCredited",
        "tierChanged",
        "membershipSet", "periodStarted", "membershipRenewed", "membershipCancelled", "termSet", "cardReinstalled",
        "programLeft", "programRejoined", "cardReferred", "referralPaid", "referralCredited", "referralCollected",
        "referenceClaimed", "cardMerged", "cardAbsorbed", "cardConverted", "cardCreated", "conversionUndone",
        "caseOpened", "evidenceAdded", "caseDecided", "caseRemedied", "caseClosed",
    ]

    private static let day = LocalDay(daysSince1970: 19_700)
    private static let named = CommandID.opaque(high: 4, low: 2)

    /// Every event that came after the first nineteen, none of them decided.
    static let partEvents: [CardEvent] = stampEvents + rewardEvents + lifeEvents + caseEvents

    private static let stampEvents: [CardEvent] = [
        .purchaseRecorded(
            amount: MinorUnits(9000),
            award: Award(
                ruleVersion: RuleVersion(1),
                stamps: 9,
                withheld: 2,
                detail: AwardDetail(
                    share: BasisPoints(300),
                    eligible: MinorUnits(8000),
                    extra: Extra(percent: 50, stamps: 1),
                    withheldBy: .staffCap,
                    lapsesAfter: day
                )
            )
        ),
        .visitRecorded(
            amount: nil,
            award: Award(ruleVersion: RuleVersion(1), stamps: 1, detail: AwardDetail(withheldBy: .coolDown))
        ),
        .stampsCredited(Credit(40, .load, purchase: MinorUnits(4000), lapsesAfter: day)),
        .stampsCredited(Credit(5, to: .bonus, .manual)),
        .bonusRemoved(2),
        .stampsSpent(Spending(6, from: .main, over: 1, purchase: MinorUnits(50), bonus: 12, isVisit: true)),
        .spendingReversed(
            SpendingReversal(
                of: named,
                6,
                to: .main,
                bonus: Clawback(due: 12, taken: 10, carriesDebt: false),
                withdrawsVisit: true,
                remaining: LastDays(visit: day, purchase: nil)
            )
        ),
        .loadReversed(
            LoadReversal(
                of: named,
                asked: 3,
                askedAmount: nil,
                purchase: MinorUnits(300),
                clawback: Clawback(due: 3, taken: 3, carriesDebt: false)
            )
        ),
        .stampsLapsed(4, through: day, next: day.advanced(byDays: 3)), .stampsRestored(2, through: day),
        .referenceClaimed(0xfeed_beef_0000_0001),
        .amountEdited(
            AmountEdit(
                named: TransactionName(commandID: named),
                transaction: CardVersion(3),
                day: day,
                from: MinorUnits(100),
                to: MinorUnits(50),
                award: Award(ruleVersion: RuleVersion(1), stamps: 0),
                absorbed: 0,
                lapsed: 1,
                eligibleChange: MinorUnits(-20),
                clawback: .none,
                visitChange: .unchanged,
                wasStamped: true,
                remaining: nil
            )
        ),
        .amountRefunded(
            amount: MinorUnits(10),
            named: nil,
            Correction(
                reductions: [
                    Reduction(
                        transaction: CardVersion(3),
                        ruleVersion: RuleVersion(1),
                        isPurchase: true,
                        amount: MinorUnits(10),
                        eligible: MinorUnits(4),
                        absorbed: 0,
                        lapsed: 2,
                        due: 0,
                        withdrawsVisit: false,
                        wasStamped: true
                    )
                ],
                clawback: .none,
                remaining: nil
            )
        ),
    ]

    private static let rewardEvents: [CardEvent] = [
        .milestoneReached(MilestoneNumber(2), value: 9, ruleVersion: RuleVersion(1)),
        .milestoneRedeemed(
            MilestoneRedemption(MilestoneNumber(2), value: 9, isNamed: true, purchase: MinorUnits(5), restart: 9)
        ),
        .rewardClaimed(Label("mug")!, cost: 5, purchase: .zero, ruleVersion: RuleVersion(1)),
        .rewardClaimed(Label("bag")!, cost: 6, purchase: .zero, ruleVersion: RuleVersion(1)),
        .claimUsed(named: named, purchase: MinorUnits(7)), .claimRemoved(named: named, returned: 6),
        .couponRedeemed(purchase: MinorUnits(8), newCard: CardID("N-1")),
        .redemptionReversed(RedemptionReversal(of: named, 1, milestone: MilestoneNumber(2), stamps: 9)),
        .redemptionConflicted(1, over: 2, purchase: .zero),
        .useConflicted(.redeemCoupon(purchase: Money(.zero, Currency("USD")!), newCard: nil)),
        .rewardsCredited(3, .welcome),
    ]

    private static let lifeEvents: [CardEvent] = [
        .tierChanged(
            TierChange(
                from: .none,
                to: TierNumber(3),
                cause: .manual,
                pin: .until(day),
                grantsEntry: true,
                isFirstEntry: true
            )
        ),
        .membershipSet(MembershipTerms(tier: TierNumber(1), period: .quarter, anchor: day, isByHand: true)),
        .visitRecorded(amount: nil, award: Award(ruleVersion: RuleVersion(1), stamps: 0)), .periodStarted(day),
        .membershipCancelled, .membershipRenewed(through: day), .termSet(day), .cardReinstalled(.webApp),
        .programLeft, .programRejoined, .cardReferred(by: CardID("R-1")!, CardNumber(2)),
        .referralPaid(
            ReferralPayment(referrer: CardNumber(2), newcomer: 4, referrer: 5, ruleVersion: RuleVersion(1))
        ),
        .referralCredited(from: CardNumber(2), 5),
        .referralCollected(CardNumber(2), Clawback(due: 5, taken: 5, carriesDebt: false)),
        .cardAbsorbed(CardNumber(2), CardState(issuedAt: start, program: ProgramNumber(0))),
        .cardConverted(into: CardNumber(2)), .cardCreated(from: CardNumber(2)), .conversionUndone(1),
        .cardMerged(into: CardID("T-1")!, CardNumber(2)), .programLeft,
    ]

    private static let claims: [Claim] = [
        Claim(.stamps(9), on: day), Claim(.rewards(1), on: day, minute: 1439), Claim(.visits(2), on: day),
        Claim(.points(3), on: day), Claim(.spent(MinorUnits(1)), on: day), Claim(.balance(MinorUnits(2)), on: day),
        Claim(.purchase(MinorUnits(3), reference: nil), on: day, minute: 0),
        Claim(.purchase(MinorUnits(4), reference: "r é"), on: day),
    ]

    private static let caseEvents: [CardEvent] =
        claims.enumerated().map { .caseOpened(CaseNumber(UInt32($0.offset) + 1), $0.element) } + [
            .evidenceAdded(CaseNumber(1), position: 70_000), .evidenceAdded(CaseNumber(2), position: nil),
            .caseDecided(CaseNumber(1), .undecidable), .caseRemedied(CaseNumber(1), named, cost: MinorUnits(250)),
            .caseClosed(CaseNumber(1)),
        ]

    /// Every action that only a refusal keeps.
    static let partActions: [CardAction] =
        claims.map { .openCase($0) } + [
            .addEvidence(CaseNumber(7), position: 9), .addEvidence(CaseNumber(7), position: nil),
            .decideCase(CaseNumber(8), .knownThen), .remedyCase(CaseNumber(9), adjustment: named, cost: money),
            .closeCase(CaseNumber(300)),
            .purchaseEligible(money, eligible: money), .adjustStamps(-3), .adjustBonus(4), .load(5, purchase: money),
            .reverseLoad(named, 2, amount: money), .reverseLoad(named, nil, amount: nil),
            .spend(6, from: .bonus, purchase: money), .reverseSpending(named), .redeemMilestone(9, purchase: money),
            .redeemMilestone(nil, purchase: money), .reverseRedemption(named),
            .claimReward(Label("mug")!, purchase: money), .useClaim(named, purchase: money),
            .removeClaim(named, returnsStamps: true), .redeemCoupon(purchase: money, newCard: nil),
            .redeemCoupon(purchase: money, newCard: CardID("N-1")),
            .setTier(TierNumber(2), until: day, grantsEntry: true), .unpinTier, .setMembership(TierNumber(1), .year),
            .renewMembership(through: day), .cancelMembership, .refer(by: CardID("R-1")!), .reinstall(.iOS),
            .leaveProgram, .rejoinProgram, .merge(into: CardID("T-1")!),
        ]

    /// Every refusal that came after the first nineteen.
    static let partRefusals: [Refusal] = [
        .notOnThisCard, .notInstalled, .notDeleted, .outsideProgram, .insideProgram, .cardMerged, .unknownOtherCard,
        .otherCardUnfit, .otherCardExists, .newCardMissing, .convertedCardInUse, .notANewcomer, .exceedsBonus(3),
        .exceedsLoad(4, MinorUnits(5)), .milestoneNotOpen, .unknownReward, .usageLimitReached(2),
        .claimNotOutstanding, .unknownTier, .periodLimitReached(7), .membershipCancelled, .expiryHeldElsewhere,
        .eligibleExceedsAmount, .caseNotOpen, .caseNotDecided, .claimInFuture, .claimUnreadable,
    ]

    private static let money = Money(MinorUnits(1234), Currency("USD")!)
}
