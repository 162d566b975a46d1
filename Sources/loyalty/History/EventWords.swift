import LedgerImport
import LoyaltyLedger

/// An event in words: a stable name for scripts, and what is particular about it for people.
struct EventWords {
    /// The stable name, such as `purchase`.
    var name: String

    /// The amount the event is about, where it is about one.
    var amount: MinorUnits?

    /// The rule version that decided it, where one did.
    var ruleVersion: RuleVersion?

    /// The stable word for why, where there is one.
    var reason: String?

    /// What a person should know besides the figures, where there is something.
    var detail: String?

    init(_ event: CardEvent, currency: Currency) {
        switch event {
        case .cardIssued(_, let customer, _): self.init("issued", detail: "to \(customer.text)")
        case .cardInstalled(let platform): self.init("installed", detail: "\(platform)")
        case .cardDeleted: self.init("deleted")
        case .purchaseRecorded(let amount, let award): self.init("purchase", amount, award)
        case .visitRecorded(let amount, let award): self.init("visit", amount, award)
        case .stampsAdded: self.init("stamps-added")
        case .stampsRemoved: self.init("stamps-removed")
        case .debtPaid(let count): self.init("debt-paid", detail: "\(counted(count, Stamp.singular)) owed before")
        case .rewardsUnlocked(let rewards, let converted, let version):
            let change = "\(counted(converted, Stamp.singular)) for \(counted(rewards, Reward.singular))"
            self.init("rewards-unlocked", ruleVersion: version, detail: change)
        case .amountRefunded(let amount, _, let correction): self.init("refund", amount, correction, currency)
        case .visitsRemoved(_, let correction): self.init("visits-removed", correction.amount, correction, currency)
        case .amountEdited(let edit):
            let change = "#\(edit.transaction.rawValue) from \(edit.from.decimal(in: currency))"
            self.init("amount-edited", edit.to, edit.award)
            detail = [change, detail, EventWords.shortfall(edit.clawback)].compactMap(\.self).joined(separator: ", ")
        case .rewardsGranted(_, let amount): self.init("rewards-granted", amount: amount)
        case .grantReversed(let id, _, let amount): self.init("grant-reversed", amount: amount, detail: "of \(id)")
        case .rewardsRedeemed(_, let amount): self.init("rewards-redeemed", amount: amount)
        case .rewardsRemoved(_, let amount, let reason):
            self.init("rewards-removed", amount: amount, reason: "\(reason)")
        case .expirySet(let day): self.init("expiry-set", detail: day.map { "valid through \($0)" } ?? "no end")
        case .cardExpired(let day): self.init("expired", detail: "valid through \(day)")
        case .commandRefused(let action, let refusal):
            let message = refusal.message(in: currency)
            self.init("refused", amount: action.amount, reason: refusal.code, detail: "\(action.name): \(message)")
        default: self.init(parts: event, currency: currency)
        }
    }

    init(
        _ name: String,
        amount: MinorUnits? = nil,
        ruleVersion: RuleVersion? = nil,
        reason: String? = nil,
        detail: String? = nil
    ) {
        self.name = name
        self.amount = amount
        self.ruleVersion = ruleVersion
        self.reason = reason
        self.detail = detail ?? reason
    }

    private init(_ name: String, _ amount: MinorUnits?, _ award: Award) {
        let withheld = award.withheld > 0 ? "\(counted(award.withheld, Stamp.singular)) withheld by the cap" : nil
        self.init(name, amount: amount, ruleVersion: award.ruleVersion, detail: withheld)
    }

    private init(_ name: String, _ amount: MinorUnits, _ correction: Correction, _ currency: Currency) {
        let parts = correction.reductions.map { "#\($0.transaction.rawValue) by \($0.amount.decimal(in: currency))" }
        let words = parts + [EventWords.shortfall(correction.clawback)].compactMap(\.self)
        self.init(name, amount: amount, detail: words.joined(separator: ", "))
    }

    private static func shortfall(_ clawback: Clawback) -> String? {
        guard clawback.uncollected > 0 else { return nil }
        let fate = clawback.carriesDebt ? "carried as debt" : "uncollected"
        return "\(counted(clawback.uncollected, Stamp.singular)) \(fate)"
    }
}

extension CardAction {
    /// The word for what was asked: the kind of an import's row where there is one.
    fileprivate var name: String {
        switch self {
        case .issue: "issue"
        case .install: "install"
        case .delete: "delete"
        case .purchase: ImportKind.purchase.rawValue
        case .visit: ImportKind.visit.rawValue
        case .refund: ImportKind.refund.rawValue
        case .editAmount: "edit-amount"
        case .removeVisits: ImportKind.removeVisits.rawValue
        case .addStamps: ImportKind.addStamps.rawValue
        case .removeStamps: ImportKind.removeStamps.rawValue
        case .grantRewards: ImportKind.grantRewards.rawValue
        case .reverseGrant: "reverse-grant"
        case .redeemRewards: ImportKind.redeemRewards.rawValue
        case .removeRewards: ImportKind.removeRewards.rawValue
        case .setExpiry: ImportKind.setExpiry.rawValue
        default: partName
        }
    }

    /// The amount that was asked for, where there was one.
    fileprivate var amount: MinorUnits? {
        switch self {
        case .purchase(let money, _), .refund(let money, _), .editAmount(_, let money), .grantRewards(_, let money),
            .redeemRewards(_, let money), .removeRewards(_, let money, _):
            money.minorUnits
        case .visit(let money): money?.minorUnits
        default: partAmount
        }
    }
}
