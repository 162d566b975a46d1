internal import LogFormat

/// The blocks that histories were read from last, checked and decompressed once for all readers of a log.
///
/// What lies below the durable end of a segment never changes, so nothing is ever out of date. A block that was used since the hand
/// came by last stays for another round (clock). A block is kept when it is read again, as one that is not kept is read faster: the first
/// history in a process reads none twice. A full cache takes few of the blocks that are offered to it: where more are read by turns
/// than it holds, to keep each would cost more than it spares, and push out what is asked for again.
struct BlockCache: Sendable {
    /// Where a block is.
    struct Key: Hashable, Sendable {
        /// The first position of the segment.
        var segment: Position
        var reference: StreamIndex.BlockReference

        func hash(into hasher: inout Hasher) {
            let place = UInt64(truncatingIfNeeded: reference.batchOffset ^ reference.block << 48)
            hasher.combine(segment.rawValue &* 0x9e37_79b9_7f4a_7c15 ^ place)
        }
    }

    private struct Slot: Sendable {
        var key: Key
        var block: KeptBlock
        var isUsed = false
    }

    /// The most bytes the blocks may take.
    let limit: Int
    private var slots: [Slot] = []
    private var slotOfKey: [Key: Int] = [:]
    private var hand = 0
    private(set) var byteCount = 0
    /// Blocks that were read and not kept.
    private var seen: Set<Key> = []
    /// Blocks offered since the cache was full.
    private var offered = 0
    private static let mostSeen = 8192

    /// Of so many blocks that are offered to a full cache it takes one.
    static let offersPerBlock = 8
    /// A block of fewer records is read as fast as it is found here.
    static let leastRecords = 16

    /// An empty cache.
    init(limit: Int) { self.limit = limit }

    /// The number of blocks.
    var count: Int { slots.count }

    /// Whether the block at a place is here.
    func contains(_ key: Key) -> Bool { slotOfKey[key] != nil }

    /// The block at a place, if it is here.
    mutating func block(_ key: Key) -> KeptBlock? {
        guard let slot = slotOfKey[key] else { return nil }
        slots[slot].isUsed = true
        return slots[slot].block
    }

    /// Whether the block at a place, which takes about so many bytes, is to be kept now that it is read.
    mutating func wants(_ key: Key, _ bytes: Int) -> Bool {
        guard seen.contains(key) else {
            if seen.count >= Self.mostSeen { seen.removeAll(keepingCapacity: true) }
            seen.insert(key)
            return false
        }
        if byteCount + bytes > limit {
            offered += 1
            guard offered % Self.offersPerBlock == 0 else { return false }
        }
        seen.remove(key)
        return true
    }

    /// Keeps a block, and lets go of others until it has room.
    mutating func keep(_ block: KeptBlock, at key: Key) {
        guard block.byteCount <= limit, slotOfKey[key] == nil else { return }
        while byteCount + block.byteCount > limit { evict() }
        byteCount += block.byteCount
        slotOfKey[key] = slots.count
        slots.append(Slot(key: key, block: block))
    }

    /// Lets go of the first block from the hand on that was not used since the hand came by.
    private mutating func evict() {
        while true {
            if hand >= slots.count { hand = 0 }
            guard slots[hand].isUsed else { break }
            slots[hand].isUsed = false
            hand += 1
        }
        byteCount -= slots[hand].block.byteCount
        slotOfKey[slots[hand].key] = nil
        let last = slots.removeLast()
        guard hand < slots.count else { return }
        slots[hand] = last
        slotOfKey[last.key] = hand
        hand += 1
    }
}
