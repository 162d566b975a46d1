public import LogFormat

extension LogReader {
    /// The next blocks behind a position, decoded and copied: for readers that go on later, or elsewhere.
    ///
    /// The first one may begin before the position, where that lies within it.
    ///
    /// - Parameters:
    ///   - position: The last position that is not wanted.
    ///   - last: The last one that is.
    ///   - sections: What to decode besides facts.
    ///   - bytes: How many decompressed bytes of facts and details are enough; one block is always read if there is one.
    ///   - count: How many blocks are enough.
    /// - Returns: No block where there is no event behind the position yet.
    /// - Complexity: O(blocks log n), and the headers of a sealed segment's batches once.
    public func blocks(
        after position: Position,
        through last: Position,
        sections: SectionSet,
        bytes: Int = 256 << 10,
        count: Int = 64
    ) throws -> [DecodedBlock] {
        var blocks: [DecodedBlock] = []
        var (next, size) = (position.advanced(by: 1), 0)
        while next <= min(last, head.position), blocks.count < count, size < bytes {
            let found: DecodedBlock?
            do {
                found = try withRecord(at: next, sections: sections) { block, _ in block }
            } catch  where !blocks.isEmpty {
                // What is good before damage is read first; the next call meets the damage.
                return blocks
            }
            guard let block = found else { break }
            blocks.append(block)
            size += block.facts.count + block.details.count
            next = block.nextPosition
        }
        return blocks
    }

    /// The end of the batch that holds a position, and the chain hash there; nil where this reader does not see so far.
    ///
    /// - Complexity: as of ``chainHash(after:)``.
    public func batchEnd(holding position: Position) throws(LogError) -> (position: Position, chainHash: ChainHash)? {
        guard position >= .first else { return position == .zero ? (.zero, .zero) : nil }
        guard position <= head.position, let header = try batchHeader(holding: position) else { return nil }
        return (header.nextPosition.advanced(by: -1), header.chainHash)
    }
}
