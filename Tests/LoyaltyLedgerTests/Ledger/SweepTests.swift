// swift-format-ignore-file: NeverForceUnwrap
// Test literals are valid by construction.

import LoyaltyLedger
import Testing

/// D9: what time brings is recorded by sweeps and before commands; D23: offline devices; D7: guards over all cards.
@Suite("Sweeps, devices and guards over cards")
struct SweepTests {
    private func after(days: Int64) -> Timestamp { Shop.noon.advanced(byMilliseconds: days * 86_400_000) }

    private func options() -> LedgerOptions {
        LedgerOptions(now: { Shop.noon.advanced(byMilliseconds: 400 * 86_400_000) })
    }

    @Test("a sweep records lapses and expiries of all cards, and nothing the second time (D9)")
    func sweeping() async throws {
        var rules = Shop.coffee
        rules.life = .lots(days: 30)
        rules.term = .days(60)
        let shop = try await Shop(rules, options: options())
        for card in 1...5 { try await shop.run(.purchase(shop.money("\(card * 10)")), on: "C-\(card)") }
        let first = try await shop.ledger.sweep(at: after(days: 31))
        #expect(first.cards == 5)
        #expect(try shop.state("C-5").purse.lapsed == 5)
        #expect(try shop.state("C-5").balance == 0)
        #expect(try await shop.ledger.sweep(at: after(days: 31)).events == 0)
        #expect(try await shop.ledger.sweep(at: after(days: 61)).events == 5)
        #expect(try shop.state("C-1").isExpiryRecorded)
        await #expect(throws: CommandError.self) { try await shop.ledger.sweep(at: after(days: 500)) }
        try await shop.reopen()
        #expect(try await shop.ledger.replay().isEqual)
    }

    @Test("a refund asks nothing back that lapsed right before it, in the same command (D9, D11)")
    func lapsingBeforeARefund() async throws {
        var rules = Shop.coffee
        rules.life = .sliding(days: 10)
        rules.uncollected = .carryAsDebt
        let shop = try await Shop(rules, options: options())
        try await shop.run(.purchase(shop.money("20")))
        try await shop.run(.refund(shop.money("20")), at: after(days: 12))
        let state = try shop.state()
        #expect(state.purse.lapsed == 2 && state.balance == 0 && state.debt == 0 && state.stampsRemoved == 0)
        #expect(try await shop.ledger.explain(shop.card())?.isConsistent == true)
    }

    @Test("an upload is decided by when things occurred; a double redemption is a conflict; gaps are told (D23)")
    func offline() async throws {
        let shop = try await Shop(options: options())
        try await shop.run(.purchase(shop.money("100")))
        let device = try await shop.ledger.register(device: Label("scanner 7")!)
        let known = try await shop.ledger.register(device: Label("scanner 7")!)
        #expect(known.number == device.number && known.isKnown)
        func request(_ number: UInt64, _ action: CardAction, day: Int64) -> CommandRequest {
            let command = CardCommand(action, on: shop.card(), at: after(days: day))
            return CommandRequest(command, id: .sequence(source: device.number, number: number))
        }
        let redeem = CardAction.redeemRewards(1, purchase: shop.money("0"))
        let upload = [
            request(5, redeem, day: 3), request(2, redeem, day: 2), request(3, .purchase(shop.money("30")), day: 2),
        ]
        let outcomes = try await shop.ledger.upload(upload)
        let receipts = try outcomes.map { try $0.get() }
        #expect(receipts.map(\.commandID) == upload.map(\.id))
        #expect(receipts[0].positions.lowerBound > receipts[1].positions.lowerBound)
        #expect(try shop.state().rewardsOverRedeemed == 1)
        #expect(try shop.state().rewardsAvailable == 0)
        #expect(shop.ledger.sequenceGaps(of: Label("scanner 7")!) == [1...1, 4...4])
        let again = try await shop.ledger.upload(upload)
        #expect(try again.allSatisfy { try $0.get().isRepeat })
        #expect(try shop.state().rewardsOverRedeemed == 1)
        try await shop.reopen()
        #expect(shop.ledger.sequenceGaps(of: Label("scanner 7")!) == [1...1, 4...4])
        #expect(shop.ledger.sequenceGaps(of: Label("scanner 8")!) == nil)
    }

