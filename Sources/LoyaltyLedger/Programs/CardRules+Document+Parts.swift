import LoyaltyDomain

// The parts that only some card types have, as documents write them.

extension RewardRule {
    init(_ object: DocumentObject, of type: CardType) throws(ProgramDocumentError) {
        self = type.base.rewards
        if let node = object.optional("milestones") {
            self = .milestones(try node.elements { value throws(ProgramDocumentError) in try value.quantity() })
        }
        if let node = object.optional("catalogue") {
            self = .catalogue(try node.elements { item throws(ProgramDocumentError) in try RewardItem(item) })
        }
        if let node = object.optional("stampsPerReward") {
            guard self == type.base.rewards else {
                throw node.mismatch("one of stampsPerReward, milestones, catalogue")
            }
            self = .unlock(per: try node.quantity())
        } else if type.choosesRewards && self == .none {
            _ = try object.required("stampsPerReward")
        }
    }

    var members: [JSONValue.Member] {
        switch self {
        case .none: []
        case .unlock(let required): [.init("stampsPerReward", .integer(required.rawValue))]
        case .milestones(let values): [.init("milestones", .array(values.map { .integer($0.rawValue) }))]
        case .catalogue(let items): [.init("catalogue", .array(items.map(\.json)))]
        }
    }
}

extension RewardItem {
    fileprivate init(_ node: DocumentNode) throws(ProgramDocumentError) {
        let object = try node.members("name", "cost", "usageLimit")
        self.init(try object.required("name").label(), cost: try object.required("cost").quantity())
        if let node = object.optional("usageLimit") { usageLimit = try node.quantity() }
    }

    fileprivate var json: JSONValue {
        var members: [JSONValue.Member] = [.init("name", .string(name.text)), .init("cost", .integer(cost.rawValue))]
        if let usageLimit { members.append(.init("usageLimit", .integer(usageLimit.rawValue))) }
        return .object(members)
    }
}

extension StampLife {
    init(_ node: DocumentNode) throws(ProgramDocumentError) {
        let (kind, value) = try node.choice("until", "slidingDays", "lotDays")
        switch kind {
        case "until": self = .until(try value.day())
        case "slidingDays": self = .sliding(days: try value.count(upTo: 36_500))
        default: self = .lots(days: try value.count(upTo: 36_500))
        }
    }

    var json: JSONValue? {
        switch self {
        case .unlimited: nil
        case .until(let day): .object([.init("until", .string("\(day)"))])
        case .sliding(let days): .object([.init("slidingDays", .integer(days))])
        case .lots(let days): .object([.init("lotDays", .integer(days))])
        }
    }
}

extension CardTerm {
    init(_ node: DocumentNode) throws(ProgramDocumentError) {
        let (kind, value) = try node.choice("until", "days")
        self = kind == "until" ? .until(try value.day()) : .days(try value.count(from: 0, upTo: 36_500))
    }

    var json: JSONValue? {
        switch self {
        case .unlimited: nil
        case .until(let day): .object([.init("until", .string("\(day)"))])
        case .days(let days): .object([.init("days", .integer(days))])
        }
    }
}

extension TierTable {
    init(_ node: DocumentNode, in currency: Currency) throws(ProgramDocumentError) {
        let object = try node.members("basis", "neverDrop", "list")
        let tiers = try object.required("list").elements { tier throws(ProgramDocumentError) in
            try Tier(tier, in: currency)
        }
        self.init(tiers)
        if let node = object.optional("basis") { basis = try node.word(basisWords) }
        if let node = object.optional("neverDrop") { neverDrop = try node.flag() }
    }

    func json(in currency: Currency) -> JSONValue {
        .object([
            .init("basis", .string(word(for: basis, in: basisWords))), .init("neverDrop", .bool(neverDrop)),
            .init("list", .array(tiers.map { $0.json(in: currency) })),
        ])
    }
}

extension Tier {
    fileprivate init(_ node: DocumentNode, in currency: Currency) throws(ProgramDocumentError) {
        let object = try node.members(
            "name",
            "threshold",
            "basisPoints",
            "entry",
            "usesPerPeriod",
            "usesPerLocation"
        )
        self.init(try object.required("name").label())
        if let node = object.optional("threshold") { threshold = try node.amount(in: currency, atLeast: .zero) }
        if let node = object.optional("basisPoints") { share = try node.share() }
        if let node = object.optional("entry") { entry = try Bonus(node) }
        if let node = object.optional("usesPerPeriod") { usesPerPeriod = try node.count(upTo: .max) }
        if let node = object.optional("usesPerLocation") { usesPerLocation = try node.count(upTo: .max) }
    }

