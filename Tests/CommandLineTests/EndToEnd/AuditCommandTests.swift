import Foundation
import LoyaltyLedger
import Testing

/// `loyalty audit` that is killed goes on where it was, or begins anew where it cannot know (DESIGN.md 7.8).
@Suite struct AuditCommandTests {
    /// A ledger of some dozens of segments.
    private static func prepared(_ name: String = "shop", cards: Int = 20, in bench: Workbench) async throws {
        let (id, euro) = (try #require(ProgramID("load")), try #require(Currency("EUR")))
        let rules = CardRules.stampCard(mechanic: .visit(stamps: 1), stampsPerReward: 10)
        let ledger = try await Ledger.create(
            at: bench.directory.appending(path: name).path,
            program: Program(id: id, currency: euro, timeZone: "UTC", rules: rules),
            clock: .manual,
            options: LedgerOptions(segmentCapacity: 64 << 10)
        )
        var random: UInt64 = 1
        for batch in 0..<24 {
            let now = Timestamp(milliseconds: 1_700_000_000_000 + Int64(batch) * 1_000_000)
            var requests: [CommandRequest] = []
            for _ in 0..<120 {
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let words = (0..<40).map { String(random &* (UInt64($0) * 2 + 1), radix: 36) }
                let card = try #require(CardID("card-\(random >> 33 % UInt64(cards))"))
                requests.append(
                    CommandRequest(
                        CardCommand(.purchase(Money(MinorUnits(500), euro)), on: card, at: now),
                        id: .opaque(high: 1, low: random),
                        context: CommandContext(internalNote: words.joined()),
                        issuing: CardIssue(),
                        recordedAt: now
                    )
                )
            }
            for outcome in try await ledger.execute(requests) { _ = try outcome.get() }
        }
        try await ledger.close()
    }

    private static func checkpoints(_ bench: Workbench) -> [String] {
        let folder = bench.directory.appending(path: "shop/audit").path
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasSuffix(".snapshot")
        }
    }

    /// Starts an audit and kills it once it has kept a checkpoint; tens of segments are left then.
    private static func kill(_ bench: Workbench) async throws -> String {
        for _ in 0..<20 {
            let started = try bench.start(["audit", "shop", "--checkpoint-interval", "0"])
            while started.process.isRunning, checkpoints(bench).isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            Foundation.kill(started.process.processIdentifier, SIGKILL)
            started.process.waitUntilExit()
            if started.process.terminationReason == .uncaughtSignal, let name = checkpoints(bench).max() { return name }
        }
        throw KilledTooLate()
    }

    private struct KilledTooLate: Error {}

    @Test("a killed run goes on behind its checkpoint, says so, and comes to the same digest")
    func goesOn() async throws {
        let bench = try Workbench()
        try await Self.prepared(in: bench)
        let whole = try bench.run("audit", "shop")
        #expect(whole.status == 0 && !whole.output.contains("went on"), "\(whole.errors)")

        let name = try await Self.kill(bench)
        let position = try #require(UInt64(name.prefix(16), radix: 16))
        let resumed = try bench.run("audit", "shop")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.output.contains("went on from a checkpoint behind position \(position);"), "\(resumed.output)")
        for figure in ["events", "digest"] { #expect(resumed.figure(figure) == whole.figure(figure)) }
        #expect(!bench.exists("shop/audit"))

        _ = try await Self.kill(bench)
        let again = try bench.run("audit", "shop", "--format", "json").object()
        #expect((again["resumed_at"] as? Int ?? 0) > 0 && again["clean"] as? Bool == true)
        #expect(again["digest"] as? String == whole.figure("digest"))

        _ = try await Self.kill(bench)
        let anew = try bench.run("audit", "shop", "--from-start")
        #expect(!anew.output.contains("went on") && anew.figure("digest") == whole.figure("digest"))
    }

    @Test("a checkpoint that was cut, that rotted, or that is another ledger's is passed over")
    func beginsAnew() async throws {
        let bench = try Workbench()
        try await Self.prepared(in: bench)
        try await Self.prepared("other", cards: 7, in: bench)
        let whole = try bench.run("audit", "shop")
        let others = try bench.run("audit", "other")
        let name = try await Self.kill(bench)
        let file = bench.directory.appending(path: "shop/audit/\(name)")
        let bytes = try Data(contentsOf: file)

        func run(_ bytes: Data, _ ledger: String) throws -> Workbench.Run {
            let folder = bench.directory.appending(path: "\(ledger)/audit")
            try? FileManager.default.removeItem(at: folder)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try bytes.write(to: folder.appending(path: name))
            return try bench.run("audit", ledger)
        }
        var rotten = bytes
        rotten[bytes.count / 2] ^= 1
        for bad in [bytes.prefix(bytes.count / 2), bytes.prefix(40), rotten, Data()] {
            let found = try run(bad, "shop")
            #expect(found.status == 0 && !found.output.contains("went on"), "\(found.output)\(found.errors)")
            #expect(found.figure("digest") == whole.figure("digest"))
        }
        let foreign = try run(bytes, "other")
        #expect(foreign.status == 0 && !foreign.output.contains("went on"))
        #expect(foreign.figure("digest") == others.figure("digest"))
        // The same bytes in their own place do serve.
        #expect(try run(bytes, "shop").output.contains("went on"))
    }

    @Test("an interval is no less than nothing")
    func interval() throws {
        let bench = try Workbench()
        try bench.run("init", "shop", "--program", Workbench.carryOver)
        #expect(try bench.run("audit", "shop", "--checkpoint-interval", "-1").status == 64)
    }
}
