internal import LogFormat
internal import LoyaltyDomain

/// A program version: rule version, program number, effective from (zigzag ms), id, currency, time zone, a layout byte, rules.
private let stampCardLayout: UInt8 = 1
private let partsLayout: UInt8 = 2

private enum MechanicType: UInt8 {
    case spendPerTransaction = 1
    case spendCumulative = 2
    case visit = 3
    case manual = 4
    case percent = 5
    case amounts = 6
}

private enum UncollectedType: UInt8 {
    case forgive = 1
    case carryAsDebt = 2
    case reject = 3
}

private enum ExpiredRedemptionType: UInt8 {
    case allowed = 1
    case denied = 2
    case graceDays = 3
}

extension ByteWriter {
    mutating func programVersion(_ version: ProgramCatalog.Version) {
        self.version(version.version)
        varint(UInt64(version.number.rawValue))
        zigzag(version.effectiveFrom.milliseconds)
        string(version.program.id.text)
        string(version.program.currency.code)
        string(version.program.timeZone)
        let rules = version.program.rules
        if rules.isPlainStampCard, let stampsPerReward = rules.stampsPerReward {
            u8(stampCardLayout)
            mechanic(rules.mechanic)
            count(stampsPerReward)
            optional(rules.dailyStampCap) { $0.count($1) }
            policies(of: rules)
        } else {
            u8(partsLayout)
            parts(of: rules)
        }
    }

    mutating func mechanic(_ mechanic: Mechanic) {
        switch mechanic {
        case .spend(let rule):
            let type: MechanicType = rule.remainder == .cumulative ? .spendCumulative : .spendPerTransaction
            u8(type.rawValue)
            count(rule.stamps)
            amount(rule.unit)
        case .visit(let stamps):
            u8(MechanicType.visit.rawValue)
            count(stamps)
        case .manual: u8(MechanicType.manual.rawValue)
        case .percent(let rule):
            u8(MechanicType.percent.rawValue)
            zigzag(Int64(rule.share.rawValue))
            amount(rule.pointValue)
        case .amounts: u8(MechanicType.amounts.rawValue)
        }
    }

    mutating func policies(of rules: CardRules) {
        switch rules.uncollected {
        case .forgive: u8(UncollectedType.forgive.rawValue)
        case .carryAsDebt: u8(UncollectedType.carryAsDebt.rawValue)
        case .reject: u8(UncollectedType.reject.rawValue)
        }
        switch rules.redeemWhenExpired {
        case .allowed: u8(ExpiredRedemptionType.allowed.rawValue)
        case .denied: u8(ExpiredRedemptionType.denied.rawValue)
        case .graceDays(let days):
            u8(ExpiredRedemptionType.graceDays.rawValue)
            zigzag(Int64(days))
        }
    }
}

extension ByteReader {
    mutating func programVersion() throws(DecodingFailure) -> ProgramCatalog.Version {
        let version = try ruleVersion()
        let number = ProgramNumber(UInt16(try varint(upTo: UInt64(UInt16.max), "a program number")))
        let effectiveFrom = Timestamp(milliseconds: try zigzag())
        let id = try text("program id") { ProgramID($0) }
        let currency = try text("currency") { Currency($0) }
        let timeZone = try string()
        let start = offset
        let layout = try u8()
        guard layout == stampCardLayout || layout == partsLayout else {
            throw DecodingFailure(offset: start, expected: "rules of layout 1 or 2", found: "\(layout)")
        }
        let rules = layout == stampCardLayout ? try upcast(RulesBeforeParts.self) : try ruleParts()
        if let contradiction = rules.firstContradiction {
            throw DecodingFailure(offset: start, expected: "rules without a contradiction", found: contradiction)
        }
        return ProgramCatalog.Version(
            version: version,
            number: number,
            effectiveFrom: effectiveFrom,
            program: Program(id: id, currency: currency, timeZone: timeZone, rules: rules)
        )
    }

    mutating func mechanic() throws(DecodingFailure) -> Mechanic {
        switch try choice(MechanicType.self) {
        case .spendPerTransaction: .spend(SpendRule(stamps: try count(), per: try amount()))
        case .spendCumulative: .spend(SpendRule(stamps: try count(), per: try amount(), remainder: .cumulative))
        case .visit: .visit(stamps: try count())
        case .manual: .manual
        case .percent: .percent(PercentRule(share: BasisPoints(try int32()), pointValue: try amount()))
        case .amounts: .amounts
        }
    }

    mutating func uncollected() throws(DecodingFailure) -> UncollectedPolicy {
        switch try choice(UncollectedType.self) {
        case .forgive: .forgive
        case .carryAsDebt: .carryAsDebt
        case .reject: .reject
        }
    }

    mutating func expiredRedemption() throws(DecodingFailure) -> ExpiredRedemption {
        switch try choice(ExpiredRedemptionType.self) {
        case .allowed: return .allowed
        case .denied: return .denied
        case .graceDays:
            let start = offset
            let days = try zigzag()
            guard let days = Int32(exactly: days) else {
                throw DecodingFailure(offset: start, expected: "days of 32 bits", found: "\(days)")
            }
            return .graceDays(days)
        }
    }
}
