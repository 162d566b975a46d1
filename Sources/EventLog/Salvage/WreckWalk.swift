internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// A walk over everything in a damaged log that can still be read, and a note of everything that cannot.
struct WreckWalk {
    let wreck: Wreck
    private(set) var losses: [SalvageReport.Loss] = []
    private(set) var tornTail: TornTail?
    private(set) var readEvents = 0
    /// The position of the next event that was neither read nor given up.
    private(set) var next = Position.first
    /// Damage that was met, before it is known what it cost.
    private var pending: Pending?
    private var recordedAt = Int64.min
    /// The chain hash after what was walked over; nil where it is not known.
    private var chainHash: ChainHash? = .zero
    private var block = DecodedBlock()

    /// Takes a record; the log hands each on as soon as it is read.
    typealias Emit = (SalvagedRecord) throws -> Void

    private struct Pending {
        var cause: LogError
        var streams: [StreamNumber]?
    }

    /// A segment under the walk.
    private struct Course {
        let segment: WreckedSegment
        let index: StreamIndex?
        let isLast: Bool
        var scanner: SegmentScanner
        var place = SegmentHeader.byteCount

        var path: FilePath { segment.file.path }
    }

    init(_ wreck: Wreck) { self.wreck = wreck }

    /// Walks over one segment.
    ///
    /// - Parameter emit: Takes its records, in their order.
    mutating func walk(_ segment: WreckedSegment, isLast: Bool, _ emit: Emit) throws {
        let index = segment.firstPosition.flatMap { wreck.index(at: $0) }
        guard let identity = segment.identity else {
            let fault =
                segment.fault ?? LogError(.corrupt, "no batch of a segment can be read", file: segment.file.path)
            // What came before it is known first.
            if let first = segment.firstPosition { reach(first) }
            pending = Pending(cause: fault, streams: index?.streams(in: 0..<segment.size))
            return
        }
        if let first = segment.firstPosition { reach(first) }
        if let fault = segment.fault { note(.nothing, fault) }
        check(segment)
        let scanner = SegmentScanner(segment.file, identity, limit: segment.size)
        var course = Course(segment: segment, index: index, isLast: isLast, scanner: scanner)
        while try step(&course, emit) {}
    }

    /// Ends the walk; `known` is the last position that something outside the segments vouches for.
    mutating func finish(known: Position) {
        if next <= known {
            reach(known.advanced(by: 1))
        } else if let pending {
            // Nothing tells how far the log went.
            add(.events, first: next, last: nil, pending.cause, pending.streams)
        }
        pending = nil
    }

    /// Notes a segment of another log.
    mutating func refuse(_ stranger: WreckedSegment) {
        let found = stranger.identity.map { "\($0.logID)" } ?? "unknown"
        let failure = DecodingFailure(offset: 16, expected: "log \(wreck.logID)", found: found)
        note(.nothing, LogError(failure, in: stranger.file.path, "a segment of another log", row: .foreignSegment))
    }
}

// One batch after the other.
extension WreckWalk {
    /// Moves past a batch, or past what should be one; false at the end of the segment.
    private mutating func step(_ course: inout Course, _ emit: Emit) throws -> Bool {
        let place = course.place
        let header: BatchHeader
        do throws(ScanFailure) {
            header = try course.scanner.header(at: place)
        } catch {
            return skip(error, &course)
        }
        guard header.kind == .events else {
            link(header, at: place, course)
            reach(header.firstPosition)
            chainHash = header.chainHash
            course.place += header.length
            return header.kind == .marker
        }
        var whole: DecodingFailure?
        do throws(ScanFailure) {
            let index = try course.scanner.batch(header, at: place)
            try course.scanner.checkSections(header, at: place, index: index)
        } catch {
            whole = error.reason(at: place)
            if isTorn(error, header, course) { return false }
        }
        defer { course.place = place + header.length }
        guard header.nextPosition > next else { return true }
        guard header.recordedAt >= recordedAt else {
            let failure = DecodingFailure(
                offset: place + 32,
                expected: "a recorded time of at least \(recordedAt)",
                found: "\(header.recordedAt)"
            )
            suspect(cause(failure, course, .unlinkedBatch), course, place..<place + header.length)
            return true
        }
        link(header, at: place, course)
        reach(header.firstPosition)
        recordedAt = header.recordedAt
        try take(header, whole, &course, emit)
        chainHash = header.chainHash
        return true
    }

