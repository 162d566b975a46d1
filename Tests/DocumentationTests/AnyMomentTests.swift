import Foundation
import LoyaltyLedger
import Testing

/// The examples of the article "Any moment" say what the article says of them.
@Suite struct AnyMomentTests {
    /// Noon of a day of January 2026 in New York.
    private func noon(_ day: Int) -> Timestamp {
        Timestamp(milliseconds: 1_767_286_800_000 + Int64(day - 1) * 86_400_000)
    }

    /// Eight stamps on the tenth, and four of the fifth that were only told on the twelfth.
    private func recorded(at path: String, _ card: CardID) async throws -> Ledger {
        let usd = try #require(Currency("USD"))
        let id = try #require(ProgramID("coffee"))
        let rules = CardRules.stampCard(mechanic: .manual, stampsPerReward: 10)
        let program = Program(id: id, currency: usd, timeZone: "America/New_York", rules: rules)
        let ledger = try await Ledger.create(at: path, program: program, clock: .manual)
        for (number, stamps, occurred, recorded) in [(1, 8, 10, 10), (2, 4, 5, 12)] as [(UInt64, Stamps, Int, Int)] {
            let command = CardCommand(.addStamps(stamps), on: card, at: noon(occurred))
            let id = CommandID(high: 1, low: number)
            let request = CommandRequest(command, id: id, issuing: CardIssue(), recordedAt: noon(recorded))
            for receipt in try await ledger.execute([request]) { #expect(try receipt.get().refusal == nil) }
        }
        return ledger
    }

    @Test func theExamplesRun() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("moment-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let card = try #require(CardID("C-1"))
        let ledger = try await recorded(at: path, card)
        let tenth = try #require(LocalDay("2026-01-10"))
        let eleventh = try #require(LocalDay("2026-01-11"))
        let nine = noon(11).advanced(byMilliseconds: -3 * 3_600_000)

        let seen = try await AnyMomentExamples.cards(ledger, card, tenth, eleventh, nine)
        #expect(seen.today?.state.balance == 2 && seen.today?.state.rewardsAvailable == 1)
        #expect(seen.then?.state.balance == 8 && seen.then?.state.rewardsAvailable == 0)
        #expect(seen.screen.map(\.state.balance) == [8])
        #expect(try await AnyMomentExamples.reports(ledger, card, tenth, eleventh, nine) == [1, 1, 2, 1])
        // Of the tenth everything counts that is known today, so the live state served.
        #expect(AnyMomentExamples.start(ledger) == ledger.summary.events)
        try await ledger.close()
    }
}
