import EventLog
import LogFormat
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// Rows D: the last segment.
extension DecisionTableTests {
    @Test("D2: no good batch, and a good batch behind that promises the place, halts", arguments: 0..<2)
    func promisedBehind(_ number: Int) throws {
        let sample = SampleLog.whole
        let batch = sample.batches[number]
        let start = batch.offset
        for byte in [3, 95, 100, 200, batch.header.length - 1].map({ start + $0 }) {
            let disk = sample.copy()
            Row.flip(disk, sample.last, byte)
            let error = try Row.halts(.promisedBehind, disk, file: sample.last)
            #expect((start..<start + batch.header.length).contains(try #require(error.offset)))
            #expect(error.position == batch.header.firstPosition)
            #expect(error.flippedBit == FlippedBit(byte: byte, bit: 3))
        }
        // A zero sector, which above the promise would be a torn write; and all of the batch.
        for range in [SampleLog.sector(of: batch), start..<start + batch.header.length] {
            let disk = sample.copy()
            Row.zero(disk, sample.last, range)
            try Row.halts(.promisedBehind, disk, file: sample.last)
        }
    }

    @Test("D4: a good batch header that does not follow the batch before halts")
    func unlinkedBatch() throws {
        let sample = SampleLog.whole
        let twin = SampleLog.twin
        let batch = sample.unpromised
        try #require(twin.unpromised.offset == batch.offset)
        let disk = sample.copy()
        let other = try #require(twin.disk[sample.last])
        disk.tamper(with: sample.last) { $0.replaceSubrange(batch.offset..., with: other[batch.offset...]) }
        let error = try Row.halts(.unlinkedBatch, disk, file: sample.last)
        #expect(error.offset == batch.offset + 48)
        #expect(error.position == batch.header.firstPosition)
    }

    @Test("D5: a good header of a broken batch with bytes behind its end halts")
    func bytesBehindBatch() throws {
        let sample = SampleLog.whole
        let batch = sample.unpromised
        let disk = sample.copy()
        Row.zero(disk, sample.last, SampleLog.sector(of: batch))
        disk.tamper(with: sample.last) { $0[batch.offset + batch.header.length + 40] = 1 }
        let error = try Row.halts(.bytesBehindBatch, disk, file: sample.last)
        #expect(error.position == batch.header.firstPosition)
    }

    @Test("D6: a broken batch with no zero slice halts, and the flipped bit is named")
    func noZeroSlice() throws {
        let sample = SampleLog.whole
        let batch = sample.unpromised
        for byte in stride(from: 0, to: batch.header.length, by: 53).map({ batch.offset + $0 }) {
            let disk = sample.copy()
            Row.flip(disk, sample.last, byte)
            let error = try Row.halts(.noZeroSlice, disk, file: sample.last)
            #expect(error.flippedBit == FlippedBit(byte: byte, bit: 3), "\(error)")
            #expect(error.position == batch.header.firstPosition)
        }
        let stray = sample.copy()
        let end = batch.offset + batch.header.length
        stray.tamper(with: sample.last) { $0.replaceSubrange(end..<end + 600, with: repeatElement(0xa5, count: 600)) }
        #expect(try Row.halts(.noZeroSlice, stray, file: sample.last).offset == end + 92)
    }

    @Test("D7: bytes behind a seal halt")
    func bytesBehindSeal() throws {
        let sample = SampleLog.whole
        for distance in [0, 1, 3000] {
            let disk = try sample.unfinishedRoll()
            disk.tamper(with: sample.file(1)) { $0 += [UInt8](repeating: 0, count: distance) + [4] }
            let error = try Row.halts(.bytesBehindSeal, disk, file: sample.file(1))
            #expect(error.offset == sample.segments[1].byteCount)
            #expect(error.flippedBit == FlippedBit(byte: sample.segments[1].byteCount + distance, bit: 2))
        }
    }

