/// The index of a segment that still grows: a chain of links for each stream, newest first, one for each block that holds records of it.
///
/// Links are made in the order of the blocks, so that a link's place says which block it is of: four bytes for each stream of a block.
public struct StreamIndexBuilder: Sendable {
    private static let none = UInt32.max

    private var references: [StreamIndex.BlockReference] = []
    /// The first link of each block.
    private var firstLinks: [UInt32] = []
    /// For each link the one before it of the same stream, or `none`.
    private var previous: [UInt32] = []
    /// The newest link of each stream below the limit, or `none`.
    private var newest: [UInt32] = []
    /// The newest link of each stream from the limit on: bytes from disk may name any.
    private var newestBeyond: [UInt32: UInt32] = [:]
    private var streamCount = 0

    /// An array of four bytes a stream is kept below this one: 16 MiB at the most, whatever the bytes on disk say.
    private static let arrayLimit: UInt32 = 1 << 22

    /// Starts empty.
    public init() {}

    /// Forgets everything.
    public mutating func removeAll() { self = StreamIndexBuilder() }

    /// Notes that a block holds a record of a stream.
    ///
    /// - Precondition: blocks come in the order of the log.
    public mutating func add(_ stream: StreamNumber, in reference: StreamIndex.BlockReference) {
        link(CollectionOfOne(stream), reference)
    }

    /// Notes that a block holds records of some streams, each as often as it likes.
    ///
    /// - Precondition: blocks come in the order of the log.
    public mutating func add(_ streams: ArraySlice<StreamNumber>, in reference: StreamIndex.BlockReference) {
        link(streams, reference)
    }

    @inline(__always)
    private mutating func link(_ streams: some Collection<StreamNumber>, _ reference: StreamIndex.BlockReference) {
        guard !streams.isEmpty else { return }
        begin(reference)
        makeRoom(for: streams)
        let first = firstLinks[firstLinks.count - 1]
        // Taken out, so that a span of it and the other fields can be changed side by side.
        var taken: [UInt32] = []
        swap(&taken, &newest)
        var links = taken.mutableSpan
        for stream in streams {
            let (raw, link) = (stream.rawValue, UInt32(previous.count))
            let before = raw < Self.arrayLimit ? links[Int(raw)] : newestBeyond[raw] ?? Self.none
            if before == Self.none { streamCount += 1 } else if before >= first { continue }
            if raw < Self.arrayLimit { links[Int(raw)] = link } else { newestBeyond[raw] = link }
            previous.append(before)
        }
        swap(&taken, &newest)
    }

    /// Begins a block, unless it is the last one.
    private mutating func begin(_ reference: StreamIndex.BlockReference) {
        guard references.last != reference else { return }
        precondition(references.last.map { $0 < reference } ?? true, "\(reference) is behind the last block")
        references.append(reference)
        firstLinks.append(UInt32(previous.count))
    }

    /// Grows the array so that it holds all of these streams that lie below the limit.
    @inline(__always)
    private mutating func makeRoom(for streams: some Collection<StreamNumber>) {
        var count = newest.count
        for stream in streams where stream.rawValue < Self.arrayLimit { count = max(count, Int(stream.rawValue) + 1) }
        guard count > newest.count else { return }
        newest.append(contentsOf: repeatElement(Self.none, count: count - newest.count))
    }

    @inline(__always)
    private func newestLink(of stream: UInt32) -> UInt32 {
        if Int(stream) < newest.count { return newest[Int(stream)] }
        return stream < Self.arrayLimit ? Self.none : newestBeyond[stream] ?? Self.none
    }

    /// The blocks that hold records of a stream, in the order of the log.
    ///
    /// - Complexity: O(log n) in the blocks for each.
    public func blocks(of stream: StreamNumber) -> [StreamIndex.BlockReference] {
        var found: [StreamIndex.BlockReference] = []
        var link = newestLink(of: stream.rawValue)
        var end = references.count
        while link != Self.none {
            end = block(of: link, before: end)
            found.append(references[end])
            link = previous[Int(link)]
        }
        found.reverse()
        return found
    }

    /// The block, before another one, that a link is of.
    private func block(of link: UInt32, before end: Int) -> Int {
        var (low, high) = (0, end)
        while high - low > 1 {
            let middle = (low + high) / 2
            if firstLinks[middle] <= link { low = middle } else { high = middle }
        }
        return low
    }

    /// The finished index.
    public func build(logID: LogID, firstPosition: Position) -> StreamIndex {
        var body = ByteWriter()
        var before: UInt32 = 0
        for stream in newest.indices where newest[stream] != Self.none {
            encode(UInt32(stream), after: before, to: &body)
            before = UInt32(stream)
        }
        for stream in newestBeyond.keys.sorted() {
            encode(stream, after: before, to: &body)
            before = stream
        }
        do {
            return try StreamIndex(
                logID: logID,
                firstPosition: firstPosition,
                streamCount: streamCount,
                body: body.bytes
            )
        } catch {
            preconditionFailure("an index that was just written must be readable, but \(error)")
        }
    }

    private func encode(_ stream: UInt32, after before: UInt32, to body: inout ByteWriter) {
        body.varint(UInt64(stream - before))
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
}
