// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import Projections
import Testing

@testable import LoyaltyLedger

/// Every kind of event has words, and figures that no rule gives are told.
@Suite("Reasoning") struct ReasoningTests {
    private static let program = Program(
        id: ProgramID("coffee")!,
        currency: Currency("USD")!,
        timeZone: "UTC",
        rules: .stampCard(mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000))), stampsPerReward: 10)
    )

    private static let catalog: ProgramCatalog = {
        var catalog = ProgramCatalog()
        catalog.add(
            ProgramCatalog.Version(
                version: RuleVersion(1),
                number: ProgramNumber(0),
                effectiveFrom: .earliest,
                program: program
            )
        )
        return catalog
    }()

    private func reasons(_ events: [CardEvent]) -> [Reasoning] {
        var fold = ReasoningFold(UnitWords(Self.program))
        return events.enumerated().map { index, event in
            let time = SampleHistory.start.advanced(byMilliseconds: Int64(index) * 3_600_000)
            let effective = EffectiveEvent(event, effectiveAt: time)
            let record = CardRecord(
                commandID: .opaque(high: 1, low: UInt64(index)),
                card: CardNumber(1),
                moment: CardState.Moment(occurredAt: time, occurredOn: time.dayInUTC),
                recordedAt: time,
                source: .api,
                attribution: .none,
                texts: RecordTexts(),
                events: [effective]
            )
            return fold.next(effective, of: record, .init(catalog: Self.catalog, minuteOfDay: 720))
        }
    }

    private func purchase(_ stamps: Stamps, _ withheld: Stamps = 0) -> CardEvent {
        .purchaseRecorded(
            amount: MinorUnits(2750),
            award: Award(ruleVersion: RuleVersion(1), stamps: stamps, withheld: withheld)
        )
    }

    private var issue: CardEvent {
        .cardIssued(card: CardID("c")!, customer: CustomerID("k")!, program: ProgramNumber(0))
    }

    @Test("every kind of event has words, decided or not")
    func everyKind() {
        let reasons = reasons(SampleHistory.events)
        for (event, reason) in zip(SampleHistory.events, reasons) { #expect(!reason.title.isEmpty, "\(event)") }
    }

    @Test("a purchase that earned more or less than its rules give says so")
    func wrongAward() {
        #expect(reasons([issue, purchase(2)]).last?.discrepancies == [])
        let told = ["earned: 3 was recorded, and by these rules it is 2"]
        #expect(reasons([issue, purchase(3)]).last?.discrepancies == told)
        #expect(reasons([issue, purchase(1)]).last?.discrepancies.count == 1)
        // Withheld without a guard that withholds.
        #expect(reasons([issue, purchase(1, 1)]).last?.discrepancies.count == 1)
    }

    @Test("a conversion, a collection and a removal that do not fit the balance say so")
    func wrongTakings() {
        let unlock = CardEvent.rewardsUnlocked(1, converted: 10, ruleVersion: RuleVersion(1))
        #expect(reasons([issue, purchase(2), unlock]).last?.discrepancies.count == 2)
        #expect(reasons([issue, purchase(2), .stampsRemoved(3)]).last?.discrepancies.count == 1)
        let clawback = Clawback(due: 2, taken: 1, carriesDebt: false)
        let reduction = Reduction(
            transaction: CardVersion(2),
            ruleVersion: RuleVersion(1),
            isPurchase: true,
            amount: MinorUnits(2750),
            absorbed: 0,
            due: 2,
            withdrawsVisit: true,
            wasStamped: true
        )
        let correction = Correction(reductions: [reduction], clawback: clawback, remaining: nil)
        let refund = CardEvent.amountRefunded(amount: MinorUnits(2750), named: nil, correction)
        let told = ["taken back: 1 was recorded, and by these rules it is 2"]
        #expect(reasons([issue, purchase(2), refund]).last?.discrepancies == told)
    }
}
