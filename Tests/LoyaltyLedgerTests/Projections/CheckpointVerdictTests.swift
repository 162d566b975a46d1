import EventLog
import Foundation
import SystemPackage
import Testing

@testable import LoyaltyLedger

/// What `verify` says of the checkpoints of projections and subscribers: they cost time and no answer, so none is damage (DESIGN.md 5.1).
@Suite struct CheckpointVerdictTests {
    private typealias Verdict = VerifyReport.FileVerdict

    /// A shop with the checkpoints of two projections and a subscriber.
    private func filled() async throws -> Shop {
        let shop = try await Shop()
        try await shop.ledger.close()
        let ledger = try await open(shop, [Counted(), Footfall()])
        try await BusyTill(ledger: ledger, seed: 4).stamp(tasks: 1, times: 30)
        let subscriber = try await ledger.checkpoint(named: "mirror")
        try await subscriber.save(ledger.summary.events)
        try await ledger.close()
        return shop
    }

    private func open(_ shop: Shop, _ projections: [any Projection]) async throws -> Ledger {
        var options = LedgerOptions(snapshots: .onClose)
        options.projections = projections
        return try await Ledger.open(at: shop.path, options: options)
    }

    private func verdicts(_ report: VerifyReport) -> [String: Verdict] {
        let own = report.files.filter { $0.kind == .checkpoint }
        return Dictionary(uniqueKeysWithValues: own.map { ($0.file.lastComponent?.string ?? "", $0) })
    }

    private func file(_ name: String, of shop: Shop) -> URL { URL(fileURLWithPath: "\(shop.path)/projections/\(name)") }

    @Test("each good one is good, with its size")
    func good() async throws {
        let shop = try await filled()
        let report = try await Ledger.verify(at: shop.path)
        let found = verdicts(report)
        #expect(found.keys.sorted() == ["counted.1.projection", "footfall.1.projection", "mirror.subscriber"])
        #expect(found.values.allSatisfy { $0.status == .good && $0.flaw == nil && $0.damage == nil })
        for (name, verdict) in found { #expect(try verdict.byteCount == Data(contentsOf: file(name, of: shop)).count) }
        // Beside its writer too.
        let ledger = try await open(shop, [Counted(), Footfall()])
        try await BusyTill(ledger: ledger, seed: 5).stamp(tasks: 1, times: 3, series: 7)
        #expect(verdicts(try await ledger.verify()).values.allSatisfy { $0.status == .good })
        try await ledger.close()
    }

    @Test(
        "a damaged one is told with offset, expected and found",
        arguments: [("counted.1.projection", 118), ("mirror.subscriber", 50), ("counted.1.projection", 44)]
    )
    func damaged(name: String, byte: Int) async throws {
        let shop = try await filled()
        var bytes = try Data(contentsOf: file(name, of: shop))
        bytes[byte] ^= 4
        try bytes.write(to: file(name, of: shop))
        let report = try await Ledger.verify(at: shop.path)
        #expect(report.damage == nil && report.isGood)
        let found = verdicts(report)
        #expect(found.count == 3 && found.values.count { $0.status == .good } == 2)
        let verdict = try #require(found[name])
        let flaw = try #require(verdict.flaw)
        #expect(verdict.status == .stale && flaw.message.contains("(damaged)"))
        #expect(flaw.offset == 108 && flaw.expected != nil && flaw.found != nil, "\(flaw)")
    }

    @Test("a state that was changed, and one that was cut")
    func state() async throws {
        let shop = try await filled()
        let name = "counted.1.projection"
        let good = try Data(contentsOf: file(name, of: shop))
        var changed = good
        changed[good.count - 1] ^= 1
        try changed.write(to: file(name, of: shop))
        // Behind the header of 112 bytes and the name.
        var flaw = verdicts(try await Ledger.verify(at: shop.path))[name]?.flaw
        #expect(flaw?.offset == 119 && flaw?.expected == "a state with its checksum", "\(flaw as LogError?)")
        try good.prefix(good.count - 3).write(to: file(name, of: shop))
        flaw = verdicts(try await Ledger.verify(at: shop.path))[name]?.flaw
        #expect(flaw?.offset == 88 && flaw?.found == "8", "\(flaw as LogError?)")
        try Data().write(to: file(name, of: shop))
        #expect(verdicts(try await Ledger.verify(at: shop.path))[name]?.status == .stale)
    }

    @Test("one of another ledger, and one of another history")
    func foreign() async throws {
        let (shop, other) = (try await filled(), try await filled())
        let name = "footfall.1.projection"
        try Data(contentsOf: file(name, of: other)).write(to: file(name, of: shop))
        let flaw = verdicts(try await Ledger.verify(at: shop.path))[name]?.flaw
        #expect(flaw?.offset == 16 && flaw?.message.contains("(foreign)") == true, "\(flaw as LogError?)")

        // The log was put back from a backup, and went on otherwise.
        let saved = shop.path + ".saved"
        defer { try? FileManager.default.removeItem(atPath: saved) }
        try FileManager.default.copyItem(atPath: shop.path, toPath: saved)
        let ledger = try await open(shop, [Counted()])
        try await BusyTill(ledger: ledger, seed: 6).stamp(tasks: 1, times: 9, series: 8)
        try await ledger.close()
        let late = try Data(contentsOf: file("counted.1.projection", of: shop))
        try late.write(to: URL(fileURLWithPath: saved + "/projections/counted.1.projection"))
        let ahead = verdicts(try await Ledger.verify(at: saved))["counted.1.projection"]?.flaw
        #expect(ahead?.offset == 40 && ahead?.message.contains("(other-history)") == true, "\(ahead as LogError?)")
    }

    @Test("one of a version that is no longer in use")
    func version() async throws {
        let shop = try await filled()
        let ledger = try await open(shop, [Counted(), WiderFootfall()])
        // It was made for the first version; the second is what this process has.
        let found = verdicts(try await ledger.verify())["footfall.1.projection"]
        #expect(found?.status == .stale && found?.flaw?.message.contains("(other-version)") == true)
        #expect(found?.flaw?.offset == 80 && found?.flaw?.expected == "version 2 of projection footfall")
        try await ledger.close()
        // Whoever knows of no projections sees that the later one has come as far.
        let outside = verdicts(try await Ledger.verify(at: shop.path))
        #expect(outside["footfall.1.projection"]?.status == .stale && outside["footfall.2.projection"]?.status == .good)
    }

    @Test("an audit that goes on behind a checkpoint of its own says the same")
    func audit() async throws {
        let shop = try await filled()
        let ledger = try await open(shop, [])
        let audit = try await ledger.audit()
        #expect(audit.isClean && verdicts(audit.verification).count == 3)
        #expect(audit.verification == (try await ledger.verify()))
        try await ledger.close()
    }
}
