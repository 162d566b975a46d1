// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction; a wrong one should stop the test where it stands.
import EventLog
import Foundation
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@testable import LoyaltyLedger

/// What must hold of a salvaged ledger: it opens, it folds, it says what is lost, and it makes nothing up.
@Suite struct LedgerSalvageTests {
    private static let root: FilePath = "/shop"
    private static let saved = "/saved"

    /// A closed ledger: six cards, each issued in a batch of its own and then visited twice, by two members of staff.
    private struct Sample {
        let disk = MemoryDisk()
        let options: LedgerOptions
        let batches: [LogDescription.Batch]
        let segment: FilePath
        let profiles: [CardID: CardProfile]

        init(snapshot: Bool) async throws {
            options = LedgerOptions(
                storage: disk,
                segmentCapacity: 64 << 10,
                snapshots: SnapshotPolicy(eventsBeforeClose: snapshot ? 1 : nil, eventsWhileRunning: nil)
            )
            let ledger = try await Ledger.create(at: "/shop", program: Shop.program(), options: options)
            var id: UInt64 = 0
            for round in 0..<3 {
                for card in 1...6 {
                    id += 1
                    let amount = Money(decimal: "\(10 * card + round).00", Shop.usd)
                    let request = CommandRequest(
                        CardCommand(.purchase(try #require(amount)), on: Sample.card(card), at: Shop.noon),
                        id: .opaque(high: 9, low: id),
                        context: CommandContext(
                            source: .scanner,
                            attribution: Attribution(staff: Label(card < 4 ? "anna" : "bob")),
                            reference: "r\(id)"
                        ),
                        issuing: CardIssue()
                    )
                    _ = try #require(try await ledger.execute([request]).first).get()
                }
            }
            try await ledger.close()
            profiles = Dictionary(
                uniqueKeysWithValues: try (1...6).map { number in
                    (Sample.card(number), try #require(ledger.card(Sample.card(number))))
                }
            )
            let description = try EventLog.describe(at: LedgerSalvageTests.root, storage: disk)
            batches = description.segments[0].batches.filter { $0.header.kind == .events }
            segment = description.segments[0].file
        }

        static func card(_ number: Int) -> CardID { CardID("C-\(number)")! }

        /// Makes the facts of a batch unreadable; batch 0 holds the ledger's creation, 1...6 the issues.
        func spoil(_ batch: Int) {
            let place = batches[batch]
            disk.tamper(with: segment) { $0[place.offset + 96 + 56 * place.blocks.count] ^= 0x20 }
        }

        func salvage(program: Program? = nil) async throws -> (report: LedgerSalvageReport, ledger: Ledger) {
            let report = try await Ledger.salvage(
                from: "/shop",
                to: LedgerSalvageTests.saved,
                program: program,
                options: options
            )
            #expect(try await Ledger.verify(at: LedgerSalvageTests.saved, options: options).isGood)
            let ledger = try await Ledger.open(at: LedgerSalvageTests.saved, options: options)
            let replayed = try await ledger.replay()
            #expect(replayed.isEqual && "\(replayed.digest)" == report.digest)
            #expect(ledger.summary.cards == report.cardCount)
            let file = disk["/saved/SALVAGE.json"].map { String(decoding: $0, as: UTF8.self) }
            #expect(file == report.json.text + "\n")
            return (report, ledger)
        }

        func attribution(_ ledger: Ledger, _ card: Int) async throws -> [Label?] {
            try #require(try await ledger.history(of: Sample.card(card))).map { $0.attribution.staff }
        }
    }

    @Test("a good ledger is the same ledger, under a new id")
    func good() async throws {
        let sample = try await Sample(snapshot: false)
        let (report, ledger) = try await sample.salvage()
        #expect(report.isComplete && report.leftOut.isEmpty && report.recreated.isEmpty)
        for (card, profile) in sample.profiles { #expect(ledger.card(card)?.state == profile.state) }
        try await ledger.close()
    }

    @Test("a card whose issue is lost is left out and named; the others keep their figures and their staff")
    func orphan() async throws {
        let sample = try await Sample(snapshot: false)
        sample.spoil(2)
        let (report, ledger) = try await sample.salvage()
        #expect(report.cardCount == 5 && !report.isComplete)
        #expect(ledger.card(Sample.card(2)) == nil)
        for number in [1, 3, 4, 5, 6] {
            #expect(ledger.card(Sample.card(number))?.state == sample.profiles[Sample.card(number)]?.state)
        }
        #expect(report.leftOut.map(\.reason) == [.issueLost])
        #expect(report.leftOut.first?.records == 2)
        // What goes on is recorded on the right cards: the lost one is issued anew.
        let request = CommandRequest(
            CardCommand(.purchase(Money(decimal: "50.00", Shop.usd)!), on: Sample.card(2), at: Shop.noon),
            id: .opaque(high: 10, low: 1),
            context: CommandContext(source: .scanner),
            issuing: CardIssue()
        )
        _ = try #require(try await ledger.execute([request]).first).get()
        #expect(ledger.card(Sample.card(2))?.state.lifetimeValue == MinorUnits(5000))
        #expect(ledger.card(Sample.card(3))?.state == sample.profiles[Sample.card(3)]?.state)
        try await ledger.close()
    }

    @Test("a lost purchase makes its card's figures less, and the report names the positions")
    func gap() async throws {
        let sample = try await Sample(snapshot: false)
        sample.spoil(8)
        let (report, ledger) = try await sample.salvage()
        #expect(report.cardCount == 6 && report.leftOut.isEmpty)
        let before = try #require(sample.profiles[Sample.card(2)]).state
        let after = try #require(ledger.card(Sample.card(2))).state
        #expect(after.lifetimeValue == before.lifetimeValue - MinorUnits(2100))
        #expect(report.log.lostEvents == sample.batches[8].header.eventCount)
        try await ledger.close()
    }

    @Test("a lost program is taken from the snapshot, from a document, or else refused")
    func program() async throws {
        let sample = try await Sample(snapshot: true)
        sample.spoil(0)
        let (report, ledger) = try await sample.salvage()
        #expect(report.recreated.contains { $0.fact.contains("rule version 1") && $0.origin == .snapshot })
        #expect(!report.isClockLost && report.leftOut.isEmpty && report.cardCount == 6)
        for (card, profile) in sample.profiles { #expect(ledger.card(card)?.state == profile.state) }
        try await ledger.close()
        let bare = try await Sample(snapshot: false)
        bare.spoil(0)
        let error = await #expect(throws: LedgerError.self) { try await bare.salvage() }
        #expect(error?.code == .badProgram)
        #expect(!bare.disk.exists("/saved") && !bare.disk.exists("/saved.tmp"))
        let (given, again) = try await bare.salvage(program: Shop.program())
        #expect(given.recreated.contains { $0.origin == .document } && given.isClockLost && given.cardCount == 6)
        try await again.close()
    }

    @Test("lost staff is taken from the snapshot, or is nobody, and never somebody else")
    func attributions() async throws {
        for snapshot in [true, false] {
            let sample = try await Sample(snapshot: snapshot)
            // The first purchase carries the definition of anna, and the issue of card 1.
            sample.spoil(1)
            let (report, ledger) = try await sample.salvage()
            #expect(report.unattributedRecords == (snapshot ? 0 : 6))
            #expect(report.leftOut.map(\.reason) == [.issueLost])
            let names = Set(try await sample.attribution(ledger, 2))
            #expect(names == [snapshot ? Label("anna") : nil])
            #expect(Set(try await sample.attribution(ledger, 5)) == [Label("bob")])
            #expect(report.leftOut.first?.card == (snapshot ? "C-1" : nil))
            try await ledger.close()
        }
    }

    @Test("a retry of a saved command is still recognised")
    func retries() async throws {
        let sample = try await Sample(snapshot: false)
        sample.spoil(2)
        let (_, ledger) = try await sample.salvage()
        let request = CommandRequest(
            CardCommand(.purchase(try #require(Money(decimal: "30.00", Shop.usd))), on: Sample.card(3), at: Shop.noon),
            id: .opaque(high: 9, low: 3),
            context: CommandContext(source: .scanner, attribution: Attribution(staff: Label("anna")), reference: "r3"),
            issuing: CardIssue()
        )
        let receipt = try #require(try await ledger.execute([request]).first).get()
        #expect(receipt.isRepeat)
        try await ledger.close()
    }
}
