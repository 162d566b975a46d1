internal import LoyaltyDomain

// The fields of disputes, in the order of DESIGN.md section 7.

extension LedgerDump {
    static func caseFields(_ event: CardEvent) -> [DumpValue] {
        switch event {
        case .caseOpened(let number, let claim): [DumpValue(number.rawValue), self.claim(claim)]
        case .evidenceAdded(let number, let position): [DumpValue(number.rawValue), place(position)]
        case .caseDecided(let number, let verdict): [DumpValue(number.rawValue), DumpValue(verdict.rawValue)]
        case .caseRemedied(let number, let adjustment, let cost):
            [DumpValue(number.rawValue), id(adjustment), .number(cost.rawValue)]
        case .caseClosed(let number): [DumpValue(number.rawValue)]
        default: []
        }
    }

    static func caseFields(_ action: CardAction) -> [DumpValue] {
        switch action {
        case .openCase(let claim): [39, self.claim(claim)]
        case .addEvidence(let number, let position): [40, DumpValue(number.rawValue), place(position)]
        case .decideCase(let number, let verdict): [41, DumpValue(number.rawValue), DumpValue(verdict.rawValue)]
        case .remedyCase(let number, let adjustment, let cost):
            [42, DumpValue(number.rawValue), id(adjustment), money(cost)]
        case .closeCase(let number): [43, DumpValue(number.rawValue)]
        default: []
        }
    }

    private static func place(_ position: UInt64?) -> DumpValue { position.map { DumpValue($0) } ?? .none }

    private static func claim(_ claim: Claim) -> DumpValue {
        let subject: [DumpValue] =
            switch claim.subject {
            case .stamps(let stamps): [1, count(stamps)]
            case .rewards(let rewards): [2, count(rewards)]
            case .visits(let visits): [3, count(visits)]
            case .points(let points): [4, count(points)]
            case .spent(let amount): [5, .number(amount.rawValue)]
            case .balance(let amount): [6, .number(amount.rawValue)]
            case .purchase(let amount, let reference): [7, .number(amount.rawValue), DumpValue(reference)]
            }
        let minute: DumpValue = claim.minute.map { DumpValue($0) } ?? .none
        return .list([.list(subject), day(claim.day), minute])
    }
}
