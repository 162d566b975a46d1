internal import LoyaltyDomain

/// Card numbers by the hash of what they are found by: open addressing, four bytes a slot.
///
/// The slots lie in shards, each of which grows by itself and is shared with copies until it changes; so neither growing nor a
/// reader who holds a copy ever costs a walk over all cards at once.
struct CardSlots: Sendable {
    /// Slots of the cards whose hashes end alike; 0 marks an empty one.
    struct Shard {
        var slots: [UInt32] = []
        var count = 0
    }

    static let shardCount = 256
    static let leastSlots = 8

    private var shards: [Shard]

    /// No cards yet.
    init() { shards = [Shard](repeating: Shard(), count: Self.shardCount) }

    /// So many shards, each filled by itself.
    init(shards: [Shard]) { self.shards = shards }

    /// The card of that hash for which `isSought` holds, or nil.
    func card(_ hash: UInt, where isSought: (CardNumber) -> Bool) -> CardNumber? {
        let shard = Self.shard(of: hash)
        guard !shards[shard].slots.isEmpty else { return nil }
        let slot = Self.slot(hash, in: shards[shard].slots, isSought)
        return shards[shard].slots[slot] == 0 ? nil : CardNumber(shards[shard].slots[slot])
    }

    /// Adds a card, unless one is there for which `isSame` holds; false where it is.
    ///
    /// - Parameter hashes: The hash of any card that was added before; asked for when a shard grows.
    mutating func insert(
        _ card: CardNumber,
        hash: UInt,
        isSame: (CardNumber) -> Bool,
        hashes: (CardNumber) -> UInt
    ) -> Bool {
        let shard = Self.shard(of: hash)
        if !Self.fits(shards[shard].count + 1, in: shards[shard].slots.count) {
            grow(shard, to: max(shards[shard].slots.count * 2, Self.leastSlots), hashes)
        }
        let slot = Self.slot(hash, in: shards[shard].slots, isSame)
        guard shards[shard].slots[slot] == 0 else { return false }
        shards[shard].slots[slot] = card.rawValue
        shards[shard].count += 1
        return true
    }

    private mutating func grow(_ shard: Int, to slots: Int, _ hashes: (CardNumber) -> UInt) {
        var grown = [UInt32](repeating: 0, count: slots)
        for known in shards[shard].slots where known != 0 {
            grown[Self.slot(hashes(CardNumber(known)), in: grown) { _ in false }] = known
        }
        shards[shard].slots = grown
    }

    /// The slot of the card for which `isSought` holds, or the empty one in which a search for it ends.
    private static func slot(_ hash: UInt, in slots: [UInt32], _ isSought: (CardNumber) -> Bool) -> Int {
        let mask = slots.count - 1
        var slot = home(of: hash) & mask
        while slots[slot] != 0, !isSought(CardNumber(slots[slot])) { slot = (slot + 1) & mask }
        return slot
    }

    /// Whether so many cards may lie in so many slots: four of five at most, so that a search always meets an empty one.
    static func fits(_ cards: Int, in slots: Int) -> Bool { cards * 5 <= slots * 4 }

    /// Where a search begins, in as many slots as there may ever be: the lowest bits have chosen the shard.
    static func home(of hash: UInt) -> Int { Int(truncatingIfNeeded: hash >> 8) }

    static func shard(of hash: UInt) -> Int { Int(hash & UInt(shardCount - 1)) }
}
