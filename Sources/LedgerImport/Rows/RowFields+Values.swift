import LoyaltyLedger

extension RowFields {
    /// How many; nil where the row has no quantity and needs none.
    ///
    /// A kind that does not count anything may still have a quantity in a common export, but no senseless one.
    func quantity(for kind: ImportKind) throws(RowProblem) -> Int32? {
        guard let text = text(.quantity) else {
            if kind.quantity == .required { throw .missing(.quantity, for: kind) }
            return nil
        }
        if kind.isSigned { return try RowFields.signedQuantity(text) }
        let least: Int32 = kind.quantity == .none ? 0 : 1
        guard let number = RowFields.wholeNumber(text), let quantity = Int32(exactly: number), quantity >= least else {
            throw .badQuantity(text, atLeast: least)
        }
        return quantity
    }

    private static func signedQuantity(_ text: String) throws(RowProblem) -> Int32 {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, let number = wholeNumber(String(digits)), let quantity = Int32(exactly: number),
            quantity != 0
        else { throw .badSignedQuantity(text) }
        return text.hasPrefix("-") ? -quantity : quantity
    }

    /// The last valid day that a row sets; the word `none` sets none.
    func expiryDay(for kind: ImportKind) throws(RowProblem) -> LocalDay? {
        guard let text = text(.expiresOn) else { throw .missing(.expiresOn, for: kind) }
        if text == "none" { return nil }
        guard let day = LocalDay(text) else {
            throw .badDate(.expiresOn, text, expected: "a day such as 2026-11-01, or none")
        }
        return day
    }

    /// Why rewards are removed.
    func removalReason() throws(RowProblem) -> RewardRemovalReason {
        switch text(.reason) {
        case nil: throw .missing(.reason, for: .removeRewards)
        case "correction": return .correction
        case "expired": return .expired
        case let text?: throw .unknownReason(text)
        }
    }

    /// The purchase that a row names, by its command or by its reference; nil for the newest first.
    func purchaseName() throws(RowProblem) -> TransactionName? {
        if let text = try line(.command, longest: 256) { return TransactionName(commandID: CommandID(naming: text)) }
        return try line(.refunds, longest: CommandContext.longestReference).map {
            TransactionName(commandID: CommandID(text: $0), reference: $0)
        }
    }

    /// The purchase that a row must name.
    func requiredPurchaseName(for kind: ImportKind) throws(RowProblem) -> TransactionName {
        guard let name = try purchaseName() else { throw .missing(.refunds, for: kind) }
        return name
    }

    /// The earlier command that a row is about.
    func command(for kind: ImportKind) throws(RowProblem) -> CommandID {
        guard let text = try line(.command, longest: 256) else { throw .missing(.command, for: kind) }
        return CommandID(naming: text)
    }

    /// The number that a device gave the row.
    func sequence() throws(RowProblem) -> UInt64 {
        guard let text = text(.sequence) else { throw .missing(.sequence) }
        guard let number = RowFields.wholeNumber(text), number >= 1 else {
            throw .unknownWord(.sequence, text, expected: "a whole number of at least 1")
        }
        return UInt64(number)
    }

    /// A name that a row of this kind must have.
    func required<Name>(
        _ field: ImportField,
        for kind: ImportKind,
        _ make: (String) -> Name?
    ) throws(RowProblem) -> Name {
        guard let name = try identifier(field, make) else { throw .missing(field, for: kind) }
        return name
    }

    /// Yes or no, or nil where the row says neither.
    func flag(_ field: ImportField) throws(RowProblem) -> Bool? {
        switch text(field) {
        case nil: return nil
        case "yes": return true
        case "no": return false
        case let text?: throw .unknownWord(field, text, expected: "yes or no")
        }
    }

    /// What the card was installed on.
    func platform(for kind: ImportKind) throws(RowProblem) -> Platform {
        switch text(.platform) {
        case nil: throw .missing(.platform, for: kind)
        case "ios": return .iOS
        case "android": return .android
        case "web": return .webApp
        case let text?: throw .unknownWord(.platform, text, expected: "ios, android or web")
        }
    }

    /// From which purse; the main one unless said otherwise.
    func purse() throws(RowProblem) -> PurseKind {
        switch text(.purse) {
        case nil, "main": return .main
        case "bonus": return .bonus
        case let text?: throw .unknownWord(.purse, text, expected: "main or bonus")
        }
    }

    /// A tier by its name or its number.
    func tier(for kind: ImportKind, on terms: ProgramTerms) throws(RowProblem) -> TierNumber {
        guard let text = text(.tier) else { throw .missing(.tier, for: kind) }
        if let index = terms.tiers.firstIndex(of: text) { return TierNumber(UInt8(index + 1)) }
        guard let number = RowFields.wholeNumber(text), let tier = UInt8(exactly: number), !text.isEmpty else {
            let names = terms.tiers.isEmpty ? "a tier's number" : "one of \(terms.tiers.joined(separator: ", "))"
            throw .unknownWord(.tier, text, expected: names)
        }
        return TierNumber(tier)
    }

    /// The length of a membership's period.
    func period(for kind: ImportKind) throws(RowProblem) -> MembershipPeriod {
        guard let text = text(.period) else { throw .missing(.period, for: kind) }
        guard let period = MembershipPeriod.allCases.first(where: { "\($0)" == text }) else {
            throw .unknownWord(.period, text, expected: "day, week, month, quarter or year")
        }
        return period
    }
}

extension CommandID {
    /// The key by which a row names an earlier command: as a history shows it, `source/number` for an import's rows, or as its caller
    /// called it.
    package init(naming text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let source = parts.first.flatMap({ UInt32($0) }), source > 0,
            let number = UInt64(parts[1]), "\(source)/\(number)" == text
        else {
            self.init(text: text)
            return
        }
        self = .sequence(source: source, number: number)
    }
}
