import LoyaltyLedger
import Testing

@testable import loyalty

@Suite struct EventWordsTests {
    private func program(_ rules: CardRules) throws -> Program {
        Program(
            id: try #require(ProgramID("shop")),
            currency: try #require(Currency("USD")),
            timeZone: "UTC",
            rules: rules
        )
    }

    private func detail(_ event: CardEvent, _ rules: CardRules = .giftCard()) throws -> String? {
        EventWords(event, of: try program(rules)).detail
    }

    private let stamps = CardRules.stampCard(mechanic: .manual, stampsPerReward: 10)

    @Test func showsTheArithmeticOfAPurchase() throws {
        let plain = Award(ruleVersion: RuleVersion(1), stamps: 2)
        #expect(try detail(.purchaseRecorded(amount: MinorUnits(2500), award: plain), stamps) == "earned 2 stamps")
        var capped = Award(ruleVersion: RuleVersion(1), stamps: 2, withheld: 3)
        #expect(
            try detail(.purchaseRecorded(amount: MinorUnits(5000), award: capped), stamps)
                == "earned 2 stamps, 3 stamps withheld by the cap of the day"
        )
        capped.detail = AwardDetail(withheldBy: .reference)
        capped.stamps = 0
        #expect(
            try detail(.purchaseRecorded(amount: MinorUnits(5000), award: capped), stamps)
                == "3 stamps withheld because the receipt had earned before"
        )
        let share = Award(ruleVersion: RuleVersion(1), stamps: 75, detail: AwardDetail(share: BasisPoints(250)))
        let cashback = CardRules.cashbackCard(PercentRule(share: BasisPoints(250), pointValue: MinorUnits(1)))
        #expect(
            try detail(.purchaseRecorded(amount: MinorUnits(3000), award: share), cashback)
                == "earned 75 points (2.5% of 30.00)"
        )
    }

    @Test(
        "A correction says how the stamps came back",
        arguments: [
            (Clawback(due: 2, taken: 2, carriesDebt: false), "#3 by 25.00, 2 stamps taken back"),
            (
                Clawback(due: 10, taken: 1, carriesDebt: false),
                "#3 by 25.00, 10 stamps due back: 1 taken, 9 uncollected"
            ),
            (
                Clawback(due: 10, taken: 0, carriesDebt: true),
                "#3 by 25.00, 10 stamps due back: 0 taken, 10 carried as debt"
            ),
            (Clawback.none, "#3 by 25.00"),
        ]
    )
    func explainsARefund(clawback: Clawback, expected: String) throws {
        let reduction = Reduction(
            transaction: CardVersion(3),
            ruleVersion: RuleVersion(1),
            isPurchase: true,
            amount: MinorUnits(2500),
            absorbed: 0,
            due: clawback.due,
            withdrawsVisit: false,
            wasStamped: true
        )
        let correction = Correction(reductions: [reduction], clawback: clawback, remaining: nil)
        let event = CardEvent.amountRefunded(amount: MinorUnits(2500), named: nil, correction)
        #expect(try detail(event, stamps) == expected)
        let isTaken = clawback.taken > 0
        let label = Wording.vendor.label(event, named: "refund")
        #expect(label == (isTaken ? "refund of amount spent, stamps redeemed" : "refund of amount spent"))
        #expect(Wording.ledger.label(event, named: "refund") == "refund")
    }

    @Test func countsInTheUnitsOfTheCard() throws {
        let load = CardEvent.stampsCredited(Credit(5000, .load, purchase: MinorUnits(4500)))
        #expect(try detail(load) == "50.00 for 45.00")
        #expect(try detail(load, .multipassCard()) == "5000 visits for 45.00")
        let spending = Spending(1, from: .main, purchase: .zero, bonus: 20, isVisit: true)
        #expect(try detail(.stampsSpent(spending), .multipassCard()) == "1 visit, earned 20 bonus points")
        let over = Spending(0, from: .main, over: 700, purchase: .zero)
        #expect(try detail(.stampsSpent(over)) == "0.00, 7.00 more were not there")
    }

    @Test(
        "A share is told in percent",
        arguments: [(300, "3%"), (250, "2.5%"), (275, "2.75%"), (5, "0.05%"), (10_000, "100%"), (0, "0%")]
            as [(Int32, String)]
    )
    func tellsPercent(points: Int32, text: String) {
        #expect(BasisPoints(points).percentText == text)
    }

    @Test func namesTheRefusedCommandByItsKind() throws {
        let money = Money(MinorUnits(5000), try #require(Currency("USD")))
        let event = CardEvent.commandRefused(.spend(5000, from: .main, purchase: money), .exceedsBalance(100))
        let words = EventWords(event, of: try program(.giftCard()))
        #expect(words.name == "refused" && words.reason == "exceeds-balance" && words.amount == MinorUnits(5000))
        #expect(words.detail?.hasPrefix("spend: ") == true)
    }
}
