internal import LoyaltyDomain

/// One thing that the ledger was told, as it can be told again.
enum RetoldStep {
    /// A command, with the positions of the events it led to and what it was refused for.
    case command(CommandRequest, positions: Range<UInt64>, refusal: Refusal?)
    /// A version of a program's rules.
    case rules(ProgramCatalog.Version, id: CommandID, recordedAt: Timestamp)
    /// A sweep of all cards.
    case sweep(Timestamp, recordedAt: Timestamp)

    /// When the ledger was told.
    var recordedAt: Timestamp {
        switch self {
        case .command(let request, _, _): request.recordedAt ?? request.command.occurredAt
        case .rules(_, _, let recordedAt), .sweep(_, let recordedAt): recordedAt
        }
    }
}
