internal import LogFormat
internal import LoyaltyDomain

// Rules of layout 2: the card type, then every part in the order of DESIGN.md 7.5, then those that came later, behind their tags.

/// What came to the rules after layout 2 was first written; absent where it is at its default, so that older bytes are the same rules.
private enum LaterPart: UInt8 {
    case customerHistory = 1
}

extension ByteWriter {
    mutating func parts(of rules: CardRules) {
        u8(rules.type.rawValue)
        mechanic(rules.mechanic)
        rewards(rules.rewards)
        switch rules.spending {
        case .none: u8(0)
        case .purse: u8(1)
        case .visits(let bonus):
            u8(2)
            count(bonus)
        }
        life(rules.life)
        optional(rules.tiers) { $0.tiers($1) }
        bonus(rules.welcome)
        optional(rules.referral) { writer, rule in
            writer.u8(rule.moment.rawValue)
            writer.count(rule.referrer)
            writer.count(rule.newcomer)
        }
        varint(UInt64(rules.happyHours.count))
        for hour in rules.happyHours { happyHour(hour) }
        guards(rules.guards)
        policies(of: rules)
        flag(rules.requiresInstallation)
        term(rules.term)
        optional(rules.conversion) { writer, conversion in
            writer.string(conversion.program.text)
            writer.count(conversion.stamps)
        }
        optional(rules.subscription) { writer, subscription in
            writer.u8(subscription.period.rawValue)
            writer.flag(subscription.isExternal)
        }
        guard rules.customerHistory != .summary else { return }
        u8(LaterPart.customerHistory.rawValue)
        u8(rules.customerHistory.rawValue)
    }

    private mutating func rewards(_ rule: RewardRule) {
        switch rule {
        case .none: u8(0)
        case .unlock(let required):
            u8(1)
            count(required)
        case .milestones(let values):
            u8(2)
            varint(UInt64(values.count))
            for value in values { count(value) }
        case .catalogue(let items):
            u8(3)
            varint(UInt64(items.count))
            for item in items {
                string(item.name.text)
                count(item.cost)
                optional(item.usageLimit) { $0.count($1) }
            }
        }
    }

    private mutating func life(_ life: StampLife) {
        switch life {
        case .unlimited: u8(0)
        case .until(let last):
            u8(1)
            day(last)
        case .sliding(let days):
            u8(2)
            zigzag(Int64(days))
        case .lots(let days):
            u8(3)
            zigzag(Int64(days))
        }
    }

    private mutating func tiers(_ table: TierTable) {
        u8(table.basis.rawValue)
        flag(table.neverDrop)
        varint(UInt64(table.tiers.count))
        for tier in table.tiers {
            string(tier.name.text)
            amount(tier.threshold)
            zigzag(Int64(tier.share.rawValue))
            bonus(tier.entry)
            optional(tier.usesPerPeriod) { $0.zigzag(Int64($1)) }
            optional(tier.usesPerLocation) { $0.zigzag(Int64($1)) }
        }
    }

    private mutating func bonus(_ bonus: Bonus) {
        count(bonus.stamps)
        count(bonus.rewards)
    }

    private mutating func happyHour(_ hour: HappyHour) {
        u8(hour.weekdays)
        zigzag(Int64(hour.from))
        zigzag(Int64(hour.to))
        zigzag(Int64(hour.extra.percent))
        count(hour.extra.stamps)
    }

    private mutating func guards(_ guards: Guards) {
        optional(guards.coolDown) { $0.zigzag(Int64($1)) }
        optional(guards.dailyCap) { $0.count($1) }
        optional(guards.dailyStaffCap) { $0.count($1) }
        flag(guards.singleUseReferences)
    }

    private mutating func term(_ term: CardTerm) {
        switch term {
        case .unlimited: u8(0)
        case .until(let last):
            u8(1)
            day(last)
        case .days(let days):
            u8(2)
            zigzag(Int64(days))
        }
    }
}

