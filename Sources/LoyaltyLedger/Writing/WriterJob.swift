internal import LoyaltyDomain

/// What a task asks of the writer thread, and how it is answered.
struct WriterJob: Sendable {
    enum Work: Sendable {
        case commands([CommandRequest])
        case program(ProgramRequest)
        case source(SourceRequest)
        case device(DeviceRequest)
        case sweep(SweepRequest)
        case close
    }

    enum Reply: Sendable {
        case outcomes([Outcome])
        case program(Result<ProgramCatalog.Version, CommandError>)
        case source(Result<SourceRegistration, CommandError>)
        case sweep(Result<SweepReport, CommandError>)
        case closed(Result<Void, LedgerError>)
        case cancelled
        case refused(LedgerError)
    }

    let id: UInt64
    let work: Work
    let reply: CheckedContinuation<Reply, Never>
}

/// What became of one command.
typealias Outcome = Result<Receipt, CommandError>

/// A new version of a program's rules.
struct ProgramRequest: Sendable {
    var program: Program
    var effectiveFrom: Timestamp?
    var id: CommandID
    var recordedAt: Timestamp?
}

/// An import file to be registered.
struct SourceRequest: Sendable {
    var fingerprint: ImportFingerprint
    var allowsGrown: Bool
    var recordedAt: Timestamp?
}

/// A device to be registered.
struct DeviceRequest: Sendable {
    var device: Label
    var recordedAt: Timestamp?
}

/// An instant before which everything due is to be recorded.
struct SweepRequest: Sendable {
    var instant: Timestamp
    var recordedAt: Timestamp?
}
