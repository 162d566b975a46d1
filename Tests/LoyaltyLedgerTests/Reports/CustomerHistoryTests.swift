import LoyaltyLedger
import Testing

/// What a card's holder may see (I9, S54, S59).
@Suite struct CustomerHistoryTests {
    private let context = CommandContext(
        source: .dashboard,
        attribution: Attribution(
            staff: Label("secret-staff"),
            device: Label("secret-device"),
            location: Label("secret-place")
        ),
        internalNote: "secret-note"
    )

    private static func showing(_ view: CustomerHistoryView) -> CardRules {
        var rules = Shop.coffee
        rules.customerHistory = view
        return rules
    }

    @Test("a program shows nothing, figures, or entries as well; figures unless it says otherwise (C12)")
    func view() async throws {
        #expect(Shop.coffee.customerHistory == .summary)
        for view in CustomerHistoryView.allCases {
            let shop = try await Shop(Self.showing(view))
            try await shop.run(.purchase(shop.money("135")), context: context)
            try await shop.reopen()
            let history = try #require(try await shop.ledger.customerHistory(of: shop.card()))
            #expect(history.view == view && !"\(history)".contains("secret"))
            #expect(history.entries.count == (view == .entries ? 3 : 0))
            #expect((history.summary == nil) == (view == .nothing))
            guard let summary = history.summary else { continue }
            #expect(summary.balance == 3 && summary.rewardsAvailable == 1 && summary.stampsToNextReward == 7)
            #expect(summary.visits == 1 && summary.spent == MinorUnits(13_500) && summary.rewardsRedeemed == 0)
        }
    }

    @Test("the newest rules say what is shown, of older events too (C12)")
    func viewOfNewestRules() async throws {
        let shop = try await Shop()
        try await shop.run(.purchase(shop.money("20")))
        for view in [CustomerHistoryView.entries, .nothing, .summary] {
            _ = try await shop.ledger.define(Shop.program(Self.showing(view)), id: shop.id())
            let history = try #require(try await shop.ledger.customerHistory(of: shop.card()))
            #expect(history.view == view && history.entries.isEmpty == (view != .entries))
        }
    }

    @Test func neverHoldsANoteAStaffMemberOrAPlace() async throws {
        let shop = try await Shop(Self.showing(.entries))
        try await shop.run(.purchase(shop.money("30")), context: context)
        try await shop.run(.addStamps(2), context: context)
        try await shop.run(.removeStamps(99), context: context)
        let entries = try #require(try await shop.ledger.customerHistory(of: shop.card())).entries
        // Whatever a view prints of an entry, it can only print what is in it.
        #expect(!"\(entries)".contains("secret"))
        #expect(entries.map(\.comment) == [nil, nil, CustomerHistoryEntry.defaultComment])
        #expect(entries.last?.balance == 5)
        let staff = try #require(try await shop.ledger.history(of: shop.card()))
        #expect(staff.count == entries.count + 1 && "\(staff)".contains("secret-note"))
    }

    @Test func showsTheShopsOwnWords() async throws {
        let shop = try await Shop(Self.showing(.entries))
        var kind = context
        kind.customerComment = "Happy birthday"
        try await shop.run(.grantRewards(1, purchase: shop.money("0")), context: kind)
        let entries = try #require(try await shop.ledger.customerHistory(of: shop.card())).entries
        #expect(entries.map(\.comment) == [nil, "Happy birthday"])
        #expect(try await shop.ledger.customerHistory(of: shop.card("nobody")) == nil)
    }
}