    /// Looks for the next good header behind a bad one; false where there is none.
    private mutating func skip(_ failure: ScanFailure, _ course: inout Course) -> Bool {
        let place = course.place
        let reason = failure.reason(at: place)
        if let (_, resumed) = course.scanner.nextHeader(behind: place) {
            let row = course.isLast ? RecoveryRow.promisedBehind : .sealedDamage
            suspect(cause(reason, course, row), course, place..<resumed)
            course.place = resumed
            return true
        }
        end(reason, extent: nil, course)
        return false
    }

    /// Whether a broken batch is a write that a crash interrupted, which opening would cut.
    private mutating func isTorn(_ failure: ScanFailure, _ header: BatchHeader, _ course: Course) -> Bool {
        guard course.isLast else { return false }
        var scanner = course.scanner
        guard scanner.nextHeader(behind: course.place) == nil,
            case .torn(let through)? = evidence(course, extent: header.length)?.verdict()
        else { return false }
        tear(failure.reason(at: course.place), through: through, course)
        return true
    }

    /// What the end of a segment means, at a place behind which there is no good header.
    private mutating func end(_ reason: DecodingFailure, extent: Int?, _ course: Course) {
        guard course.isLast else {
            let row = course.place < course.segment.size ? RecoveryRow.sealedDamage : .sealMissing
            return suspect(cause(reason, course, row), course, course.place..<course.segment.size)
        }
        guard let evidence = evidence(course, extent: extent) else { return }
        switch evidence.verdict() {
        case .clean: break
        case .torn(let through): tear(reason, through: through, course)
        case .corrupt(let row, _):
            suspect(cause(reason, course, row), course, course.place..<course.segment.size)
        }
    }

    private mutating func tear(_ reason: DecodingFailure, through: Int, _ course: Course) {
        tornTail = TornTail(
            segment: course.path,
            offset: course.place,
            byteCount: through - course.place,
            sideFile: nil,
            reason: reason
        )
    }

    private func evidence(_ course: Course, extent: Int?) -> TailEvidence? {
        guard let identity = course.segment.identity else { return nil }
        return try? TailEvidence.gather(
            course.segment.file,
            from: course.place,
            size: course.segment.size,
            extent: extent,
            identity: identity,
            progress: { _ in }
        )
    }

    /// The row for damage inside a batch whose header is good.
    private func damageRow(_ course: Course, extent: Int) -> RecoveryRow {
        guard course.isLast else { return .sealedDamage }
        guard case .corrupt(let row, _)? = evidence(course, extent: extent)?.verdict() else { return .noZeroSlice }
        return row
    }
}

// The blocks of a batch whose header is good.
extension WreckWalk {
    private mutating func take(
        _ header: BatchHeader,
        _ whole: DecodingFailure?,
        _ course: inout Course,
        _ emit: Emit
    ) throws {
        let place = course.place
        do throws(ScanFailure) {
            try course.scanner.directory(of: header, at: place)
        } catch {
            let streams = course.index?.streams(in: place..<place + header.length)
            let cause = cause(error.reason(at: place), course, damageRow(course, extent: header.length))
            add(.events, first: next, last: header.nextPosition.advanced(by: -1), cause, streams)
            next = header.nextPosition
            return
        }
        var hasher = chainHash.map { ChainHasher(header, after: $0) }
        var isWhole = true
        for number in course.scanner.entries.indices where course.scanner.entries[number].nextPosition > next {
            let entry = course.scanner.entries[number]
            guard let read = decode(number, of: header, &course) else { continue }
            if let failure = read.failure {
                isWhole = false
                let cause = cause(failure, course, damageRow(course, extent: header.length))
                noteLoss(entry, read.sections, cause, place, number, course)
            }
            if let sections = read.sections {
                if isWhole { hasher?.append(block) } else { hasher = nil }
                try hand(sections, emit)
            }
            next = max(next, entry.nextPosition)
        }
        guard isWhole else { return }
        if let whole { note(.nothing, cause(whole, course, damageRow(course, extent: header.length))) }
        if let hash = hasher?.hash(), hash != header.chainHash {
            let expected = "chain hash \(hash)"
            let failure = DecodingFailure(offset: place + 56, expected: expected, found: "\(header.chainHash)")
            note(.nothing, cause(failure, course, damageRow(course, extent: header.length)))
        }
    }

