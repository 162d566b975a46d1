// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction; a wrong one should stop the test where it stands.
import EventCoding
import EventLog
import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import SystemPackage
import Testing

@testable import LoyaltyLedger

/// A ledger whose cards name each other, every record in a batch of its own, so that any one can be spoilt alone.
///
/// Card 1 is a stranger whose loss moves all other numbers. `old` recommended `new`, `a` was merged into `b`, `coupon` turned
/// into `made`, and a device was registered and has uploaded.
struct LinkedLedger {
    static let names = ["stranger", "old", "new", "a", "b", "coupon", "made", "far"]
    static let bought = CommandID.opaque(high: 5, low: 1)
    static let used = CommandID.opaque(high: 5, low: 2)
    static let firstVisit = CommandID.opaque(high: 5, low: 3)

    let disk = MemoryDisk()
    let options: LedgerOptions
    let profiles: [String: CardProfile]
    private let records: [CardRecord?]
    private let batches: [LogDescription.Batch]
    private let segment: FilePath

    init() async throws {
        options = LedgerOptions(
            storage: disk,
            snapshots: SnapshotPolicy(eventsBeforeClose: nil, eventsWhileRunning: nil)
        )
        let ledger = try await Ledger.create(at: "/whole", program: Shop.program(Self.rules), options: options)
        try await Self.run(ledger)
        var profiles: [String: CardProfile] = [:]
        for name in Self.names { profiles[name] = ledger.card(CardID(name)!) }
        try await ledger.close()
        let stored = try Self.records(at: "/whole", disk)
        let log = try EventLog.create(at: "/shop", storage: disk)
        for record in stored {
            var batch = BatchBuilder()
            try batch.append(
                id: try #require(record.id),
                stream: record.stream,
                eventCount: record.eventCount,
                facts: record.facts,
                details: record.details
            )
            _ = try log.append(batch, recordedAt: record.recordedAt)
        }
        try log.close()
        self.profiles = profiles
        records = try stored.map(Self.decoded)
        let description = try EventLog.describe(at: "/shop", storage: disk)
        batches = description.segments[0].batches.filter { $0.header.kind == .events }
        segment = description.segments[0].file
    }

    private static var rules: CardRules {
        var rules = Shop.coffee
        rules.referral = ReferralRule(moment: .firstVisit, referrer: 3, newcomer: 2)
        return rules
    }

    private static func run(_ ledger: Ledger) async throws {
        let offer = Shop.program(.couponCard(conversion: Conversion(to: ProgramID("coffee")!)), id: "offer")
        _ = try await ledger.define(offer, id: .opaque(high: 1, low: 1))
        let money = { (amount: String) in Money(decimal: amount, Shop.usd)! }
        let use = CardAction.redeemCoupon(purchase: money("8"), newCard: CardID("made")!)
        let commands: [(String, CardAction, CommandID?)] = [
            ("stranger", .purchase(money("70")), nil), ("old", .purchase(money("20")), nil),
            ("new", .refer(by: CardID("old")!), nil), ("new", .install(.iOS), nil),
            ("new", .purchase(money("10")), firstVisit), ("a", .purchase(money("70")), bought),
            ("b", .purchase(money("45")), nil), ("a", .merge(into: CardID("b")!), nil),
            ("coupon", .issue(customer: CustomerID("eve")!, program: ProgramID("offer")!), nil), ("coupon", use, used),
        ]
        for (number, (card, action, id)) in commands.enumerated() {
            let id = id ?? .opaque(high: 6, low: UInt64(number))
            _ = try await Self.execute(action, on: card, id: id, in: ledger)
        }
        let device = try await ledger.register(device: Label("till 9")!).number
        let request = CommandRequest(
            CardCommand(.purchase(money("30")), on: CardID("far")!, at: Shop.noon),
            id: .sequence(source: device, number: 1),
            issuing: CardIssue(program: ProgramID("coffee"))
        )
        _ = try #require(try await ledger.upload([request]).first).get()
    }

    static func execute(_ action: CardAction, on card: String, id: CommandID, in ledger: Ledger) async throws -> Receipt
    {
        let issue = CardIssue(program: ProgramID("coffee"))
        let command = CardCommand(action, on: CardID(card)!, at: Shop.noon)
        return try #require(try await ledger.execute([CommandRequest(command, id: id, issuing: issue)]).first).get()
    }

    private static func records(at root: FilePath, _ disk: MemoryDisk) throws -> [StoredRecord] {
        var records: [StoredRecord] = []
        try EventLog.openReadOnly(at: root, storage: disk).makeReader().forEachBlock(sections: .all) { block in
            block.forEach { records.append(StoredRecord(block, $0)) }
        }
        return records
    }

    private static func decoded(_ record: StoredRecord) throws -> CardRecord? {
        guard record.stream != .ledger, let id = record.id else { return nil }
        return try CardRecordCoding.decode(
            facts: ByteReader(record.facts),
            details: nil,
            id: id,
            card: CardNumber(record.stream.rawValue),
            eventCount: record.eventCount,
            recordedAt: Timestamp(milliseconds: record.recordedAt)
        )
    }

    /// Makes the records unreadable that hold an event of this kind on a card.
    func spoil(_ kind: String, of card: String) {
        let number = profiles[card]?.number
        let chosen = records.indices.filter { index in
            guard let record = records[index], record.card == number else { return false }
            return record.events.contains { "\($0.event)".hasPrefix("\(kind)(") }
        }
        #expect(!chosen.isEmpty, "no \(kind) of \(card)")
        for index in chosen { spoil(index) }
    }

    /// Makes the registration of the device unreadable: it stands before the upload, the last record.
    func spoilDevice() { spoil(records.count - 2) }

    private func spoil(_ index: Int) {
        let place = batches[index]
        disk.tamper(with: segment) { $0[place.offset + 96 + 56 * place.blocks.count] ^= 0x20 }
    }

    func salvage(from source: String = "/shop", to target: String = "/saved") async throws -> (
        report: LedgerSalvageReport, ledger: Ledger
    ) {
        let report = try await Ledger.salvage(from: source, to: target, options: options)
        #expect(try await Ledger.verify(at: target, options: options).isGood)
        let ledger = try await Ledger.open(at: target, options: options)
        let replayed = try await ledger.replay()
        #expect(replayed.isEqual && "\(replayed.digest)" == report.digest, "\(replayed.violations)")
        return (report, ledger)
    }
}
