internal import LogFormat
internal import LoyaltyDomain

extension ByteReader {
    /// Reads an event about a dispute.
    mutating func caseEvent(of type: CardEventType) throws(DecodingFailure) -> CardEvent {
        let start = offset
        switch type {
        case .caseOpened: return .caseOpened(try caseNumber(), try claim())
        case .evidenceAdded: return .evidenceAdded(try caseNumber(), position: try casePosition())
        case .caseDecided: return .caseDecided(try caseNumber(), try choice(Verdict.self))
        case .caseRemedied: return .caseRemedied(try caseNumber(), try commandID(), cost: try amount())
        case .caseClosed: return .caseClosed(try caseNumber())
        default: throw DecodingFailure(offset: start, expected: "an event this version knows", found: "\(type)")
        }
    }

    /// Reads an action of a dispute.
    mutating func caseAction(of type: CardActionType) throws(DecodingFailure) -> CardAction {
        let start = offset
        switch type {
        case .openCase: return .openCase(try claim())
        case .addEvidence: return .addEvidence(try caseNumber(), position: try casePosition())
        case .decideCase: return .decideCase(try caseNumber(), try choice(Verdict.self))
        case .remedyCase: return .remedyCase(try caseNumber(), adjustment: try commandID(), cost: try money())
        case .closeCase: return .closeCase(try caseNumber())
        default: throw DecodingFailure(offset: start, expected: "an action this version knows", found: "\(type)")
        }
    }

    private mutating func caseNumber() throws(DecodingFailure) -> CaseNumber {
        CaseNumber(UInt32(try varint(upTo: UInt64(UInt32.max), "a case number")))
    }

    private mutating func casePosition() throws(DecodingFailure) -> UInt64? {
        try flag() ? try varint(upTo: UInt64(Int64.max), "a position") : nil
    }

    private mutating func claim() throws(DecodingFailure) -> Claim {
        let subject: Claim.Subject =
            switch try choice(ClaimType.self) {
            case .stamps: .stamps(try count())
            case .rewards: .rewards(try count())
            case .visits: .visits(try count())
            case .points: .points(try count())
            case .spent: .spent(try amount())
            case .balance: .balance(try amount())
            case .purchase: .purchase(try amount(), reference: try flag() ? try string() : nil)
            }
        return Claim(subject, on: try day(), minute: try flag() ? try int32() : nil)
    }
}
