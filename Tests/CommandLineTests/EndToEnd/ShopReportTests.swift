import Foundation
import Testing

@Suite struct ShopReportTests {
    private let gift = "\"giftCard\": {}"

    @Test func showsWhatIsOwedByAge() throws {
        let shop = try ManualClockShop(gift)
        try shop.act("load", "g1", day: 1, "--quantity", "5000", "--amount", "50")
        try shop.act("load", "g1", day: 31, "--quantity", "2000", "--amount", "20")
        try shop.act("spend", "g1", day: 31, "--quantity", "4000", "--amount", "40")
        let rows = try shop.rows("liabilities", "shop", "--as-of", "2026-02-28")
        #expect(rows.map { $0["total"] } == ["3000"] && rows.map { $0["value_minor"] } == ["3000"])
        #expect(rows.map { $0["days_0_30"] } == ["2000"] && rows.map { $0["days_31_90"] } == ["1000"])
        let profile = try shop.bench.run("card", "shop", "g1").lines
        #expect(profile.contains("Balance             30.00 USD") && profile.contains("Lifetime value      70.00 USD"))
        #expect(try shop.act("spend", "g1", day: 31, "--quantity", "3001", "--amount", "30.01").status == 3)
    }

    @Test func showsTotalsStaffAndInstalledCards() throws {
        let shop = try ManualClockShop(
            """
            "stampCard": { "mechanic": { "spend": { "stamps": 1, "perAmount": "10.00" } }, "stampsPerReward": 10 }
            """
        )
        try shop.act("purchase", "c1", day: 1, "--amount", "100", "--customer", "k1", "--staff", "Ana")
        try shop.act("install", "c1", day: 1, "--platform", "ios")
        try shop.act("redeem-rewards", "c1", day: 2, "--quantity", "1", "--amount", "0", "--staff", "Ben")
        try shop.act("refund", "c1", day: 3, "--amount", "100", "--staff", "Ben")
        try shop.act("add-stamps", "c2", day: 4, "--quantity", "4", "--customer", "k1", "--staff", "Ben")
        let totals = try shop.rows("totals", "shop")
        #expect(totals.map { $0["customers"] } == ["1"] && totals.map { $0["cards"] } == ["2"])
        #expect(totals.map { $0["installed"] } == ["1"] && totals.map { $0["transactions"] } == ["0"])
        let staff = try shop.rows("staff", "shop").filter { $0["staff"] != "" }
        #expect(staff.map { $0["staff"] } == ["Ana", "Ben"])
        #expect(
            staff.map { $0["stamps_uncollected"] } == ["0", "10"] && staff.map { $0["stamps_added"] } == ["0", "4"]
        )
        #expect(try shop.rows("staff", "shop", "--from", "2026-01-04").map { $0["staff"] } == ["Ben"])
        #expect(try shop.rows("installed", "shop", "k1").map { $0["card"] } == ["c1"])
        #expect(try shop.rows("installed", "shop", "nobody").isEmpty)
    }

    @Test func setsRulesThatDoNotTouchWhatWasEarned() throws {
        let shop = try ManualClockShop(
            """
            "stampCard": { "mechanic": { "visit": { "stamps": 1 } }, "stampsPerReward": 10 }
            """
        )
        try shop.act("visit", "c1", day: 1)
        let rules = "\"stampCard\": { \"mechanic\": { \"visit\": { \"stamps\": 3 } }, \"stampsPerReward\": 10 }"
        try shop.bench.write(ManualClockShop.document(rules, id: "shop"), to: "next.json")
        let set = try shop.bench.run("program", "set", "shop", "--program", "next.json", "--now", "2026-01-02")
        #expect(set.status == 0 && set.output.hasPrefix("program shop: version 2, 3 stamps per visit"), "\(set)")
        try shop.act("visit", "c1", day: 3)
        #expect(try shop.rows("cards", "shop").map { $0["stamps_balance"] } == ["4"])
        let versions = try shop.rows("program", "show", "shop")
        #expect(versions.map { $0["version"] } == ["1", "2"])
        #expect(versions.map { $0["effective_from"] } == ["", "2026-01-02T00:00:00Z"])
        let document = try shop.bench.run("program", "show", "shop", "--document", "shop").output
        #expect(document == (versions.last?["document"] ?? "") + "\n")
        #expect(try JSONSerialization.jsonObject(with: Data(document.utf8)) is [String: Any])
    }

    /// D23: a device's rows are taken in once, in the order in which they occurred; what was gone is a conflict, a hole a gap.
    @Test func takesInWhatADeviceDidOffline() throws {
        let shop = try ManualClockShop(
            """
            "stampCard": { "mechanic": { "visit": { "stamps": 5 } }, "stampsPerReward": 10 }
            """
        )
        try shop.act("grant-rewards", "c1", day: 1, "--quantity", "1", "--amount", "0")
        try shop.bench.write(
            """
            sequence,card,kind,occurred_at,amount,quantity
            4,c1,redeem-rewards,2026-01-03T09:00:00Z,0,1
            1,c1,visit,2026-01-02T09:00:00Z,,
            2,c1,redeem-rewards,2026-01-02T10:00:00Z,0,1
            5,c1,dance,2026-01-02T10:00:00Z,,

            """,
            to: "till.csv"
        )
        let arguments = ["upload", "shop", "till.csv", "--device", "till 7", "--now", "2026-01-06"]
        let run = try shop.bench.finish(shop.bench.start(arguments))
        #expect(run.status == 3, "\(run.errors)")
        #expect(run.lastLine == "rows=4 accepted=3 already_there=0 refused=1 conflicts=1 gaps=3")
        let again = try shop.bench.finish(shop.bench.start(arguments))
        #expect(again.lastLine == "rows=4 accepted=0 already_there=3 refused=1 conflicts=1 gaps=3")
        let card = try shop.rows("cards", "shop")
        #expect(card.map { $0["stamps_balance"] } == ["5"] && card.map { $0["rewards_available"] } == ["0"])
        #expect(card.map { $0["rewards_redeemed"] } == ["1"])
        #expect(try shop.bench.read("till.rejects.csv").contains("unknown-kind"))
    }

    @Test func adjustsManyCardsFromAFile() throws {
        let shop = try ManualClockShop(
            """
            "stampCard": { "mechanic": { "manual": {} }, "stampsPerReward": 100 }
            """
        )
        try shop.bench.write("card,quantity\nc1,24\nc2,30\nc1,-4\nc2,-31\n", to: "mass.csv")
        let run = try shop.bench.run(
            "import",
            "shop",
            "mass.csv",
            "--issue-cards",
            "--set",
            "kind=adjust",
            "--set",
            "occurred_at=2026-01-05",
            "--set",
            "comment=Anniversary",
            "--now",
            "2026-01-05"
        )
        #expect(run.status == 3 && run.lastLine.hasPrefix("rows=4 accepted=3 already_there=0 refused=1 "), "\(run)")
        #expect(try shop.rows("cards", "shop").map { $0["stamps_balance"] } == ["20", "30"])
    }
}
