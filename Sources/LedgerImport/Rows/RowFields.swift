import LoyaltyLedger

/// The fields of one row, each read as what it stands for.
struct RowFields {
    let mapping: ImportMapping
    let record: CSVRecord

    func text(_ field: ImportField) -> String? { mapping.text(of: field, in: record) }

    /// What the row does.
    func kind() throws(RowProblem) -> ImportKind {
        guard let text = text(.kind) else { throw .missing(.kind) }
        guard let kind = ImportKind(rawValue: text) else { throw .unknownKind(text) }
        return kind
    }

    /// When it happened.
    func instant(in calendar: ProgramCalendar) throws(RowProblem) -> Timestamp {
        guard let text = text(.occurredAt) else { throw .missing(.occurredAt) }
        guard let instant = calendar.instant(reading: text) else {
            throw .badDate(.occurredAt, text, expected: "a time such as 2026-11-01T09:30:00-05:00 or 2026-11-01")
        }
        return instant
    }

    /// The row's amount, from either or both of its two fields (R9).
    func amount(for kind: ImportKind, in currency: Currency) throws(RowProblem) -> Money? {
        let decimal = try money(.amount, in: currency)
        let minor = try amountInMinorUnits(of: currency)
        if let decimal, let minor, decimal != minor {
            throw .amountsDiffer(text(.amount) ?? "", text(.amountMinor) ?? "")
        }
        let amount = decimal ?? minor
        switch kind.amount {
        case .required where amount == nil: throw .missing(.amount, for: kind)
        case .none where amount.map { $0.minorUnits > .zero } == true: throw .unexpectedAmount(for: kind)
        case .required, .optional, .none: return amount
        }
    }

    /// A field's amount in decimals of the currency, or nil where it has none.
    func money(_ field: ImportField, in currency: Currency) throws(RowProblem) -> Money? {
        guard let text = text(field) else { return nil }
        guard let money = Money(decimal: text, currency) else {
            let example = MinorUnits(1250).decimal(in: currency)
            throw .badAmount(field, text, expected: "an amount of \(currency) such as \(example)")
        }
        return money
    }

    private func amountInMinorUnits(of currency: Currency) throws(RowProblem) -> Money? {
        guard let text = text(.amountMinor) else { return nil }
        guard let number = RowFields.wholeNumber(text), number <= MinorUnits.largest.rawValue else {
            throw .badAmount(.amountMinor, text, expected: "a whole number of minor units of \(currency)")
        }
        return Money(MinorUnits(number), currency)
    }

    /// Everything written beside the command.
    func context() throws(RowProblem) -> CommandContext {
        CommandContext(
            source: .import,
            attribution: Attribution(
                staff: try identifier(.staff, Label.init),
                device: try identifier(.device, Label.init),
                location: try identifier(.location, Label.init)
            ),
            reference: try line(.reference, longest: CommandContext.longestReference),
            customerComment: try paragraph(.comment),
            internalNote: try paragraph(.internalNote)
        )
    }

    /// A name of at most 64 bytes without control characters, or nil where the row has none.
    func identifier<Name>(_ field: ImportField, _ make: (String) -> Name?) throws(RowProblem) -> Name? {
        guard let text = text(field) else { return nil }
        guard let name = make(text) else { throw .badText(field, longest: 64) }
        return name
    }

    /// A text on one line, or nil where the row has none.
    func line(_ field: ImportField, longest: Int) throws(RowProblem) -> String? {
        guard let text = text(field) else { return nil }
        guard text.utf8.count <= longest, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .badText(field, longest: longest)
        }
        return text
    }

    /// A text that may have several lines, or nil where the row has none.
    private func paragraph(_ field: ImportField) throws(RowProblem) -> String? {
        guard let text = text(field) else { return nil }
        let breaks: [UInt8] = [0x09, 0x0A, 0x0D]
        guard text.utf8.count <= CommandContext.longestText,
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || breaks.contains($0) })
        else {
            throw .badText(field, longest: CommandContext.longestText)
        }
        return text
    }

    /// Digits and nothing else.
    static func wholeNumber(_ text: String) -> Int64? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int64(text)
    }
}
