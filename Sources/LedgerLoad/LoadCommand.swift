public import LoyaltyLedger

/// One command of a load, and what a row of it says beside its events.
public struct LoadCommand: Sendable {
    /// The command; when it is recorded is for whoever sends it to say.
    public var request: CommandRequest
    /// The number of the card, from 0.
    public var card: UInt32
    /// The number of the staff, device and place, from 1.
    public var attribution: UInt16
}
