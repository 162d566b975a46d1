public import LoyaltyDomain

/// Which number a card's serial has, and who holds it.
public struct CardDirectory: Sendable {
    private var numbers: [CardID: CardNumber] = [:]
    private var cards: [CardID] = []
    private var customers: [CustomerID] = []

    /// Creates an empty directory.
    public init() {}

    /// Makes room for so many cards.
    public mutating func reserveCapacity(_ count: Int) {
        numbers.reserveCapacity(count)
        cards.reserveCapacity(count)
        customers.reserveCapacity(count)
    }

    /// Adds the next card; its number is the number of cards.
    public mutating func append(_ card: CardID, customer: CustomerID) {
        cards.append(card)
        customers.append(customer)
        numbers[card] = CardNumber(UInt32(cards.count))
    }

    /// The number of a card, or nil where it is not issued.
    public func number(of card: CardID) -> CardNumber? { numbers[card] }

    /// The serial of a card number.
    public func card(_ number: CardNumber) -> CardID { cards[Int(number.rawValue) - 1] }

    /// The customer who holds a card.
    public func customer(of number: CardNumber) -> CustomerID { customers[Int(number.rawValue) - 1] }

    /// How many cards a customer holds.
    ///
    /// - Complexity: O(cards).
    public func count(of customer: CustomerID) -> Int { customers.count { $0 == customer } }

    /// The cards a customer holds, by their numbers.
    ///
    /// - Complexity: O(cards).
    public func cards(of customer: CustomerID) -> [CardNumber] {
        customers.indices.filter { customers[$0] == customer }.map { CardNumber(UInt32($0) + 1) }
    }

    /// All card numbers, ordered by the UTF-8 bytes of their serials.
    ///
    /// - Complexity: O(n log n).
    public var numbersByCard: [CardNumber] {
        cards.indices
            .sorted { cards[$0].text.utf8.lexicographicallyPrecedes(cards[$1].text.utf8) }
            .map { CardNumber(UInt32($0) + 1) }
    }
}
