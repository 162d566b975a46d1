/// What a batch is for; the raw value is on disk, four letters in reading order.
///
/// Zero is no kind.
public enum BatchKind: UInt32, Sendable {
    /// Holds events.
    case events = 0x3154_4142
    /// Holds nothing but the promise of what is durable.
    case marker = 0x314b_524d
    /// Ends a segment for ever.
    case seal = 0x3141_4553
}

extension BatchKind: CustomStringConvertible {
    /// The value as text, for people.
    public var description: String {
        switch self {
        case .events: "events"
        case .marker: "marker"
        case .seal: "seal"
        }
    }
}
