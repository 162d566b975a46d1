public import LogFormat

/// A record, copied out of its block.
public struct StoredRecord: Hashable, Sendable {
    /// The position of the first event.
    public var position: Position
    /// When the ledger learnt of it, UTC milliseconds.
    public var recordedAt: Int64
    /// The stream it belongs to.
    public var stream: StreamNumber
    /// The number of events.
    public var eventCount: Int
    /// The id.
    public var id: RecordID?
    /// The facts.
    public var facts: [UInt8]
    /// The details.
    public var details: [UInt8]

    /// Describes a record.
    package init(
        position: Position,
        recordedAt: Int64,
        stream: StreamNumber,
        eventCount: Int,
        id: RecordID?,
        facts: [UInt8],
        details: [UInt8]
    ) {
        self.position = position
        self.recordedAt = recordedAt
        self.stream = stream
        self.eventCount = eventCount
        self.id = id
        self.facts = facts
        self.details = details
    }

    /// Copies a record.
    public init(_ block: DecodedBlock, _ record: RecordEntry) {
        position = record.position
        recordedAt = block.recordedAt
        stream = record.stream
        eventCount = record.eventCount
        id = record.id
        facts = Array(block.facts[record.facts])
        details = Array(block.details[record.details])
    }
}
