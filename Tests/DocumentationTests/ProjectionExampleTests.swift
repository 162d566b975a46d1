import Foundation
import LoyaltyLedger
import Testing

/// The examples do what their article says.
@Suite struct ProjectionExampleTests {
    @Test func run() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("fold-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appendingPathComponent("shop").path
        let (usd, id, card) = (
            try #require(Currency("USD")), try #require(ProgramID("coffee")), try #require(CardID("C-1"))
        )
        let rules = CardRules.stampCard(mechanic: .visit(stamps: 1), stampsPerReward: 10)
        let program = Program(id: id, currency: usd, timeZone: "UTC", rules: rules)
        try await CatalogExamples.overview(path, program, card, Money(MinorUnits(250), usd), CommandID(high: 1, low: 1))
        try await ProjectionExamples.inline(path)
        let ledger = try await Ledger.open(at: path)
        #expect(try await ProjectionExamples.once(ledger).values.map(\.self) == [1])
        try await ProjectionExamples.beside(ledger)
        let file = directory.appendingPathComponent("output")
        for _ in 0..<2 { try await ProjectionExamples.exactlyOnce(ledger, file) }
        #expect(try ProjectionExamples.Output.read(from: file).events == Int(ledger.summary.events))
        try await ProjectionExamples.unknown(ledger)
        let subscriber = Task { try await ProjectionExamples.subscribe(ledger) { _ in } }
        try await ledger.close()
        try await subscriber.value
        #expect(try await ledger.checkpoint(named: "mailer").position == ledger.summary.events)
        #expect(try ProjectionExamples.rebuild(ledger).standing.version == 1)
    }
}
