import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@Suite struct RecoveryTests {
    /// A log with three batches and a marker, and where each batch starts.
    private func sample(marker: Bool = false) throws -> (disk: SimulatedDisk, batches: [LogDescription.Batch]) {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        for number in 0..<3 { _ = try log.append(LogFixture.batch(number, factsBytes: 700), recordedAt: 10) }
        if marker { try log.writeMarker() }
        let description = try EventLog.describe(at: LogFixture.root, storage: disk)
        return (disk.crashed(), description.segments.flatMap(\.batches))
    }

    @Test("every loss of sectors of the last, unsynced batch is cut, and kept in a side file")
    func torn() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try log.append(LogFixture.batch(0), recordedAt: 10)
        let head = log.head
        // The sync fails, so the batch is in the cache alone.
        disk.failCall(2)
        #expect(throws: LogError.self) { try log.append(LogFixture.batch(1, factsBytes: 500), recordedAt: 10) }
        let bytes = try #require(disk.bytes(of: LogFixture.first))
        let used = try EventLog.describe(at: LogFixture.root, storage: disk).segments[0].usedByteCount
        let start = try EventLog.describe(at: LogFixture.root, storage: disk).segments[0].batches[1].offset
        let sectors = Array(start / 512...(used - 1) / 512)
        try #require(sectors.count >= 3 && sectors.count <= 8, "\(sectors.count) sectors")
        for lost in 1..<(1 << sectors.count) {
            let crashed = disk.crashed { _, sector in
                guard let index = sectors.firstIndex(of: sector) else { return true }
                return lost & (1 << index) == 0
            }
            let before = try EventLog.verify(at: LogFixture.root, storage: crashed)
            #expect(before.isGood, "\(String(describing: before.damage))")
            let again = try LogFixture.open(crashed)
            #expect(again.head == head, "lost sectors \(String(lost, radix: 2))")
            if lost + 1 < 1 << sectors.count {
                let tail = try #require(again.openReport.tornTail)
                #expect(before.tornTail?.offset == tail.offset)
                #expect(tail.offset == start)
                let side = try #require(tail.sideFile)
                #expect(crashed.bytes(of: side)?.count == tail.byteCount)
            }
            _ = try again.append(LogFixture.batch(7), recordedAt: 10)
            #expect(try EventLog.verify(at: LogFixture.root, storage: crashed).isGood)
            #expect(try LogFixture.open(crashed.crashed()).head == again.head)
        }
        #expect(bytes.count == 64 << 10)
    }

    @Test("an accepted batch above the last promise is written again and synced")
    func rewrite() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        disk.failCall(2)
        #expect(throws: LogError.self) { try log.append(LogFixture.batch(1), recordedAt: 10) }
        // The process dies, the machine does not: the batch is whole, but in the cache alone.
        let cache = disk.crashed { _, _ in true }
        let again = try LogFixture.open(cache)
        #expect(again.openReport.rewrittenBatches == 1)
        #expect(again.head.position == Position(rawValue: 4))
        #expect(try LogFixture.open(cache.crashed()).head == again.head)
    }

    @Test("a flipped bit in any batch is damage, promised or not, and nothing is changed")
    func flipped() throws {
        for marker in [false, true] {
            let (disk, batches) = try sample(marker: marker)
            for batch in batches where batch.header.kind == .events {
                for distance in stride(from: 0, to: batch.header.length, by: 61) {
                    let bad = disk.crashed()
                    bad.tamper(with: LogFixture.first) { $0[batch.offset + distance] ^= 4 }
                    let before = bad.bytes(of: LogFixture.first)
                    let error = #expect(throws: LogError.self) { try LogFixture.open(bad) }
                    #expect(error?.code == .corrupt)
                    #expect(error?.file == LogFixture.first)
                    #expect(bad.bytes(of: LogFixture.first) == before)
                    let report = try EventLog.verify(at: LogFixture.root, storage: bad)
                    #expect(report.damage?.offset != nil)
                    #expect(report.damage?.position == batch.header.firstPosition)
                }
            }
        }
    }

    @Test("a zeroed sector below a promise is damage")
    func zeroedSector() throws {
        let (disk, batches) = try sample(marker: true)
        for batch in batches where batch.header.kind == .events {
            for sector in (batch.offset + 511) / 512..<(batch.offset + batch.header.length) / 512 {
                let bad = disk.crashed()
                bad.tamper(with: LogFixture.first) { bytes in
                    for index in sector * 512..<sector * 512 + 512 { bytes[index] = 0 }
                }
                let error = #expect(throws: LogError.self) { try LogFixture.open(bad) }
                #expect(error?.code == .corrupt)
            }
        }
    }

    @Test("bytes behind the end are no clean end")
    func garbage() throws {
        let (disk, batches) = try sample()
        let end = try #require(batches.last.map { $0.offset + $0.header.length })
        for (offset, length) in [(end, 600), (end + 48, 8)] {
            let bad = disk.crashed()
            bad.tamper(with: LogFixture.first) { bytes in
                for index in offset..<offset + length { bytes[index] = UInt8(truncatingIfNeeded: index | 1) }
            }
            let error = #expect(throws: LogError.self) { try LogFixture.open(bad) }
            #expect(error?.code == .corrupt)
        }
    }

    @Test("every interrupted roll is finished")
    func roll() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        let number = try LogFixture.fill(log, disk, segments: 2)
        var call = 1
        var wasWhole = false
        while !wasWhole {
            let trial = disk.crashed()
            let first = try LogFixture.open(trial)
            var next = number
            // Up to the batch that rolls.
            while true {
                let probe = trial.crashed()
                let probeLog = try LogFixture.open(probe)
                _ = try probeLog.append(LogFixture.batch(next, records: 20, factsBytes: 200), recordedAt: Int64(next))
                let count = try probe.list(LogFixture.log).filter { $0.hasSuffix(".segment") }.count
                if count > 2 { break }
                _ = try first.append(LogFixture.batch(next, records: 20, factsBytes: 200), recordedAt: Int64(next))
                next += 1
            }
            let head = first.head
            let before = trial.calls.count
            trial.failCall(call)
            let range = try? first.append(LogFixture.batch(next, records: 20, factsBytes: 200), recordedAt: Int64(next))
            wasWhole = trial.calls.count - before < call
            for survives in [true, false] {
                let crashed = trial.crashed { _, _ in survives }
                let again = try LogFixture.open(crashed)
                #expect(again.head.position >= head.position, "call \(call)")
                if let range { #expect(again.head.position >= range.upperBound, "call \(call)") }
                _ = try again.append(LogFixture.batch(999), recordedAt: Int64(next))
                #expect(try EventLog.verify(at: LogFixture.root, storage: crashed).isGood, "call \(call)")
            }
            call += 1
        }
    }

    @Test("missing, foreign and swapped segments are told apart from a clean log")
    func segments() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try LogFixture.fill(log, disk, segments: 4)
        try log.close()
        let names = try disk.list(LogFixture.log).filter { $0.hasSuffix(".segment") }.sorted()
        for name in names {
            let bad = disk.crashed()
            try bad.remove(LogFixture.log.appending(name))
            #expect(throws: LogError.self, "without \(name)") { try LogFixture.open(bad) }
            let report = try EventLog.verify(at: LogFixture.root, storage: bad)
            #expect(!report.isGood)
            #expect(throws: LogError.self) { try EventLog.openReadOnly(at: LogFixture.root, storage: bad) }
        }
        let swapped = disk.crashed()
        let other = try #require(disk.bytes(of: LogFixture.log.appending(names[2])))
        swapped.tamper(with: LogFixture.log.appending(names[1])) { $0 = other }
        #expect(throws: LogError.self) { try LogFixture.open(swapped) }
    }

    @Test("derived files may be deleted or damaged")
    func derived() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try LogFixture.fill(log, disk, segments: 3)
        try log.close()
        let written = try LogFixture.records(EventLog.openReadOnly(at: LogFixture.root, storage: disk).makeReader())
        let cards = try disk.list(LogFixture.log).filter { $0.hasSuffix(".cards") }.map { LogFixture.log.appending($0) }
        #expect(cards.count == 2)
        let files = cards + [LogFixture.root.appending("MANIFEST")]
        for file in files {
            // Deleted, or damaged in its header, in the table of an index, in its body.
            for place in [nil, 20, 70, -10] as [Int?] {
                let bad = disk.crashed()
                if let place {
                    bad.tamper(with: file) { $0[place < 0 ? $0.count + place : place] ^= 1 }
                } else {
                    try bad.remove(file)
                }
                let report = try EventLog.verify(at: LogFixture.root, storage: bad)
                #expect(report.isGood)
                #expect(report.files.contains { $0.file == file && $0.status != .good })
                let again = try LogFixture.open(bad)
                #expect(try LogFixture.records(again.makeReader()) == written)
                let reader = again.makeReader()
                var positions: [Position] = []
                try reader.forEachRecord(ofStream: StreamNumber(rawValue: 1)) { _, record in
                    positions.append(record.position)
                }
                #expect(positions == written.filter { $0.stream.rawValue == 1 }.map(\.position))
            }
        }
    }
}

