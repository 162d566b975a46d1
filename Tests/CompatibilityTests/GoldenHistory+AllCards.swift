// swift-format-ignore-file: NeverForceUnwrap

// Literals here are valid by construction; a wrong one should stop the test where it stands.
import LoyaltyLedger

/// A shop with cards of all eight types: every type of card event, commands that reach two cards, devices that were offline, every
/// action in a refusal.
extension GoldenHistory {
    mutating func runAllCards() async throws {
        for (number, program) in Self.otherPrograms.enumerated() {
            _ = try await ledger.define(program, id: .opaque(high: 1, low: UInt64(number)), recordedAt: now)
        }
        try await stampsAndReferrals()
        try await corrections()
        try await pointsAndTiers()
        try await passesAndGifts()
        try await coupons()
        try await memberships()
        try await catalogue()
        try await milestones()
        try await devices()
        try await refusals()
        try await lives()
        try await everydays(60)
    }

    private mutating func stampsAndReferrals() async throws {
        let scan = CommandContext(source: .scanner, attribution: staff("Ana"), reference: "till 1/1")
        add(.purchase(money(8400)), on: "B-1", of: "ann", scan, program: "bakery")
        add(.purchase(money(9900)), on: "B-2", of: "bea", scan, program: "bakery")
        add(.purchase(money(5000)), on: "B-1", of: "ann", program: "bakery")
        let capped = CommandContext(source: .scanner, attribution: staff("Ana"), reference: "till 1/2")
        add(.purchase(money(25_000)), on: "B-3", of: "cy", capped, program: "bakery")
        try await flush()
        add(.refer(by: CardID("B-1")!), on: "B-4", of: "dee", program: "bakery")
        add(.install(.android), on: "B-4", of: "dee", program: "bakery")
        try await flush()
        pass(hours: 25)
        add(.purchase(money(3000)), on: "B-4", of: "dee", program: "bakery")
        try await flush()
        add(.removeStamps(5), on: "B-4", of: "dee", CommandContext(internalNote: "Kasse «3»"), program: "bakery")
        add(.removeStamps(2), on: "B-1", of: "ann", program: "bakery")
        add(.refund(money(3000)), on: "B-4", of: "dee", program: "bakery")
        try await flush()
        pass(hours: 2)
        add(.purchase(money(4000)), on: "B-4", of: "dee", program: "bakery")
        add(.merge(into: CardID("B-3")!), on: "B-2", of: "bea", program: "bakery")
        try await flush()
        add(.redeemRewards(1, purchase: money(0)), on: "B-3", of: "cy", program: "bakery")
        try await flush()
    }

    private mutating func corrections() async throws {
        let bought = add(.purchase(money(1500)), on: "B-5", of: "eve", program: "bakery")
        let partly = add(.purchaseEligible(money(9000), eligible: money(7000)), on: "B-6", of: "fay", program: "bakery")
        let loose = add(.purchase(money(12_000)), on: "S-1", of: "gil", program: "saving")
        try await flush()
        add(
            .editAmount(of: TransactionName(commandID: bought), to: money(2600)),
            on: "B-5",
            of: "eve",
            program: "bakery"
        )
        add(
            .editAmount(of: TransactionName(commandID: loose), to: money(11_000)),
            on: "S-1",
            of: "gil",
            program: "saving"
        )
        add(.refund(money(2000)), on: "B-6", of: "fay", program: "bakery")
        // More than the part that earns is left of: the edit says both.
        add(
            .editAmount(of: TransactionName(commandID: partly), to: money(3000)),
            on: "B-6",
            of: "fay",
            program: "bakery"
        )
        let grant = add(.grantRewards(3, purchase: money(500)), on: "B-6", of: "fay", program: "bakery")
        try await flush()
        add(.grantRewards(2, purchase: money(0)), on: "B-3", of: "cy", program: "bakery")
        add(.removeRewards(1, purchase: money(0), .expired), on: "B-3", of: "cy", program: "bakery")
        add(.reverseGrant(grant), on: "B-6", of: "fay", program: "bakery")
        add(.addStamps(2), on: "B-6", of: "fay", CommandContext(customerComment: "Entschuldigung 🥐"), program: "bakery")
        add(.removeVisits(1), on: "B-5", of: "eve", program: "bakery")
        try await flush()
    }

