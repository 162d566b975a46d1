/// The numbers of events of the ledger's own on disk: never reused; a changed layout gets a new number.
enum LedgerEventType: UInt8, CaseIterable {
    case ledgerCreated = 1
    case programDefined = 2
    case attributionDefined = 3
    case sourceRegistered = 4
    case deviceRegistered = 5
}