extension RecoveryTests {
    @Test("verify finds a flipped byte in every kind of place, and names the file")
    func places() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try LogFixture.fill(log, disk, segments: 3)
        try log.close()
        let description = try EventLog.describe(at: LogFixture.root, storage: disk)
        for segment in description.segments {
            let size = try #require(disk.bytes(of: segment.file)).count
            let batch = try #require(segment.batches.first)
            let last = try #require(segment.batches.last)
            // Header fields, reserved bytes, checksum; batch header, directory, sections, trailer; seal or marker.
            let offsets = [
                0, 8, 12, 20, 32, 40, 48, 64, 80, 300, 510, batch.offset, batch.offset + 20, batch.offset + 60,
                batch.offset + 100, batch.offset + 151, batch.offset + 700, batch.offset + batch.header.length - 3,
                last.offset + 1, last.offset + 103,
            ]
            for offset in offsets {
                let bad = disk.crashed()
                bad.tamper(with: segment.file) { $0[offset] ^= 0x40 }
                let report = try EventLog.verify(at: LogFixture.root, storage: bad)
                let damage = try #require(report.damage, "byte \(offset) of \(segment.file)")
                #expect(damage.file == segment.file, "byte \(offset)")
                #expect(damage.offset != nil && damage.expected != nil && damage.found != nil, "byte \(offset)")
            }
            for length in [0, 100, 512, batch.offset + 200, size - 1] {
                let bad = disk.crashed()
                bad.tamper(with: segment.file) { $0.removeLast(size - length) }
                #expect(try !EventLog.verify(at: LogFixture.root, storage: bad).isGood, "\(length) of \(size) bytes")
                #expect(throws: LogError.self) { try LogFixture.open(bad) }
                #expect(throws: LogError.self) { try EventLog.openReadOnly(at: LogFixture.root, storage: bad) }
            }
        }
    }
}
