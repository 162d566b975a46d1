import EventLog
import LogFormat
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// Rows A: names. Rows B and C: the segments against each other.
extension DecisionTableTests {
    @Test("A1: no segment and no manifest halts")
    func noSegment() throws {
        let disk = SampleLog.whole.copy()
        for path in disk.paths where path.extension != "cards" { disk.lose(path) }
        try Row.halts(.noSegment, disk, file: LogFixture.log, code: .notALog)
    }

    @Test("A2: a segment whose name is no position halts", arguments: ["x", "0000000000000000", "00000000000000001"])
    func strangeName(_ name: String) throws {
        let disk = SampleLog.whole.copy()
        let path = LogFixture.log.appending(name + ".segment")
        disk.put(try #require(disk[SampleLog.whole.last]), at: path)
        let error = try Row.halts(.strangeName, disk, file: path)
        #expect(error.found == name + ".segment")
    }

    @Test("A3: a segment that is missing halts, named by the manifest or asked for by the next one", arguments: 0..<3)
    func segmentMissing(_ number: Int) throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        disk.lose(sample.file(number))
        let error = try Row.halts(.segmentMissing, disk, file: sample.file(number))
        #expect(error.position == sample.segments[number].header.firstPosition)
        guard number < 2 else { return }
        disk.lose(sample.manifest)
        if number == 0 {
            let blind = try Row.halts(.segmentMissing, disk, file: sample.file(1))
            #expect(blind.expected == "segment number 0")
            #expect(blind.found == "1")
            #expect(blind.offset == 32)
        } else {
            // The seal of the one before names another next position first.
            try Row.halts(.sealMissing, disk, file: sample.file(0))
        }
    }

