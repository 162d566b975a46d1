public import LoyaltyDomain

/// Parts of a table for several threads: with n shares, share s has the blocks s, s + n, s + 2n ... of 256 rows.
///
/// Blocks move from table to share and back without a look at their rows.
extension CardTable {
    /// Which of so many shares a card belongs to.
    ///
    /// - Precondition: The number is not 0.
    @inlinable
    public static func share(of card: CardNumber, of shares: Int) -> Int {
        Int(card.rawValue - 1) / rowsPerBlock % shares
    }

    /// The number that a card has within its share.
    ///
    /// - Precondition: The number is not 0.
    @inlinable
    public static func place(of card: CardNumber, of shares: Int) -> CardNumber {
        let (block, row) = Int(card.rawValue - 1).quotientAndRemainder(dividingBy: rowsPerBlock)
        return CardNumber(UInt32(block / shares * rowsPerBlock + row) + 1)
    }

    /// A share of the cards.
    ///
    /// - Complexity: O(blocks).
    public func share(_ number: Int, of shares: Int) -> CardTable {
        var share = CardTable()
        for block in stride(from: number, to: blocks.count, by: shares) { share.append(blocks[block]) }
        return share
    }

    /// Puts shares together; nil where they are not all shares of one table.
    ///
    /// - Complexity: O(blocks).
    public init?(shares: [CardTable]) {
        self.init()
        let count = shares.reduce(0) { $0 + $1.blocks.count }
        for block in 0..<count {
            let (place, share) = block.quotientAndRemainder(dividingBy: shares.count)
            guard place < shares[share].blocks.count else { return nil }
            let rows = shares[share].blocks[place]
            guard rows.count == Self.rowsPerBlock || block == count - 1 else { return nil }
            append(rows)
        }
    }

    private mutating func append(_ block: [CardState]) {
        blocks.append(block)
        storedCount += block.count
    }
}
