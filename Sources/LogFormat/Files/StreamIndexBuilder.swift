/// The index of a segment that still grows: a chain of blocks for each stream, newest first.
public struct StreamIndexBuilder: Sendable {
    private struct Link: Sendable {
        var block: UInt32
        /// The index of the link before, or `none`.
        var previous: UInt32
    }

    private static let none = UInt32.max

    private var references: [StreamIndex.BlockReference] = []
    private var links: [Link] = []
    private var newest: [UInt32: UInt32] = [:]

    /// Starts empty.
    public init() {}

    /// Forgets everything.
    public mutating func removeAll() { self = StreamIndexBuilder() }

    /// Notes that a block holds a record of a stream.
    ///
    /// - Precondition: blocks come in the order of the log.
    public mutating func add(_ stream: StreamNumber, in reference: StreamIndex.BlockReference) {
        if references.last != reference {
            precondition(references.last.map { $0 < reference } ?? true, "\(reference) is behind the last block")
            references.append(reference)
        }
        let block = UInt32(references.count - 1)
        let before = newest[stream.rawValue] ?? Self.none
        if before != Self.none, links[Int(before)].block == block { return }
        newest[stream.rawValue] = UInt32(links.count)
        links.append(Link(block: block, previous: before))
    }

    /// The blocks that hold records of a stream, in the order of the log.
    public func blocks(of stream: StreamNumber) -> [StreamIndex.BlockReference] {
        var found: [StreamIndex.BlockReference] = []
        var link = newest[stream.rawValue] ?? Self.none
        while link != Self.none {
            found.append(references[Int(links[Int(link)].block)])
            link = links[Int(link)].previous
        }
        found.reverse()
        return found
    }

    /// The finished index.
    public func build(logID: LogID, firstPosition: Position) -> StreamIndex {
        var body = ByteWriter()
        var before: UInt32 = 0
        for stream in newest.keys.sorted() {
            body.varint(UInt64(stream - before))
            before = stream
            let blocks = blocks(of: StreamNumber(rawValue: stream))
            body.varint(UInt64(blocks.count))
            var unit = 0
            for reference in blocks {
                let next = reference.batchOffset / FormatLimits.batchAlignment
                body.varint(UInt64(next - unit))
                body.varint(UInt64(reference.block))
                unit = next
            }
        }
        do {
            return try StreamIndex(
                logID: logID,
                firstPosition: firstPosition,
                streamCount: newest.count,
                body: body.bytes
            )
        } catch {
            preconditionFailure("an index that was just written must be readable, but \(error)")
        }
    }
}