    private mutating func pointsAndTiers() async throws {
        let first = add(.purchase(money(9000)), on: "C-1", of: "hal", program: "cash")
        add(.purchase(money(2000)), on: "C-1", of: "hal", program: "cash")
        add(.purchase(money(60_000)), on: "C-2", of: "ida", program: "cash")
        try await flush()
        add(.editAmount(of: TransactionName(commandID: first), to: money(9500)), on: "C-1", of: "hal", program: "cash")
        let today = LocalDay(daysSince1970: Int32(now.milliseconds / 86_400_000))
        add(
            .setTier(TierNumber(2), until: today.advanced(byDays: 2), grantsEntry: true),
            on: "C-1",
            of: "hal",
            program: "cash"
        )
        add(.setTier(TierNumber(1), until: nil, grantsEntry: false), on: "C-2", of: "ida", program: "cash")
        add(.unpinTier, on: "C-2", of: "ida", program: "cash")
        let spent = add(.spend(100, from: .main, purchase: money(700)), on: "C-1", of: "hal", program: "cash")
        try await flush()
        add(.reverseSpending(spent), on: "C-1", of: "hal", program: "cash")
        add(.refund(money(500)), on: "C-1", of: "hal", program: "cash")
        try await flush()
        pass(hours: 24 * 4)
        add(.purchase(money(1000)), on: "C-1", of: "hal", program: "cash")
        try await flush()
    }

    private mutating func passesAndGifts() async throws {
        let load = add(.load(10, purchase: money(9000)), on: "P-1", of: "jo", program: "pass")
        let value = add(.load(5000, purchase: money(5000)), on: "G-1", of: "kim", program: "gift")
        try await flush()
        let visit = add(.spend(2, from: .main, purchase: money(0)), on: "P-1", of: "jo", program: "pass")
        add(.adjustBonus(8), on: "P-1", of: "jo", program: "pass")
        add(.adjustBonus(-4), on: "P-1", of: "jo", program: "pass")
        add(.spend(3, from: .bonus, purchase: money(300)), on: "P-1", of: "jo", program: "pass")
        add(.spend(1200, from: .main, purchase: money(1200)), on: "G-1", of: "kim", program: "gift")
        try await flush()
        add(.reverseSpending(visit), on: "P-1", of: "jo", program: "pass")
        add(.reverseLoad(load, 3, amount: money(2700)), on: "P-1", of: "jo", program: "pass")
        add(.reverseLoad(value, nil, amount: nil), on: "G-1", of: "kim", program: "gift")
        add(.refer(by: CardID("P-1")!), on: "P-2", of: "lou", program: "pass")
        add(.install(.webApp), on: "P-2", of: "lou", program: "pass")
        try await flush()
    }

    private mutating func coupons() async throws {
        for card in ["O-1", "O-2"] {
            add(
                .issue(customer: CustomerID("mia")!, program: ProgramID("offer")!),
                on: card,
                of: "mia",
                program: "offer"
            )
        }
        add(.redeemCoupon(purchase: money(800), newCard: nil), on: "L-1", of: "ned", program: "leaflet")
        try await flush()
        let use = add(
            .redeemCoupon(purchase: money(800), newCard: CardID("B-20")!),
            on: "O-1",
            of: "mia",
            program: "offer"
        )
        add(.redeemCoupon(purchase: money(900), newCard: CardID("B-21")!), on: "O-2", of: "mia", program: "offer")
        try await flush()
        add(.reverseRedemption(use), on: "O-1", of: "mia", program: "offer")
        try await flush()
        add(.redeemCoupon(purchase: money(800), newCard: CardID("B-22")!), on: "O-1", of: "mia", program: "offer")
        try await flush()
    }