    @Test("a staff member's cap and a used receipt hold over all cards, within a batch and after reopening (D7)")
    func guards() async throws {
        var rules = Shop.coffee
        rules.guards = Guards(dailyStaffCap: 6, singleUseReferences: true)
        let shop = try await Shop(rules)
        func request(_ card: String, _ reference: String, _ staff: String) -> CommandRequest {
            CommandRequest(
                CardCommand(.purchase(shop.money("40")), on: shop.card(card), at: Shop.noon),
                id: shop.id(),
                context: CommandContext(attribution: Attribution(staff: Label(staff)), reference: reference),
                issuing: CardIssue()
            )
        }
        _ = try await shop.ledger.execute([
            request("a", "r1", "Ann"), request("b", "r2", "Ann"), request("c", "r1", "Bob"),
        ])
        #expect(try shop.state("a").balance == 4)
        #expect(try shop.state("b").balance == 2, "Ann had 4 of 6")
        #expect(try shop.state("c").balance == 0, "r1 has earned")
        #expect(try shop.state("c").lifetimeValue == MinorUnits(4000))
        try await shop.reopen()
        _ = try await shop.ledger.execute([
            request("d", "r3", "Ann"), request("e", "r2", "Bob"), request("f", "r4", "Bob"),
        ])
        #expect(try shop.state("d").balance == 0)
        #expect(try shop.state("e").balance == 0)
        #expect(try shop.state("f").balance == 4)
        #expect(try await shop.ledger.replay().isEqual)
    }

    @Test("a membership's uses are counted per location (3.6)")
    func locations() async throws {
        let tiers = TierTable(basis: .manual, [Tier(Label("Plus")!, usesPerPeriod: 3, usesPerLocation: 1)])
        let shop = try await Shop(.membershipCard(Subscription(period: .month), tiers: tiers))
        func use(at place: String) async throws -> Refusal? {
            let context = CommandContext(attribution: Attribution(location: Label(place)))
            return try await shop.run(.visit(), context: context).refusal
        }
        #expect(try await use(at: "north") == nil)
        #expect(try await use(at: "north") == .periodLimitReached(1))
        #expect(try await use(at: "south") == nil)
    }

    @Test("a customer sees comments and never notes; R13 names the installed cards (I9)")
    func customerView() async throws {
        var rules = Shop.coffee
        rules.customerHistory = .entries
        let shop = try await Shop(rules)
        let context = CommandContext(customerComment: "sorry!", internalNote: "difficult guest")
        try await shop.run(.addStamps(3), context: context)
        try await shop.run(.addStamps(1), context: CommandContext(internalNote: "secret"))
        try await shop.run(.removeStamps(99))
        try await shop.run(.install(.iOS))
        let entries = try #require(try await shop.ledger.customerHistory(of: shop.card())).entries
        #expect(entries.compactMap(\.comment) == ["sorry!", "Manual adjustments"])
        #expect(!"\(entries)".contains("difficult") && !"\(entries)".contains("secret"))
        #expect(entries.map(\.balance) == [0, 3, 4, 4])
        #expect(shop.ledger.installedCards(of: CustomerID("C-1")!) == [shop.card()])
        #expect(shop.ledger.installedCards(of: CustomerID("C-2")!).isEmpty)
    }

    @Test("spend balance: what each reward would leave, before it is claimed (S47, S48)")
    func quote() async throws {
        let items = [RewardItem(Label("mug")!, cost: 500), RewardItem(Label("bag")!, cost: 1500)]
        let shop = try await Shop(.rewardCard(mechanic: .manual, catalogue: items))
        try await shop.run(.addStamps(1000))
        #expect(try await shop.ledger.quote(shop.card())?.lines.map(\.remaining) == [500, nil])
    }

    @Test("a program's card type and milestones never change, and a coupon converts into a program that is there")
    func locked() async throws {
        let shop = try await Shop()
        await #expect(throws: CommandError.self) {
            try await shop.ledger.define(Shop.program(.giftCard()), id: shop.id())
        }
        let nowhere = CardRules.couponCard(conversion: Conversion(to: ProgramID("nowhere")!))
        await #expect(throws: CommandError.self) {
            try await shop.ledger.define(Shop.program(nowhere, id: "offer"), id: shop.id())
        }
    }
}
