// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction; a wrong one should stop the test where it stands.
import LoyaltyDomain
import Testing

@testable import LoyaltyLedger

/// What must hold of cards that name each other when some of them are lost (DESIGN.md 5.1).
@Suite("Salvaged links")
struct SalvagedLinksTests {
    private func card(_ name: String, in ledger: Ledger) throws -> CardProfile {
        try #require(ledger.card(CardID(name)!), "\(name)")
    }

    private func refusal(_ action: CardAction, on card: String, in ledger: Ledger) async throws -> Refusal? {
        let id = CommandID.opaque(high: 8, low: UInt64(ledger.summary.events))
        return try await LinkedLedger.execute(action, on: card, id: id, in: ledger).refusal
    }

    private func replays(_ ledger: Ledger) async throws {
        let report = try await ledger.replay()
        #expect(report.isEqual, "\(report.differences) \(report.violations)")
        try await ledger.close()
    }

    private func money(_ text: String) -> Money { Money(decimal: text, Shop.usd)! }

    /// The broken links of a report, in words.
    private func links(_ report: LedgerSalvageReport) -> [String] {
        report.brokenLinks.map { "\($0.card ?? "?") \($0.event) \($0.otherCard ?? "?") \($0.reason.rawValue)" }
    }

    @Test("when a stranger's loss moves all numbers, links point to the cards they pointed to, and serve")
    func renumbered() async throws {
        let sample = try await LinkedLedger()
        sample.spoil("cardIssued", of: "stranger")
        let (report, ledger) = try await sample.salvage()
        #expect(report.brokenLinks.isEmpty && report.cardCount == LinkedLedger.names.count - 1)
        for name in LinkedLedger.names.dropFirst() {
            let before = try #require(sample.profiles[name])
            let after = try card(name, in: ledger)
            #expect(after.number.rawValue == before.number.rawValue - 1)
            #expect(after.state.balance == before.state.balance && after.state.version == before.state.version)
        }
        let number = { (name: String) in try card(name, in: ledger).number }
        #expect(try card("new", in: ledger).state.referral.referrer == number("old"))
        #expect(try card("a", in: ledger).state.links.mergedInto == number("b"))
        #expect(try card("coupon", in: ledger).state.links.convertedInto == number("made"))
        #expect(try card("made", in: ledger).state.links.createdFrom == number("coupon"))
        // The links serve: what a recommendation gave goes back, a merged purchase is refunded, a conversion undone.
        let first = TransactionName(commandID: LinkedLedger.firstVisit)
        #expect(try await refusal(.refund(money("10"), of: first), on: "new", in: ledger) == nil)
        #expect(try card("old", in: ledger).state.referral.newcomers == 0)
        let bought = TransactionName(commandID: LinkedLedger.bought)
        #expect(try await refusal(.refund(money("70"), of: bought), on: "b", in: ledger) == nil)
        #expect(try await refusal(.reverseRedemption(LinkedLedger.used), on: "coupon", in: ledger) == nil)
        #expect(try card("made", in: ledger).state.installation == .deleted)
        try await replays(ledger)
    }

    @Test("a card merged into a lost one stays closed and empty, and the report says so")
    func targetLost() async throws {
        let sample = try await LinkedLedger()
        sample.spoil("cardIssued", of: "b")
        let (report, ledger) = try await sample.salvage()
        #expect(links(report) == ["a cardMerged b card_lost"])
        #expect(!report.isComplete && report.lines.contains { $0.hasPrefix("link broken: card b is lost") })
        #expect(try card("a", in: ledger).state.balance == 0)
        for action in [
            CardAction.reinstall(.iOS), .purchase(money("5")), .refund(money("5")), .merge(into: CardID("old")!),
        ] {
            #expect(try await refusal(action, on: "a", in: ledger) == .cardMerged)
        }
        try await replays(ledger)
    }

    @Test("a card keeps what it took in of a lost one")
    func sourceLost() async throws {
        let sample = try await LinkedLedger()
        sample.spoil("cardIssued", of: "a")
        let (report, ledger) = try await sample.salvage()
        #expect(links(report) == ["b cardAbsorbed ? card_lost"])
        let before = try #require(sample.profiles["b"]).state
        #expect(try card("b", in: ledger).state == before)
        let bought = TransactionName(commandID: LinkedLedger.bought)
        #expect(try await refusal(.refund(money("70"), of: bought), on: "b", in: ledger) == .transactionNotFound)
        try await replays(ledger)
    }

