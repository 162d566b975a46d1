internal import LogFormat

/// What is lost.
extension WreckWalk {
    /// Gives up the events before `position`, for whatever was met on the way there.
    mutating func reach(_ position: Position) {
        if position > next {
            let cause = pending?.cause ?? missing(before: position)
            let streams = pending == nil ? streamsOfMissing(next..<position) : pending?.streams
            add(.events, first: next, last: position.advanced(by: -1), cause, streams)
            next = position
            chainHash = nil
        } else if let pending {
            note(.nothing, pending.cause)
            chainHash = nil
        }
        pending = nil
    }

    /// Keeps damage in mind until it is known what it cost.
    mutating func suspect(_ cause: LogError, _ course: Course, _ range: Range<Int>) {
        let streams = course.index?.streams(in: range)
        guard let earlier = pending else {
            pending = Pending(cause: cause, streams: streams)
            return
        }
        let all = earlier.streams.flatMap { known in streams.map { Set(known).union($0).sorted() } }
        pending?.streams = all
        note(.nothing, cause)
    }

    mutating func note(_ kind: SalvageReport.Loss.Kind, _ cause: LogError) {
        add(kind, first: next, last: nil, cause, [])
    }

    mutating func add(
        _ kind: SalvageReport.Loss.Kind,
        first: Position,
        last: Position?,
        _ cause: LogError,
        _ streams: [StreamNumber]?
    ) {
        losses.append(SalvageReport.Loss(kind: kind, first: first, last: last, cause: cause, streams: streams))
    }

    /// A failure at a place of a segment; what the disk itself refused comes first.
    func cause(_ failure: DecodingFailure, _ course: Course, _ row: RecoveryRow) -> LogError {
        let around = failure.offset..<failure.offset + BatchHeader.byteCount
        if let refused = course.segment.file.failure(in: around) {
            return LogError(refused, "a segment cannot be read")
        }
        return LogError(failure, in: course.path, "the log is damaged", position: next, row: row)
    }

    /// Compares a batch's link with the chain so far, where that is known.
    mutating func link(_ header: BatchHeader, at place: Int, _ course: Course) {
        guard pending == nil, header.firstPosition == next, let known = chainHash, header.previousLink != known.link
        else { return }
        let failure = DecodingFailure(offset: place + 48, expected: "a link to the batch before", found: "another")
        note(.nothing, cause(failure, course, .unlinkedBatch))
        chainHash = nil
    }

    /// Compares a segment's link with the chain so far, and takes it where nothing else is known.
    mutating func check(_ segment: WreckedSegment) {
        guard let header = segment.header else { return }
        if header.firstPosition == next, let known = chainHash, header.previousHash != known {
            let failure = DecodingFailure(offset: 72, expected: "\(known)", found: "\(header.previousHash)")
            let message = "a segment does not follow the one before"
            note(.nothing, LogError(failure, in: segment.file.path, message, position: next, row: .unlinkedSegment))
        }
        if header.firstPosition == next { chainHash = header.previousHash }
    }

    private func missing(before position: Position) -> LogError {
        LogError(
            .corrupt,
            "a segment is missing",
            file: wreck.directory.segment(next),
            position: next,
            expected: "positions \(next)...\(position.advanced(by: -1))",
            found: "none",
            row: .segmentMissing
        )
    }

    /// The streams of segments that are gone, where the stream indexes of all of them are still there.
    private func streamsOfMissing(_ range: Range<Position>) -> [StreamNumber]? {
        let listed = wreck.manifest?.segments.map(\.firstPosition).filter { range.contains($0) } ?? [range.lowerBound]
        guard listed.contains(range.lowerBound) else { return nil }
        var streams: Set<StreamNumber> = []
        for first in listed {
            guard let index = wreck.index(at: first) else { return nil }
            streams.formUnion(index.allStreams().map(\.stream))
        }
        return streams.sorted()
    }
}

extension StreamIndex {
    /// The streams with a record in a batch that begins in a range of offsets.
    func streams(in range: Range<Int>) -> [StreamNumber] {
        allStreams().filter { $0.blocks.contains { range.contains($0.batchOffset) } }.map(\.stream)
    }

    /// The streams with a record in one block.
    func streams(in block: BlockReference) -> [StreamNumber] {
        allStreams().filter { $0.blocks.contains(block) }.map(\.stream)
    }
}
