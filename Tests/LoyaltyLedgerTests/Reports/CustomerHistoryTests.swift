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

    @Test func neverHoldsANoteAStaffMemberOrAPlace() async throws {
        let shop = try await Shop()
        try await shop.run(.purchase(shop.money("30")), context: context)
        try await shop.run(.addStamps(2), context: context)
        try await shop.run(.removeStamps(99), context: context)
        let entries = try #require(try await shop.ledger.customerHistory(of: shop.card()))
        // Whatever a view prints of an entry, it can only print what is in it.
        #expect(!"\(entries)".contains("secret"))
        #expect(entries.map(\.comment) == [nil, nil, CustomerHistoryEntry.defaultComment])
        #expect(entries.last?.balance == 5)
        let staff = try #require(try await shop.ledger.history(of: shop.card()))
        #expect(staff.count == entries.count + 1 && "\(staff)".contains("secret-note"))
    }

    @Test func showsTheShopsOwnWords() async throws {
        let shop = try await Shop()
        var kind = context
        kind.customerComment = "Happy birthday"
        try await shop.run(.grantRewards(1, purchase: shop.money("0")), context: kind)
        let entries = try #require(try await shop.ledger.customerHistory(of: shop.card()))
        #expect(entries.map(\.comment) == [nil, "Happy birthday"])
        #expect(try await shop.ledger.customerHistory(of: shop.card("nobody")) == nil)
    }
}
