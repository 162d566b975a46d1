// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import LoyaltyLedger
import Testing

/// A shop in New York with a clock set by hand, and claims about its cards; hours count from noon of 1 January 2026.
struct DisputeShop {
    let shop: Shop

    init(_ rules: CardRules = Shop.coffee) async throws { shop = try await Shop(rules, clock: .manual) }

    static func at(_ hours: Int64) -> Timestamp { Shop.noon.advanced(byMilliseconds: hours * 3_600_000) }

    /// Does something at an hour; the ledger learns of it at another, or at once.
    @discardableResult
    func act(
        _ action: CardAction,
        on card: String = "C-1",
        at hours: Int64,
        learnt: Int64? = nil,
        _ context: CommandContext = CommandContext()
    ) async throws -> Receipt {
        let (time, recorded) = (Self.at(hours), Self.at(learnt ?? hours))
        return try await shop.run(action, on: card, at: time, context: context, recordedAt: recorded)
    }

    func buy(_ amount: String, on card: String = "C-1", at hours: Int64, learnt: Int64? = nil, receipt: String? = nil)
        async throws
    {
        let context = CommandContext(attribution: Attribution(staff: Label("Ana")), reference: receipt)
        try await act(.purchase(shop.money(amount)), on: card, at: hours, learnt: learnt, context)
    }

    /// Lets the clock pass, by a purchase of another card.
    func pass(to hours: Int64) async throws { try await buy("1", on: "clock", at: hours) }

    func dispute(_ claim: String, on card: String = "C-1") async throws -> DisputeReport {
        let claim = try Claim(reading: claim, in: Shop.usd)
        return try #require(try await shop.ledger.dispute(shop.card(card), claim: claim))
    }

    var calendar: ProgramCalendar { shop.ledger.calendar()! }
}
