public import LogFormat
public import SystemPackage

/// The structure of a log: segments, batches and blocks.
public struct LogDescription: Hashable, Sendable {
    /// One segment.
    public struct Segment: Hashable, Sendable {
        /// The file.
        public var file: FilePath
        /// The header.
        public var header: SegmentHeader
        /// The size of the file in bytes.
        public var byteCount: Int
        /// The bytes up to the end of the last good batch.
        public var usedByteCount: Int
        /// The good batches.
        public var batches: [Batch]
        /// Why the walk ended before the seal, where it did; nil if sealed.
        public var end: DecodingFailure?
    }

    /// One batch.
    public struct Batch: Hashable, Sendable {
        /// Where it starts in the segment, in bytes.
        public var offset: Int
        /// The header.
        public var header: BatchHeader
        /// The directory.
        public var blocks: [BlockEntry]
    }

    /// The log.
    public var logID: LogID
    /// The segments, in order.
    public var segments: [Segment]
}

extension LogDescription: CustomStringConvertible {
    /// The structure as a tree of text.
    public var description: String {
        var lines = ["log \(logID), \(segments.count) segments"]
        for segment in segments {
            lines.append(segment.description)
            for batch in segment.batches {
                lines.append(batch.description)
                for (number, block) in batch.blocks.enumerated() {
                    lines.append("      block \(number): \(Self.line(block))")
                }
            }
        }
        return lines.joined(separator: "\n")
    }
}

extension LogDescription.Segment: CustomStringConvertible {
    /// One line about the segment.
    public var description: String {
        let state = batches.last?.header.kind == .seal ? "sealed" : "active"
        let name = file.lastComponent?.string ?? file.string
        return "  \(name) \(state), number \(header.identity.ordinal), "
            + "from position \(header.firstPosition), \(usedByteCount) of \(byteCount) bytes, \(batches.count) batches"
    }
}

extension LogDescription.Batch: CustomStringConvertible {
    /// One line about the batch.
    public var description: String {
        "    \(header.kind) at \(offset): \(header.length) bytes, from position \(header.firstPosition), "
            + "\(header.eventCount) events in \(header.recordCount) records, recorded at \(header.recordedAt), "
            + "durable through \(header.syncedThrough), chain \(header.chainHash.description.prefix(16))"
    }
}

extension LogDescription {
    private static func line(_ block: BlockEntry) -> String {
        let sizes = Section.allCases.map { "\($0) \(block[$0].storedCount) of \(block[$0].rawCount)" }
        let events = "\(block.eventCount) events from \(block.firstPosition)"
        return "\(events), \(sizes.joined(separator: ", ")), mask \(block.mask)"
    }
}
