public import LoyaltyDomain

/// Which number a card's serial has, and who holds it.
///
/// Names lie in blocks that are shared with copies until they change. A block in which every customer is called as the card is
/// keeps the names once.
public struct CardDirectory: Sendable {
    private static let cardsPerBlock = 1024

    private var slots = CardSlots()
    private var blocks: [CardNames] = []
    private var count = 0

    /// Creates an empty directory.
    public init() {}

    /// Makes room for so many cards.
    public mutating func reserveCapacity(_ count: Int) {
        blocks.reserveCapacity((count + Self.cardsPerBlock - 1) / Self.cardsPerBlock)
        slots.reserveCapacity(count) { [blocks] in Self.hash(of: Self.card($0, in: blocks)) }
    }

    /// Adds the next card; its number is the number of cards.
    public mutating func append(_ card: CardID, customer: CustomerID) {
        if count % Self.cardsPerBlock == 0 {
            blocks.append(CardNames(room: Self.cardsPerBlock))
        }
        blocks[blocks.count - 1].append(card, customer)
        count += 1
        slots.insert(CardNumber(UInt32(count)), hash: Self.hash(of: card)) { [blocks] in
            Self.hash(of: Self.card($0, in: blocks))
        }
    }

    /// The number of a card, or nil where it is not issued.
    ///
    /// - Complexity: O(1).
    public func number(of card: CardID) -> CardNumber? {
        slots.card(Self.hash(of: card)) { self.card($0) == card }
    }

    /// The serial of a card number.
    public func card(_ number: CardNumber) -> CardID { Self.card(number, in: blocks) }

    /// The customer who holds a card.
    public func customer(of number: CardNumber) -> CustomerID {
        let index = Int(number.rawValue) - 1
        return blocks[index / Self.cardsPerBlock].customer(at: index % Self.cardsPerBlock)
    }

    /// How many cards a customer holds.
    ///
    /// - Complexity: O(cards).
    public func count(of customer: CustomerID) -> Int { cards(of: customer).count }

    /// The cards a customer holds, by their numbers.
    ///
    /// - Complexity: O(cards).
    public func cards(of customer: CustomerID) -> [CardNumber] {
        var found: [CardNumber] = []
        var number: UInt32 = 0
        for block in blocks {
            for index in block.cards.indices {
                number += 1
                if block.isHolder(customer, at: index) { found.append(CardNumber(number)) }
            }
        }
        return found
    }

    /// All card numbers, ordered by the UTF-8 bytes of their serials.
    ///
    /// - Complexity: O(n log n).
    public var numbersByCard: [CardNumber] {
        let cards = blocks.flatMap(\.cards)
        return cards.indices
            .sorted { cards[$0].text.utf8.lexicographicallyPrecedes(cards[$1].text.utf8) }
            .map { CardNumber(UInt32($0) + 1) }
    }

    private static func card(_ number: CardNumber, in blocks: [CardNames]) -> CardID {
        let index = Int(number.rawValue) - 1
        return blocks[index / cardsPerBlock].cards[index % cardsPerBlock]
    }

    private static func hash(of card: CardID) -> UInt { UInt(bitPattern: card.hashValue) }
}