    @Test("half of a merge is reported, whichever half it is, and the other half is not made up")
    func halves() async throws {
        let first = try await LinkedLedger()
        first.spoil("cardMerged", of: "a")
        let (doubled, ledger) = try await first.salvage()
        #expect(links(doubled) == ["b cardAbsorbed a merge_lost"])
        #expect(try card("a", in: ledger).state.balance == 7 && card("b", in: ledger).state.balance == 1)
        try await replays(ledger)
        let second = try await LinkedLedger()
        second.spoil("cardAbsorbed", of: "b")
        let (gone, other) = try await second.salvage()
        #expect(links(gone) == ["a cardMerged b absorption_lost"])
        #expect(try card("a", in: other).state.balance == 0 && card("b", in: other).state.balance == 4)
        try await replays(other)
    }

    @Test("a recommendation by a lost card keeps what it gave; what would reach the lost card is forfeited")
    func referrerLost() async throws {
        let sample = try await LinkedLedger()
        sample.spoil("cardIssued", of: "old")
        let (report, ledger) = try await sample.salvage()
        #expect(links(report) == ["new cardReferred old card_lost", "new referralPaid ? card_lost"])
        let referral = try card("new", in: ledger).state.referral
        #expect(referral.progress == .paid && referral.referrer.isLost)
        #expect(try card("new", in: ledger).state.balance == 3)
        #expect(try await refusal(.refund(money("10")), on: "new", in: ledger) == nil)
        #expect(try card("new", in: ledger).state.referral.progress == .collected)
        try await replays(ledger)
    }

    @Test("a newcomer's loss takes nothing from the card that recommended it")
    func newcomerLost() async throws {
        let sample = try await LinkedLedger()
        sample.spoil("cardIssued", of: "new")
        let (report, ledger) = try await sample.salvage()
        #expect(links(report) == ["old referralCredited ? card_lost"])
        #expect(try card("old", in: ledger).state.balance == 5)
        try await replays(ledger)
    }

    @Test("a coupon and the card it turned into outlive each other; a use whose card is lost is not undone")
    func conversion() async throws {
        let first = try await LinkedLedger()
        first.spoil("cardIssued", of: "made")
        let (report, ledger) = try await first.salvage()
        #expect(links(report) == ["coupon cardConverted ? card_lost"])
        #expect(
            try await refusal(.reverseRedemption(LinkedLedger.used), on: "coupon", in: ledger) == .convertedCardInUse
        )
        try await replays(ledger)
        let second = try await LinkedLedger()
        second.spoil("cardIssued", of: "coupon")
        let (other, saved) = try await second.salvage()
        #expect(links(other) == ["made cardCreated ? card_lost"])
        #expect(try card("made", in: saved).state.balance == 1)
        try await replays(saved)
    }

    @Test("a salvaged ledger can be salvaged: nothing more is lost")
    func twice() async throws {
        let sample = try await LinkedLedger()
        for card in ["old", "b", "made"] { sample.spoil("cardIssued", of: card) }
        let (first, ledger) = try await sample.salvage()
        try await ledger.close()
        let (second, again) = try await sample.salvage(from: "/saved", to: "/again")
        #expect(first.brokenLinks.count == 4 && second.isComplete && second.brokenLinks.isEmpty)
        #expect(first.cardCount == second.cardCount)
        for name in ["new", "a", "coupon"] {
            #expect(try card(name, in: again).state.links.mergedInto.isLost == (name == "a"))
        }
        try await replays(again)
    }

    @Test("a lost device keeps its number, so that no other source gets the ids of its uploads")
    func deviceLost() async throws {
        let sample = try await LinkedLedger()
        sample.spoilDevice()
        let (report, ledger) = try await sample.salvage()
        #expect(report.recreated.map(\.origin) == [.reserved])
        #expect(try card("far", in: ledger).state.balance == 3)
        let registration = try await ledger.register(device: Label("till 9")!)
        #expect(registration.number == 2 && !registration.isKnown)
        try await replays(ledger)
    }
}
