public import LogFormat

/// The end of what is durable.
public struct LogHead: Hashable, Sendable {
    /// The position of the last event; ``LogFormat/Position/zero`` in an empty log.
    public var position: Position
    /// The chain hash after it.
    public var chainHash: ChainHash
    /// When the last batch was recorded, UTC milliseconds; `Int64.min` in an empty log.
    ///
    /// The next one must not be earlier.
    public var recordedAt: Int64

    /// The head of an empty log.
    public static let empty = LogHead(position: .zero, chainHash: .zero, recordedAt: .min)

    /// Describes a head.
    public init(position: Position, chainHash: ChainHash, recordedAt: Int64) {
        self.position = position
        self.chainHash = chainHash
        self.recordedAt = recordedAt
    }

    /// The position of the next event.
    public var nextPosition: Position { position.advanced(by: 1) }

    /// The head behind a batch.
    func advanced(past header: BatchHeader) -> LogHead {
        LogHead(
            position: header.nextPosition.advanced(by: -1),
            chainHash: header.chainHash,
            recordedAt: header.recordedAt
        )
    }
}
