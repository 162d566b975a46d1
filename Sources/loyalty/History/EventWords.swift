import LedgerImport
import LoyaltyLedger

/// An event in words: a stable name for scripts, and what is particular about it for the owner of a shop.
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

    /// Puts an event of a card of that program into words.
    init(_ event: CardEvent, of program: Program) {
        let phrases = Phrases(program)
        switch event {
        case .cardIssued(_, let customer, _): self.init("issued", detail: "to \(customer.text)")
        case .cardInstalled(let platform): self.init("installed", detail: "on \(platform)")
        case .cardDeleted: self.init("deleted", detail: "its history stays")
        case .purchaseRecorded(let amount, let award): self.init("purchase", amount, award, phrases)
        case .visitRecorded(let amount, let award): self.init("visit", amount, award, phrases)
        case .stampsAdded(let count): self.init("stamps-added", detail: "\(phrases.units(count)) by hand")
        case .stampsRemoved(let count): self.init("stamps-removed", detail: "\(phrases.units(count)) by hand")
        case .debtPaid(let count): self.init("debt-paid", detail: "\(phrases.units(count)) owed before")
        case .rewardsUnlocked(let rewards, let converted, let version):
            let change = "\(phrases.units(converted)) for \(counted(rewards, Reward.singular))"
            self.init("rewards-unlocked", ruleVersion: version, detail: change)
        case .amountRefunded(let amount, _, let correction): self.init("refund", amount, correction, phrases)
        case .visitsRemoved(_, let correction): self.init("visits-removed", correction.amount, correction, phrases)
        case .amountEdited(let edit): self.init(edit, phrases)
        case .rewardsGranted(let rewards, let amount):
            self.init("rewards-granted", amount: amount, detail: "\(counted(rewards, Reward.singular)) by hand")
        case .grantReversed(let id, _, let amount): self.init("grant-reversed", amount: amount, detail: "of \(id)")
        case .rewardsRedeemed(_, let amount): self.init("rewards-redeemed", amount: amount)
        case .rewardsRemoved(_, let amount, let reason):
            self.init("rewards-removed", amount: amount, reason: "\(reason)")
        case .expirySet(let day): self.init("expiry-set", detail: day.map { "valid through \($0)" } ?? "no end")
        case .cardExpired(let day): self.init("expired", detail: "valid through \(day)")
        case .commandRefused(let action, let refusal):
            let message = refusal.message(under: program)
            self.init("refused", amount: action.amount, reason: refusal.code, detail: "\(action.word): \(message)")
        default: self.init(parts: event, phrases)
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

    private init(_ name: String, _ amount: MinorUnits?, _ award: Award, _ phrases: Phrases) {
        let detail = phrases.earned(award, of: amount)
        self.init(name, amount: amount, ruleVersion: award.ruleVersion, detail: detail)
    }

    private init(_ name: String, _ amount: MinorUnits, _ correction: Correction, _ phrases: Phrases) {
        self.init(name, amount: amount, detail: phrases.corrected(correction))
    }

    private init(_ edit: AmountEdit, _ phrases: Phrases) {
        let change = "#\(edit.transaction.rawValue) from \(phrases.decimal(edit.from)) to \(phrases.decimal(edit.to))"
        let parts = [change, phrases.earned(edit.award, of: nil), phrases.collected(edit.clawback)]
        self.init(
            "amount-edited",
            amount: edit.to,
            ruleVersion: edit.award.ruleVersion,
            detail: parts.compactMap(\.self).joined(separator: ", ")
        )
    }
}
