import LoyaltyLedger
import Testing

/// Guarantee 3: a command id is answered once (R20, D1, I7).
@Suite struct IdempotencyTests {
    @Test func theSameBodyGetsTheFirstReceipt() async throws {
        let shop = try await Shop()
        let id = shop.id()
        let first = try await shop.run(.purchase(shop.money("27.50")), id: id)
        let state = try shop.state()
        let again = try await shop.run(.purchase(shop.money("27.50")), id: id)
        #expect(again.isRepeat)
        #expect(again.positions == first.positions)
        #expect(again.events == first.events)
        #expect(again.recordedAt == first.recordedAt)
        #expect(try shop.state() == state)
    }

    @Test func aSecondStatementOfTheAmountIsTheSameBody() async throws {
        let shop = try await Shop()
        let id = shop.id()
        try await shop.run(.purchase(shop.money("27.50"), stated: shop.money("27.50")), id: id)
        #expect(try await shop.run(.purchase(shop.money("27.50")), id: id).isRepeat)
    }

    @Test(arguments: [
        CardAction.purchase(Money(MinorUnits(2751), Shop.usd)),
        .visit(Money(MinorUnits(2750), Shop.usd)),
        .addStamps(2),
    ])
    func anotherBodyIsAConflict(_ action: CardAction) async throws {
        let shop = try await Shop()
        let id = shop.id()
        let first = try await shop.run(.purchase(shop.money("27.50")), id: id)
        do {
            try await shop.run(action, id: id)
            Issue.record("the conflict was not noticed")
        } catch CommandError.conflict(let receipt) {
            #expect(receipt.positions == first.positions)
        }
        #expect(try shop.state().purchases == 1)
    }

