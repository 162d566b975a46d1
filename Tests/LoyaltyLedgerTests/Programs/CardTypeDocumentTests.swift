import Foundation
import LoyaltyLedger
import Testing

/// The sample programs of all card types, and the mistakes that documents of them may have.
@Suite struct CardTypeDocumentTests {
    @Test(
        "a sample of each type reads, and its canonical document reads back",
        arguments: [
            ("stamps-milestones", CardType.stamp), ("cashback", .cashback), ("multipass", .multipass),
            ("coupon", .coupon), ("discount", .discount), ("gift", .gift), ("membership", .membership),
            ("reward", .reward), ("coffee-carry-over", .stamp),
        ]
    )
    func samples(file: String, type: CardType) throws {
        let program = try Program(document: try bytes(file))
        #expect(program.rules.type == type)
        #expect(program.firstContradiction == nil)
        #expect(try Program(document: program.document) == program)
    }

    @Test func readsEveryPart() throws {
        let bakery = try Program(document: try bytes("stamps-milestones")).rules
        #expect(bakery.milestones == [3, 6, 9])
        #expect(bakery.life == .sliding(days: 180))
        #expect(bakery.happyHours == [HappyHour(weekdays: 0b110, from: 900, to: 1020, extra: Extra(stamps: 1))])
        let guards = Guards(coolDown: 1800, dailyCap: 3, dailyStaffCap: 200, singleUseReferences: true)
        #expect(bakery.guards == guards)
        #expect(try Program(document: try bytes("gift")).rules.uncollected == .reject)
        #expect(try Program(document: try bytes("membership")).rules.subscription?.isExternal == true)
    }

    @Test(
        "every mistake is named by its place",
        arguments: [
            ("cashback", "\"basisPoints\": 300", "\"basisPoints\": 10001", "cashbackCard.tiers.list[1].basisPoints"),
            ("cashback", "\"Silver\"", "7", "cashbackCard.tiers.list[1].name"),
            ("cashback", "\"1000.00\"", "\"100.00\"", "cashbackCard"),
            ("cashback", "\"0.01\"", "\"0\"", "cashbackCard.mechanic.percent.pointValue"),
            ("stamps-milestones", "tuesday", "someday", "stampCard.happyHours[0].days[0]"),
            ("stamps-milestones", "\"15:00\"", "\"25:00\"", "stampCard.happyHours[0].from"),
            ("stamps-milestones", "[3, 6, 9]", "[3, 3, 9]", "stampCard"),
            ("stamps-milestones", "slidingDays", "slidingWeeks", "stampCard.stampLife.slidingWeeks"),
            ("multipass", "true", "1", "multipassCard.requiresInstallation"),
            ("multipass", "\"bonusPerVisit\": 20", "\"catalogue\": [{\"name\": \"x\", \"cost\": 1}]", "multipassCard"),
            ("coupon", "\"days\": 30", "\"until\": \"2026-02-30\"", "couponCard.term.until"),
            ("coupon", "\"coffee\"", "\"\"", "couponCard.conversion.program"),
            ("membership", "\"month\"", "\"fortnight\"", "membershipCard.subscription.period"),
            ("reward", "\"cost\": 500", "\"cost\": 0", "rewardCard.catalogue[0].cost"),
            ("reward", "\"bag\"", "\"mug\"", "rewardCard"), ("gift", "giftCard", "chipCard", "chipCard"),
            ("discount", "\"discountCard\": {", "\"giftCard\": {}, \"discountCard\": {", "giftCard"),
        ]
    )
    func mistakes(file: String, from: String, to: String, place: String) throws {
        let text = String(decoding: try bytes(file), as: UTF8.self).replacingOccurrences(of: from, with: to)
        let error = #expect(throws: ProgramDocumentError.self) { try Program(document: Array(text.utf8)) }
        #expect(error?.place == place, "\(String(describing: error))")
    }

    private func bytes(_ file: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Fixtures/programs").standardized
        return Array(try Data(contentsOf: folder.appending(path: "\(file).json")))
    }
}
