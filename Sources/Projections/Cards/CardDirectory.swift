public import LoyaltyDomain

/// Which number a card's serial has, and who holds it.
public struct CardDirectory: Sendable {
    private var slots = CardSlots()
    private var names = CardNameList()

    /// Creates an empty directory.
    public init() {}

    /// Creates the directory of many cards, whose numbers are those of the list.
    ///
    /// - Parameters:
    ///   - names: The cards.
    ///   - hashes: ``hash(of:)`` of each, as several threads may have made them.
    /// - Throws: ``RepeatedCard`` where a serial is there twice.
    /// - Complexity: O(cards), and hardly a look at a serial: cards are told apart by their hashes.
    public init(_ names: CardNameList, hashes: [UInt]) throws(RepeatedCard) {
        precondition(hashes.count == names.count, "\(hashes.count) hashes of \(names.count) cards")
        self.names = names
        slots = try CardSlots(hashes) { names[$0] == names[$1] }
    }

    /// Adds the next card; its number is the number of cards.
    ///
    /// - Returns: Whether it was added; false where the serial is there.
    public mutating func append(_ card: CardID, customer: CustomerID) -> Bool {
        guard insert(card, hash: Self.hash(of: card)) else { return false }
        names.append(card, customer: customer)
        return true
    }

    /// Adds many cards, whose numbers come next.
    ///
    /// - Parameters:
    ///   - more: The cards.
    ///   - hashes: ``hash(of:)`` of each.
    /// - Throws: ``RepeatedCard`` where a serial is there, or twice among them; what the directory then holds is not said.
    /// - Complexity: O(cards added), and O(cards) where they are not few.
    public mutating func append(_ more: CardNameList, hashes: [UInt]) throws(RepeatedCard) {
        precondition(hashes.count == more.count, "\(hashes.count) hashes of \(more.count) cards")
        guard more.count < names.count / Self.cardsPerFewAdded else {
            var all = names
            all.append(more)
            self = try CardDirectory(all, hashes: names.hashes + hashes)
            return
        }
        for (index, hash) in hashes.enumerated() {
            let added = CardNumber(UInt32(index) + 1)
            guard insert(more[added], hash: hash) else { throw RepeatedCard(number: nextNumber) }
            names.append(more[added], customer: more.customer(of: added))
        }
    }

    /// From one for so many cards on, those that are added are not few: one by one each costs a look at serials that lie anywhere, which
    /// takes as long as twenty cards put in their places all at once.
    private static let cardsPerFewAdded = 16

    private var nextNumber: CardNumber { CardNumber(UInt32(names.count) + 1) }

    private mutating func insert(_ card: CardID, hash: UInt) -> Bool {
        slots.insert(
            nextNumber,
            hash: hash,
            isSame: { [names] in names[$0] == card },
            hashes: { [names] in Self.hash(of: names[$0]) }
        )
    }

    /// The number of a card, or nil where it is not issued.
    ///
    /// - Complexity: O(1).
    public func number(of card: CardID) -> CardNumber? {
        slots.card(Self.hash(of: card)) { self.card($0) == card }
    }

    /// The serial of a card number.
    public func card(_ number: CardNumber) -> CardID { names[number] }

    /// The customer who holds a card.
    public func customer(of number: CardNumber) -> CustomerID { names.customer(of: number) }

    /// How many cards a customer holds.
    ///
    /// - Complexity: O(cards).
    public func count(of customer: CustomerID) -> Int { cards(of: customer).count }

    /// The cards a customer holds, by their numbers.
    ///
    /// - Complexity: O(cards).
    public func cards(of customer: CustomerID) -> [CardNumber] { names.cards(of: customer) }

    /// All card numbers, ordered by the UTF-8 bytes of their serials.
    ///
    /// - Complexity: O(n log n).
    public var numbersByCard: [CardNumber] {
        let cards = names.cards
        return cards.indices
            .sorted { cards[$0].text.utf8.lexicographicallyPrecedes(cards[$1].text.utf8) }
            .map { CardNumber(UInt32($0) + 1) }
    }

    /// What a card is found by; it differs from process to process.
    public static func hash(of card: CardID) -> UInt { UInt(bitPattern: card.hashValue) }
}
