package import LogFormat
package import LoyaltyDomain

extension ByteReader {
    /// Reads what `ByteWriter.cardEvent` wrote.
    ///
    /// A type that this version does not know is a failure, unless the version that wrote it says that it may be passed over.
    mutating func cardEvent(occurredAt: Timestamp) throws(DecodingFailure) -> EffectiveEvent {
        let start = offset
        let tag = try u8()
        if tag & ExtendedTag.flag != 0 { return try extendedEvent(tag, at: start, occurredAt: occurredAt) }
        guard let type = CardEventType(rawValue: tag & CardEventType.numberMask) else {
            throw .unknownType(UInt64(tag & CardEventType.numberMask), at: start)
        }
        let effectiveAt = try effectiveAt(tag, occurredAt: occurredAt)
        return EffectiveEvent(try event(of: type), effectiveAt: effectiveAt)
    }

    private mutating func effectiveAt(_ tag: UInt8, occurredAt: Timestamp) throws(DecodingFailure) -> Timestamp {
        guard tag & CardEventType.laterFlag != 0 else { return occurredAt }
        let later = try varint(upTo: 1 << 50, "a delay in milliseconds")
        return Timestamp(milliseconds: occurredAt.milliseconds &+ Int64(later))
    }

    private mutating func extendedEvent(
        _ tag: UInt8,
        at start: Int,
        occurredAt: Timestamp
    ) throws(DecodingFailure) -> EffectiveEvent {
        let extended = try ExtendedTag(tag & ~CardEventType.laterFlag, at: start, &self)
        let effectiveAt = try effectiveAt(tag, occurredAt: occurredAt)
        guard let type = CardEventType(number: extended.type) else {
            return EffectiveEvent(.unknown(try extended.unknownEvent(&self)), effectiveAt: effectiveAt)
        }
        let event = try extended.known(&self, isIgnorable: type.isIgnorable) { (fields) throws(DecodingFailure) in
            try fields.event(of: type)
        }
        return EffectiveEvent(event, effectiveAt: effectiveAt)
    }

    private mutating func event(of type: CardEventType) throws(DecodingFailure) -> CardEvent {
        switch type {
        case .cardIssued:
            let program = ProgramNumber(UInt16(try varint(upTo: UInt64(UInt16.max), "a program number")))
            let card = try text("card id") { CardID($0) }
            return .cardIssued(card: card, customer: try text("customer id") { CustomerID($0) }, program: program)
        case .cardInstalled: return .cardInstalled(try choice(Platform.self))
        case .cardDeleted: return .cardDeleted
        case .purchaseRecorded: return try upcast(PurchaseBeforeDetails.self)
        case .visitRecorded: return try upcast(VisitBeforeDetails.self)
        case .stampsAdded: return .stampsAdded(try count())
        case .stampsRemoved: return .stampsRemoved(try count())
        case .debtPaid: return .debtPaid(try count())
        case .rewardsUnlocked:
            return .rewardsUnlocked(try count(), converted: try count(), ruleVersion: try ruleVersion())
        case .amountRefunded:
            let amount = try amount()
            let name = try flag() ? try transactionName() : nil
            return .amountRefunded(amount: amount, named: name, try correction())
        case .visitsRemoved: return .visitsRemoved(try count(), try correction())
        case .amountEdited: return try upcast(EditBeforeDetails.self)
        case .purchaseDetailed:
            return .purchaseRecorded(amount: try amount(), award: try award(detailed: true))
        case .visitDetailed:
            return .visitRecorded(amount: try flag() ? try amount() : nil, award: try award(detailed: true))
        case .amountEditedDetailed: return .amountEdited(try detailedEdit())
        case .rewardsGranted: return .rewardsGranted(try count(), purchase: try amount())
        case .grantReversed: return .grantReversed(named: try commandID(), try count(), purchase: try amount())
        case .rewardsRedeemed: return .rewardsRedeemed(try count(), purchase: try amount())
        case .rewardsRemoved:
            return .rewardsRemoved(try count(), purchase: try amount(), try choice(RewardRemovalReason.self))
        case .expirySet: return .expirySet(try optionalDay())
        case .cardExpired: return .cardExpired(try day())
        case .commandRefused: return .commandRefused(try cardAction(), try refusal())
        default: return try partEvent(of: type)
        }
    }

    mutating func transactionName() throws(DecodingFailure) -> TransactionName {
        TransactionName(commandID: try flag() ? try commandID() : nil)
    }

    private mutating func detailedEdit() throws(DecodingFailure) -> AmountEdit {
        var edit = try amountEdit()
        let detail = try awardDetail()
        edit.award.detail = detail == AwardDetail() ? nil : detail
        edit.eligibleChange = try amount()
        edit.lapsed = try count()
        return edit
    }

    /// The fields that every layout of an edit begins with.
    mutating func amountEdit() throws(DecodingFailure) -> AmountEdit {
        AmountEdit(
            named: try transactionName(),
            transaction: try cardVersion(),
            day: try day(),
            from: try amount(),
            to: try amount(),
            award: try award(),
            absorbed: try count(),
            clawback: try clawback(),
            visitChange: try choice(VisitChange.self),
            wasStamped: try flag(),
            remaining: try lastDays()
        )
    }
}

extension CommandID {
    /// The command of a record's id.
    package init(_ id: RecordID) {
        self =
            switch id {
            case .sequence(let source, let number): .sequence(source: source, number: number)
            case .uuid7(let high, let low): .uuid7(high: high, low: low)
            case .opaque(let high, let low): .opaque(high: high, low: low)
            }
    }
}
