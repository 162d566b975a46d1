import EventCoding
import EventLog
import Foundation
import LogFormat
import LoyaltyDomain
import LoyaltyLedger
import LoyaltyLedgerTesting
import Snapshots
import SystemPackage

@testable import LogFuzz

/// Small inputs from which each target's fuzzing starts: good ones, so that changes of them come far.
enum FuzzSeeds {
    static func all() async throws -> [FuzzTarget: [[UInt8]]] {
        let golden = try Golden("format-1")
        let cards = try Golden("format-1-cards")
        var kinds: Set<Substring> = []
        let segment = try rolledSegment()
        return [
            .segment: [[0] + segment, [1] + segment],
            .footer: [0, 3, 7, 8, 12].map { [$0] + segment },
            .index: try golden.indexes(),
            .event: try golden.cardRecords(&kinds) + cards.cardRecords(&kinds),
            .ledger: try golden.ledgerRecords() + cards.ledgerRecords(),
            .snapshot: try await snapshots(),
            .csv: csv,
        ]
    }

    /// The batches of a first segment of 4 KiB that was sealed, with a marker between them.
    private static func rolledSegment() throws -> [UInt8] {
        let disk = MemoryDisk()
        var options = EventLogOptions(now: { 0 })
        options.segmentCapacity = 4096
        options.makeLogID = { FuzzLog.logID }
        let log = try EventLog.create(at: FuzzLog.root, storage: disk, options: options)
        for number in 0..<4 {
            var batch = BatchBuilder(blockBytes: 512)
            for record in 0..<3 {
                let facts = (0..<300).map { UInt8(truncatingIfNeeded: $0 * $0 * 7 + record * 31 + $0 / 16) }
                try batch.append(
                    id: .sequence(source: 1, number: UInt64(number * 3 + record)),
                    stream: StreamNumber(rawValue: UInt32(record)),
                    eventCount: 1 + record,
                    facts: facts,
                    details: Array("batch \(number)".utf8)
                )
            }
            _ = try log.append(batch, recordedAt: Int64(number))
            if number == 0 { try log.writeMarker() }
        }
        try log.close()
        let file = disk[FuzzLog.root.appending("log").appending(Position.first.hexadecimal + ".segment")] ?? []
        return Array(file.dropFirst(SegmentHeader.byteCount))
    }

    /// The state of a small ledger, and its file.
    private static func snapshots() async throws -> [[UInt8]] {
        let disk = MemoryDisk()
        let policy = SnapshotPolicy(eventsBeforeClose: 1, eventsWhileRunning: nil)
        let ledger = try await Ledger.create(
            at: FuzzLog.root.string,
            program: program,
            clock: .manual,
            options: LedgerOptions(storage: disk, snapshots: policy)
        )
        let now = Timestamp(milliseconds: 1_767_287_000_000)
        let requests = (0..<4).compactMap { number -> CommandRequest? in
            guard let card = CardID("C\(number)"), let customer = CustomerID("K\(number)") else { return nil }
            return CommandRequest(
                CardCommand(.purchase(Money(MinorUnits(Int64(number) * 6100 + 900), dollar)), on: card, at: now),
                id: .sequence(source: 7, number: UInt64(number)),
                issuing: CardIssue(customer: customer, program: program.id),
                recordedAt: now
            )
        }
        _ = try await ledger.execute(requests)
        try await ledger.close()
        let path = disk.paths.first { $0.extension == "snapshot" } ?? ""
        let file = disk[path] ?? []
        let search = SnapshotStore(directory: path.removingLastComponent(), storage: disk).newest(
            matching: LogID(Array(file[16..<32])) ?? FuzzLog.logID,
            foldVersion: LedgerState.foldVersion,
            chainHashAt: { _ in ChainHash(Array(file[40..<72])) }
        )
        // The repaired file's state length stands in the first three bytes of its field, highest first.
        var repaired = file
        let length = search.found?.state.count ?? 0
        repaired.replaceSubrange(80..<83, with: [UInt8(length >> 16), UInt8(length >> 8 & 255), UInt8(length & 255)])
        return [[0] + (search.found?.state ?? []), [1] + file, [2] + repaired]
    }

