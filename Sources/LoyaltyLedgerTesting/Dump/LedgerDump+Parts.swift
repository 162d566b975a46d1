internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain

// The fields of what only some card types have, in the order of DESIGN.md section 7.

extension LedgerDump {
    static func detail(_ value: AwardDetail) -> DumpValue {
        let extra: DumpValue = value.extra.map { .list([DumpValue($0.percent), count($0.stamps)]) } ?? .none
        return .list([
            DumpValue(value.share.map { Int64($0.rawValue) }), DumpValue(value.eligible?.rawValue), extra,
            DumpValue(value.withheldBy.map { Int64($0.rawValue) }), day(value.lapsesAfter),
        ])
    }

    static func parts(_ rules: CardRules) -> [DumpValue] {
        let hours = rules.happyHours.map { hour -> DumpValue in
            .list([
                DumpValue(hour.weekdays), DumpValue(hour.from), DumpValue(hour.to), DumpValue(hour.extra.percent),
                count(hour.extra.stamps),
            ])
        }
        let referral: DumpValue =
            rules.referral.map { .list([DumpValue($0.moment.rawValue), count($0.referrer), count($0.newcomer)]) }
            ?? .none
        let conversion: DumpValue =
            rules.conversion.map { .list([.text($0.program.text), count($0.stamps)]) } ?? .none
        let subscription: DumpValue =
            rules.subscription.map { .list([DumpValue($0.period.rawValue), $0.isExternal ? 1 : 0]) } ?? .none
        let first: [DumpValue] = [
            DumpValue(rules.type.rawValue), .list(mechanic(rules.mechanic)), .list(rewards(rules.rewards)),
            .list(spending(rules.spending)), .list(life(rules.life)), rules.tiers.map(tiers) ?? .none,
            bonus(rules.welcome), referral, .list(hours), guards(rules.guards), .list(policies(rules)),
        ]
        let later: [DumpValue] =
            rules.customerHistory == .summary ? [] : [.list([1, DumpValue(rules.customerHistory.rawValue)])]
        return first + [rules.requiresInstallation ? 1 : 0, .list(term(rules.term)), conversion, subscription] + later
    }

    private static func rewards(_ rule: RewardRule) -> [DumpValue] {
        switch rule {
        case .none: [0]
        case .unlock(let required): [1, count(required)]
        case .milestones(let values): [2, .list(values.map { count($0) })]
        case .catalogue(let items):
            [
                3,
                .list(
                    items.map { item in
                        .list([
                            .text(item.name.text), count(item.cost), item.usageLimit.map { count($0) } ?? .none,
                        ])
                    }
                ),
            ]
        }
    }

    private static func spending(_ rule: SpendingRule) -> [DumpValue] {
        switch rule {
        case .none: [0]
        case .purse: [1]
        case .visits(let bonus): [2, count(bonus)]
        }
    }

    private static func life(_ life: StampLife) -> [DumpValue] {
        switch life {
        case .unlimited: [0]
        case .until(let last): [1, day(last)]
        case .sliding(let days): [2, DumpValue(days)]
        case .lots(let days): [3, DumpValue(days)]
        }
    }

    private static func term(_ term: CardTerm) -> [DumpValue] {
        switch term {
        case .unlimited: [0]
        case .until(let last): [1, day(last)]
        case .days(let days): [2, DumpValue(days)]
        }
    }

    private static func tiers(_ table: TierTable) -> DumpValue {
        let tiers = table.tiers.map { tier -> DumpValue in
            .list([
                .text(tier.name.text), .number(tier.threshold.rawValue), DumpValue(tier.share.rawValue),
                bonus(tier.entry), DumpValue(tier.usesPerPeriod.map { Int64($0) }),
                DumpValue(tier.usesPerLocation.map { Int64($0) }),
            ])
        }
        return .list([DumpValue(table.basis.rawValue), table.neverDrop ? 1 : 0, .list(tiers)])
    }

    private static func bonus(_ bonus: Bonus) -> DumpValue { .list([count(bonus.stamps), count(bonus.rewards)]) }

    private static func guards(_ guards: Guards) -> DumpValue {
        .list([
            DumpValue(guards.coolDown.map { Int64($0) }), guards.dailyCap.map { count($0) } ?? .none,
            guards.dailyStaffCap.map { count($0) } ?? .none, guards.singleUseReferences ? 1 : 0,
        ])
    }