    private mutating func memberships() async throws {
        let here = CommandContext(source: .scanner, attribution: staff("Bo"))
        for _ in 0..<3 { add(.visit(nil), on: "M-1", of: "oda", here, program: "club") }
        try await flush()
        add(.setMembership(TierNumber(2), .month), on: "M-1", of: "oda", program: "club")
        for _ in 0..<2 { add(.visit(nil), on: "M-1", of: "oda", here, program: "club") }
        let today = LocalDay(daysSince1970: Int32(now.milliseconds / 86_400_000))
        add(.renewMembership(through: today.advanced(byDays: 60)), on: "M-1", of: "oda", program: "club")
        try await flush()
        pass(hours: 24 * 32)
        add(.visit(money(350)), on: "M-1", of: "oda", program: "club")
        add(.cancelMembership, on: "M-1", of: "oda", program: "club")
        add(.visit(nil), on: "M-1", of: "oda", program: "club")
        try await flush()
    }

    private mutating func catalogue() async throws {
        add(.purchase(money(2550)), on: "R-1", of: "pat", program: "shop")
        add(.install(.iOS), on: "R-1", of: "pat", program: "shop")
        add(.purchase(money(2550)), on: "R-1", of: "pat", program: "shop")
        let mug = add(.claimReward(Label("mug")!, purchase: money(0)), on: "R-1", of: "pat", program: "shop")
        let bag = add(.claimReward(Label("bag")!, purchase: money(0)), on: "R-1", of: "pat", program: "shop")
        let other = add(.claimReward(Label("bag")!, purchase: money(0)), on: "R-1", of: "pat", program: "shop")
        try await flush()
        add(.claimReward(Label("mug")!, purchase: money(0)), on: "R-1", of: "pat", program: "shop")
        add(.claimReward(Label("hat")!, purchase: money(0)), on: "R-1", of: "pat", program: "shop")
        add(.useClaim(mug, purchase: money(150)), on: "R-1", of: "pat", program: "shop")
        add(.removeClaim(bag, returnsStamps: true), on: "R-1", of: "pat", program: "shop")
        add(.removeClaim(other, returnsStamps: false), on: "R-1", of: "pat", program: "shop")
        try await flush()
        add(.useClaim(mug, purchase: money(150)), on: "R-1", of: "pat", program: "shop")
        try await flush()
    }

    private mutating func milestones() async throws {
        add(.visit(nil), on: "D-1", of: "quin", program: "dots")
        add(.visit(money(400)), on: "D-1", of: "quin", program: "dots")
        try await flush()
        add(.redeemMilestone(nil, purchase: money(0)), on: "D-1", of: "quin", program: "dots")
        let last = add(.redeemMilestone(4, purchase: money(90)), on: "D-1", of: "quin", program: "dots")
        add(.redeemMilestone(2, purchase: money(0)), on: "D-1", of: "quin", program: "dots")
        try await flush()
        add(.reverseRedemption(last), on: "D-1", of: "quin", program: "dots")
        add(.addStamps(3), on: "D-2", of: "ray", program: "dots")
        try await flush()
        // The stamps of D-2 lapse after 20 days; a visit that is told late would have kept them.
        pass(hours: 24 * 22)
        add(.install(.iOS), on: "D-2", of: "ray", program: "dots")
        try await flush()
        add(.visit(nil), on: "D-2", of: "ray", program: "dots", hoursAgo: 24 * 10)
        try await flush()
        // The rest of the pass lapses lot by lot, found by a sweep.
        pass(hours: 24 * 20)
        _ = try await ledger.sweep(at: now, recordedAt: now)
    }

