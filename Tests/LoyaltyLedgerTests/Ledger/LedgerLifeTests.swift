import EventLog
import Foundation
import LoyaltyLedger
import Projections
import Testing

@Suite struct LedgerTests {
    @Test func recordsAndReopens() async throws {
        let path = NSTemporaryDirectory() + "ledger-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let usd = try #require(Currency("USD"))
        let program = Program(
            id: try #require(ProgramID("coffee")),
            currency: usd,
            timeZone: "America/New_York",
            rules: CardRules.stampCard(
                mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))),
                stampsPerReward: 10
            )
        )
        let ledger = try await Ledger.create(at: path, program: program)
        let card = try #require(CardID("C-1"))
        let at = Timestamp(milliseconds: 1_700_000_000_000)
        let id = CommandID(high: 1, low: 2)
        let buy = CommandRequest(
            CardCommand(.purchase(Money(MinorUnits(10_500), usd)), on: card, at: at),
            id: id,
            issuing: CardIssue()
        )
        let first = try #require(try await ledger.execute([buy]).first).get()
        #expect(first.refusal == nil)
        let again = try await ledger.execute(buy.command, id: id)
        #expect(again.isRepeat)
        #expect(again.positions == first.positions)
        let refund = try await ledger.execute(
            CardCommand(.refund(Money(MinorUnits(500), usd)), on: card, at: at),
            id: CommandID(high: 1, low: 3)
        )
        #expect(refund.refusal == nil)
        let state = try #require(ledger.card(card)).state
        #expect(state.rewardsAvailable == 1)
        #expect(state.lifetimeValue == MinorUnits(10_000))
        let report = try await ledger.replay()
        #expect(report.isEqual)
        try await ledger.close()
        let reopened = try await Ledger.open(at: path)
        #expect(reopened.card(card)?.state == state)
        #expect(try await reopened.history(of: card)?.count == 4)
        try await reopened.close()
        let found = try await Ledger.verify(at: path)
        #expect(found.isGood)
    }
}
