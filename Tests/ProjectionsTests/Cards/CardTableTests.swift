import LoyaltyDomain
import Projections
import Testing

@Suite("The table of cards")
struct CardTableTests {
    private static func state(_ number: Int) -> CardState {
        CardState(issuedAt: Timestamp(milliseconds: Int64(number)), program: ProgramNumber(0))
    }

    private static func table(_ count: Int) -> CardTable {
        var table = CardTable()
        for number in 0..<count { table.append(state(number + 1)) }
        return table
    }

    @Test(
        "shares that grow side by side make the table that grew alone",
        arguments: [0, 1, 255, 256, 700, 1024],
        1...5
    )
    func shares(known: Int, count: Int) {
        let whole = Self.table(known)
        var shares = (0..<count).map { whole.share($0, of: count) }
        #expect(shares.reduce(0) { $0 + $1.count } == known)
        for number in known + 1...known + 1300 {
            let card = CardNumber(UInt32(number))
            let share = CardTable.share(of: card, of: count)
            #expect(shares[share].nextNumber == CardTable.place(of: card, of: count))
            shares[share].append(Self.state(number))
        }
        let table = CardTable(shares: shares)
        #expect(table?.count == known + 1300)
        table?.forEach { card, state in #expect(state.issuedAt.milliseconds == Int64(card.rawValue)) }
        #expect(whole.count == known)
    }

    @Test("every card has a share and a place of its own", arguments: 1...5)
    func places(count: Int) {
        var seen: Set<[UInt32]> = []
        for number in UInt32(1)...2000 {
            let card = CardNumber(number)
            let share = CardTable.share(of: card, of: count)
            #expect((0..<count).contains(share))
            seen.insert([UInt32(share), CardTable.place(of: card, of: count).rawValue])
        }
        #expect(seen.count == 2000)
        // Bytes from disk may name any card.
        for card in [CardNumber(.max), CardNumber(.max - 255)] {
            #expect((0..<count).contains(CardTable.share(of: card, of: count)))
            #expect(CardTable.place(of: card, of: count).rawValue > 0)
        }
    }

    @Test("tables that are no shares of one are not put together")
    func noShares() {
        #expect(CardTable(shares: [Self.table(100), Self.table(100)]) == nil)
        #expect(CardTable(shares: [Self.table(256), Self.table(512)]) == nil)
        #expect(CardTable(shares: [Self.table(512), Self.table(256)])?.count == 768)
        #expect(CardTable(shares: [CardTable(), CardTable()])?.count == 0)
    }
}
