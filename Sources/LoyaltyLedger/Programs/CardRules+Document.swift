import LoyaltyDomain

extension CardType {
    /// The key under which a document has the rules of the type: `stampCard`, `giftCard` ...
    var documentKey: String { "\(name)Card" }
}

/// The keys of every part; which of them a card type may have is for `CardRules.firstContradiction` to say.
private let partKeys = [
    "mechanic", "stampsPerReward", "milestones", "catalogue", "bonusPerVisit", "uses", "stampLife", "tiers", "welcome",
    "referral", "happyHours", "dailyStampCap", "dailyStaffCap", "coolDownSeconds", "singleUseReferences", "uncollected",
    "redeemWhenExpired", "requiresInstallation", "term", "conversion", "subscription",
    "customerHistory",
]

extension CardRules {
    /// Reads the rules of a card type; parts left out have the type's defaults.
    init(of type: CardType, _ node: DocumentNode, in currency: Currency) throws(ProgramDocumentError) {
        let object = try node.members(partKeys)
        self = type.base
        if type.choosesMechanic { mechanic = try Mechanic(try object.required("mechanic"), in: currency) }
        if !type.choosesMechanic, let node = object.optional("mechanic") { throw node.mismatch("no mechanic here") }
        rewards = try RewardRule(object, of: type)
        if let node = object.optional("bonusPerVisit") { spending = .visits(bonus: try node.quantity(from: 0)) }
        if let node = object.optional("uses") { welcome.rewards = try node.quantity() }
        if let node = object.optional("stampLife") { life = try StampLife(node) }
        if let node = object.optional("tiers") { tiers = try TierTable(node, in: currency) }
        if let node = object.optional("welcome") { welcome = try Bonus(node) }
        if let node = object.optional("referral") { referral = try ReferralRule(node) }
        if let node = object.optional("happyHours") {
            happyHours = try node.elements { hour throws(ProgramDocumentError) in try HappyHour(hour) }
        }
        guards = try Guards(object)
        if let node = object.optional("uncollected") { uncollected = try node.word(uncollectedWords) }
        if let node = object.optional("redeemWhenExpired") { redeemWhenExpired = try ExpiredRedemption(node) }
        if let node = object.optional("requiresInstallation") { requiresInstallation = try node.flag() }
        if let node = object.optional("term") { term = try CardTerm(node) }
        if let node = object.optional("conversion") { conversion = try Conversion(node) }
        if let node = object.optional("subscription") { subscription = try Subscription(node) }
        if let node = object.optional("customerHistory") { customerHistory = try node.word(customerHistoryWords) }
    }

    func json(in currency: Currency) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("uncollected", .string(word(for: uncollected, in: uncollectedWords))),
            .init("redeemWhenExpired", redeemWhenExpired.json),
            .init("customerHistory", .string(word(for: customerHistory, in: customerHistoryWords))),
        ]
        func add(_ key: String, _ value: JSONValue?) {
            if let value { members.append(.init(key, value)) }
        }
        if type.choosesMechanic { add("mechanic", mechanic.json(in: currency)) }
        members += rewards.members
        if case .visits(let bonus) = spending { add("bonusPerVisit", .integer(bonus.rawValue)) }
        add("stampLife", life.json)
        add("tiers", tiers?.json(in: currency))
        add("welcome", welcome == .nothing ? nil : welcome.json)
        add("referral", referral?.json)
        add("happyHours", happyHours.isEmpty ? nil : .array(happyHours.map(\.json)))
        members += guards.members
        add("requiresInstallation", requiresInstallation ? .bool(true) : nil)
        add("term", term.json)
        add("conversion", conversion?.json)
        add("subscription", subscription?.json)
        return .object(members)
    }
}

extension Mechanic {
    fileprivate init(_ node: DocumentNode, in currency: Currency) throws(ProgramDocumentError) {
        let (kind, rule) = try node.choice("spend", "visit", "manual", "percent")
        switch kind {
        case "spend": self = .spend(try SpendRule(rule, in: currency))
        case "visit": self = .visit(stamps: try rule.members("stamps").required("stamps").quantity())
        case "percent":
            let object = try rule.members("basisPoints", "pointValue")
            let share = try object.required("basisPoints").share()
            self = .percent(
                PercentRule(share: share, pointValue: try object.required("pointValue").amount(in: currency))
            )
        default:
            guard rule.value == .object([]) else { throw rule.mismatch("an empty object") }
            self = .manual
        }
    }