    @Test("D8: a last segment without a seal that has not its capacity halts")
    func wrongSize() throws {
        let sample = SampleLog.whole
        let end = sample.unpromised.offset + sample.unpromised.header.length
        for size in [end, end + 7, SampleLog.capacity - 1, SampleLog.capacity + 1] {
            let disk = sample.copy()
            disk.tamper(with: sample.last) { bytes in
                if size < bytes.count { bytes = Array(bytes[..<size]) } else { bytes.append(0) }
            }
            let error = try Row.halts(.wrongSize, disk, file: sample.last)
            #expect(error.offset == size)
            #expect(error.expected == "\(SampleLog.capacity) bytes")
            #expect(error.found == "\(size)")
        }
    }

    @Test("D9: a broken batch with a zero slice is cut, and its bytes are kept in a side file")
    func tornWrite() throws {
        let sample = SampleLog.whole
        let batch = sample.unpromised
        let end = batch.offset + batch.header.length
        let sectors = batch.offset / 512...(end - 1) / 512
        #expect(RecoveryRow.tornWrite.action == .cut)
        for sector in sectors {
            let disk = sample.copy()
            Row.zero(disk, sample.last, max(sector * 512, batch.offset)..<min(sector * 512 + 512, end))
            let before = try #require(disk[sample.last])
            let log = try Row.open(disk)
            let tail = try #require(log.openReport.tornTail)
            #expect(Row.rows(log) == [.tornWrite])
            #expect(tail.offset == batch.offset)
            #expect(log.head.nextPosition == batch.header.firstPosition)
            let side = try #require(tail.sideFile)
            let kept = try #require(disk[side])
            #expect(kept == Array(before[batch.offset..<batch.offset + tail.byteCount]))
            let after = try #require(disk[sample.last])
            #expect(after[..<batch.offset] == before[..<batch.offset])
            #expect(after[batch.offset...].allSatisfy { $0 == 0 })
            #expect(before[(batch.offset + tail.byteCount)...].allSatisfy { $0 == 0 })
        }
    }

    @Test("D10: a seal, zeros behind it and no next segment: the roll is finished", arguments: [0, 1, 3000])
    func unfinishedRoll(_ zeros: Int) throws {
        let sample = SampleLog.whole
        let disk = try sample.unfinishedRoll()
        disk.tamper(with: sample.file(1)) { $0 += [UInt8](repeating: 0, count: zeros) }
        let log = try Row.open(disk)
        #expect(log.openReport.rows == [.unfinishedRoll, .unpromisedBatches, .manifestStale])
        #expect(RecoveryRow.unfinishedRoll.action == .finish)
        #expect(disk[sample.file(1)] == sample.disk[sample.file(1)])
        #expect(disk[sample.last]?.count == SampleLog.capacity)
        #expect(log.head.nextPosition == sample.segments[2].header.firstPosition)
        _ = try log.append(LogFixture.batch(1), recordedAt: 10)
        #expect(try EventLog.verify(at: LogFixture.root, storage: disk).isGood)
    }

    @Test("D11: good batches that no promise covers are written again and synced")
    func unpromisedBatches() throws {
        let sample = SampleLog.whole
        let disk = sample.copy()
        let storage = RecordingStorage(disk)
        let log = try EventLog.open(at: LogFixture.root, storage: storage, options: LogFixture.options)
        #expect(log.openReport.rows == [.unpromisedBatches])
        #expect(log.openReport.rewrittenBatches == 1)
        #expect(RecoveryRow.unpromisedBatches.action == .finish)
        let writes = storage.calls.filter { $0.name == .write && $0.path == sample.last }
        #expect(writes.map(\.offset) == [sample.unpromised.offset])
        #expect(writes.map(\.count) == [sample.unpromised.header.length])
        #expect(disk[sample.last] == sample.disk[sample.last])
    }

    @Test("D12: zeros to the end of the file are a clean end")
    func cleanEnd() throws {
        let sample = SampleLog.whole
        let disk = sample.marked()
        let before = Row.files(disk)
        let log = try Row.open(disk)
        #expect(Row.rows(log) == [])
        #expect(RecoveryRow.cleanEnd.action == .accept)
        let empty = MemoryDisk()
        try LogFixture.create(empty).close()
        #expect(try Row.open(empty).openReport.rows == [])
        #expect(log.head.nextPosition == sample.unpromised.header.firstPosition)
        #expect(Row.files(disk) == before)
    }
}
