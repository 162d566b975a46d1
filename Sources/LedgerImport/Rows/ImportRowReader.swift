package import LoyaltyLedger

/// Turns rows of a file into commands.
package struct ImportRowReader {
    /// Where the fields come from.
    package let mapping: ImportMapping

    /// The terms of a row's program: of the one it names, else of the one its card was issued under.
    package let terms: (ProgramID?, CardID) throws(RowProblem) -> ProgramTerms

    /// Creates a reader of rows.
    package init(
        mapping: ImportMapping,
        terms: @escaping (ProgramID?, CardID) throws(RowProblem) -> ProgramTerms
    ) {
        self.mapping = mapping
        self.terms = terms
    }

    /// Reads a row.
    ///
    /// - Throws: The row's first problem: unreadable as CSV, then its card, kind, program, time, amount and quantity,
    ///   then its texts.
    package func read(_ record: CSVRecord) throws(RowProblem) -> ImportRow {
        if let problem = record.problem { throw RowProblem(code: problem.code, message: problem.message) }
        let fields = RowFields(mapping: mapping, record: record)
        guard let card = try fields.identifier(.card, CardID.init) else { throw .missing(.card) }
        let kind = try fields.kind()
        let program = try fields.identifier(.program, ProgramID.init)
        let terms = try terms(program, card)
        let occurredAt = try fields.instant(in: terms.calendar)
        let action = try action(kind, fields, in: terms.currency)
        return ImportRow(
            row: record.row,
            commandID: try fields.line(.commandID, longest: 256).map { CommandID(text: $0) },
            command: CardCommand(action, on: card, at: occurredAt),
            context: try fields.context(),
            customer: try fields.identifier(.customer, CustomerID.init),
            program: program
        )
    }

    private func action(
        _ kind: ImportKind,
        _ fields: RowFields,
        in currency: Currency
    ) throws(RowProblem) -> CardAction {
        let amount = try fields.amount(for: kind, in: currency)
        let quantity = try fields.quantity(for: kind)
        let money = amount ?? Money(.zero, currency)
        switch kind {
        case .purchase: return .purchase(money)
        case .visit: return .visit(amount)
        case .refund: return .refund(money, of: try fields.refundedPurchase())
        case .removeVisits: return .removeVisits(Visits(quantity))
        case .addStamps: return .addStamps(Stamps(quantity))
        case .removeStamps: return .removeStamps(Stamps(quantity))
        case .grantRewards: return .grantRewards(Rewards(quantity), purchase: money)
        case .redeemRewards: return .redeemRewards(Rewards(quantity), purchase: money)
        case .removeRewards: return .removeRewards(Rewards(quantity), purchase: money, try fields.removalReason())
        case .setExpiry: return .setExpiry(try fields.expiryDay())
        }
    }
}
