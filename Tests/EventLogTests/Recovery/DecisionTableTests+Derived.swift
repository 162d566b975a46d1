import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// Rows E: derived files.
extension DecisionTableTests {
    @Test("E1: a manifest that is missing or bad is made again")
    func manifestUnusable() throws {
        let sample = SampleLog.whole
        let size = try #require(sample.disk[sample.manifest]).count
        let damages: [(MemoryDisk) -> Void] =
            [{ $0.lose(sample.manifest) }, { $0.put([], at: sample.manifest) }]
            + stride(from: 0, to: size, by: 61).map { byte in { Row.flip($0, sample.manifest, byte) } }
        for damage in damages {
            let disk = sample.marked()
            damage(disk)
            let log = try Row.open(disk)
            #expect(Row.rows(log) == [.manifestUnusable])
            #expect(log.openReport.rebuiltFiles == [sample.manifest])
            #expect(disk[sample.manifest] == sample.disk[sample.manifest])
        }
        #expect(RecoveryRow.manifestUnusable.action == .rebuild)
    }

    @Test("E2: a manifest that knows fewer segments or seals is made again")
    func manifestStale() throws {
        let sample = SampleLog.whole
        let whole = try Manifest.decode(try #require(sample.disk[sample.manifest]))
        for count in 0..<3 {
            let disk = sample.marked()
            var manifest = whole
            manifest.segments = Array(manifest.segments[..<count])
            if count > 0 { manifest.segments[count - 1].seal = nil }
            disk.put(manifest.encoded(), at: sample.manifest)
            let log = try Row.open(disk)
            #expect(Row.rows(log) == [.manifestStale])
            #expect(disk[sample.manifest] == sample.disk[sample.manifest])
        }
        #expect(RecoveryRow.manifestStale.action == .rebuild)
    }

    @Test("E3: a manifest of a later version halts")
    func manifestNewer() throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        let text = Array("loyalty-ledger manifest 2\nsomething else\n".utf8)
        let digits = String(CRC32C.checksum(text), radix: 16)
        let last = "crc32c " + String(repeating: "0", count: 8 - digits.count) + digits + "\n"
        disk.put(text + Array(last.utf8), at: sample.manifest)
        let error = try Row.halts(.manifestNewer, disk, file: sample.manifest, code: .newerFormat)
        #expect(error.message.contains("version 2"))
    }

    @Test("E4: a manifest of another log halts")
    func manifestForeign() throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        disk.put(try #require(SampleLog.foreign.disk[sample.manifest]), at: sample.manifest)
        let error = try Row.halts(.manifestForeign, disk, file: sample.manifest)
        #expect(error.found == "\(SampleLog.foreign.segments[0].header.identity.logID)")
    }