    static func partFields(_ event: CardEvent) -> [DumpValue] {
        switch event {
        case .stampsCredited(let credit):
            [
                count(credit.stamps), DumpValue(credit.purse.rawValue), DumpValue(credit.cause.rawValue),
                .number(credit.purchase.rawValue), day(credit.lapsesAfter),
            ]
        case .bonusRemoved(let stamps), .conversionUndone(let stamps): [count(stamps)]
        case .stampsSpent(let spending):
            [
                DumpValue(spending.purse.rawValue), count(spending.stamps), count(spending.over),
                .number(spending.purchase.rawValue), count(spending.bonus), spending.isVisit ? 1 : 0,
            ]
        case .spendingReversed(let reversal):
            [
                id(reversal.named), DumpValue(reversal.purse.rawValue), count(reversal.stamps),
                clawback(reversal.bonus), reversal.withdrawsVisit ? 1 : 0, lastDays(reversal.remaining),
            ]
        case .loadReversed(let reversal):
            [
                id(reversal.named), reversal.asked.map { count($0) } ?? .none,
                DumpValue(reversal.askedAmount?.rawValue), .number(reversal.purchase.rawValue),
                clawback(reversal.clawback),
            ]
        case .stampsLapsed(let stamps, let last, let next): [count(stamps), day(last), day(next)]
        case .stampsRestored(let stamps, let last): [count(stamps), day(last)]
        default: rewardFields(event)
        }
    }

    private static func rewardFields(_ event: CardEvent) -> [DumpValue] {
        switch event {
        case .milestoneReached(let number, let value, let version):
            [DumpValue(number.rawValue), count(value), DumpValue(version.rawValue)]
        case .milestoneRedeemed(let redemption):
            [
                DumpValue(redemption.number.rawValue), count(redemption.value), redemption.isNamed ? 1 : 0,
                .number(redemption.purchase.rawValue), redemption.restart.map { count($0) } ?? .none,
            ]
        case .rewardClaimed(let item, let cost, let purchase, let version):
            [.text(item.text), count(cost), .number(purchase.rawValue), DumpValue(version.rawValue)]
        case .claimUsed(let named, let purchase): [id(named), .number(purchase.rawValue)]
        case .claimRemoved(let named, let returned): [id(named), returned.map { count($0) } ?? .none]
        case .couponRedeemed(let purchase, let newCard): [.number(purchase.rawValue), DumpValue(newCard?.text)]
        case .redemptionReversed(let reversal):
            [
                id(reversal.named), count(reversal.rewards),
                DumpValue(reversal.milestone.map { Int64($0.rawValue) }), count(reversal.stamps),
            ]
        case .redemptionConflicted(let redeemed, let over, let purchase):
            [count(redeemed), count(over), .number(purchase.rawValue)]
        case .useConflicted(let action): [.list(fields(action))]
        case .rewardsCredited(let rewards, let cause): [count(rewards), DumpValue(cause.rawValue)]
        default: lifeFields(event)
        }
    }

    private static func lifeFields(_ event: CardEvent) -> [DumpValue] {
        switch event {
        case .tierChanged(let change):
            [
                DumpValue(change.from.rawValue), DumpValue(change.to.rawValue), DumpValue(change.cause.rawValue),
                pin(change.pin), change.grantsEntry ? 1 : 0, change.isFirstEntry ? 1 : 0,
            ]
        case .membershipSet(let terms):
            [
                DumpValue(terms.tier.rawValue), DumpValue(terms.period.rawValue), day(terms.anchor),
                terms.isByHand ? 1 : 0,
            ]
        case .periodStarted(let first): [day(first)]
        case .membershipRenewed(let last), .termSet(let last): [day(last)]
        case .cardReinstalled(let platform): [DumpValue(platform.rawValue)]
        case .cardReferred(let card, let number), .cardMerged(let card, let number):
            [.text(card.text), DumpValue(number.rawValue)]
        case .referralPaid(let payment):
            [
                DumpValue(payment.referrer.rawValue), count(payment.newcomerStamps), count(payment.referrerStamps),
                DumpValue(payment.ruleVersion.rawValue),
            ]
        case .referralCredited(let newcomer, let stamps): [DumpValue(newcomer.rawValue), count(stamps)]
        case .referralCollected(let other, let clawback): [DumpValue(other.rawValue), self.clawback(clawback)]
        case .referenceClaimed(let hash): [.text(String(hash, radix: 16))]
        case .cardAbsorbed(let source, let moved): [DumpValue(source.rawValue), sums(moved)]
        case .cardConverted(let other), .cardCreated(let other): [DumpValue(other.rawValue)]
        default: caseFields(event)
        }
    }

