// swift-format-ignore-file: NeverForceUnwrap

// Literals here are valid by construction; a wrong one should stop the test where it stands.
import LoyaltyLedger

/// A small shop's first weeks: every kind of event of plain stamp cards, refusals of several kinds, texts, all forms of id.
extension GoldenHistory {
    static let coffee = program(
        "coffee",
        CardRules.stampCard(
            mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))),
            stampsPerReward: 10,
            dailyStampCap: 8,
            uncollected: .carryAsDebt
        )
    )
    static let lunch = program(
        "lunch",
        CardRules.stampCard(mechanic: .visit(stamps: 1), stampsPerReward: 5, redeemWhenExpired: .graceDays(30))
    )
    static let strict = program(
        "coffee",
        CardRules.stampCard(
            mechanic: .spend(SpendRule(stamps: 2, per: MinorUnits(1500), remainder: .cumulative)),
            stampsPerReward: 8,
            uncollected: .reject,
            redeemWhenExpired: .denied
        )
    )

    mutating func runFirstWeeks() async throws {
        _ = try await ledger.define(Self.lunch, id: .opaque(high: 1, low: 1), recordedAt: now)
        for number in 0..<6 { add(.purchase(money(4200 + Int64(number) * 310)), on: number) }
        try await flush()
        try await corrections()
        try await rewards()
        try await ends()
        try await importRows()
        _ = try await ledger.define(Self.strict, id: .opaque(high: 1, low: 2), recordedAt: now)
        try await everydays(125)
    }

    private mutating func corrections() async throws {
        let bought = add(.purchase(money(9900)), on: 1, CommandContext(source: .scanner, reference: "till 7/118"))
        add(.purchase(money(12_345)), on: 2, CommandContext(reference: "till 7/119", internalNote: "prüfen: \"ja\"\n"))
        try await flush()
        add(.refund(money(2500), of: TransactionName(commandID: bought)), on: 1)
        add(.refund(money(400), of: TransactionName(reference: "till 7/119")), on: 2)
        add(.editAmount(of: TransactionName(reference: "till 7/119"), to: money(8000)), on: 2)
        add(.refund(money(3000)), on: 3)
        add(.refund(money(900_000)), on: 3)
        add(.removeStamps(4), on: 4, CommandContext(customerComment: "Sorry ☕️", internalNote: "wrong card"))
        add(.removeStamps(400), on: 4)
        add(.addStamps(6), on: 5, CommandContext(source: .dashboard, attribution: staff("Ana")))
        try await flush()
        // Stamps that are gone already become debt, which later purchases pay.
        add(.removeStamps(2), on: 3)
        add(.refund(money(2130)), on: 3)
        add(.purchase(money(5000)), on: 3, CommandContext(source: .scanner, attribution: staff("Bo")))
        try await flush()
        for _ in 0..<3 {
            for number in 20..<24 { add(.visit(money(1180)), on: number, program: "lunch") }
            try await flush()
            pass(hours: 26)
        }
        add(.removeVisits(1), on: 20, program: "lunch")
        add(.visit(nil), on: 21, program: "lunch")
        try await flush()
    }

    private mutating func rewards() async throws {
        let grant = add(.grantRewards(2, purchase: money(700)), on: 6)
        add(.grantRewards(3, purchase: money(0)), on: 7)
        try await flush()
        add(.redeemRewards(1, purchase: money(450)), on: 7)
        add(.redeemRewards(9, purchase: money(450)), on: 7)
        add(.removeRewards(1, purchase: money(0), .correction), on: 7)
        add(.reverseGrant(grant), on: 6)
        add(.reverseGrant(grant), on: 6)
        add(.addStamps(37), on: 8)
        try await flush()
    }

    private mutating func ends() async throws {
        for (number, platform) in [Platform.iOS, .android, .webApp].enumerated() { add(.install(platform), on: number) }
        let today = LocalDay(daysSince1970: Int32(now.milliseconds / 86_400_000))
        add(.setExpiry(LocalDay(daysSince1970: today.daysSince1970 + 3)), on: 9)
        add(.setExpiry(nil), on: 10)
        add(.delete, on: 11)
        try await flush()
        pass(hours: 24 * 6)
        add(.purchase(money(3000)), on: 9)
        add(.purchase(money(3000)), on: 11)
        add(.purchase(Money(MinorUnits(100), Currency("EUR")!)), on: 10)
        add(.purchase(money(-5)), on: 10)
        try await flush()
    }

    private mutating func importRows() async throws {
        var fingerprint = ImportFingerprint(file: Array("card,amount\n".utf8), header: ["card", "amount"])
        for row in 0..<12 { fingerprint.append(["C-\(row)", "\(row)"]) }
        let source = try await ledger.register(fingerprint, recordedAt: now).number
        for row in 0..<12 {
            add(
                .purchase(money(Int64(row) * 731 + 90)),
                on: row % 9,
                CommandContext(source: .import),
                id: .sequence(source: source, number: UInt64(row) + 1)
            )
        }
        try await flush()
    }

    private mutating func everydays(_ days: Int) async throws {
        for day in 0..<days {
            for number in 0..<3 {
                let amount = Int64((day * 7919 + number * 104_729) % 9000) + 500
                let note = day % 3 == 0 ? "day \(day), till \((day * 31 + number) % 17), receipt \(day * 7919)" : nil
                let context = CommandContext(source: .scanner, attribution: staff("Ana"), reference: note)
                add(.purchase(money(amount)), on: (day * 5 + number) % 16, context)
            }
            try await flush()
            pass(hours: 24)
        }
    }
}
