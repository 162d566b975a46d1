internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// A segment file of a damaged log: which part of which log it is, as far as that can be told.
struct WreckedSegment {
    let file: ForgivingFile
    let size: Int
    /// The position that its name gives; nil where the name is none.
    let named: Position?
    /// What its checksums are mixed with; nil where nothing in it can be read.
    private(set) var identity: SegmentIdentity?
    /// The position of its first event.
    private(set) var firstPosition: Position?
    /// The header; nil where it is damaged.
    private(set) var header: SegmentHeader?
    /// What is wrong with the header.
    private(set) var fault: LogError?
    /// The log and the number that a damaged header still seems to name.
    private(set) var claimed: SegmentIdentity?

    /// Batch headers looked at to find out what a segment is.
    private static let probes = 64

    /// Reads the header of a file.
    ///
    /// - Throws: `newerFormat`; whatever else is wrong with it is a fault.
    init(_ base: any LogFile, named: Position?) throws(LogError) {
        file = ForgivingFile(base)
        self.named = named
        size = (try? base.size()) ?? 0
        var bytes = (try? file.read(at: 0, count: SegmentHeader.byteCount)) ?? []
        do throws(SegmentHeader.Refusal) {
            let header = try SegmentHeader.decode(bytes)
            self.header = header
            identity = header.identity
            firstPosition = header.firstPosition
            guard let named, named != header.firstPosition else { return }
            let expected = "first position \(named), as the file is named"
            let failure = DecodingFailure(offset: 40, expected: expected, found: "\(header.firstPosition)")
            let message = "the segment does not belong under its name"
            fault = LogError(failure, in: file.path, message, position: named, row: .swapped)
        } catch {
            let error = LogError(error, in: file.path)
            if error.code == .newerFormat { throw error }
            fault =
                file.failure(in: 0..<SegmentHeader.byteCount).map { LogError($0, "a segment cannot be read") } ?? error
            firstPosition = named
            bytes += [UInt8](repeating: 0, count: max(0, 40 - bytes.count))
            if let logID = LogID(Array(bytes[16..<32])) {
                let ordinal = bytes[32..<40].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                claimed = SegmentIdentity(logID: logID, ordinal: ordinal)
            }
        }
    }

    /// Finds out what a segment with a damaged header is: the first of `candidates` under which a batch header in it is good.
    mutating func identify(among candidates: [SegmentIdentity]) {
        guard identity == nil, let first = candidates.first else { return }
        var scanner = SegmentScanner(file, first, limit: size)
        var place = SegmentHeader.byteCount - FormatLimits.batchAlignment
        for _ in 0..<Self.probes {
            guard let next = scanner.nextBeginning(behind: place) else { return }
            place = next
            guard let bytes = try? file.read(at: place, count: BatchHeader.byteCount) else { return }
            for candidate in candidates
            where (try? BatchHeader.decode(bytes, at: 0, fileOffset: place, in: candidate)) != nil {
                identity = candidate
                return
            }
        }
    }
}

extension SegmentScanner {
    /// The next offset behind `place` at which the bytes begin like a batch; nil if there is none.
    mutating func nextBeginning(behind place: Int) -> Int? {
        let window = 128 << 10
        var start = place + FormatLimits.batchAlignment
        while start + BatchHeader.byteCount <= limit {
            let count = min(window, limit - start)
            guard let index = try? self.index(of: start, count: count) else { return nil }
            let bytes = buffer
            if !ZeroSlices.isZero(bytes, in: index..<index + count) {
                var inner = 0
                while inner + BatchHeader.byteCount <= count {
                    if BatchHeader.beginsBatch(bytes, at: index + inner) { return start + inner }
                    inner += FormatLimits.batchAlignment
                }
            }
            guard count == window else { return nil }
            start += (window - BatchHeader.byteCount) / FormatLimits.batchAlignment * FormatLimits.batchAlignment
        }
        return nil
    }

    /// The next good batch header behind `place`; nil if there is none.
    mutating func nextHeader(behind place: Int) -> (header: BatchHeader, offset: Int)? {
        var place = place
        while let next = nextBeginning(behind: place) {
            if let header = try? header(at: next) { return (header, next) }
            place = next
        }
        return nil
    }
}