    private mutating func devices() async throws {
        var fingerprint = ImportFingerprint(file: Array("card,amount\n".utf8), header: ["card", "amount"])
        for row in 0..<5 { fingerprint.append(["I-\(row)", "\(row)"]) }
        let source = try await ledger.register(fingerprint, recordedAt: now).number
        for row in 0..<5 {
            let id = CommandID.sequence(source: source, number: UInt64(row) + 1)
            let context = CommandContext(source: .import)
            add(.purchase(money(Int64(row) * 700)), on: "I-\(row)", of: "i\(row)", context, program: "saving", id: id)
        }
        try await flush()
        let device = try await ledger.register(device: Label("till 7")!, recordedAt: now).number
        let offline = CommandContext(source: .offline, attribution: staff("Cy"))
        let actions: [(String, CardAction, String)] = [
            ("B-3", .redeemRewards(9, purchase: money(0)), "bakery"),
            ("G-1", .spend(9999, from: .main, purchase: money(9999)), "gift"),
            ("S-1", .purchase(money(1900)), "saving"),
            ("O-2", .redeemCoupon(purchase: money(800), newCard: CardID("B-23")!), "offer"),
            ("O-2", .redeemCoupon(purchase: money(800), newCard: CardID("B-24")!), "offer"),
            ("O-2", .redeemCoupon(purchase: money(800), newCard: CardID("B-25")!), "offer"),
            ("O-2", .redeemCoupon(purchase: money(800), newCard: CardID("B-26")!), "offer"),
            ("O-2", .redeemCoupon(purchase: money(800), newCard: CardID("B-27")!), "offer"),
        ]
        for (number, (card, action, program)) in actions.enumerated() {
            let id = CommandID.sequence(source: device, number: UInt64(number) * 2 + 1)
            add(action, on: card, of: "nobody", offline, program: program, id: id, hoursAgo: 5)
        }
        try await flush()
    }

    /// Every action on a card that was merged away, and most other refusals.
    private mutating func refusals() async throws {
        for action in everyAction { add(action, on: "B-2", of: "bea", program: "bakery") }
        try await flush()
        for (card, action) in refusedElsewhere { add(action, on: card, of: "nobody", program: "bakery") }
        try await flush()
    }

    private var everyAction: [CardAction] {
        let id = CommandID.opaque(high: 3, low: 3)
        let (name, card) = (TransactionName(commandID: id), CardID("B-1")!)
        let day = LocalDay(daysSince1970: 20_600)
        return [
            .issue(customer: CustomerID("bea")!, program: ProgramID("bakery")!), .install(.iOS), .delete,
            .purchase(money(1), stated: money(2)), .purchase(money(1)), .visit(nil), .visit(money(3)),
            .refund(money(4), of: name), .refund(money(4)), .editAmount(of: name, to: money(5)), .removeVisits(1),
            .addStamps(6), .removeStamps(7), .grantRewards(8, purchase: money(9)), .reverseGrant(id),
            .redeemRewards(10, purchase: money(11)), .removeRewards(12, purchase: money(13), .correction),
            .setExpiry(day), .setExpiry(nil), .purchaseEligible(money(15), eligible: money(14)), .adjustStamps(0),
            .adjustBonus(-16), .load(17, purchase: money(18)), .reverseLoad(id, 19, amount: money(20)),
            .reverseLoad(id, nil, amount: nil), .spend(21, from: .bonus, purchase: money(22)), .reverseSpending(id),
            .redeemMilestone(23, purchase: money(24)), .redeemMilestone(nil, purchase: money(24)),
            .reverseRedemption(id), .claimReward(Label("mug")!, purchase: money(25)),
            .useClaim(id, purchase: money(26)), .removeClaim(id, returnsStamps: true),
            .redeemCoupon(purchase: money(27), newCard: card), .redeemCoupon(purchase: money(27), newCard: nil),
            .setTier(TierNumber(2), until: day, grantsEntry: true),
            .setTier(TierNumber(3), until: nil, grantsEntry: false),
            .unpinTier, .setMembership(TierNumber(1), .year), .renewMembership(through: day), .cancelMembership,
            .refer(by: card), .reinstall(.webApp), .leaveProgram, .rejoinProgram, .merge(into: card),
        ]
    }