    static func pin(_ pin: TierPin) -> DumpValue {
        switch pin {
        case .none: .list([0])
        case .until(let last): .list([1, day(last)])
        case .indefinite: .list([2])
        }
    }

    /// What a merge carries, as the hexadecimal digits of its bytes.
    private static func sums(_ state: CardState) -> DumpValue {
        var writer = ByteWriter(capacity: 256)
        CardStateCoding.encode(state, in: CardStateCoding.Layout(carrying: state), to: &writer)
        return .text(writer.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }

    static func partFields(_ action: CardAction) -> [DumpValue] {
        switch action {
        case .purchaseEligible(let amount, let eligible): [16, money(amount), money(eligible)]
        case .adjustStamps(let stamps): [17, count(stamps)]
        case .adjustBonus(let stamps): [18, count(stamps)]
        case .load(let stamps, let purchase): [19, count(stamps), money(purchase)]
        case .reverseLoad(let id, let stamps, let amount):
            [20, self.id(id), stamps.map { count($0) } ?? .none, amount.map(money) ?? .none]
        case .spend(let stamps, let purse, let purchase):
            [21, count(stamps), DumpValue(purse.rawValue), money(purchase)]
        case .reverseSpending(let id): [22, self.id(id)]
        case .redeemMilestone(let value, let purchase): [23, value.map { count($0) } ?? .none, money(purchase)]
        case .reverseRedemption(let id): [24, self.id(id)]
        case .claimReward(let item, let purchase): [25, .text(item.text), money(purchase)]
        case .useClaim(let id, let purchase): [26, self.id(id), money(purchase)]
        case .removeClaim(let id, let returnsStamps): [27, self.id(id), returnsStamps ? 1 : 0]
        case .redeemCoupon(let purchase, let newCard): [28, money(purchase), DumpValue(newCard?.text)]
        default: lifeFields(action)
        }
    }

    private static func lifeFields(_ action: CardAction) -> [DumpValue] {
        switch action {
        case .setTier(let number, let last, let grantsEntry):
            [29, DumpValue(number.rawValue), day(last), grantsEntry ? 1 : 0]
        case .unpinTier: [30]
        case .setMembership(let number, let period): [31, DumpValue(number.rawValue), DumpValue(period.rawValue)]
        case .renewMembership(let last): [32, day(last)]
        case .cancelMembership: [33]
        case .refer(let other): [34, .text(other.text)]
        case .reinstall(let platform): [35, DumpValue(platform.rawValue)]
        case .leaveProgram: [36]
        case .rejoinProgram: [37]
        case .merge(let other): [38, .text(other.text)]
        default: caseFields(action)
        }
    }

    static func partFields(_ refusal: Refusal) -> [DumpValue] {
        switch refusal {
        case .notOnThisCard: [20]
        case .notInstalled: [21]
        case .notDeleted: [22]
        case .outsideProgram: [23]
        case .insideProgram: [24]
        case .cardMerged: [25]
        case .unknownOtherCard: [26]
        case .otherCardUnfit: [27]
        case .otherCardExists: [28]
        case .newCardMissing: [29]
        case .convertedCardInUse: [30]
        case .notANewcomer: [31]
        case .exceedsBonus(let balance): [32, count(balance)]
        case .exceedsLoad(let stamps, let amount): [33, count(stamps), .number(amount.rawValue)]
        case .milestoneNotOpen: [34]
        case .unknownReward: [35]
        case .usageLimitReached(let limit): [36, count(limit)]
        case .claimNotOutstanding: [37]
        case .unknownTier: [38]
        case .periodLimitReached(let limit): [39, DumpValue(limit)]
        case .membershipCancelled: [40]
        case .expiryHeldElsewhere: [41]
        case .eligibleExceedsAmount: [42]
        case .caseNotOpen: [43]
        case .caseNotDecided: [44]
        case .claimInFuture: [45]
        case .claimUnreadable: [46]
        default: []
        }
    }
}
