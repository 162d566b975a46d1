/// A field that a row of an import may have; raw values are dense, so that a row is read through arrays.
package enum ImportField: Int, CaseIterable {
    case commandID
    case occurredAt
    case card
    case customer
    case program
    case kind
    case amount
    case amountMinor
    case quantity
    case reference
    case refunds
    case expiresOn
    case reason
    case staff
    case device
    case location
    case comment
    case internalNote
    case statedAmount
    case eligibleAmount
    case command
    case otherCard
    case platform
    case item
    case purse
    case tier
    case period
    case grantsEntry
    case returnsStamps
    case sequence
    case claim
    case caseNumber
    case verdict
    case position

    /// The field of that name, or nil.
    package init?(name: some StringProtocol) {
        guard let index = ImportField.names.firstIndex(where: { $0 == name }) else { return nil }
        self.init(rawValue: index)
    }

    /// Its name on the command line and in a header.
    package var name: String { ImportField.names[rawValue] }

    /// The names of all fields.
    package static let list = names.joined(separator: ", ")

    /// Without these no row can be understood.
    static let indispensable: [ImportField] = [.card, .kind, .occurredAt]

    private static let names = [
        "command_id", "occurred_at", "card", "customer", "program", "kind", "amount", "amount_minor", "quantity",
        "reference", "refunds", "expires_on", "reason", "staff", "device", "location", "comment", "internal_note",
        "stated_amount", "eligible_amount", "command", "other_card", "platform", "item", "purse", "tier", "period",
        "grants_entry", "returns_stamps", "sequence", "claim", "case", "verdict", "position",
    ]
}
