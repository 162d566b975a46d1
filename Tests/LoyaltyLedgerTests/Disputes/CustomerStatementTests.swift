// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import Foundation
import LoyaltyLedger
import Testing

@testable import LoyaltyLedgerTesting

/// I9 for disputes: whatever happened on cards of any type, no customer's page or data hold a note, a staff member, a device or a place.
///
/// A failure prints its seed; `SEED=n swift test --filter CustomerStatementTests` runs that one alone.
@Suite("Customer statements") struct CustomerStatementTests {
    static let seeds: [UInt64] = {
        if let chosen = ProcessInfo.processInfo.environment["SEED"].flatMap({ UInt64($0) }) { return [chosen] }
        return Array(1...8)
    }()

    private static let marks = ["MARK-STAFF", "MARK-DEVICE", "MARK-PLACE", "MARK-NOTE", "MARK-CARD"]

    @Test("no internal note, staff member, device, place or other card is in a statement (I9)", arguments: seeds)
    func hides(seed: UInt64) async throws {
        let trial = RuleTrial(seed: seed, commands: 70)
        let options = LedgerOptions(storage: MemoryDisk(), segmentCapacity: 64 << 10)
        let first = try #require(trial.programs.first)
        let ledger = try await Ledger.create(at: "/trial", program: first, clock: .manual, options: options)
        for (number, program) in trial.programs.enumerated().dropFirst() {
            _ = try await ledger.define(program, id: .opaque(high: 3, low: UInt64(number)), recordedAt: .epoch)
        }
        for case .command(let request) in trial.steps { _ = try await ledger.execute([marked(request)]) }
        var statements = 0
        for card in ledger.cards {
            for claim in claims(about: card) {
                guard let report = try? await ledger.dispute(card.card, claim: claim),
                    let calendar = ledger.calendar(of: card.program.id)
                else { continue }
                let texts = [report.statement.page(in: calendar), report.statement.json(in: calendar).text]
                for (text, mark) in texts.flatMap({ text in Self.marks.map { (text, $0) } }) {
                    #expect(!text.contains(mark), "SEED=\(seed): \(mark) in the statement of \(card.card.text)")
                }
                #expect(PageShape(texts[0]).problem == nil, "SEED=\(seed)")
                let staff = report.page(in: calendar)
                #expect(PageShape(staff).problem == nil, "SEED=\(seed)")
                statements += 1
            }
        }
        #expect(statements > 4, "SEED=\(seed)")
    }

    /// The command by marked staff, on a card whose serial is marked as well.
    private func marked(_ request: CommandRequest) -> CommandRequest {
        var request = request
        request.command.card = Self.marked(request.command.card)
        switch request.command.action {
        case .refer(let card): request.command.action = .refer(by: Self.marked(card))
        case .merge(let card): request.command.action = .merge(into: Self.marked(card))
        case .redeemCoupon(let money, let card?):
            request.command.action = .redeemCoupon(purchase: money, newCard: Self.marked(card))
        default: break
        }
        request.context.attribution = Attribution(
            staff: Label("MARK-STAFF"),
            device: Label("MARK-DEVICE"),
            location: Label("MARK-PLACE")
        )
        request.context.internalNote = "MARK-NOTE"
        request.context.customerComment = "a word to the customer"
        return request
    }

    /// Every other card's serial is marked; the one that is asked about may stand in its own statement.
    private static func marked(_ card: CardID) -> CardID {
        ["c0", "c2", "c4"].contains(card.text) ? card : CardID("MARK-CARD-\(card.text)")!
    }

    private func claims(about card: CardProfile) -> [Claim] {
        guard !card.card.text.hasPrefix("MARK-CARD") else { return [] }
        let day = card.state.lastDays.visit ?? card.today
        return [
            Claim(.visits(2), on: day), Claim(.rewards(1), on: card.today.advanced(byDays: -2)),
            Claim(.purchase(MinorUnits(5000), reference: "a"), on: day),
            Claim(.spent(MinorUnits(9900)), on: day, minute: 720),
        ]
    }
}
