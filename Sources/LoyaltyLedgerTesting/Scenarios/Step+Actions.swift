public import LoyaltyLedger

extension Step {
    /// The card is issued and nothing else happens.
    public static func issue(to customer: String? = nil) -> Step {
        var step = act { _ in throw ScenarioFailure("an issue is made of its step") }
        step.customer = customer
        step.isIssue = true
        return step
    }

    /// A purchase.
    public static func purchase(_ amount: String, stated: String? = nil) -> Step {
        act { .purchase(try $0.money(amount), stated: try stated.map($0.money)) }
    }

    /// A purchase of which only a part earns.
    public static func purchase(_ amount: String, eligible: String) -> Step {
        act { .purchaseEligible(try $0.money(amount), eligible: try $0.money(eligible)) }
    }

    /// A visit, or a check-in of a membership.
    public static func visit(_ amount: String? = nil) -> Step { act { .visit(try amount.map($0.money)) } }

    /// An amount goes back: of the step named, of the receipt named, else of the newest purchases.
    public static func refund(_ amount: String, of name: String? = nil, ofReceipt receipt: String? = nil) -> Step {
        act { .refund(try $0.money(amount), of: $0.name(name, receipt: receipt)) }
    }

    /// The amount of a past purchase is put right.
    public static func edit(_ name: String, to amount: String) -> Step {
        act {
            let named = TransactionName(commandID: CommandID(named: name))
            return .editAmount(of: named, to: try $0.money(amount))
        }
    }

    /// The newest visits are written off.
    public static func removeVisits(_ count: Visits) -> Step { act { _ in .removeVisits(count) } }
    /// Stamps by hand.
    public static func addStamps(_ count: Stamps) -> Step { act { _ in .addStamps(count) } }
    /// Stamps taken by hand.
    public static func removeStamps(_ count: Stamps) -> Step { act { _ in .removeStamps(count) } }
    /// Stamps by a signed quantity.
    public static func adjust(_ count: Stamps) -> Step { act { _ in .adjustStamps(count) } }
    /// Bonus points by a signed quantity.
    public static func adjustBonus(_ count: Stamps) -> Step { act { _ in .adjustBonus(count) } }

    /// Rewards given.
    public static func grant(_ count: Rewards, for amount: String = "0") -> Step {
        act { .grantRewards(count, purchase: try $0.money(amount)) }
    }

    /// A grant taken back.
    public static func reverseGrant(_ name: String) -> Step { act { _ in .reverseGrant(CommandID(named: name)) } }

    /// Rewards redeemed.
    public static func redeem(_ count: Rewards = 1, purchase amount: String = "0") -> Step {
        act { .redeemRewards(count, purchase: try $0.money(amount)) }
    }

    /// Rewards taken without being redeemed.
    public static func removeRewards(_ count: Rewards, _ reason: RewardRemovalReason) -> Step {
        act { .removeRewards(count, purchase: try $0.money("0"), reason) }
    }

    /// The reward of a milestone redeemed, the lowest where none is named.
    public static func redeem(milestone: Stamps?) -> Step {
        act { .redeemMilestone(milestone, purchase: try $0.money("0")) }
    }

    /// A redemption undone.
    public static func reverseRedemption(_ name: String) -> Step {
        act { _ in .reverseRedemption(CommandID(named: name)) }
    }

    /// Visits or value loaded, with what was paid.
    public static func load(_ count: Stamps, for amount: String = "0") -> Step {
        act { .load(count, purchase: try $0.money(amount)) }
    }

    /// A load taken back, or a part of it.
    public static func reverseLoad(_ name: String, _ count: Stamps? = nil, for amount: String? = nil) -> Step {
        act { .reverseLoad(CommandID(named: name), count, amount: try amount.map($0.money)) }
    }

    /// Points, prepaid visits or value spent.
    public static func spend(_ count: Stamps, from purse: PurseKind = .main) -> Step {
        act { .spend(count, from: purse, purchase: try $0.money("0")) }
    }

    /// A spending undone.
    public static func reverseSpending(_ name: String) -> Step {
        act { _ in .reverseSpending(CommandID(named: name)) }
    }

    /// Points spent on a reward of the catalogue.
    public static func claim(_ item: String) -> Step {
        act { .claimReward(try known(Label(item), "no reward: \(item)"), purchase: try $0.money("0")) }
    }

    /// A claimed reward handed out.
    public static func use(_ claim: String) -> Step {
        act { .useClaim(CommandID(named: claim), purchase: try $0.money("0")) }
    }

    /// A claimed reward taken back.
    public static func removeClaim(_ name: String, returningPoints: Bool = false) -> Step {
        act { _ in .removeClaim(CommandID(named: name), returnsStamps: returningPoints) }
    }

    /// A coupon used, and turned into a card where its program says so.
    public static func redeemCoupon(into card: String? = nil) -> Step {
        act { .redeemCoupon(purchase: try $0.money("0"), newCard: try card.map($0.card)) }
    }
}

extension Step {
    /// The card is installed.
    public static func install(_ platform: Platform = .iOS) -> Step { act { _ in .install(platform) } }
    /// The card is deleted.
    public static var delete: Step { act { _ in .delete } }
    /// The deleted card is installed again.
    public static func reinstall(_ platform: Platform = .android) -> Step { act { _ in .reinstall(platform) } }
    /// The card's last valid day is set; nil for no end.
    public static func expiry(day: Int?) -> Step { act { _ in .setExpiry(day.map(LocalDay.scenario)) } }
    /// The customer leaves the program.
    public static var leaveProgram: Step { act { _ in .leaveProgram } }
    /// The customer comes back.
    public static var rejoinProgram: Step { act { _ in .rejoinProgram } }
    /// Everything moves to another card.
    public static func merge(into card: String) -> Step { act { .merge(into: try $0.card(card)) } }
    /// The card came by recommendation of another.
    public static func refer(by card: String) -> Step { act { .refer(by: try $0.card(card)) } }

    /// A tier set by hand, by its number from 1.
    public static func tier(_ number: UInt8, until day: Int? = nil, grantingEntry: Bool = false) -> Step {
        act { _ in .setTier(TierNumber(number), until: day.map(LocalDay.scenario), grantsEntry: grantingEntry) }
    }

    /// The tier follows the spend again.
    public static var unpinTier: Step { act { _ in .unpinTier } }

    /// A membership's tier and period set.
    public static func membership(_ tier: UInt8, _ period: MembershipPeriod) -> Step {
        act { _ in .setMembership(TierNumber(tier), period) }
    }

    /// A membership paid for through a day.
    public static func renew(throughDay day: Int) -> Step { act { _ in .renewMembership(through: .scenario(day)) } }
    /// A membership ended.
    public static var cancelMembership: Step { act { _ in .cancelMembership } }

    /// The program gets new rules, in effect as soon as they are recorded.
    public static func newRules(_ rules: CardRules, program: String? = nil) -> Step {
        Step(.rules(rules, program: program))
    }

    /// What is due by then is recorded on every card.
    public static var sweep: Step { Step(.sweep) }

    /// A device that was offline hands in what it did, in any order.
    public static func offline(_ steps: Step..., device: String = "scanner") -> Step {
        Step(.offline(steps, device: device))
    }
}
