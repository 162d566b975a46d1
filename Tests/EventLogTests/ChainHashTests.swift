import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@Suite struct ChainHashTests {
    /// A log of three segments with a marker here and there, and the head after each of its batches.
    private static func filled() throws -> (disk: SimulatedDisk, log: EventLog, heads: [LogHead]) {
        let disk = try LogFixture.disk()
        let log = try LogFixture.create(disk)
        var heads: [LogHead] = []
        while try disk.list(LogFixture.log).filter({ $0.hasSuffix(".segment") }).count < 3 || heads.count % 7 != 0 {
            _ = try log.append(LogFixture.batch(heads.count, records: 20, factsBytes: 200), recordedAt: 1)
            heads.append(log.head)
            if heads.count % 3 == 0 { try log.writeMarker() }
        }
        return (disk, log, heads)
    }

    @Test("known at the end of every batch and nowhere else")
    func everywhere() throws {
        let (disk, log, heads) = try Self.filled()
        let known = Dictionary(uniqueKeysWithValues: heads.map { ($0.position, $0.chainHash) })
        try log.writeMarker()
        let readers = [
            log.makeReader(),
            try EventLog.openReadOnly(at: LogFixture.root, storage: disk).makeReader(),
        ]
        for reader in readers {
            for number in 1...log.head.position.rawValue {
                let position = Position(rawValue: number)
                #expect(try reader.chainHash(after: position) == known[position], "position \(position)")
            }
            #expect(try reader.chainHash(after: .zero) == .zero)
            #expect(try reader.chainHash(after: log.head.nextPosition) == nil)
            #expect(try reader.chainHash(after: Position(rawValue: .max)) == nil)
        }
    }

    @Test("not known beyond what the newest promise covers")
    func promise() throws {
        let (disk, log, _) = try Self.filled()
        try log.writeMarker()
        let promised = log.head
        _ = try log.append(LogFixture.batch(1000), recordedAt: 1)
        let reader = try EventLog.openReadOnly(at: LogFixture.root, storage: disk).makeReader()
        #expect(try reader.chainHash(after: promised.position) == promised.chainHash)
        #expect(try reader.chainHash(after: log.head.position) == nil)
    }

    @Test("found without reading any other segment, and no batch whole")
    func reads() throws {
        let (disk, log, heads) = try Self.filled()
        let reader = log.makeReader()
        let middle = try #require(heads.dropFirst(3).first)
        let before = disk.calls.count
        _ = try reader.chainHash(after: middle.position)
        let calls = disk.calls[before...]
        #expect(Set(calls.map(\.path)) == [LogFixture.first])
        // Damage in the bodies of batches is not looked at.
        disk.tamper(with: LogFixture.first) { $0[700] ^= 0xff }
        #expect(try log.makeReader().chainHash(after: middle.position) == middle.chainHash)
    }
}