    private var refusedElsewhere: [(String, CardAction)] {
        let id = CommandID.opaque(high: 3, low: 3)
        let euro = Money(MinorUnits(100), Currency("EUR")!)
        return [
            ("B-1", .purchase(euro)), ("B-1", .purchase(money(2), stated: money(3))), ("B-1", .purchase(money(-2))),
            ("B-1", .addStamps(0)), ("B-1", .addStamps(.largest)), ("B-1", .removeStamps(5000)),
            ("B-1", .redeemRewards(700, purchase: money(0))), ("B-1", .refund(money(900_000))),
            ("B-1", .removeVisits(99)), ("B-1", .refund(money(1), of: TransactionName(commandID: id))),
            ("B-1", .reinstall(.iOS)), ("B-1", .rejoinProgram), ("B-1", .merge(into: CardID("none")!)),
            ("B-1", .merge(into: CardID("C-1")!)), ("B-1", .spend(1, from: .main, purchase: money(0))),
            ("B-1", .purchaseEligible(money(1), eligible: money(2))), ("B-1", .refer(by: CardID("B-3")!)),
            ("O-2", .redeemCoupon(purchase: money(1), newCard: nil)),
            ("O-2", .redeemCoupon(purchase: money(1), newCard: CardID("B-1")!)),
            ("P-1", .spend(500, from: .bonus, purchase: money(0))), ("P-1", .reverseLoad(id, nil, amount: nil)),
            ("D-1", .redeemMilestone(3, purchase: money(0))),
            ("C-1", .setTier(TierNumber(9), until: nil, grantsEntry: true)),
            ("C-1", .purchase(money(3))), ("M-1", .setMembership(TierNumber(7), .day)), ("M-1", .visit(nil)),
        ]
    }

    /// Cards that expire, are deleted, installed again; a customer who leaves and comes back.
    private mutating func lives() async throws {
        let today = LocalDay(daysSince1970: Int32(now.milliseconds / 86_400_000))
        add(.setExpiry(today.advanced(byDays: 1)), on: "B-5", of: "eve", program: "bakery")
        add(.setExpiry(nil), on: "B-6", of: "fay", program: "bakery")
        add(.delete, on: "B-6", of: "fay", program: "bakery")
        add(.leaveProgram, on: "B-1", of: "ann", program: "bakery")
        add(.purchase(money(1000)), on: "B-1", of: "ann", program: "bakery")
        add(.rejoinProgram, on: "B-1", of: "ann", program: "bakery")
        try await flush()
        pass(hours: 24 * 3)
        add(.purchase(money(1000)), on: "B-5", of: "eve", program: "bakery")
        add(.purchase(money(1000)), on: "B-6", of: "fay", program: "bakery")
        add(.reinstall(.android), on: "B-6", of: "fay", program: "bakery")
        try await flush()
        add(.purchase(money(7000)), on: "B-6", of: "fay", CommandContext(source: .scanner), program: "bakery")
        add(.purchase(money(7000)), on: "B-1", of: "ann", CommandContext(source: .api), program: "bakery")
        try await flush()
    }

    private mutating func everydays(_ days: Int) async throws {
        for day in 0..<days {
            let note = day % 3 == 0 ? "day \(day), till \(day * 31 % 17), receipt \(day * 7919)" : nil
            let context = CommandContext(source: .scanner, attribution: staff("Ana"), reference: note)
            let amount = money(Int64(day * 7919 % 9000) + 500)
            add(.purchase(amount), on: "B-\(day % 4 + 30)", of: "w\(day % 4)", context, program: "bakery")
            add(.purchase(amount), on: "C-\(day % 3 + 30)", of: "w\(day % 3)", context, program: "cash")
            try await flush()
            pass(hours: 24)
        }
    }
}
