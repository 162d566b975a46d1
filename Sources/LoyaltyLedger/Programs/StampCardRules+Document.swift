import LoyaltyDomain

extension StampCardRules {
    init(_ node: DocumentNode, in currency: Currency) throws(ProgramDocumentError) {
        let object = try node.members(
            "mechanic",
            "stampsPerReward",
            "dailyStampCap",
            "uncollected",
            "redeemWhenExpired"
        )
        self.init(
            mechanic: try Mechanic(try object.required("mechanic"), in: currency),
            stampsPerReward: try object.required("stampsPerReward").stamps()
        )
        if let node = object.optional("dailyStampCap") { dailyStampCap = try node.stamps() }
        if let node = object.optional("uncollected") { uncollected = try node.word(uncollectedWords) }
        if let node = object.optional("redeemWhenExpired") { redeemWhenExpired = try ExpiredRedemption(node) }
    }

    func json(in currency: Currency) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("mechanic", mechanic.json(in: currency)),
            .init("stampsPerReward", .integer(stampsPerReward.rawValue)),
            .init("uncollected", .string(word(for: uncollected, in: uncollectedWords))),
            .init("redeemWhenExpired", redeemWhenExpired.json),
        ]
        if let dailyStampCap { members.append(.init("dailyStampCap", .integer(dailyStampCap.rawValue))) }
        return .object(members)
    }
}

extension Mechanic {
    fileprivate init(_ node: DocumentNode, in currency: Currency) throws(ProgramDocumentError) {
        let (kind, rule) = try node.choice("spend", "visit", "manual")
        switch kind {
        case "spend": self = .spend(try SpendRule(rule, in: currency))
        case "visit": self = .visit(stamps: try rule.members("stamps").required("stamps").stamps())
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
        case .manual: return .object([.init("manual", .object([]))])
        }
    }
}

extension SpendRule {
    fileprivate init(_ node: DocumentNode, in currency: Currency) throws(ProgramDocumentError) {
        let object = try node.members("stamps", "perAmount", "remainder")
        let amount = try object.required("perAmount")
        let expected =
            "a decimal amount of \(currency) above nothing, in quotes, such as "
            + "\"\(MinorUnits(1000).decimal(in: currency))\""
        guard let unit = Money(decimal: try amount.text(expected), currency)?.minorUnits, unit > .zero else {
            throw amount.mismatch(expected)
        }
        self.init(stamps: try object.required("stamps").stamps(), per: unit)
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

extension DocumentNode {
    fileprivate func stamps() throws(ProgramDocumentError) -> Stamps {
        Stamps(try count(upTo: Stamps.largest.rawValue))
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

private func word<Meaning: Equatable>(for meaning: Meaning, in words: KeyValuePairs<String, Meaning>) -> String {
    guard let word = words.first(where: { $0.value == meaning })?.key else {
        preconditionFailure("every policy has a word; \(meaning) has none")
    }
    return word
}