    @Test("E5: a segment that does not end in the seal that the manifest names halts", arguments: 0..<2)
    func manifestContradicted(_ number: Int) throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        var manifest = try Manifest.decode(try #require(disk[sample.manifest]))
        manifest.segments[number].seal = Manifest.Seal(
            lastPosition: try #require(manifest.segments[number].seal).lastPosition,
            chainHash: .zero
        )
        disk.put(manifest.encoded(), at: sample.manifest)
        try Row.halts(.manifestContradicted, disk, file: sample.file(number))
        // The last segment, of which the manifest says that it ends in a seal.
        let torn = sample.copy()
        manifest = try Manifest.decode(try #require(torn[sample.manifest]))
        manifest.segments[2].seal = Manifest.Seal(lastPosition: Position(rawValue: 900), chainHash: .zero)
        torn.put(manifest.encoded(), at: sample.manifest)
        Row.zero(torn, sample.last, SampleLog.sector(of: sample.unpromised))
        try Row.halts(.manifestContradicted, torn, file: sample.last)
    }

    @Test("E6: a stream index that is missing is made again", arguments: 0..<2)
    func indexMissing(_ number: Int) throws {
        let sample = SampleLog.whole
        let disk = sample.marked()
        let path = Self.cards(sample, number)
        disk.lose(path)
        let log = try Row.open(disk)
        #expect(Row.rows(log) == [.indexMissing])
        #expect(log.openReport.rebuiltFiles == [path])
        #expect(RecoveryRow.indexMissing.action == .rebuild)
        #expect(disk[path] == sample.disk[path])
    }

    @Test(
        "E7: a stream index that is bad or another segment's is made again in memory when it is read",
        arguments: 0..<2
    )
    func indexUnusable(_ number: Int) throws {
        let sample = SampleLog.whole
        let path = Self.cards(sample, number)
        let size = try #require(sample.disk[path]).count
        let damages: [(MemoryDisk) throws -> Void] = [
            { $0.put(try #require(sample.disk[Self.cards(sample, 1 - number)]), at: path) },
            { $0.put(try #require(SampleLog.foreign.disk[path]), at: path) },
            { $0.tamper(with: path) { $0.removeLast(1) } },
            { Row.flip($0, path, size / 2) },
        ]
        for damage in damages {
            let disk = sample.marked()
            let written = try Self.positions(disk)
            try damage(disk)
            let log = try Row.open(disk)
            #expect(Row.rows(log) == [])
            #expect(try Self.positions(disk) == written)
            let report = try EventLog.verify(at: LogFixture.root, storage: disk)
            #expect(report.isGood)
            #expect(report.files.first { $0.file == path }?.row == .indexUnusable)
        }
        #expect(RecoveryRow.indexUnusable.action == .rebuild)
    }

    @Test("E8: a side file is left alone, and its bytes are never read")
    func sideFile() throws {
        let sample = SampleLog.whole
        let disk = sample.marked()
        // Of a sealed segment, and of the last one below its end.
        let paths = [
            FilePath("\(sample.file(0).string.dropLast(8)).torn-00000200"),
            FilePath("\(sample.last.string.dropLast(8)).torn-00000200-2"),
        ]
        for path in paths { disk.put([UInt8](repeating: 7, count: 100), at: path) }
        let storage = RecordingStorage(disk)
        let log = try EventLog.open(at: LogFixture.root, storage: storage, options: LogFixture.options)
        #expect(Row.rows(log) == [])
        #expect(RecoveryRow.sideFile.action == .accept)
        #expect(!storage.calls.contains { $0.name == .read && paths.contains($0.path) })
        for path in paths { #expect(disk[path] == [UInt8](repeating: 7, count: 100)) }
        let report = try EventLog.verify(at: LogFixture.root, storage: disk)
        #expect(report.files.filter { $0.row == .sideFile }.map(\.file) == paths)
    }

    @Test("E9: where a side file says that something was cut behind the end, zeros are written again and synced")
    func unprovenCut() throws {
        let sample = SampleLog.whole
        let disk = sample.marked()
        let tail = sample.unpromised.offset
        let path = FilePath("\(sample.last.string.dropLast(8)).torn-\(Self.hexadecimal(tail - 100))")
        disk.put([UInt8](repeating: 7, count: 1000), at: path)
        let before = disk[sample.last]
        let storage = RecordingStorage(disk)
        let log = try EventLog.open(at: LogFixture.root, storage: storage, options: LogFixture.options)
        #expect(Row.rows(log) == [.unprovenCut])
        #expect(RecoveryRow.unprovenCut.action == .finish)
        #expect(disk[sample.last] == before)
        let calls = storage.calls.filter { $0.path == sample.last && [.write, .fdatasync].contains($0.name) }
        // The marker again, the zeros, one sync.
        #expect(calls.map(\.name) == [.write, .write, .fdatasync])
        #expect(calls[1].offset == tail)
        #expect(calls[1].bytes == [UInt8](repeating: 0, count: 900))
    }

    private static func hexadecimal(_ offset: Int) -> String {
        let digits = String(offset, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    private static func cards(_ sample: SampleLog, _ number: Int) -> FilePath {
        FilePath(sample.file(number).string.dropLast(8) + ".cards")
    }

    private static func positions(_ disk: MemoryDisk) throws -> [[Position]] {
        let reader = try EventLog.openReadOnly(at: LogFixture.root, storage: disk).makeReader()
        return try (UInt32(0)..<5).map { stream in
            var found: [Position] = []
            try reader.forEachRecord(ofStream: StreamNumber(rawValue: stream)) { _, record in
                found.append(record.position)
            }
            return found
        }
    }
}
