internal import LogFormat

/// What the next batch has to link to.
struct ChainState: Sendable, Hashable {
    var head: LogHead
    /// The greatest offset promised to be durable.
    var promise: Int = 0

    /// Checks that a batch at `offset` follows, and moves past it.
    mutating func accept(_ header: BatchHeader, at offset: Int) throws(DecodingFailure) {
        guard header.firstPosition == head.nextPosition else {
            let expected = "a batch from position \(head.nextPosition)"
            throw DecodingFailure(offset: offset + 8, expected: expected, found: "\(header.firstPosition)")
        }
        guard header.previousLink == head.chainHash.link else {
            throw DecodingFailure(offset: offset + 48, expected: "a link to the batch before", found: "another")
        }
        guard header.recordedAt >= head.recordedAt else {
            let expected = "a recorded time of at least \(head.recordedAt)"
            throw DecodingFailure(offset: offset + 32, expected: expected, found: "\(header.recordedAt)")
        }
        let isAhead = header.syncedThrough > offset && !Mutant.lives(.promiseTooFar)
        guard header.syncedThrough >= promise, !isAhead else {
            let expected = "a promise of \(promise)...\(offset)"
            throw DecodingFailure(offset: offset + 40, expected: expected, found: "\(header.syncedThrough)")
        }
        guard header.kind == .events || header.chainHash == head.chainHash else {
            throw DecodingFailure(
                offset: offset + 56,
                expected: "a \(header.kind) that carries the hash on",
                found: "another"
            )
        }
        head = head.advanced(past: header)
        promise = header.syncedThrough
    }
}
