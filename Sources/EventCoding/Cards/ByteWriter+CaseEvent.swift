internal import LogFormat
internal import LoyaltyDomain

/// The numbers of claims on disk.
enum ClaimType: UInt8 {
    case stamps = 1
    case rewards = 2
    case visits = 3
    case points = 4
    case spent = 5
    case balance = 6
    case purchase = 7
}

extension ByteWriter {
    /// Writes the fields of events about a dispute.
    mutating func caseFields(of event: CardEvent) {
        switch event {
        case .caseOpened(let number, let claim):
            self.number(number)
            self.claim(claim)
        case .evidenceAdded(let number, let position):
            self.number(number)
            optional(position) { $0.varint($1) }
        case .caseDecided(let number, let verdict):
            self.number(number)
            u8(verdict.rawValue)
        case .caseRemedied(let number, let adjustment, let cost):
            self.number(number)
            commandID(adjustment)
            amount(cost)
        case .caseClosed(let number): self.number(number)
        default: preconditionFailure("an event without a number: \(event)")
        }
    }

    /// Writes the actions of disputes.
    mutating func caseAction(_ action: CardAction) {
        switch action {
        case .openCase(let claim):
            u8(CardActionType.openCase.rawValue)
            self.claim(claim)
        case .addEvidence(let number, let position):
            u8(CardActionType.addEvidence.rawValue)
            self.number(number)
            optional(position) { $0.varint($1) }
        case .decideCase(let number, let verdict):
            u8(CardActionType.decideCase.rawValue)
            self.number(number)
            u8(verdict.rawValue)
        case .remedyCase(let number, let adjustment, let cost):
            u8(CardActionType.remedyCase.rawValue)
            self.number(number)
            commandID(adjustment)
            money(cost)
        case .closeCase(let number):
            u8(CardActionType.closeCase.rawValue)
            self.number(number)
        default: preconditionFailure("an action without a number: \(action)")
        }
    }

    private mutating func number(_ number: CaseNumber) { varint(UInt64(number.rawValue)) }

    private mutating func claim(_ claim: Claim) {
        switch claim.subject {
        case .stamps(let count): counted(count, .stamps)
        case .rewards(let count): counted(count, .rewards)
        case .visits(let count): counted(count, .visits)
        case .points(let count): counted(count, .points)
        case .spent(let amount): valued(amount, .spent)
        case .balance(let amount): valued(amount, .balance)
        case .purchase(let amount, let reference):
            valued(amount, .purchase)
            optional(reference) { $0.string($1) }
        }
        day(claim.day)
        optional(claim.minute) { $0.zigzag(Int64($1)) }
    }

    private mutating func counted<Unit>(_ count: Count<Unit>, _ type: ClaimType) {
        u8(type.rawValue)
        self.count(count)
    }

    private mutating func valued(_ amount: MinorUnits, _ type: ClaimType) {
        u8(type.rawValue)
        self.amount(amount)
    }
}
