/// One record of a decoded block: where its bytes lie in the block's buffers.
public struct RecordEntry: Hashable, Sendable {
    /// The position of the first event.
    public var position: Position
    /// The stream it belongs to.
    public var stream: StreamNumber
    /// The number of events, which lie one behind the other in `facts`.
    public var eventCount: Int
    /// The id; nil if ids were not decoded.
    public var id: RecordID?
    /// Its facts, as a range in ``DecodedBlock/facts``.
    public var facts: Range<Int>
    /// Its details, as a range in ``DecodedBlock/details``; empty if details were not decoded.
    public var details: Range<Int>

    /// Describes a record.
    public init(
        position: Position,
        stream: StreamNumber,
        eventCount: Int,
        id: RecordID?,
        facts: Range<Int>,
        details: Range<Int>
    ) {
        self.position = position
        self.stream = stream
        self.eventCount = eventCount
        self.id = id
        self.facts = facts
        self.details = details
    }

    /// The position of the event behind the record.
    public var nextPosition: Position { position.advanced(by: eventCount) }
}
