internal import LoyaltyDomain

/// The serials of some cards that follow one another, and who holds them.
struct CardNames: Sendable {
    private let room: Int
    /// The serials.
    private(set) var cards: [CardID] = []
    /// The holders by the cards' places; empty as long as each is called as the card.
    private var customers: [CustomerID] = []

    /// No cards yet, with room for so many.
    init(room: Int) {
        self.room = room
        cards.reserveCapacity(room)
    }

    mutating func append(_ card: CardID, _ customer: CustomerID) {
        if customers.isEmpty && !customer.isCalled(as: card) {
            customers.reserveCapacity(room)
            customers += cards.map { CustomerID(called: $0) }
        }
        cards.append(card)
        if !customers.isEmpty || !customer.isCalled(as: card) { customers.append(customer) }
    }

    mutating func append(_ card: CardID) {
        cards.append(card)
        if !customers.isEmpty { customers.append(CustomerID(called: card)) }
    }

    func customer(at index: Int) -> CustomerID {
        customers.isEmpty ? CustomerID(called: cards[index]) : customers[index]
    }

    func isHolder(_ customer: CustomerID, at index: Int) -> Bool {
        customers.isEmpty ? customer.isCalled(as: cards[index]) : customers[index] == customer
    }
}
