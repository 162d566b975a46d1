// swift-format-ignore-file: NeverForceUnwrap

// Literals here are valid by construction; a wrong one should stop the test where it stands.
import LoyaltyLedger

/// What came to the format behind the golden logs: rules with a later part, merges that carry the reward redeemed last.
extension GoldenHistory {
    static func gallery(_ view: CustomerHistoryView) -> Program {
        var rules = CardRules.rewardCard(
            mechanic: .visit(stamps: 10),
            catalogue: [RewardItem(Label("mug")!, cost: 10), RewardItem(Label("bag")!, cost: 20)]
        )
        rules.customerHistory = view
        return program("gallery", rules)
    }

    static let tower: Program = {
        var rules = CardRules.stampCard(mechanic: .visit(stamps: 3), milestones: [3, 6, 9])
        rules.customerHistory = .nothing
        return program("tower", rules)
    }()

    mutating func runLaterParts() async throws {
        for (number, program) in [Self.gallery(.summary), Self.tower].enumerated() {
            _ = try await ledger.define(program, id: .opaque(high: 1, low: UInt64(number)), recordedAt: now)
        }
        for (card, program) in [("G-1", "gallery"), ("G-2", "gallery"), ("T-1", "tower"), ("T-2", "tower")] {
            for _ in 0..<2 { add(.visit(money(500)), on: card, of: card, program: program) }
        }
        try await flush()
        let mug = add(.claimReward(Label("mug")!, purchase: money(0)), on: "G-1", of: "G-1", program: "gallery")
        add(.redeemMilestone(6, purchase: money(0)), on: "T-1", of: "T-1", program: "tower")
        try await flush()
        add(.useClaim(mug, purchase: money(0)), on: "G-1", of: "G-1", program: "gallery")
        add(.merge(into: CardID("T-2")!), on: "T-1", of: "T-1", program: "tower")
        try await flush()
        add(.merge(into: CardID("G-2")!), on: "G-1", of: "G-1", program: "gallery")
        try await flush()
        for round in 0..<40 {
            pass(hours: 7)
            add(.visit(nil), on: "G-\(2 + round % 9)", of: "c", program: "gallery")
            try await flush()
        }
    }
}
