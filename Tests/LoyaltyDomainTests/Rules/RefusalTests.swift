import LoyaltyDomain
import Testing

/// D1: every refusal is a durable event that changes nothing else.
@Suite("Refusals")
struct RefusalTests {
    /// One card per refusal, as the refused command left it.
    static let cases: [(code: String, card: Card)] = [
        ("card-expired", Card().expire(after: 3).buy("1", day: 4)),
        ("card-deleted", Card().delete().buy("1")),
        ("already-issued", Card().doing(.issue(customer: .someone, program: .coffee), day: nil)),
        ("currency-mismatch", Card().doing(.purchase(Money(MinorUnits(5), .yen)), day: nil)),
        ("amounts-differ", Card().doing(.purchase(Card().money("5"), stated: Card().money("6")), day: nil)),
        ("amount-too-small", Card().doing(.purchase(Money(MinorUnits(-1), .dollars)), day: nil)),
        ("quantity-too-small", Card().add(0)),
        ("limit-exceeded", Card().add(Stamps(.max))),
        ("exceeds-balance", Card().remove(1)),
        ("exceeds-available", Card().redeem(1)),
        ("exceeds-open-amount", Card().refund("1")),
        ("exceeds-visits", Card().removeVisits(1)),
        ("below-refunded", Card().buy("9", as: "it").refund("5").edit("it", to: "4")),
        ("transaction-not-found", Card().refund("1", of: "it")),
        ("transaction-ambiguous", Card().buy("9", as: "it").buy("9", as: "it").refund("1", of: "it")),
        ("spend-cards-only", Card(.manual()).buy("9").refund("1")),
        ("occurred-in-future", ahead()),
        ("shortfall", Card(.spend(1, per: 1000, .perTransaction, .reject)).buy("100").refund("10")),
        ("already-reversed", Card().grant(1, id: grantID).reverseGrant(grantID).reverseGrant(grantID)),
    ]

    private static let grantID = CommandID.opaque(high: 3, low: 3)

    private static func ahead() -> Card {
        var card = Card()
        let instant = Timestamp(milliseconds: CardCommand.clockTolerance + 1)
        card.run(.addStamps(1), at: instant, on: instant.dayInUTC, recordedAt: .epoch)
        return card
    }

    @Test("each has its case here", arguments: cases)
    func codes(code: String, card: Card) throws {
        let refusal = try #require(card.refusal)
        #expect(refusal.code == code)
        #expect(!refusal.message(under: .coffee(.spend())).isEmpty)
    }

    @Test("the last event says what was asked for and why not; nothing else moves", arguments: cases)
    func durable(code: String, card: Card) throws {
        let record = try #require(card.records.last)
        let refusal = try #require(record.refusal)
        #expect(record.events.last?.event == .commandRefused(record.action.normalized, refusal))
        #expect(card.state.refusals == 1)
        #expect(EffectSum(card.events) == EffectSum(card.records.dropLast().flatMap(\.events)))
    }

    @Test("what was asked for can be read back, so that a repeated command can be compared (R20)", arguments: cases)
    func intent(code: String, card: Card) throws {
        for record in card.records {
            let intents = record.events.compactMap { $0.event.intent(in: card.catalog, program: .only) }
            #expect(intents == [record.action.normalized])
        }
    }

    @Test("ten minutes ahead of the ledger's clock are tolerated, and not a millisecond more (D9)")
    func tolerance() {
        var card = Card()
        let instant = Timestamp(milliseconds: CardCommand.clockTolerance)
        card.run(.addStamps(1), at: instant, on: instant.dayInUTC, recordedAt: .epoch)
        #expect(card.refusal == nil)
        #expect(Self.ahead().refusal == .occurredInFuture)
    }

    @Test("figures are told: the balance, what is open, what is available, what is due")
    func figures() {
        let message = { (refusal: Refusal) in refusal.message(under: .coffee(.spend())) }
        #expect(message(.exceedsBalance(7)).contains("7"))
        #expect(message(.exceedsOpenAmount(MinorUnits(1250))).contains("12.50 USD"))
        #expect(message(.exceedsAvailable(3)).contains("3"))
        #expect(message(.shortfall(due: 12, balance: 2)).contains("12"))
        #expect(message(.cardExpired(on: LocalDay(daysSince1970: 0))).contains("1970-01-01"))
    }

    @Test(
        "figures are told in the unit of the card's program",
        arguments: [
            (CardRules.spend(), "the balance is 1 stamp;", "3 stamps, and only 2 stamps there", "available: 1 reward;"),
            (.points, "the balance is 1 point;", "3 points, and only 2 points there", "available: 1 reward;"),
            (.multipassCard(), "the balance is 1 visit;", "3 visits, and only 2 visits there", "available: 1 reward;"),
            (
                .multipassCard(bonusPerVisit: 5), "the balance is 1 visit;", "back: 3, and only 2 there",
                "available: 1 reward;"
            ),
            (.giftCard(), "the balance is 0.01 USD;", "0.03 USD, and only 0.02 USD there", "available: 1 reward;"),
            (.couponCard(), "the balance is 1 use;", "3 uses, and only 2 uses there", "available: 1 use;"),
        ]
    )
    func units(rules: CardRules, balance: String, due: String, available: String) {
        let message = { (refusal: Refusal) in refusal.message(under: .coffee(rules)) }
        #expect(message(.exceedsBalance(1)).contains(balance))
        #expect(message(.shortfall(due: 3, balance: 2)).contains(due))
        #expect(message(.exceedsAvailable(1)).contains(available))
        #expect(message(.exceedsLoad(1, MinorUnits(250))).contains("2.50 USD"))
        #expect(message(.exceedsBonus(1)).contains("1 point;"))
    }

    @Test("the clock comes before the card's life, its life before the figures, the figures before the balance")
    func precedence() {
        let dead = Card().delete()
        #expect(dead.doing(.purchase(Money(MinorUnits(-1), .yen)), day: nil).refusal == .cardDeleted)
        #expect(Card().remove(0).refusal == .quantityTooSmall)
        #expect(
            Card().doing(.refund(Money(MinorUnits(0), .yen)), day: nil).refusal == .currencyMismatch(expected: .dollars)
        )
    }
}
