public import LoyaltyDomain

/// The serials of cards by their numbers, and who holds them.
///
/// Names lie in blocks that are shared with copies until they change. A block in which every customer is called as the card is
/// keeps the names once.
public struct CardNameList: Sendable {
    private static let cardsPerBlock = 1024

    private var blocks: [CardNames] = []

    /// The number of cards.
    public private(set) var count = 0

    /// Creates an empty list.
    public init() {}

    /// Adds the next card.
    public mutating func append(_ card: CardID, customer: CustomerID) {
        makeRoom()
        blocks[blocks.count - 1].append(card, customer)
        count += 1
    }

    /// Adds the next card, which is held by a customer who is called as the card.
    public mutating func append(_ card: CardID) {
        makeRoom()
        blocks[blocks.count - 1].append(card)
        count += 1
    }

    private mutating func makeRoom() {
        if count % Self.cardsPerBlock == 0 { blocks.append(CardNames(room: Self.cardsPerBlock)) }
    }

    /// Adds the cards of another list.
    ///
    /// - Complexity: O(blocks) where all blocks here are full, O(cards) otherwise.
    public mutating func append(_ other: CardNameList) {
        guard count % Self.cardsPerBlock != 0 else {
            blocks += other.blocks
            count += other.count
            return
        }
        for block in other.blocks {
            for index in block.cards.indices { append(block.cards[index], customer: block.customer(at: index)) }
        }
    }

    /// The serial of a card.
    subscript(card: CardNumber) -> CardID {
        let index = Int(card.rawValue) - 1
        return blocks[index / Self.cardsPerBlock].cards[index % Self.cardsPerBlock]
    }

    /// Who holds a card.
    func customer(of card: CardNumber) -> CustomerID {
        let index = Int(card.rawValue) - 1
        return blocks[index / Self.cardsPerBlock].customer(at: index % Self.cardsPerBlock)
    }

    /// The cards a customer holds, by their numbers.
    func cards(of customer: CustomerID) -> [CardNumber] {
        var (found, number) = ([CardNumber](), UInt32(0))
        for block in blocks {
            for index in block.cards.indices {
                number += 1
                if block.isHolder(customer, at: index) { found.append(CardNumber(number)) }
            }
        }
        return found
    }

    /// What the directory finds the cards by, in the order of their numbers; valid in this process alone.
    ///
    /// - Complexity: O(cards).
    public var hashes: [UInt] {
        var hashes: [UInt] = []
        hashes.reserveCapacity(count)
        for block in blocks {
            for card in block.cards { hashes.append(CardDirectory.hash(of: card)) }
        }
        return hashes
    }

    /// All serials, in the order of their cards' numbers.
    var cards: [CardID] { blocks.flatMap(\.cards) }
}