    fileprivate func json(in currency: Currency) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("name", .string(name.text)), .init("threshold", .string(threshold.decimal(in: currency))),
            .init("basisPoints", .integer(share.rawValue)),
        ]
        if entry != .nothing { members.append(.init("entry", entry.json)) }
        if let usesPerPeriod { members.append(.init("usesPerPeriod", .integer(usesPerPeriod))) }
        if let usesPerLocation { members.append(.init("usesPerLocation", .integer(usesPerLocation))) }
        return .object(members)
    }
}

extension Bonus {
    init(_ node: DocumentNode) throws(ProgramDocumentError) {
        let object = try node.members("stamps", "rewards")
        self.init()
        if let node = object.optional("stamps") { stamps = try node.quantity(from: 0) }
        if let node = object.optional("rewards") { rewards = try node.quantity(from: 0) }
    }

    var json: JSONValue {
        .object([.init("stamps", .integer(stamps.rawValue)), .init("rewards", .integer(rewards.rawValue))])
    }
}

extension ReferralRule {
    init(_ node: DocumentNode) throws(ProgramDocumentError) {
        let object = try node.members("moment", "referrer", "newcomer")
        self.init(moment: try object.required("moment").word(momentWords), referrer: 0, newcomer: 0)
        if let node = object.optional("referrer") { referrer = try node.quantity(from: 0) }
        if let node = object.optional("newcomer") { newcomer = try node.quantity(from: 0) }
    }

    var json: JSONValue {
        .object([
            .init("moment", .string(word(for: moment, in: momentWords))),
            .init("referrer", .integer(referrer.rawValue)), .init("newcomer", .integer(newcomer.rawValue)),
        ])
    }
}

extension HappyHour {
    init(_ node: DocumentNode) throws(ProgramDocumentError) {
        let object = try node.members("days", "from", "to", "extraPercent", "extraStamps")
        let days = try object.required("days").elements { day throws(ProgramDocumentError) in
            try day.word(weekdayWords)
        }
        var extra = Extra()
        if let node = object.optional("extraPercent") { extra.percent = try node.count(upTo: 10_000) }
        if let node = object.optional("extraStamps") { extra.stamps = try node.quantity() }
        self.init(
            weekdays: days.reduce(0) { $0 | 1 << $1 },
            from: try object.required("from").minute(),
            to: try object.required("to").minute(),
            extra: extra
        )
    }

    var json: JSONValue {
        let days = weekdayWords.filter { weekdays >> $0.value & 1 == 1 }.map { JSONValue.string($0.key) }
        var members: [JSONValue.Member] = [
            .init("days", .array(days)), .init("from", .string(clock(from))), .init("to", .string(clock(to))),
        ]
        if extra.percent > 0 { members.append(.init("extraPercent", .integer(extra.percent))) }
        if extra.stamps > 0 { members.append(.init("extraStamps", .integer(extra.stamps.rawValue))) }
        return .object(members)
    }

    private func clock(_ minute: Int32) -> String { "\(padded(minute / 60, to: 2)):\(padded(minute % 60, to: 2))" }
}

extension Conversion {
    init(_ node: DocumentNode) throws(ProgramDocumentError) {
        let object = try node.members("program", "stamps")
        let name = try object.required("program")
        guard let program = ProgramID(try name.text()) else { throw name.mismatch("the name of a program") }
        self.init(to: program)
        if let node = object.optional("stamps") { stamps = try node.quantity(from: 0) }
    }

    var json: JSONValue {
        .object([.init("program", .string(program.text)), .init("stamps", .integer(stamps.rawValue))])
    }
}

extension Subscription {
    init(_ node: DocumentNode) throws(ProgramDocumentError) {
        let object = try node.members("period", "external")
        self.init(period: try object.required("period").word(periodWords))
        if let node = object.optional("external") { isExternal = try node.flag() }
    }

    var json: JSONValue {
        .object([
            .init("period", .string(word(for: period, in: periodWords))), .init("external", .bool(isExternal)),
        ])
    }
}

extension DocumentNode {
    /// A time of the day such as `"17:30"`, in minutes; `"24:00"` ends one.
    fileprivate func minute() throws(ProgramDocumentError) -> Int32 {
        let expected = "a time of the day in quotes, such as \"17:30\""
        let parts = try text(expected).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = decimal(Array(parts[0].utf8)),
            let minute = decimal(Array(parts[1].utf8)), minute < 60, hour * 60 + minute <= 1440
        else { throw mismatch(expected) }
        return Int32(hour * 60 + minute)
    }
}

private let basisWords: KeyValuePairs<String, TierTable.Basis> = ["spend": .spend, "manual": .manual]

private let momentWords: KeyValuePairs<String, ReferralRule.Moment> = [
    "installation": .installation, "firstVisit": .firstVisit,
]

private let periodWords: KeyValuePairs<String, MembershipPeriod> = [
    "day": .day, "week": .week, "month": .month, "quarter": .quarter, "year": .year,
]

private let weekdayWords: KeyValuePairs<String, UInt8> = [
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
]