    private static let dollar = Currency("USD") ?? { preconditionFailure("USD has three capital letters") }()
    private static let program = Program(
        id: ProgramID("coffee") ?? { preconditionFailure("a short name") }(),
        currency: dollar,
        timeZone: "America/New_York",
        rules: .stampCard(
            mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))),
            stampsPerReward: 10,
            dailyStampCap: 8,
            uncollected: .carryAsDebt
        )
    )

    private static let csv: [[UInt8]] = [
        """
        card,kind,occurred_at,amount,quantity,reason,refunds,expires_on
        C1,purchase,2026-01-05T09:30:00-05:00,12.50,,,,
        C1,refund,2026-01-06,2.50,,,till 7/118,
        C1,add-stamps,2026-01-06 10:00:00,,3,,,
        C1,remove-rewards,2026-01-06,0.00,1,correction,,
        C1,set-expiry,2026-01-07,,,,,2026-12-31
        """,
        "card=card_id\u{1f}amount_minor=cents\u{1f}+kind=purchase\u{1f}+staff=Ana\u{1e}card_id,occurred_at,cents\r\n"
            + "\"C\"\"1\",1997-01-01,1250\r\n\"C,2\",1997-02-30,12x\r\n",
        "\u{feff}row,reason,message,card,kind,occurred_at,command_id,comment\n"
            + "1,bad-date,\"a \"\"word\"\"\",C1,visit,2026-03-08T02:30:00,till-7/42,\"two\nlines\"\n,,,,C2,,\n\n\"x",
    ].map { Array($0.utf8) }
}

/// What a golden log of format 1 holds.
private struct Golden {
    private let disk = MemoryDisk()
    private let root: FilePath = "/golden"

    init(_ name: String) throws {
        let log = FuzzFixtureTests.fixtures.appending(path: "golden/\(name)/ledger/log")
        for name in try FileManager.default.contentsOfDirectory(atPath: log.path) {
            disk.put(Array(try Data(contentsOf: log.appending(path: name))), at: root.appending("log").appending(name))
        }
    }

    func indexes() throws -> [[UInt8]] { disk.paths.filter { $0.extension == "cards" }.compactMap { disk[$0] } }

    /// Records that hold a kind of event no other one held before, as the target takes them.
    func cardRecords(_ kinds: inout Set<Substring>) throws -> [[UInt8]] {
        var inputs: [[UInt8]] = []
        for record in try records() where record.stream != .ledger && record.facts.count < 255 {
            let decoded = try CardRecordCoding.decode(
                facts: ByteReader(record.facts),
                details: ByteReader(record.details),
                id: record.id ?? .opaque(high: 0, low: 0),
                card: CardNumber(record.stream.rawValue),
                eventCount: record.eventCount,
                recordedAt: Timestamp(milliseconds: record.recordedAt)
            )
            let found = decoded.events.map { "\($0.event)".prefix { $0 != "(" } }
            guard !kinds.isSuperset(of: found) else { continue }
            kinds.formUnion(found)
            let head = [UInt8(record.eventCount - 1), UInt8(record.facts.count + 1)]
            inputs.append(head + record.facts + record.details)
        }
        return inputs
    }

    func ledgerRecords() throws -> [[UInt8]] {
        let records = try records().filter { $0.stream == .ledger }
        return Dictionary(records.map { ($0.facts[0], $0.facts) }) { first, _ in first }
            .sorted { $0.key < $1.key }.map(\.value)
    }

    private func records() throws -> [StoredRecord] {
        var records: [StoredRecord] = []
        try EventLog.openReadOnly(at: root, storage: disk).makeReader().forEachBlock(sections: .all) { block in
            block.forEach { records.append(StoredRecord(block, $0)) }
        }
        return records
    }
}
