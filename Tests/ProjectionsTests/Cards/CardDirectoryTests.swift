import LoyaltyDomain
import Projections
import Testing

@Suite("The directory of cards")
struct CardDirectoryTests {
    private static func card(_ text: String) throws -> CardID { try #require(CardID(text)) }

    private static func add(
        _ card: CardID,
        customer: CustomerID,
        to directory: inout CardDirectory,
        isNew: Bool = true
    ) {
        let wasAdded = directory.append(card, customer: customer)
        #expect(wasAdded == isNew, "\(card.text)")
    }

    /// Who holds the cards of a directory.
    enum Holders: CaseIterable {
        case calledAsTheCard, allOthers, oneOther
    }

    @Test("finds each of many cards by its serial, its number and its customer", arguments: Holders.allCases)
    func finds(holders: Holders) throws {
        var directory = CardDirectory()
        func customer(of number: UInt32) -> String {
            switch holders {
            case .calledAsTheCard: "card-\(number)"
            case .allOthers: "customer-\(number / 2)"
            case .oneOther: number == 1500 ? "somebody" : "card-\(number)"
            }
        }
        for number in UInt32(1)...3000 {
            let holder = try #require(CustomerID(customer(of: number)))
            #expect(try directory.append(Self.card("card-\(number)"), customer: holder))
        }
        for number in UInt32(1)...3000 {
            let card = try Self.card("card-\(number)")
            #expect(directory.number(of: card) == CardNumber(number))
            #expect(directory.card(CardNumber(number)) == card)
            #expect(directory.customer(of: CardNumber(number)).text == customer(of: number))
        }
        #expect(directory.number(of: try Self.card("card-3001")) == nil)
        let sought = try #require(CustomerID(customer(of: 1500)))
        let expected = (UInt32(1)...3000).filter { customer(of: $0) == sought.text }.map { CardNumber($0) }
        #expect(directory.cards(of: sought) == expected)
        #expect(directory.count(of: sought) == expected.count)
    }

    @Test("serials that Unicode calls equal and whose bytes differ are two cards")
    func spellings() throws {
        // A with ring above: composed, and as the sign for the unit, which is three bytes; then two orders of marks.
        let serials = try ["\u{C5}", "\u{212B}", "q\u{307}\u{323}", "q\u{323}\u{307}"].map { try Self.card($0) }
        var directory = CardDirectory()
        let customer = try #require(CustomerID("c"))
        for card in serials { Self.add(card, customer: customer, to: &directory) }
        for (place, card) in serials.enumerated() {
            #expect(directory.number(of: card) == CardNumber(UInt32(place) + 1))
        }
    }

    @Test("a customer whose name Unicode calls equal to the serial keeps its own bytes")
    func customerSpelling() throws {
        var directory = CardDirectory()
        let customer = try #require(CustomerID("\u{212B}"))
        try Self.add(Self.card("\u{C5}"), customer: customer, to: &directory)
        #expect(Array(directory.customer(of: CardNumber(1)).text.utf8) == Array("\u{212B}".utf8))
    }

    @Test("a copy does not see what is added behind it")
    func copies() throws {
        var directory = CardDirectory()
        let (customer, other) = (try #require(CustomerID("a")), try #require(CustomerID("x")))
        try Self.add(Self.card("a"), customer: customer, to: &directory)
        let copy = directory
        try Self.add(Self.card("b"), customer: other, to: &directory)
        #expect(copy.number(of: try Self.card("b")) == nil)
        #expect(directory.number(of: try Self.card("b")) == CardNumber(2))
        #expect(copy.customer(of: CardNumber(1)).text == "a")
    }

    @Test("a serial that is there is not added again")
    func twice() throws {
        var directory = CardDirectory()
        let (first, second) = (try #require(CustomerID("first")), try #require(CustomerID("second")))
        try Self.add(Self.card("a"), customer: first, to: &directory)
        try Self.add(Self.card("a"), customer: second, to: &directory, isNew: false)
        try Self.add(Self.card("b"), customer: second, to: &directory)
        #expect(directory.number(of: try Self.card("b")) == CardNumber(2))
        #expect(directory.customer(of: CardNumber(1)) == first)
    }

    @Test("many cards at once are found as cards added one by one", arguments: [0, 1, 7, 1024, 5000])
    func lists(count: Int) throws {
        var (one, list) = (CardDirectory(), CardNameList())
        let customer = try #require(CustomerID("c"))
        for number in 0..<count {
            let card = try Self.card("card-\(number + 1)")
            let isOwn = number % 3 == count % 3
            Self.add(card, customer: isOwn ? CustomerID(called: card) : customer, to: &one)
            if isOwn { list.append(card) } else { list.append(card, customer: customer) }
        }
        var many = try CardDirectory(list, hashes: list.hashes)
        // And it grows on.
        for name in ["x", "y"] {
            try Self.add(Self.card(name), customer: customer, to: &one)
            try Self.add(Self.card(name), customer: customer, to: &many)
        }
        try Self.add(Self.card("x"), customer: customer, to: &many, isNew: false)
        for number in 0..<UInt32(count) + 2 {
            let card = CardNumber(number + 1)
            #expect(many.card(card) == one.card(card))
            #expect(many.number(of: one.card(card)) == card)
            #expect(many.customer(of: card) == one.customer(of: card))
        }
        #expect(try many.number(of: Self.card("card-0")) == nil)
    }

    @Test(
        "a list behind others is found as they are, and none that is there is added",
        arguments: [0, 1, 1500, 30_000]
    )
    func listsBehindOthers(known: Int) throws {
        let customer = try #require(CustomerID("c"))
        var directory = CardDirectory()
        for number in 0..<known { try Self.add(Self.card("card-\(number)"), customer: customer, to: &directory) }
        var list = CardNameList()
        for number in known..<known + 1500 { list.append(try Self.card("card-\(number)"), customer: customer) }
        try directory.append(list, hashes: list.hashes)
        for number in 0..<known + 1500 {
            #expect(directory.number(of: try Self.card("card-\(number)")) == CardNumber(UInt32(number) + 1))
            #expect(directory.customer(of: CardNumber(UInt32(number) + 1)) == customer)
        }
        var again = CardNameList()
        for name in ["new", "card-\(known + 7)"] { again.append(try Self.card(name), customer: customer) }
        let error = #expect(throws: RepeatedCard.self) { try directory.append(again, hashes: again.hashes) }
        #expect(error?.number == CardNumber(UInt32(known) + 1502))
    }

    @Test("of cards that are there twice the first one is named")
    func repeated() throws {
        var list = CardNameList()
        let customer = try #require(CustomerID("c"))
        for number in 0..<2000 {
            list.append(try Self.card("card-\(number == 700 || number == 1500 ? 3 : number)"), customer: customer)
        }
        let error = #expect(throws: RepeatedCard.self) { _ = try CardDirectory(list, hashes: list.hashes) }
        #expect(error?.number == CardNumber(701))
    }

    @Test("cards whose hashes are equal are told apart by their serials")
    func equalHashes() throws {
        var list = CardNameList()
        let customer = try #require(CustomerID("c"))
        for name in ["a", "b", "c", "b"] { list.append(try Self.card(name), customer: customer) }
        let error = #expect(throws: RepeatedCard.self) {
            _ = try CardDirectory(list, hashes: [UInt](repeating: 1 << 40, count: 4))
        }
        #expect(error?.number == CardNumber(4))
    }
}
