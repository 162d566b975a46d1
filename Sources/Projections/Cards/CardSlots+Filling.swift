public import LoyaltyDomain

/// A serial that two cards of a list have.
public struct RepeatedCard: Error, Hashable, Sendable {
    /// The later of the two.
    public let number: CardNumber
}

extension CardSlots {
    /// The slots of all cards, by their hashes in the order of their numbers.
    ///
    /// Cards are sorted by shards first, so that each shard is filled while it lies in the processor's cache; two cards are looked at only where their
    /// hashes are equal.
    ///
    /// - Throws: ``RepeatedCard`` where two cards are the same: the first one in the order of the numbers that was there.
    init(_ hashes: [UInt], isSame: (CardNumber, CardNumber) -> Bool) throws(RepeatedCard) {
        let ordered = ShardOrder(hashes)
        var filling = ShardFilling()
        var (shards, start) = ([Shard](), 0)
        shards.reserveCapacity(Self.shardCount)
        for end in ordered.ends {
            shards.append(filling.fill(ordered, start..<end, isSame))
            start = end
        }
        if let repeated = filling.repeated { throw RepeatedCard(number: CardNumber(repeated)) }
        self.init(shards: shards)
    }
}

/// All cards by their shards, ascending in each, and their hashes beside them, so that each shard is read from one place.
private struct ShardOrder {
    private(set) var cards: [UInt32]
    private(set) var hashes: [UInt]
    /// Where each shard ends.
    private(set) var ends: [Int]

    init(_ all: [UInt]) {
        var places = [Int](repeating: 0, count: CardSlots.shardCount)
        for hash in all { places[CardSlots.shard(of: hash)] += 1 }
        var start = 0
        for shard in places.indices { (places[shard], start) = (start, start + places[shard]) }
        cards = [UInt32](repeating: 0, count: all.count)
        hashes = [UInt](repeating: 0, count: all.count)
        for index in all.indices {
            let shard = CardSlots.shard(of: all[index])
            cards[places[shard]] = UInt32(index) + 1
            hashes[places[shard]] = all[index]
            places[shard] += 1
        }
        ends = places
    }
}

/// Fills shards one after another, each from its cards.
private struct ShardFilling {
    /// The hashes of the cards in the slots.
    private var slotHashes: [UInt] = []
    /// The first card whose serial was there.
    private(set) var repeated: UInt32?

    mutating func fill(
        _ order: ShardOrder,
        _ range: Range<Int>,
        _ isSame: (CardNumber, CardNumber) -> Bool
    ) -> CardSlots.Shard {
        guard !range.isEmpty else { return CardSlots.Shard() }
        var room = CardSlots.leastSlots
        while !CardSlots.fits(range.count + 1, in: room) { room *= 2 }
        slotHashes.removeAll(keepingCapacity: true)
        slotHashes += repeatElement(0, count: room)
        var slots = [UInt32](repeating: 0, count: room)
        for index in range {
            let (card, hash) = (order.cards[index], order.hashes[index])
            var slot = CardSlots.home(of: hash) & (room - 1)
            while slots[slot] != 0 {
                if slotHashes[slot] == hash, isSame(CardNumber(slots[slot]), CardNumber(card)) {
                    repeated = min(repeated ?? card, card)
                }
                slot = (slot + 1) & (room - 1)
            }
            slots[slot] = card
            slotHashes[slot] = hash
        }
        return CardSlots.Shard(slots: slots, count: range.count)
    }
}
