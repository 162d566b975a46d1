// swift-format-ignore-file: NeverForceUnwrap

// Literals here are valid by construction; a wrong one should stop the test where it stands.
import LoyaltyLedger

/// A shop with disputes: every kind of claim, every event of a case, every refusal it knows.
extension GoldenHistory {
    mutating func runCases() async throws {
        for (number, program) in Self.otherPrograms.enumerated() {
            _ = try await ledger.define(program, id: .opaque(high: 1, low: UInt64(number)), recordedAt: now)
        }
        let bought = add(.purchase(money(4200)), on: "B-1", of: "ann", till("1/1"), program: "bakery")
        add(.purchase(money(900)), on: "K-1", of: "bea", program: "cash")
        add(.load(2000, purchase: money(2000)), on: "G-1", of: "cy", program: "gift")
        try await flush()
        pass(hours: 30)
        try await claims()
        try await oneCase(bought)
        try await refusedCases(bought)
        try await manyDays(80)
    }

    private func till(_ receipt: String) -> CommandContext {
        CommandContext(source: .scanner, attribution: staff("Ana"), reference: receipt)
    }

    private var yesterday: LocalDay { LocalDay(daysSince1970: Int32(now.milliseconds / 86_400_000) - 1) }

    private mutating func claims() async throws {
        let subjects: [(Claim.Subject, String, String)] = [
            (.stamps(9), "B-1", "bakery"), (.rewards(1), "B-1", "bakery"), (.visits(2), "B-1", "bakery"),
            (.spent(MinorUnits(5000)), "B-1", "bakery"),
            (.purchase(MinorUnits(2750), reference: "till 7/118"), "B-1", "bakery"),
            (.purchase(MinorUnits(2750), reference: nil), "B-1", "bakery"), (.points(30), "K-1", "cash"),
            (.balance(MinorUnits(1500)), "G-1", "gift"),
        ]
        for (number, (subject, card, program)) in subjects.enumerated() {
            let minute: Int32? = number % 2 == 1 ? 1110 : nil
            let note = number % 3 == 0 ? CommandContext(internalNote: "came to the counter") : CommandContext()
            add(.openCase(Claim(subject, on: yesterday, minute: minute)), on: card, of: "ann", note, program: program)
        }
        try await flush()
    }

    private mutating func oneCase(_ bought: CommandID) async throws {
        let dashboard = CommandContext(
            source: .dashboard,
            attribution: staff("Eve"),
            internalNote: "looked at the slip"
        )
        for verdict in Verdict.allCases {
            add(.decideCase(CaseNumber(1), verdict), on: "B-1", of: "ann", dashboard, program: "bakery")
        }
        add(.addEvidence(CaseNumber(1), position: 17), on: "B-1", of: "ann", dashboard, program: "bakery")
        add(.addEvidence(CaseNumber(1), position: nil), on: "B-1", of: "ann", dashboard, program: "bakery")
        let comment = CommandContext(source: .dashboard, attribution: staff("Eve"), customerComment: "We are sorry")
        let adjusted = add(.addStamps(3), on: "B-1", of: "ann", comment, program: "bakery")
        try await flush()
        let remedy = CardAction.remedyCase(CaseNumber(1), adjustment: adjusted, cost: money(250))
        add(remedy, on: "B-1", of: "ann", dashboard, program: "bakery")
        add(.closeCase(CaseNumber(1)), on: "B-1", of: "ann", dashboard, program: "bakery")
        try await flush()
    }

    private mutating func refusedCases(_ bought: CommandID) async throws {
        let claim = Claim(.purchase(MinorUnits(100), reference: nil), on: yesterday)
        let actions: [CardAction] = [
            .openCase(Claim(.points(1), on: yesterday)),
            .openCase(Claim(.stamps(1), on: yesterday.advanced(byDays: 9))),
            .openCase(Claim(.purchase(MinorUnits(1), reference: ""), on: yesterday)),
            .openCase(Claim(.rewards(-1), on: yesterday)), .openCase(Claim(.stamps(2), on: yesterday, minute: 1440)),
            .addEvidence(CaseNumber(1), position: 4), .decideCase(CaseNumber(99), .refuted),
            .remedyCase(CaseNumber(2), adjustment: bought, cost: money(0)), .closeCase(CaseNumber(2)),
        ]
        for action in actions { add(action, on: "B-1", of: "ann", program: "bakery") }
        try await flush()
        add(.merge(into: CardID("B-1")!), on: "B-2", of: "ann", program: "bakery")
        add(.purchase(money(700)), on: "B-2", of: "ann", program: "bakery")
        try await flush()
        add(.merge(into: CardID("B-1")!), on: "B-2", of: "ann", program: "bakery")
        try await flush()
        let every: [CardAction] = [
            .openCase(claim), .addEvidence(CaseNumber(1), position: 3), .decideCase(CaseNumber(1), .trueNow),
            .remedyCase(CaseNumber(1), adjustment: bought, cost: money(5)), .closeCase(CaseNumber(1)),
        ]
        for action in every { add(action, on: "B-2", of: "ann", program: "bakery") }
        try await flush()
    }

    private mutating func manyDays(_ days: Int) async throws {
        for day in 0..<days {
            let receipt = day % 3 == 0 ? "day \(day), till \(day * 31 % 17), receipt \(day * 7919)" : nil
            let context = CommandContext(source: .scanner, attribution: staff("Ana"), reference: receipt)
            let amount = money(Int64(day * 7919 % 9000) + 500)
            let card = "B-\(day % 4 + 30)"
            add(.purchase(amount), on: card, of: "w\(day % 4)", context, program: "bakery")
            add(
                .openCase(Claim(.stamps(Stamps(Int32(day))), on: yesterday)),
                on: card,
                of: "w\(day % 4)",
                context,
                program: "bakery"
            )
            try await flush()
            pass(hours: 24)
        }
    }
}
