import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage

extension Life {
    /// A stretch of a file whose bytes are no longer those that were synced.
    struct Damage {
        var file: FilePath
        var range: Range<Int>
    }

    /// What a log that was damaged gave back.
    private enum Outcome {
        /// It named the damage.
        case reported(LogError)
        /// It gave back everything up to a position, unchanged.
        case whole(upTo: UInt64)
    }

    /// Damages a log at rest, or lets one of its last writes go astray, and demands that nothing promised is lost silently.
    func suffer(_ fault: DiskFault) throws {
        try accept(EventLog.open(at: Self.root, storage: disk, options: options))
        guard let log else { return }
        if fault == .misdirectedWrite {
            let number = 1 + random.below(12)
            disk.schedule(fault, from: number)
            tell("a write will be misdirected, \(number) calls from here")
        }
        for _ in 0..<2 + random.below(5) {
            try append(log, BatchShape.pick(&random))
            if random.chance(20) { try writeMarker(log) }
        }
        if random.chance(50) { try log.close() }
        self.log = nil
        let description = try EventLog.describe(at: Self.root, storage: disk)
        let damages = try damage(fault, description)
        let promised = promisedPosition(fault, description, damages)
        tell("damaged: \(damages), promised up to \(promised)")
        try judge(promised)
    }

    private func damage(_ fault: DiskFault, _ description: LogDescription) throws -> [Damage] {
        let astray = disk.crash([], by: &random)
        var damages = astray.map { Damage(file: $0.file, range: $0.sector * 512..<$0.sector * 512 + 512) }
        guard fault != .misdirectedWrite else { return damages }
        let segment = random.chance(60) ? description.segments.last : random.pick(description.segments)
        guard let segment, random.chance(90) else {
            let file = random.pick(disk.files)
            return [strike(fault, file, byte: random.below(max(1, disk.bytes(of: file)?.count ?? 0)))]
        }
        let bound = random.chance(90) ? segment.usedByteCount : segment.byteCount
        damages.append(strike(fault, segment.file, byte: random.below(bound)))
        return damages
    }

    private func strike(_ fault: DiskFault, _ file: FilePath, byte: Int) -> Damage {
        if fault == .flippedBit {
            disk.flipBit(random.below(8), of: byte, in: file)
            return Damage(file: file, range: byte..<byte + 1)
        }
        disk.zeroSector(byte / 512, in: file)
        return Damage(file: file, range: byte / 512 * 512..<byte / 512 * 512 + 512)
    }

    /// The last position below which nothing may be missing without a word.
    ///
    /// A flipped bit leaves no sector missing, so it is no torn write. Otherwise a batch must be there if another segment follows,
    /// if a header that is whole promises it, or if its own header is whole and a byte of a later batch is still there.
    private func promisedPosition(
        _ fault: DiskFault,
        _ description: LogDescription,
        _ damages: [Damage]
    ) -> UInt64 {
        guard fault != .flippedBit else { return model.position }
        guard let last = description.segments.last else { return 0 }
        let hits = damages.filter { $0.file == last.file }
        func isHit(_ range: Range<Int>) -> Bool { hits.contains { $0.range.overlaps(range) } }
        let batches = last.batches.map { batch in
            (header: batch.header, range: batch.offset..<batch.offset + batch.header.length)
        }
        var promise = 0
        var behind: Range<Int>?
        for batch in batches.reversed() {
            let isNamed = !isHit(batch.range.prefix(BatchHeader.byteCount))
            if isNamed { promise = max(promise, batch.header.syncedThrough) }
            if isNamed, let behind, isAnyThere(behind, hits) { promise = max(promise, batch.range.upperBound) }
            behind = batch.range.lowerBound..<(behind ?? batch.range).upperBound
        }
        var position = last.header.firstPosition.rawValue - 1
        for batch in batches where batch.range.upperBound <= promise {
            position = batch.header.nextPosition.rawValue - 1
        }
        return position
    }

    /// Whether a slice of a sector of `range` is as it was.
    private func isAnyThere(_ range: Range<Int>, _ hits: [Damage]) -> Bool {
        DiskSectors.slices(of: range).contains { slice in !hits.contains { $0.range.overlaps(slice) } }
    }

    private func judge(_ promised: UInt64) throws {
        let report = try EventLog.verify(at: Self.root, storage: disk)
        let reading = try outcome { () throws in
            try EventLog.openReadOnly(at: Self.root, storage: self.disk).makeReader()
        }
        let calls = disk.callCount
        var opened: EventLog?
        let writing = try outcome { () throws in
            let log = try EventLog.open(at: Self.root, storage: self.disk, options: self.options)
            opened = log
            return log.makeReader()
        }
        tell("verify: \(report.damage?.summary ?? "good"), reading: \(reading), opening: \(writing)")
        if opened == nil { try checkUnchanged(since: calls) }
        for outcome in [reading, writing] {
            switch outcome {
            case .reported(let error):
                try Violation.unless(error.row != nil, "damage was reported without a row: \(error)")
                try Violation.unless(
                    report.damage != nil,
                    "verify found nothing where opening or reading did: \(error)"
                )
            case .whole(let position):
                try Violation.unless(
                    position >= promised,
                    "promised up to \(promised), and after damage only \(position) is there, without a word"
                )
            }
        }
    }

    private func outcome(_ open: () throws -> LogReader) throws -> Outcome {
        do {
            let reader = try open()
            try model.compare(reader, least: 0)
            return .whole(upTo: reader.head.position.rawValue)
        } catch let error as LogError {
            try Violation.unless(error.code == .corrupt, "damage was taken for something else: \(error)")
            return .reported(error)
        }
    }

    /// A halt changes nothing.
    private func checkUnchanged(since number: Int) throws {
        let changing: Set<StorageError.Operation> = [.createFile, .write, .truncate, .rename, .remove]
        let changes = disk.calls[number...].filter { changing.contains($0.operation) }
        try Violation.unless(changes.isEmpty, "opening halted, but had changed the log: \(changes)")
    }
}

/// A file's stretches as its sectors cut them.
enum DiskSectors {
    static func slices(of range: Range<Int>) -> [Range<Int>] {
        (range.lowerBound / 512..<(range.upperBound + 511) / 512).map { sector in
            max(range.lowerBound, sector * 512)..<min(range.upperBound, sector * 512 + 512)
        }
    }
}
