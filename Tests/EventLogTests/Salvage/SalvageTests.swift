import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@Suite struct SalvageTests {
    private let root = LogFixture.root
    private let target: FilePath = "/saved"

    /// A closed log of three segments, its structure, and its records.
    private struct Sample {
        let disk: MemoryDisk
        let description: LogDescription
        let records: [StoredRecord]

        init(isClosed: Bool = true) throws {
            let disk = MemoryDisk()
            let log = try EventLog.create(at: LogFixture.root, storage: disk, options: LogFixture.options)
            var number = 0
            while try disk.list(LogFixture.log).filter({ $0.hasSuffix(".segment") }).count < 3 {
                let batch = LogFixture.batch(number, records: 20, factsBytes: 200)
                _ = try log.append(batch, recordedAt: Int64(number))
                number += 1
            }
            records = try LogFixture.records(log.makeReader())
            if isClosed { try log.close() }
            self.disk = MemoryDisk(copying: disk)
            description = try EventLog.describe(at: LogFixture.root, storage: disk)
        }

        func segment(_ number: Int) -> LogDescription.Segment { description.segments[number] }
    }

    /// Salvages, and checks what must always hold.
    private func salvage(_ sample: Sample) throws -> (report: SalvageReport, records: [StoredRecord]) {
        let before = sample.disk.paths.map { sample.disk[$0] }
        let report = try EventLog.salvage(from: root, to: target, storage: sample.disk)
        let paths = sample.disk.paths.filter { $0.starts(with: root) }
        #expect(paths.map { sample.disk[$0] } == before, "the damaged log was touched")
        #expect(try EventLog.verify(at: target, storage: sample.disk).isGood)
        let log = try EventLog.open(at: target, storage: sample.disk, options: LogFixture.options)
        #expect(log.logID == report.logID && log.logID != sample.description.logID)
        #expect(log.head == report.head)
        let saved = try LogFixture.records(log.makeReader())
        #expect(report.writtenEvents == saved.reduce(0) { $0 + $1.eventCount })
        // Each saved record is an old one, at the place the report says.
        let old = Dictionary(uniqueKeysWithValues: sample.records.map { ($0.position, $0) })
        let mapped = sample.records.compactMap { record in report.newPosition(of: record.position).map { ($0, record) }
        }
        #expect(mapped.map(\.0) == saved.map(\.position))
        for ((_, before), after) in zip(mapped, saved) {
            #expect(
                before.facts == after.facts && before.stream == after.stream && before.recordedAt == after.recordedAt
            )
        }
        // Nothing is lost without a word.
        for record in sample.records where report.newPosition(of: record.position) == nil {
            let isNamed = report.losses.contains {
                $0.kind == .events && $0.first <= record.position && $0.last.map { $0 >= record.position } ?? true
            }
            #expect(isNamed, "position \(record.position) is missing from the report")
        }
        #expect(old.count == sample.records.count)
        return (report, saved)
    }

    @Test("a good log is copied whole, under a new id, without a loss")
    func good() throws {
        let sample = try Sample()
        let (report, records) = try salvage(sample)
        #expect(report.losses.isEmpty && report.runs.count == 1 && report.tornTail == nil)
        #expect(records == sample.records)
    }

    @Test("a block with bad facts is lost alone; the stream index names the streams it touched")
    func block() throws {
        let sample = try Sample()
        let segment = sample.segment(0)
        let batch = segment.batches[2]
        try #require(batch.blocks.count >= 2)
        let start = batch.offset + 96 + 56 * batch.blocks.count
        sample.disk.tamper(with: segment.file) { $0[start + 5] ^= 0x10 }
        let (report, _) = try salvage(sample)
        let lost = batch.blocks[0]
        #expect(report.losses.count == 1)
        let loss = try #require(report.losses.first)
        #expect(loss.kind == .events && loss.first == lost.firstPosition && loss.eventCount == lost.eventCount)
        #expect(loss.cause.row == .sealedDamage && loss.cause.file == segment.file)
        #expect(loss.cause.flippedBit == FlippedBit(byte: start + 5, bit: 4))
        let range = lost.firstPosition..<lost.nextPosition
        let streams = Set(sample.records.filter { range.contains($0.position) }.map(\.stream))
        #expect(loss.streams == streams.sorted())
        #expect(report.runs.count == 2)
    }

    @Test("records whose details or ids are bad are kept, without them, and named")
    func sections() throws {
        for (section, kind) in [(Section.details, SalvageReport.Loss.Kind.details), (.ids, .ids)] {
            let sample = try Sample()
            let segment = sample.segment(1)
            let batch = segment.batches[1]
            let block = batch.blocks[0]
            var start = batch.offset + 96 + 56 * batch.blocks.count + block.facts.storedCount
            if section == .details { start += block.ids.storedCount }
            sample.disk.tamper(with: segment.file) { $0[start] ^= 1 }
            let (report, records) = try salvage(sample)
            #expect(report.losses.map(\.kind) == [kind])
            #expect(report.lostEvents == 0 && records.count == sample.records.count)
            for (saved, old) in zip(records, sample.records) {
                let isTouched = old.position >= block.firstPosition && old.position < block.nextPosition
                #expect(saved.details == (isTouched && kind == .details ? [] : old.details))
                #expect((saved.id == old.id) != (isTouched && kind == .ids))
            }
            #expect(Set(records.map(\.id)).count == records.count, "ids stay apart")
        }
    }

    @Test("a bad directory costs its batch; a bad header costs what lies before the next good one")
    func batches() throws {
        for distance in [100, 30] {
            let sample = try Sample()
            let segment = sample.segment(1)
            let batch = segment.batches[3]
            sample.disk.tamper(with: segment.file) { $0[batch.offset + distance] ^= 0x40 }
            let (report, _) = try salvage(sample)
            #expect(report.lostEvents == batch.header.eventCount)
            #expect(report.losses.first?.first == batch.header.firstPosition)
            #expect(report.losses.first?.streams?.isEmpty == false)
        }
    }

    @Test("a bad segment header costs no event", arguments: [0, 1, 2])
    func header(number: Int) throws {
        for offset in [0, 20, 33, 45, 80] {
            let sample = try Sample()
            sample.disk.tamper(with: sample.segment(number).file) { $0[offset] ^= 0xff }
            let (report, records) = try salvage(sample)
            #expect(records.count == sample.records.count, "byte \(offset)")
            #expect(report.losses.contains { $0.kind == .nothing && $0.cause.file == sample.segment(number).file })
        }
    }

    @Test("all segment headers and the manifest gone still leave every event")
    func headers() throws {
        let sample = try Sample()
        sample.disk.lose(root.appending("MANIFEST"))
        for segment in sample.description.segments {
            sample.disk.tamper(with: segment.file) { $0[508] ^= 0xff }
        }
        #expect(try salvage(sample).records.count == sample.records.count)
    }

    @Test("a missing segment is one hole, with the streams that its index names", arguments: [0, 1])
    func missing(number: Int) throws {
        let sample = try Sample()
        let segment = sample.segment(number)
        sample.disk.lose(segment.file)
        let (report, _) = try salvage(sample)
        #expect(report.lostEvents == segment.eventCount)
        let loss = try #require(report.losses.first { $0.kind == .events })
        #expect(loss.cause.row == .segmentMissing && loss.streams?.count == 5)
    }

    @Test("a segment cut short keeps what lies before the cut")
    func truncated() throws {
        let sample = try Sample()
        let segment = sample.segment(0)
        let batch = segment.batches[5]
        sample.disk.tamper(with: segment.file) { $0.removeLast($0.count - batch.offset - 50) }
        let (report, _) = try salvage(sample)
        let kept = segment.batches[..<5].reduce(0) { $0 + $1.header.eventCount }
        #expect(report.lostEvents == segment.eventCount - kept)
    }

    @Test("a torn write at the end is left out, and is no loss")
    func torn() throws {
        let sample = try Sample(isClosed: false)
        let last = sample.segment(2)
        let batch = try #require(last.batches.last)
        // A sector of the batch never reached the disk.
        let sector = (batch.offset + 511) / 512 * 512
        sample.disk.tamper(with: last.file) { for index in sector..<sector + 512 { $0[index] = 0 } }
        let report = try EventLog.salvage(from: root, to: target, storage: sample.disk)
        #expect(report.losses.isEmpty && report.tornTail?.offset == batch.offset)
        #expect(report.head.position == batch.header.firstPosition.advanced(by: -1))
    }

    @Test("damage in the last promised batch is a loss")
    func tail() throws {
        let sample = try Sample()
        let last = sample.segment(2)
        let batch = try #require(last.batches.last { $0.header.kind == .events })
        sample.disk.tamper(with: last.file) { $0[batch.offset + 8] ^= 1 }
        #expect(try salvage(sample).report.lostEvents == batch.header.eventCount)
    }

    @Test("a segment that is there twice, or of another log, adds nothing")
    func strangers() throws {
        let sample = try Sample()
        let copy = LogFixture.log.appending("00000000000f0000.segment")
        sample.disk.put(try #require(sample.disk[sample.segment(1).file]), at: copy)
        let (report, records) = try salvage(sample)
        #expect(records == sample.records)
        #expect(report.losses.contains { $0.cause.row == .swapped && $0.cause.file == copy })
    }

    @Test("sectors that the disk cannot read cost what lies in them")
    func unreadable() throws {
        let sample = try Sample()
        let segment = sample.segment(0)
        let batch = segment.batches[4]
        let disk = FailingDisk(sample.disk, segment.file, batch.offset..<batch.offset + 8)
        let report = try EventLog.salvage(from: root, to: target, storage: disk)
        #expect(report.lostEvents >= batch.header.eventCount && report.lostEvents <= 3 * batch.header.eventCount)
        #expect(report.losses.first?.cause.code == .io)
        #expect(try EventLog.verify(at: root, storage: disk).damage?.code == .io)
    }

    @Test("every byte of a segment may be wrong: what is lost is named, and the new log is good")
    func everyByte() throws {
        for segment in 0..<3 {
            let size = try Sample().segment(segment).usedByteCount
            for offset in stride(from: 0, to: size, by: 6151) {
                let sample = try Sample()
                sample.disk.tamper(with: sample.segment(segment).file) { $0[offset] ^= 0x08 }
                let (report, _) = try salvage(sample)
                #expect(!report.losses.isEmpty, "byte \(offset) of segment \(segment)")
            }
        }
    }

    @Test("nothing at all that can be read is an error, and leaves nothing")
    func nothing() throws {
        let sample = try Sample()
        for segment in sample.description.segments {
            sample.disk.tamper(with: segment.file) { bytes in for index in bytes.indices { bytes[index] = 0xaa } }
        }
        #expect(throws: LogError.self) { try EventLog.salvage(from: root, to: target, storage: sample.disk) }
        #expect(!sample.disk.exists(target) && !sample.disk.exists("/saved.tmp"))
    }

    @Test("a log that is being written, and a target that is not free, are refused")
    func refused() throws {
        let sample = try Sample()
        sample.disk.put([1], at: target.appending("mine"))
        #expect(throws: LogError.self) { try EventLog.salvage(from: root, to: target, storage: sample.disk) }
        let log = try EventLog.open(at: root, storage: sample.disk, options: LogFixture.options)
        let error = #expect(throws: LogError.self) {
            try EventLog.salvage(from: root, to: "/other", storage: sample.disk)
        }
        #expect(error?.code == .locked)
        withExtendedLifetime(log) {}
    }
}
