/// A field that a row of an import may have; the raw value is its name on the command line and in a header.
enum ImportField: String, CaseIterable {
    case commandID = "command_id"
    case occurredAt = "occurred_at"
    case card
    case customer
    case program
    case kind
    case amount
    case amountMinor = "amount_minor"
    case quantity
    case reference
    case refunds
    case expiresOn = "expires_on"
    case reason
    case staff
    case device
    case location
    case comment
    case internalNote = "internal_note"

    /// The names of all fields.
    static let list = allCases.map(\.rawValue).joined(separator: ", ")

    /// Without these no row can be understood.
    static let indispensable: [ImportField] = [.card, .kind, .occurredAt]
}