extension ByteReader {
    mutating func ruleParts() throws(DecodingFailure) -> CardRules {
        var rules = CardRules(try choice(CardType.self), mechanic: try mechanic())
        rules.rewards = try rewards()
        rules.spending = try spendingRule()
        rules.life = try life()
        rules.tiers = try flag() ? try tiers() : nil
        rules.welcome = try bonus()
        if try flag() {
            let moment = try choice(ReferralRule.Moment.self)
            rules.referral = ReferralRule(moment: moment, referrer: try count(), newcomer: try count())
        }
        for _ in 0..<(try varint(upTo: UInt64(remaining / 5), "happy hours that fit")) {
            rules.happyHours.append(try happyHour())
        }
        rules.guards = try guards()
        rules.uncollected = try uncollected()
        rules.redeemWhenExpired = try expiredRedemption()
        rules.requiresInstallation = try flag()
        rules.term = try term()
        if try flag() {
            let program = try text("program id") { ProgramID($0) }
            rules.conversion = Conversion(to: program, stamps: try count())
        }
        if try flag() {
            let period = try choice(MembershipPeriod.self)
            rules.subscription = Subscription(period: period, isExternal: try flag())
        }
        if !isAtEnd { try laterPart(of: &rules) }
        return rules
    }

    private mutating func laterPart(of rules: inout CardRules) throws(DecodingFailure) {
        switch try choice(LaterPart.self) {
        case .customerHistory:
            let start = offset
            rules.customerHistory = try choice(CustomerHistoryView.self)
            guard rules.customerHistory != .summary else {
                throw DecodingFailure(offset: start, expected: "a part that is not at its default", found: "summary")
            }
        }
    }

    private mutating func unknown<Value>(_ what: String, _ byte: UInt8, at start: Int) throws(DecodingFailure) -> Value
    {
        throw DecodingFailure(offset: start, expected: "a known \(what)", found: "\(byte)")
    }

    private mutating func rewards() throws(DecodingFailure) -> RewardRule {
        let start = offset
        switch try u8() {
        case 0: return .none
        case 1: return .unlock(per: try count())
        case 2:
            var values: [Stamps] = []
            for _ in 0..<(try varint(upTo: UInt64(remaining), "milestones that fit")) { values.append(try count()) }
            return .milestones(values)
        case 3:
            var items: [RewardItem] = []
            for _ in 0..<(try varint(upTo: UInt64(remaining / 4), "items that fit")) {
                let name = try text("reward") { Label($0) }
                items.append(RewardItem(name, cost: try count(), usageLimit: try flag() ? try count() : nil))
            }
            return .catalogue(items)
        case let byte: return try unknown("reward rule", byte, at: start)
        }
    }

    private mutating func spendingRule() throws(DecodingFailure) -> SpendingRule {
        let start = offset
        switch try u8() {
        case 0: return .none
        case 1: return .purse
        case 2: return .visits(bonus: try count())
        case let byte: return try unknown("spending rule", byte, at: start)
        }
    }

    private mutating func life() throws(DecodingFailure) -> StampLife {
        let start = offset
        switch try u8() {
        case 0: return .unlimited
        case 1: return .until(try day())
        case 2: return .sliding(days: try int32())
        case 3: return .lots(days: try int32())
        case let byte: return try unknown("stamp life", byte, at: start)
        }
    }

    private mutating func tiers() throws(DecodingFailure) -> TierTable {
        var table = TierTable(basis: try choice(TierTable.Basis.self), neverDrop: try flag(), [])
        for _ in 0..<(try varint(upTo: UInt64(remaining / 8), "tiers that fit")) {
            let name = try text("tier") { Label($0) }
            table.tiers.append(
                Tier(
                    name,
                    threshold: try amount(),
                    share: BasisPoints(try int32()),
                    entry: try bonus(),
                    usesPerPeriod: try flag() ? try int32() : nil,
                    usesPerLocation: try flag() ? try int32() : nil
                )
            )
        }
        return table
    }

    private mutating func bonus() throws(DecodingFailure) -> Bonus {
        Bonus(stamps: try count(), rewards: try count())
    }

    private mutating func happyHour() throws(DecodingFailure) -> HappyHour {
        HappyHour(
            weekdays: try u8(),
            from: try int32(),
            to: try int32(),
            extra: Extra(percent: try int32(), stamps: try count())
        )
    }

    private mutating func guards() throws(DecodingFailure) -> Guards {
        Guards(
            coolDown: try flag() ? try int32() : nil,
            dailyCap: try flag() ? try count() : nil,
            dailyStaffCap: try flag() ? try count() : nil,
            singleUseReferences: try flag()
        )
    }

    private mutating func term() throws(DecodingFailure) -> CardTerm {
        let start = offset
        switch try u8() {
        case 0: return .unlimited
        case 1: return .until(try day())
        case 2: return .days(try int32())
        case let byte: return try unknown("card term", byte, at: start)
        }
    }
}
