internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// A walk over everything in a damaged log that can still be read, and a note of everything that cannot.
struct WreckWalk {
    let wreck: Wreck
    var losses: [SalvageReport.Loss] = []
    private(set) var tornTail: TornTail?
    var readEvents = 0
    /// The position of the next event that was neither read nor given up.
    var next = Position.first
    /// Damage that was met, before it is known what it cost.
    var pending: Pending?
    private var recordedAt = Int64.min
    /// The chain hash after what was walked over; nil where it is not known.
    var chainHash: ChainHash? = .zero
    var block = DecodedBlock()

    /// Takes a record; the log hands each on as soon as it is read.
    typealias Emit = (SalvagedRecord) throws -> Void

    struct Pending {
        var cause: LogError
        var streams: [StreamNumber]?
    }

    /// A segment under the walk.
    struct Course {
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
    func damageRow(_ course: Course, extent: Int) -> RecoveryRow {
        guard course.isLast else { return .sealedDamage }
        guard case .corrupt(let row, _)? = evidence(course, extent: extent)?.verdict() else { return .noZeroSlice }
        return row
    }
}

extension ScanFailure {
    /// What is wrong at a place.
    func reason(at place: Int) -> DecodingFailure {
        switch self {
        case .damage(let failure, _): failure
        case .storage(let error):
            DecodingFailure(offset: error.offset ?? place, expected: "bytes that can be read", found: "\(error.errno)")
        }
    }
}
