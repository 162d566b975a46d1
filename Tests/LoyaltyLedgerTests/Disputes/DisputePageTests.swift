// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import LoyaltyLedger
import Testing

/// Pages are self-contained, and no text of a ledger becomes a part of them that is not text (DESIGN.md 7.8).
@Suite("Dispute pages") struct DisputePageTests {
    private static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</td></table><h1>", "&lt;b&gt; & 'q' \"r\"",
        "\u{202E}txt.exe", "a\u{7}b", "<!--", "]]>", "%3Cscript%3E", "{{7*7}}",
    ]

    private func pages(_ text: String) async throws -> (staff: String, customer: String) {
        let shop = try await DisputeShop()
        let who = Attribution(staff: Label(text) ?? Label("x"), device: Label(text) ?? Label("x"))
        let context = CommandContext(
            attribution: who,
            reference: text,
            customerComment: text,
            internalNote: text
        )
        try await shop.act(.purchase(shop.shop.money("60")), at: 0, context)
        try await shop.act(.removeStamps(50), at: 1, context)
        try await shop.act(.purchase(shop.shop.money("60")), on: "C-2", at: 1, context)
        try await shop.act(.addStamps(2), at: 40, context)
        let claim = Claim(.purchase(MinorUnits(6000), reference: String(text)), on: DisputeShop.at(0).dayInUTC)
        try await shop.act(.openCase(claim), at: 41)
        let report = try #require(try await shop.shop.ledger.dispute(shop.shop.card(), claim: claim))
        return (report.page(in: shop.calendar), report.statement.page(in: shop.calendar))
    }

    @Test("hostile texts stay texts", arguments: hostile)
    func escaping(text: String) async throws {
        let pages = try await pages(text)
        for page in [pages.staff, pages.customer] {
            #expect(PageShape(page).problem == nil)
            #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("onerror=alert(1)>"))
            #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
            #expect(!page.unicodeScalars.contains("\u{202E}"))
        }
    }

    @Test("a page needs nothing but itself: no address, no script, no image, no font from elsewhere")
    func selfContained() async throws {
        let pages = try await pages("till 7/118")
        for page in [pages.staff, pages.customer] {
            for outside in ["http:", "https:", "//", "src=", "href=", "url(", "@import", "<script", "<link", "<iframe"]
            {
                #expect(!page.contains(outside), "\(outside)")
            }
            #expect(page.contains("lang=\"en\"") && page.contains("<meta charset=\"utf-8\">"))
            #expect(page.contains("role=\"img\" aria-label=") && page.contains("@media print"))
            #expect(page.contains("scope=\"col\""))
        }
    }

    @Test("the staff's page has claim, verdict, changes, proof and remedy; the customer's has what is theirs")
    func contents() async throws {
        let shop = try await DisputeShop()
        try await shop.buy("60", at: 0, receipt: "7/041")
        let ben = CommandContext(
            attribution: Attribution(staff: Label("BENEDICT"), device: Label("STALL-TILL"), location: Label("PLACE-9")),
            reference: "7/042",
            customerComment: "Sorry for the wait",
            internalNote: "SECRET-NOTE"
        )
        try await shop.act(.purchase(shop.shop.money("30")), at: 24, learnt: 96, ben)
        try await shop.act(.purchase(shop.shop.money("30")), on: "OTHER-CARD", at: 25, ben)
        try await shop.act(.removeStamps(500), at: 26, learnt: 97, ben)
        let report = try await shop.dispute("9 stamps on 2026-01-02")
        let (staff, customer) = (report.page(in: shop.calendar), report.statement.page(in: shop.calendar))
        for told in ["9 stamps on 2026-01-02", "True, by what is known now.", "arrived late", report.proof.chainHash] {
            #expect(staff.contains(told), "\(told)")
        }
        let hidden = ["BENEDICT", "STALL-TILL", "PLACE-9", "SECRET-NOTE", "OTHER-CARD", "Refused", "exceeds"]
        for word in hidden where word != "exceeds" { #expect(staff.contains(word), "\(word)") }
        let json = report.statement.json(in: shop.calendar).text
        for word in hidden { #expect(!customer.contains(word) && !json.contains(word), "\(word)") }
        #expect(customer.contains("Sorry for the wait") && customer.contains("receipt 7/042"))
        #expect(customer.contains("30.00 at 1 stamp per 10.00: 3 stamps"))
    }
}

/// Whether the tags of a page open and close as they should, each within the other.
struct PageShape {
    let problem: String?

    init(_ page: String) {
        var open: [Substring] = []
        var rest = page[...]
        let empty: Set<Substring> = ["meta", "rect", "line", "circle", "path", "!DOCTYPE"]
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else {
                problem = "a tag without an end"
                return
            }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            let name = tag.drop { $0 == "/" }.prefix { !$0.isWhitespace && $0 != "/" }
            if tag.hasPrefix("/") {
                guard open.popLast() == name else {
                    problem = "</\(name)> closes nothing"
                    return
                }
            } else if !empty.contains(name) {
                open.append(name)
            }
        }
        problem = open.isEmpty ? nil : "<\(open.last ?? "")> stays open"
    }
}