    @Test("A4: a segment that is there twice or overlaps halts")
    func segmentExtra() throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        let header = sample.segments[2].header
        let early = SegmentHeader(
            identity: SegmentIdentity(logID: header.identity.logID, ordinal: 1),
            firstPosition: header.firstPosition,
            capacity: header.capacity,
            createdAt: header.createdAt,
            previousHash: header.previousHash
        )
        disk.tamper(with: sample.last) { $0.replaceSubrange(..<512, with: early.encoded()) }
        let error = try Row.halts(.segmentExtra, disk, file: sample.last)
        #expect(error.offset == 32)
        #expect(error.expected == "segment number 2")
        #expect(error.found == "1")
    }

    @Test("A5: a file that was never finished is removed")
    func unfinishedFile() throws {
        let disk = SampleLog.whole.marked()
        let paths: [FilePath] = ["/ledger/log/0000000000000999.segment.tmp", "/ledger/MANIFEST.tmp"]
        for path in paths { disk.put([1, 2, 3], at: path) }
        let log = try Row.open(disk)
        #expect(Row.rows(log) == [.unfinishedFile])
        #expect(RecoveryRow.unfinishedFile.action == .finish)
        for path in paths { #expect(disk[path] == nil) }
    }

    @Test("A6: an empty last segment that no manifest names is put in its place again")
    func unprovenName() throws {
        let sample = SampleLog.whole
        let disk = try sample.unfinishedRoll()
        let header = sample.segments[2].header
        disk.put(header.encoded() + [UInt8](repeating: 0, count: header.capacity - 512), at: sample.last)
        let log = try Row.open(disk)
        #expect(Row.rows(log) == [.unprovenName, .manifestStale])
        #expect(RecoveryRow.unprovenName.action == .finish)
        #expect(log.head.nextPosition == header.firstPosition)
    }

    @Test("B1: a header without the magic halts, and the flipped bit is named", arguments: 0..<3)
    func notASegment(_ number: Int) throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        Row.flip(disk, sample.file(number), 2, bit: 5)
        let error = try Row.halts(.notASegment, disk, file: sample.file(number))
        #expect(error.offset == 0)
        #expect(error.flippedBit == FlippedBit(byte: 2, bit: 5))
    }

    @Test("B2: a damaged header halts, and the flipped bit is named", arguments: [8, 13, 20, 40, 100, 300, 509])
    func headerDamaged(_ byte: Int) throws {
        let sample = SampleLog.whole
        for number in 0..<3 {
            let disk = sample.copy()
            Row.flip(disk, sample.file(number), byte)
            let error = try Row.halts(.headerDamaged, disk, file: sample.file(number))
            #expect(error.offset == 508)
            #expect(error.flippedBit == FlippedBit(byte: byte, bit: 3))
            disk.tamper(with: sample.file(number)) { $0 = Array($0[..<byte]) }
            #expect(try Row.halts(.headerDamaged, disk, file: sample.file(number)).found == "\(byte) bytes")
        }
    }

    @Test("B3: a header of a later format halts")
    func newerFormat() throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        disk.tamper(with: sample.last) { bytes in
            bytes[8] = 2
            bytes[10] = 2
            var writer = ByteWriter()
            writer.u32(CRC32C.checksum(bytes, in: 0..<508))
            bytes.replaceSubrange(508..<512, with: writer.bytes)
        }
        let error = try Row.halts(.newerFormat, disk, file: sample.last, code: .newerFormat)
        #expect(error.found == "one for readers from version 2")
    }

    @Test("B4: swapped files halt")
    func swapped() throws {
        let sample = SampleLog.whole
        for (first, second) in [(0, 1), (0, 2), (1, 2)] {
            let disk = sample.copy()
            disk.put(try #require(sample.disk[sample.file(first)]), at: sample.file(second))
            disk.put(try #require(sample.disk[sample.file(second)]), at: sample.file(first))
            let error = try Row.halts(.swapped, disk, file: sample.file(first))
            #expect(error.offset == 40)
            #expect(error.found == "\(sample.segments[second].header.firstPosition)")
        }
    }

    @Test("B5: a segment of another log halts", arguments: 0..<3)
    func foreignSegment(_ number: Int) throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        disk.put(try #require(SampleLog.foreign.disk[sample.file(number)]), at: sample.file(number))
        // The first one says which log it is; then the second is the stranger.
        let error = try Row.halts(.foreignSegment, disk, file: sample.file(max(number, 1)))
        #expect(error.offset == 16)
        let ids = [sample, .foreign].map { "\($0.segments[0].header.identity.logID)" }
        #expect(error.found == (number == 0 ? ids[0] : ids[1]))
        #expect(error.expected == "log " + (number == 0 ? ids[1] : ids[0]))
    }

    @Test("B6: a segment that follows another end of the one before halts", arguments: 0..<3)
    func unlinkedSegment(_ number: Int) throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        disk.put(try #require(SampleLog.twin.disk[sample.file(number)]), at: sample.file(number))
        let error = try Row.halts(.unlinkedSegment, disk, file: sample.file(max(number, 1)))
        #expect(error.offset == 72)
    }

    @Test("C1: a segment with others behind it that does not end in its seal halts", arguments: 0..<2)
    func sealMissing(_ number: Int) throws {
        let sample = SampleLog.whole
        let file = sample.file(number)
        let size = sample.segments[number].byteCount
        let damages: [(inout [UInt8]) -> Void] = [
            { $0.removeLast(104) },
            { $0.removeLast(1) },
            { $0.removeLast($0.count - 520) },
            { $0.append(0) },
            { $0.replaceSubrange(($0.count - 104)..., with: repeatElement(0, count: 104)) },
            { $0[$0.count - 50] ^= 1 },
            { $0[$0.count - 1] ^= 1 },
        ]
        for damage in damages {
            let disk = sample.copy()
            disk.tamper(with: file, damage)
            let error = try Row.halts(.sealMissing, disk, file: file)
            #expect(error.offset != nil)
        }
        let disk = sample.copy()
        Row.flip(disk, file, size - 60)
        #expect(try Row.halts(.sealMissing, disk, file: file).flippedBit == FlippedBit(byte: size - 60, bit: 3))
    }

    @Test("C2: damage below a seal halts whoever reads it, and names the flipped bit", arguments: 0..<2)
    func sealedDamage(_ number: Int) throws {
        let sample = SampleLog.whole
        let file = sample.file(number)
        let batch = sample.segments[number].batches[1]
        // Header, directory, sections and trailer.
        for byte in [20, 100, 400, batch.header.length - 3].map({ batch.offset + $0 }) {
            let disk = sample.copy()
            Row.flip(disk, file, byte)
            let before = Row.files(disk)[file]
            let log = try Row.open(disk)
            let error = try #require(throws: LogError.self) { try LogFixture.records(log.makeReader()) }
            #expect(error.row == .sealedDamage)
            #expect(error.file == file)
            #expect(error.offset != nil && error.expected != nil && error.found != nil)
            #expect(error.flippedBit == FlippedBit(byte: byte, bit: 3), "\(error)")
            let report = try EventLog.verify(at: LogFixture.root, storage: disk)
            #expect(report.damage?.row == .sealedDamage)
            #expect(report.damage?.flippedBit == FlippedBit(byte: byte, bit: 3))
            #expect(disk[file] == before)
        }
        #expect(RecoveryRow.sealedDamage.action == .haltWhenRead)
    }
}
