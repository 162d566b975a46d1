import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@Suite struct ReadingTests {
    @Test("while a writer lives, another process sees what the newest promise covers")
    func promise() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        func seen() throws -> UInt64 {
            let reader = try EventLog.openReadOnly(at: LogFixture.root, storage: disk).makeReader()
            #expect(
                try LogFixture.records(reader).last.map { $0.position.rawValue } ?? 0 == reader.head.position.rawValue
            )
            return reader.head.position.rawValue
        }
        #expect(try seen() == 0)
        _ = try log.append(LogFixture.batch(0, records: 1), recordedAt: 1)
        #expect(try seen() == 0)
        _ = try log.append(LogFixture.batch(1, records: 1), recordedAt: 1)
        #expect(try seen() == 1)
        try log.writeMarker()
        #expect(try seen() == 2)
        _ = try log.append(LogFixture.batch(2, records: 1), recordedAt: 1)
        #expect(try seen() == 2)
        // The writer dies without a word, and its lock with it.
        let reader = try EventLog.openReadOnly(at: LogFixture.root, storage: disk.crashed()).makeReader()
        #expect(reader.head == log.head)
    }

    @Test("a reader writes nothing")
    func readOnly() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try LogFixture.fill(log, disk, segments: 2)
        let count = disk.calls.count
        let reader = try EventLog.openReadOnly(at: LogFixture.root, storage: disk).makeReader()
        _ = try LogFixture.records(reader)
        _ = try EventLog.verify(at: LogFixture.root, storage: disk)
        _ = try EventLog.describe(at: LogFixture.root, storage: disk)
        let writing: Set<StorageError.Operation> = [
            .write, .truncate, .rename, .remove, .createFile, .createDirectory, .sync, .syncDirectory,
        ]
        #expect(disk.calls.dropFirst(count).allSatisfy { !writing.contains($0.operation) })
    }

    @Test("the stream index gives what a scan gives, sealed and active")
    func streams() throws {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        _ = try LogFixture.fill(log, disk, segments: 3)
        let all = try LogFixture.records(log.makeReader())
        try log.writeMarker()
        let readers = [log.makeReader(), try EventLog.openReadOnly(at: LogFixture.root, storage: disk).makeReader()]
        for reader in readers {
            for stream in (0..<6).map({ StreamNumber(rawValue: $0) }) {
                var found: [StoredRecord] = []
                try reader.forEachRecord(ofStream: stream, sections: .all) { block, record in
                    found.append(StoredRecord(block, record))
                }
                #expect(found == all.filter { $0.stream == stream })
            }
        }
    }

    @Test("a directory that is no ledger, none at all, and one of a newer format each have their code")
    func codes() throws {
        let disk = try LogFixture.disk()
        func code(_ body: () throws -> Void) -> LogError.Code? {
            do {
                try body()
                return nil
            } catch {
                return (error as? LogError)?.code
            }
        }
        #expect(code { _ = try LogFixture.open(disk) } == .notALog)
        try disk.createDirectory(LogFixture.root)
        #expect(code { _ = try LogFixture.open(disk) } == .notALog)
        #expect(code { _ = try EventLog.verify(at: LogFixture.root, storage: disk) } == .notALog)
        #expect(code { _ = try EventLog.openReadOnly(at: LogFixture.root, storage: disk) } == .notALog)
        let log = try LogFixture.create(disk)
        #expect(code { _ = try LogFixture.open(disk) } == .locked)
        try log.close()
        #expect(code { _ = try LogFixture.create(disk) } == .alreadyExists)
        disk.tamper(with: LogFixture.first) { bytes in
            bytes[8] = 2
            bytes[10] = 2
            var writer = ByteWriter()
            writer.u32(CRC32C.checksum(bytes, in: 0..<508))
            bytes.replaceSubrange(508..<512, with: writer.bytes)
        }
        #expect(code { _ = try LogFixture.open(disk) } == .newerFormat)
        #expect(code { _ = try EventLog.openReadOnly(at: LogFixture.root, storage: disk) } == .newerFormat)
        #expect(code { _ = try EventLog.verify(at: LogFixture.root, storage: disk) } == .newerFormat)
    }

    @Test("errors for people say what happened, where, and what to do")
    func description() {
        let error = LogError(
            .corrupt,
            "the log is damaged",
            file: "/ledger/log/x.segment",
            offset: 512,
            position: .first,
            expected: "a",
            found: "b"
        )
        #expect(
            error.description
                == "the log is damaged; file /ledger/log/x.segment, byte 512, position 1; expected a, found b. "
                + "Nothing was changed: keep a copy of the directory, then run verify to see all of the damage."
        )
    }
}
