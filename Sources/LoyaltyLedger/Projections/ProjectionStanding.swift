/// Where a projection stands: its state, and after which event.
public struct ProjectionStanding<State: Sendable>: Sendable {
    /// The state after that event.
    public let state: State
    /// The position of the last event folded; 0 before the first.
    public let position: UInt64
    /// The version of the fold.
    public let version: UInt32
    /// What stopped the fold, so that it stands still at this position; nil while it goes on.
    public let failure: LedgerError?
    /// Why the last checkpoint could not be saved; nil where it could, or there is none to save.
    public let checkpointFailure: LedgerError?

    func map<Other>(_ transform: (State) -> Other) -> ProjectionStanding<Other> {
        ProjectionStanding<Other>(
            state: transform(state),
            position: position,
            version: version,
            failure: failure,
            checkpointFailure: checkpointFailure
        )
    }
}
