public import LoyaltyDomain

/// The state of every card, by card number.
///
/// Rows lie in blocks that are shared until they change: a reader that holds a copy of the table costs the writer the copy of
/// a block it touches, never of the table.
public struct CardTable: Sendable {
    // Inlined into the folds of other modules: an accessor that is not costs them an allocation for each event.
    @usableFromInline static let rowsPerBlock = 256

    @usableFromInline var blocks: [[CardState]] = []

    /// The number of cards.
    @inlinable public var count: Int { storedCount }
    @usableFromInline var storedCount = 0

    /// Creates an empty table.
    public init() {}

    /// The number the next card gets.
    public var nextNumber: CardNumber { CardNumber(UInt32(count) + 1) }

    /// Whether there is a card of that number.
    @inlinable public func contains(_ card: CardNumber) -> Bool { card.rawValue >= 1 && card.rawValue <= count }

    /// The state of a card that is in the table.
    ///
    /// - Complexity: O(1).
    @inlinable public subscript(card: CardNumber) -> CardState {
        get { blocks[block(of: card)][row(of: card)] }
        _modify { yield &blocks[block(of: card)][row(of: card)] }
    }

    /// Adds a card; it gets `nextNumber`.
    public mutating func append(_ state: CardState) {
        if count % Self.rowsPerBlock == 0 {
            var block: [CardState] = []
            block.reserveCapacity(Self.rowsPerBlock)
            blocks.append(block)
        }
        blocks[blocks.count - 1].append(state)
        storedCount += 1
    }

    /// Adds the cards of another table, with the numbers that come next.
    ///
    /// - Complexity: O(blocks) where all blocks here are full, O(cards) otherwise.
    public mutating func append(_ other: CardTable) {
        guard count % Self.rowsPerBlock != 0 else {
            blocks += other.blocks
            storedCount += other.count
            return
        }
        for block in other.blocks {
            for state in block { append(state) }
        }
    }

    /// Calls `body` with every card in the order of its number.
    public func forEach(_ body: (CardNumber, borrowing CardState) throws -> Void) rethrows {
        var number: UInt32 = 0
        for block in blocks {
            let rows = block.span
            for row in rows.indices {
                number += 1
                try body(CardNumber(number), rows[row])
            }
        }
    }

    @inlinable func block(of card: CardNumber) -> Int {
        precondition(contains(card), "there is no card \(card.rawValue) among \(count)")
        return Int(card.rawValue - 1) / Self.rowsPerBlock
    }

    @inlinable func row(of card: CardNumber) -> Int { Int(card.rawValue - 1) % Self.rowsPerBlock }
}
