import EventLog
import Foundation
import LogFormat
import LogStorage
import LoyaltyLedger
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@testable import EventCoding

/// Format 1 as it lies in the repository: it must open for ever, and must not change without a new version.
///
/// `RECORD_FIXTURES=1 swift test --filter CompatibilityTests` writes the fixture anew, and then fails.
@Suite struct CompatibilityTests {
    static let isRecording = ProcessInfo.processInfo.environment["RECORD_FIXTURES"] == "1"

    @Test(
        "what this version writes is, byte for byte, what is checked in",
        .enabled(if: !isRecording),
        arguments: GoldenLog.all
    )
    func bytes(_ golden: GoldenLog) async throws {
        let written = try await golden.written()
        let stored = try golden.stored()
        #expect(written.paths == stored.paths)
        for path in stored.paths {
            #expect(
                written[path] == stored[path],
                "\(path) has changed: a new layout needs a new format version and a fixture of its own (DESIGN.md section 9)"
            )
        }
        #expect(FormatLimits.version == 1, "format \(FormatLimits.version) needs a golden fixture of its own")
    }

    @Test(
        "the golden log opens, verifies and gives the events beside it",
        .enabled(if: !isRecording),
        arguments: GoldenLog.all
    )
    func opens(_ golden: GoldenLog) async throws {
        let disk = try golden.stored()
        #expect(try EventLog.verify(at: GoldenLog.root, storage: disk).isGood)
        let description = try EventLog.describe(at: GoldenLog.root, storage: disk)
        #expect(description.segments.count >= 3)
        #expect(try text(golden, "describe.txt") == description.description + "\n")
        let log = try EventLog.open(at: GoldenLog.root, storage: disk)
        #expect(log.openReport.rows == [.unpromisedBatches])
        let lines = try LedgerDump.lines(log.makeReader())
        #expect(lines == (try text(golden, "events.jsonl")).split(separator: "\n").map(String.init))
        try log.close()
        let ledger = try await Ledger.open(
            at: GoldenLog.root.string,
            options: LedgerOptions(access: .readOnly, storage: disk)
        )
        let replayed = try await ledger.replay()
        #expect(replayed.isEqual)
        #expect("\(replayed.digest)" + "\n" == (try text(golden, "digest.txt")))
    }

    @Test(
        "every kind of event of plain stamp cards, and of the ledger then, is in the first one",
        .enabled(if: !isRecording)
    )
    func stampKinds() throws {
        let kinds = try kinds(.stamps)
        #expect(kinds.count == 19 + 4, "\(kinds.sorted())")
    }

    @Test(
        "every type of card event there was then, and every kind of ledger event, is in the second one",
        .enabled(if: !isRecording)
    )
    func cardKinds() throws {
        let kinds = try kinds(.cards)
        // Three of the 58 types are detailed forms of kinds that have another type too.
        #expect(kinds.count == 58 - 3 + 5, "\(kinds.sorted())")
        #expect(try actions(.cards).count == 38)
    }

    @Test("every type of card event is in one of them, those of disputes in the third", .enabled(if: !isRecording))
    func caseKinds() throws {
        let events = try GoldenLog.all.flatMap { try $0.cardRecords() }.flatMap(\.events).map(\.event)
        #expect(Set(events.compactMap(\.type)) == Set(CardEventType.allCases))
        let cases = try GoldenLog.cases.cardRecords().flatMap(\.events).map(\.event)
        let types: Set<CardEventType> = [.caseOpened, .evidenceAdded, .caseDecided, .caseRemedied, .caseClosed]
        #expect(types.isSubset(of: cases.compactMap(\.type)))
        #expect(try actions(.cases).union(actions(.cards)).count == 38 + 5)
        var refusals: Set<String> = []
        for case .commandRefused(_, let refusal) in cases { refusals.insert(refusal.code) }
        let told: Set<String> = ["case-not-open", "case-not-decided", "claim-in-future", "claim-unreadable"]
        #expect(told.isSubset(of: refusals), "\(refusals.sorted())")
    }

    /// The actions that were refused in a log, by their names.
    private func actions(_ golden: GoldenLog) throws -> Set<Substring> {
        var actions: Set<Substring> = []
        for case .commandRefused(let action, _) in try golden.cardRecords().flatMap(\.events).map(\.event) {
            actions.insert("\(action)".prefix { $0 != "(" })
        }
        return actions
    }

    @Test("every kind of batch and section coding is in them", .enabled(if: !isRecording), arguments: GoldenLog.all)
    func codings(_ golden: GoldenLog) throws {
        let segments = try EventLog.describe(at: GoldenLog.root, storage: golden.stored()).segments
        let batches = segments.flatMap(\.batches)
        #expect(Set(batches.map(\.header.kind)) == [.events, .marker, .seal])
        #expect(batches.contains { $0.blocks.count > 1 })
        #expect(Set(batches.flatMap(\.blocks).map(\.facts.encoding)) == [.stored, .lz4])
    }

    private func kinds(_ golden: GoldenLog) throws -> Set<String> {
        Set(try text(golden, "events.jsonl").matches(of: /"kind":"(\w+)"/).map { String($0.output.1) })
    }

    /// Indexes are derived, and those of version 1, without a table, are read whole: `Fixtures/golden/index-1` has those of the first log.
    @Test("stream indexes of version 1 say what those of this version say", .enabled(if: !isRecording))
    func olderIndexes() throws {
        let (disk, older) = (try GoldenLog.stamps.stored(), try GoldenLog.stamps.stored())
        let folder = GoldenLog.stamps.fixture.removingLastComponent().appending("index-1")
        for name in try POSIXStorage().list(folder) {
            let path = GoldenLog.root.appending("log").appending(name)
            let bytes = try GoldenLog.bytes(folder.appending(name))
            #expect(bytes[8] == 1 && disk[path]?[8] == 2)
            older.put(bytes, at: path)
        }
        let report = try EventLog.verify(at: GoldenLog.root, storage: older)
        #expect(report.files.allSatisfy { $0.status == .good })
        let readers = try [disk, older].map { try EventLog.openReadOnly(at: GoldenLog.root, storage: $0).makeReader() }
        for stream in UInt32(0)...60 {
            let found = try readers.map { reader in
                var positions: [Position] = []
                try reader.forEachRecord(ofStream: StreamNumber(rawValue: stream)) { positions.append($1.position) }
                return positions
            }
            #expect(found[0] == found[1])
        }
    }

    @Test("records the fixture", .enabled(if: isRecording), arguments: GoldenLog.all)
    func record(_ golden: GoldenLog) async throws {
        let disk = try await golden.written()
        for path in disk.paths {
            var relative = path
            _ = relative.removePrefix(GoldenLog.root)
            try write(disk[path] ?? [], to: golden.ledger.pushing(relative))
        }
        let description = try EventLog.describe(at: GoldenLog.root, storage: disk)
        try write(Array("\(description)\n".utf8), to: golden.fixture.appending("describe.txt"))
        let reader = try EventLog.openReadOnly(at: GoldenLog.root, storage: disk).makeReader()
        let lines = try LedgerDump.lines(reader).joined(separator: "\n") + "\n"
        try write(Array(lines.utf8), to: golden.fixture.appending("events.jsonl"))
        let options = LedgerOptions(access: .readOnly, storage: disk)
        let ledger = try await Ledger.open(at: GoldenLog.root.string, options: options)
        let digest = try await ledger.replay().digest
        try write(Array("\(digest)\n".utf8), to: golden.fixture.appending("digest.txt"))
        Issue.record("the fixture was recorded; look at the difference and run again without RECORD_FIXTURES")
    }

    private func text(_ golden: GoldenLog, _ name: String) throws -> String {
        String(decoding: try GoldenLog.bytes(golden.fixture.appending(name)), as: UTF8.self)
    }

    private func write(_ bytes: [UInt8], to path: FilePath) throws {
        let directory = path.removingLastComponent().string
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: path.string))
    }
}