    @Test func contextIsPartOfTheBody() async throws {
        let shop = try await Shop()
        let id = shop.id()
        let context = CommandContext(attribution: Attribution(staff: Label("S-1")), reference: "R-1")
        try await shop.run(.addStamps(3), id: id, context: context)
        var other = context
        other.reference = "R-2"
        await #expect(throws: CommandError.self) { try await shop.run(.addStamps(3), id: id, context: other) }
        other = context
        other.attribution.staff = Label("S-2")
        await #expect(throws: CommandError.self) { try await shop.run(.addStamps(3), id: id, context: other) }
        await #expect(throws: CommandError.self) {
            try await shop.run(.addStamps(3), at: Timestamp(milliseconds: 1), id: id, context: context)
        }
        #expect(try await shop.run(.addStamps(3), id: id, context: context).isRepeat)
    }

    @Test func aRefusalIsRemembered() async throws {
        let shop = try await Shop()
        try await shop.run(.addStamps(3))
        let id = shop.id()
        let refused = try await shop.run(.removeStamps(5), id: id)
        #expect(refused.refusal == .exceedsBalance(3))
        try await shop.run(.addStamps(5))
        let again = try await shop.run(.removeStamps(5), id: id)
        #expect(again.isRepeat)
        #expect(again.refusal == .exceedsBalance(3))
        #expect(try shop.state().balance == 8)
        #expect(try shop.state().refusals == 1)
    }

    @Test func everyActionIsRecognisedAfterReopening() async throws {
        let shop = try await Shop()
        let granting = shop.id()
        let buying = shop.id()
        let named = TransactionName(commandID: buying, reference: "till 1")
        let actions: [(CommandID, CardAction)] = [
            (buying, .purchase(shop.money("105.00"))),
            (shop.id(), .purchase(shop.money("50.00"))),
            (shop.id(), .visit(nil)),
            (shop.id(), .visit(shop.money("3.20"))),
            (shop.id(), .refund(shop.money("20.00"), of: nil)),
            (shop.id(), .refund(shop.money("1.00"), of: named)),
            (shop.id(), .refund(shop.money("900.00"), of: named)),
            (shop.id(), .editAmount(of: named, to: shop.money("120.00"))),
            (shop.id(), .editAmount(of: TransactionName(reference: "nowhere"), to: shop.money("1.00"))),
            (shop.id(), .removeVisits(1)),
            (shop.id(), .addStamps(4)),
            (shop.id(), .removeStamps(1)),
            (shop.id(), .removeStamps(100)),
            (granting, .grantRewards(2, purchase: shop.money("20.00"))),
            (shop.id(), .redeemRewards(1, purchase: shop.money("0.00"))),
            (shop.id(), .removeRewards(1, purchase: shop.money("0.00"), .correction)),
            (shop.id(), .removeRewards(9, purchase: shop.money("0.00"), .expired)),
            (shop.id(), .reverseGrant(granting)),
            (shop.id(), .reverseGrant(shop.id())),
            (shop.id(), .install(.android)),
            (shop.id(), .setExpiry(LocalDay("2020-01-31"))),
            (shop.id(), .purchase(shop.money("1.00"))),
            (shop.id(), .setExpiry(nil)),
            (shop.id(), .delete),
            (shop.id(), .issue(customer: CustomerID("someone")!, program: ProgramID("coffee")!)),
        ]
        var receipts: [Receipt] = []
        for (id, action) in actions { receipts.append(try await shop.run(action, id: id)) }
        #expect(receipts.allSatisfy { !$0.isRepeat })
        let state = try shop.state()
        try await shop.reopen()
        #expect(try shop.state() == state)
        for ((id, action), first) in zip(actions, receipts) {
            let again = try await shop.run(action, id: id)
            #expect(again.isRepeat, "\(action)")
            #expect(again.events == first.events, "\(action)")
            #expect(again.refusal == first.refusal, "\(action)")
        }
        #expect(try shop.state() == state)
        #expect(try await shop.ledger.replay().isEqual)
    }

    @Test func anIDServesOneProgramOrOneCardCommand() async throws {
        let shop = try await Shop()
        let (bought, defined) = (shop.id(), shop.id())
        try await shop.run(.purchase(shop.money("27.50")), id: bought)
        _ = try await shop.ledger.define(Shop.program(), id: defined)
        var other = Shop.coffee
        other.rewards = .unlock(per: 5)
        for (rules, id) in [(other, defined), (Shop.coffee, bought)] {
            await #expect(throws: CommandError.self) {
                _ = try await shop.ledger.define(Shop.program(rules), id: id)
            }
        }
        do {
            try await shop.run(.addStamps(1), id: defined)
            Issue.record("a program's id served a card's command")
        } catch CommandError.malformed {
        }
        #expect(try await shop.run(.purchase(shop.money("27.50")), id: bought).isRepeat)
        #expect(try shop.state().balance == 2)
    }

    @Test func correctionsInOneBatchSeeEachOther() async throws {
        let shop = try await Shop()
        let actions: [CardAction] = [
            .purchase(shop.money("30.00")), .refund(shop.money("5.00")), .purchase(shop.money("20.00")),
            .refund(shop.money("25.00")), .refund(shop.money("20.01")), .removeVisits(1), .removeVisits(1),
        ]
        let requests = actions.map {
            CommandRequest(CardCommand($0, on: shop.card(), at: Shop.noon), id: shop.id(), issuing: CardIssue())
        }
        let refusals = try await shop.ledger.execute(requests).map { try $0.get().refusal }
        #expect(refusals == [nil, nil, nil, nil, .exceedsOpenAmount(MinorUnits(2000)), nil, .exceedsVisits(0)])
        #expect(try shop.state().lifetimeValue == .zero)
        #expect(try shop.state().stampsRemoved == 5)
        #expect(try await shop.ledger.replay().isEqual)
    }

    @Test func twiceInOneBatchIsOnce() async throws {
        let shop = try await Shop()
        let command = CardCommand(.addStamps(1), on: shop.card(), at: Shop.noon)
        let request = CommandRequest(command, id: shop.id(), issuing: CardIssue())
        let outcomes = try await shop.ledger.execute([request, request, request])
        #expect(try outcomes.map { try $0.get().isRepeat } == [false, true, true])
        #expect(try shop.state().balance == 1)
    }
}
