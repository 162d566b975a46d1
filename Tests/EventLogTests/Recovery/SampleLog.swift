import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// A log of two sealed segments and a last one, as a process that died left it, to be damaged on purpose.
///
/// The last segment holds a batch, a second one of many sectors, a marker that promises both, and a third batch of many
/// sectors that no promise covers.
struct SampleLog {
    let disk: MemoryDisk
    let segments: [LogDescription.Segment]

    /// Smaller than the smallest that is offered, so that a great many trials take little time.
    static let capacity = 16 << 10
    static let options: EventLogOptions = {
        var options = LogFixture.options
        options.segmentCapacity = capacity
        return options
    }()

    /// The log that most tests damage.
    static let whole = make(id: 1, batch: 100)
    /// One of another id, otherwise alike.
    static let foreign = make(id: 2, batch: 100)
    /// One of the same id and the same lengths, but with other facts.
    static let twin = make(id: 1, batch: 150)

    private init(_ disk: MemoryDisk) throws {
        self.disk = disk
        segments = try EventLog.describe(at: LogFixture.root, storage: disk).segments
    }

    private static func make(id: UInt8, batch first: Int) -> SampleLog {
        do {
            let disk = MemoryDisk()
            var options = options
            options.makeLogID = { LogID([UInt8](repeating: id, count: LogID.byteCount)) ?? .random() }
            let log = try EventLog.create(at: LogFixture.root, storage: disk, options: options)
            var number = first
            while disk.paths.filter({ $0.extension == "segment" }).count < 3 {
                _ = try log.append(LogFixture.batch(number, records: 20, factsBytes: 200), recordedAt: 10)
                number += 1
            }
            _ = try log.append(LogFixture.batch(number, factsBytes: 700), recordedAt: 10)
            try log.writeMarker()
            _ = try log.append(LogFixture.batch(number + 1, factsBytes: 700), recordedAt: 10)
            let crashed = MemoryDisk(copying: disk)
            crashed.lose("/ledger/LOCK")
            return try SampleLog(crashed)
        } catch {
            preconditionFailure("the sample cannot be made: \(error)")
        }
    }

    /// A copy to be damaged.
    func copy() -> MemoryDisk { MemoryDisk(copying: disk) }

    /// The file of a segment, from 0.
    func file(_ number: Int) -> FilePath { segments[number].file }
    var last: FilePath { file(2) }
    let manifest: FilePath = "/ledger/MANIFEST"

    /// The batches of the last segment: the one that rolled, the promised one, the marker, the unpromised one.
    var batches: [LogDescription.Batch] { segments[2].batches }
    var promised: LogDescription.Batch { batches[1] }
    var unpromised: LogDescription.Batch { batches[3] }

    /// The log without the batch that no promise covers.
    func marked() -> MemoryDisk {
        let disk = copy()
        disk.tamper(with: last) { bytes in
            let start = unpromised.offset
            bytes.replaceSubrange(start..., with: repeatElement(0, count: bytes.count - start))
        }
        return disk
    }

    /// The log without its last segment: the one before ends in a seal.
    func unfinishedRoll() throws -> MemoryDisk {
        let disk = copy()
        disk.lose(last)
        var manifest = try Manifest.decode(try #require(disk[manifest]))
        manifest.segments.removeLast()
        manifest.segments[1].seal = nil
        disk.put(manifest.encoded(), at: self.manifest)
        return disk
    }

    /// A whole sector of a batch, behind its header.
    static func sector(of batch: LogDescription.Batch) -> Range<Int> {
        let start = (batch.offset + BatchHeader.byteCount + 511) / 512 * 512
        return start..<start + 512
    }
}

/// What tests of the decision table ask of every row.
enum Row {
    static func open(_ disk: MemoryDisk) throws -> EventLog {
        try EventLog.open(at: LogFixture.root, storage: disk, options: SampleLog.options)
    }

    /// The rows that opening met, without D11: a marker that closes a log is covered by no promise either.
    static func rows(_ log: EventLog) -> [RecoveryRow] { log.openReport.rows.filter { $0 != .unpromisedBatches } }

    /// All files but the lock.
    static func files(_ disk: MemoryDisk) -> [FilePath: [UInt8]] {
        var files: [FilePath: [UInt8]] = [:]
        for path in disk.paths where path != "/ledger/LOCK" { files[path] = disk[path] }
        return files
    }

    /// Checks that opening halts in a row, names the place and changes no byte; and returns what it threw.
    @discardableResult
    static func halts(
        _ row: RecoveryRow,
        _ disk: MemoryDisk,
        file: FilePath,
        code: LogError.Code = .corrupt,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> LogError {
        #expect(row.action == .halt, sourceLocation: sourceLocation)
        let before = files(disk)
        let error = try #require(throws: LogError.self, sourceLocation: sourceLocation) { try open(disk) }
        #expect(error.row == row, "\(error)", sourceLocation: sourceLocation)
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        #expect(error.file == file, "\(error)", sourceLocation: sourceLocation)
        if code == .corrupt {
            #expect(error.expected != nil && error.found != nil, "\(error)", sourceLocation: sourceLocation)
        }
        #expect(files(disk) == before, sourceLocation: sourceLocation)
        let again = #expect(throws: LogError.self, sourceLocation: sourceLocation) {
            try EventLog.openReadOnly(at: LogFixture.root, storage: disk)
        }
        #expect(again?.row == row, sourceLocation: sourceLocation)
        #expect(files(disk) == before, sourceLocation: sourceLocation)
        return error
    }

    /// Flips a bit.
    static func flip(_ disk: MemoryDisk, _ file: FilePath, _ byte: Int, bit: Int = 3) {
        disk.tamper(with: file) { $0[byte] ^= 1 << bit }
    }

    static func zero(_ disk: MemoryDisk, _ file: FilePath, _ range: Range<Int>) {
        disk.tamper(with: file) { $0.replaceSubrange(range, with: repeatElement(0, count: range.count)) }
    }
}