    /// Decodes as many sections of a block as are good; no sections where not even the facts are.
    private mutating func decode(
        _ number: Int,
        of header: BatchHeader,
        _ course: inout Course
    ) -> (sections: SectionSet?, failure: DecodingFailure?)? {
        var first: DecodingFailure?
        for sections in [SectionSet.all, .ids, .details, .facts] {
            do throws(ScanFailure) {
                try course.scanner.decode(number, of: header, at: course.place, sections, into: &block)
                return (sections, first)
            } catch {
                first = first ?? error.reason(at: course.place)
            }
        }
        return (nil, first)
    }

    private mutating func noteLoss(
        _ entry: BlockEntry,
        _ sections: SectionSet?,
        _ cause: LogError,
        _ place: Int,
        _ number: Int,
        _ course: Course
    ) {
        let last = entry.nextPosition.advanced(by: -1)
        guard let sections else {
            let reference = StreamIndex.BlockReference(batchOffset: place, block: number)
            return add(
                .events,
                first: max(next, entry.firstPosition),
                last: last,
                cause,
                course.index?.streams(in: reference)
            )
        }
        let streams = Set(block.records.map(\.stream)).sorted()
        if !sections.contains(.details) { add(.details, first: entry.firstPosition, last: last, cause, streams) }
        if !sections.contains(.ids) { add(.ids, first: entry.firstPosition, last: last, cause, streams) }
    }

    /// Hands the records of the block on that were not there before.
    private mutating func hand(_ sections: SectionSet, _ emit: Emit) throws {
        for record in block.records where record.position >= next {
            try emit(SalvagedRecord(StoredRecord(block, record), hasDetails: sections.contains(.details)))
            readEvents += record.eventCount
        }
    }
}

// What is lost.
extension WreckWalk {
    /// Gives up the events before `position`, for whatever was met on the way there.
    private mutating func reach(_ position: Position) {
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
    private mutating func suspect(_ cause: LogError, _ course: Course, _ range: Range<Int>) {
        let streams = course.index?.streams(in: range)
        guard let earlier = pending else {
            pending = Pending(cause: cause, streams: streams)
            return
        }
        let all = earlier.streams.flatMap { known in streams.map { Set(known).union($0).sorted() } }
        pending?.streams = all
        note(.nothing, cause)
    }

    private mutating func note(_ kind: SalvageReport.Loss.Kind, _ cause: LogError) {
        add(kind, first: next, last: nil, cause, [])
    }

    private mutating func add(
        _ kind: SalvageReport.Loss.Kind,
        first: Position,
        last: Position?,
        _ cause: LogError,
        _ streams: [StreamNumber]?
    ) {
        losses.append(SalvageReport.Loss(kind: kind, first: first, last: last, cause: cause, streams: streams))
    }

    /// A failure at a place of a segment; what the disk itself refused comes first.
    private func cause(_ failure: DecodingFailure, _ course: Course, _ row: RecoveryRow) -> LogError {
        let around = failure.offset..<failure.offset + BatchHeader.byteCount
        if let refused = course.segment.file.failure(in: around) {
            return LogError(refused, "a segment cannot be read")
        }
        return LogError(failure, in: course.path, "the log is damaged", position: next, row: row)
    }

    /// Compares a batch's link with the chain so far, where that is known.
    private mutating func link(_ header: BatchHeader, at place: Int, _ course: Course) {
        guard pending == nil, header.firstPosition == next, let known = chainHash, header.previousLink != known.link
        else { return }
        let failure = DecodingFailure(offset: place + 48, expected: "a link to the batch before", found: "another")
        note(.nothing, cause(failure, course, .unlinkedBatch))
        chainHash = nil
    }

    /// Compares a segment's link with the chain so far, and takes it where nothing else is known.
    private mutating func check(_ segment: WreckedSegment) {
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
    fileprivate func streams(in range: Range<Int>) -> [StreamNumber] {
        allStreams().filter { $0.blocks.contains { range.contains($0.batchOffset) } }.map(\.stream)
    }

    /// The streams with a record in one block.
    fileprivate func streams(in block: BlockReference) -> [StreamNumber] {
        allStreams().filter { $0.blocks.contains(block) }.map(\.stream)
    }
}

extension ScanFailure {
    /// What is wrong at a place.
    fileprivate func reason(at place: Int) -> DecodingFailure {
        switch self {
        case .damage(let failure, _): failure
        case .storage(let error):
            DecodingFailure(offset: error.offset ?? place, expected: "bytes that can be read", found: "\(error.errno)")
        }
    }
}
