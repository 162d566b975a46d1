import LoyaltyDomain
import Projections
import Testing

@Suite("The directory of cards")
struct CardDirectoryTests {
    private static func card(_ text: String) throws -> CardID { try #require(CardID(text)) }

    /// Who holds the cards of a directory.
    enum Holders: CaseIterable {
        case calledAsTheCard, allOthers, oneOther
    }

    @Test("finds each of many cards by its serial, its number and its customer", arguments: Holders.allCases)
    func finds(holders: Holders) throws {
        var directory = CardDirectory()
        directory.reserveCapacity(100)
        func customer(of number: UInt32) -> String {
            switch holders {
            case .calledAsTheCard: "card-\(number)"
            case .allOthers: "customer-\(number / 2)"
            case .oneOther: number == 1500 ? "somebody" : "card-\(number)"
            }
        }
        for number in UInt32(1)...3000 {
            directory.append(
                try Self.card("card-\(number)"),
                customer: try #require(CustomerID(customer(of: number)))
            )
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
        for card in serials { directory.append(card, customer: try #require(CustomerID("c"))) }
        for (place, card) in serials.enumerated() {
            #expect(directory.number(of: card) == CardNumber(UInt32(place) + 1))
        }
    }

    @Test("a customer whose name Unicode calls equal to the serial keeps its own bytes")
    func customerSpelling() throws {
        var directory = CardDirectory()
        directory.append(try Self.card("\u{C5}"), customer: try #require(CustomerID("\u{212B}")))
        #expect(Array(directory.customer(of: CardNumber(1)).text.utf8) == Array("\u{212B}".utf8))
    }

    @Test("a copy does not see what is added behind it")
    func copies() throws {
        var directory = CardDirectory()
        directory.append(try Self.card("a"), customer: try #require(CustomerID("a")))
        let copy = directory
        directory.append(try Self.card("b"), customer: try #require(CustomerID("x")))
        #expect(copy.number(of: try Self.card("b")) == nil)
        #expect(directory.number(of: try Self.card("b")) == CardNumber(2))
        #expect(copy.customer(of: CardNumber(1)).text == "a")
    }
}