    fileprivate func json(in currency: Currency) -> JSONValue {
        switch self {
        case .spend(let rule):
            let members: [JSONValue.Member] = [
                .init("stamps", .integer(rule.stamps.rawValue)),
                .init("perAmount", .string(rule.unit.decimal(in: currency))),
                .init("remainder", .string(word(for: rule.remainder, in: remainderWords))),
            ]
            return .object([.init("spend", .object(members))])
        case .visit(let stamps): return .object([.init("visit", .object([.init("stamps", .integer(stamps.rawValue))]))])
        case .percent(let rule):
            let members: [JSONValue.Member] = [
                .init("basisPoints", .integer(rule.share.rawValue)),
                .init("pointValue", .string(rule.pointValue.decimal(in: currency))),
            ]
            return .object([.init("percent", .object(members))])
        case .manual, .amounts: return .object([.init("manual", .object([]))])
        }
    }
}

extension SpendRule {
    fileprivate init(_ node: DocumentNode, in currency: Currency) throws(ProgramDocumentError) {
        let object = try node.members("stamps", "perAmount", "remainder")
        let unit = try object.required("perAmount").amount(in: currency)
        self.init(stamps: try object.required("stamps").quantity(), per: unit)
        if let node = object.optional("remainder") { remainder = try node.word(remainderWords) }
    }
}

extension ExpiredRedemption {
    fileprivate init(_ node: DocumentNode) throws(ProgramDocumentError) {
        if case .object = node.value {
            self = .graceDays(try node.members("graceDays").required("graceDays").count(upTo: .max))
        } else if case .string = node.value {
            self = try node.word(["allowed": .allowed, "denied": .denied])
        } else {
            throw node.mismatch("\"allowed\", \"denied\" or an object with the key graceDays")
        }
    }

    fileprivate var json: JSONValue {
        switch self {
        case .allowed: .string("allowed")
        case .denied: .string("denied")
        case .graceDays(let days): .object([.init("graceDays", .integer(days))])
        }
    }
}

extension Guards {
    fileprivate init(_ object: DocumentObject) throws(ProgramDocumentError) {
        self.init()
        if let node = object.optional("dailyStampCap") { dailyCap = try node.quantity() }
        if let node = object.optional("dailyStaffCap") { dailyStaffCap = try node.quantity() }
        if let node = object.optional("coolDownSeconds") { coolDown = try node.count(upTo: .max) }
        if let node = object.optional("singleUseReferences") { singleUseReferences = try node.flag() }
    }

    fileprivate var members: [JSONValue.Member] {
        let numbers: [(String, Int32?)] = [
            ("dailyStampCap", dailyCap?.rawValue), ("dailyStaffCap", dailyStaffCap?.rawValue),
            ("coolDownSeconds", coolDown),
        ]
        let members = numbers.compactMap { key, number in number.map { JSONValue.Member(key, .integer($0)) } }
        return members + (singleUseReferences ? [.init("singleUseReferences", .bool(true))] : [])
    }
}

private let remainderWords: KeyValuePairs<String, RemainderPolicy> = [
    "perTransaction": .perTransaction,
    "cumulative": .cumulative,
]

private let uncollectedWords: KeyValuePairs<String, UncollectedPolicy> = [
    "forgive": .forgive,
    "carryAsDebt": .carryAsDebt,
    "reject": .reject,
]

/// The word that a document has for a meaning.
func word<Meaning: Equatable>(for meaning: Meaning, in words: KeyValuePairs<String, Meaning>) -> String {
    guard let word = words.first(where: { $0.value == meaning })?.key else {
        preconditionFailure("every policy has a word; \(meaning) has none")
    }
    return word
}

private let customerHistoryWords: KeyValuePairs<String, CustomerHistoryView> = [
    "none": .nothing,
    "summary": .summary,
    "entries": .entries,
]
