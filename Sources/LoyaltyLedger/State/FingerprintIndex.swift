internal import LoyaltyDomain

/// The positions of commands by their fingerprints: open addressing, eight bytes a slot, the ids themselves only in the log.
///
/// A slot holds a tag and a position. Among a hundred million commands, one new id in ten thousand looks like a known one until the record
/// there is read. The slots lie in shards, each of which grows by itself and is shared with copies until it changes; so neither growing nor a
/// reader who holds a copy ever costs a walk over all commands at once.
struct FingerprintIndex: Sendable {
    /// Slots of the commands whose fingerprints name one shard; 0 marks an empty one.
    private struct Shard {
        var slots: [UInt64] = []
        var count = 0
    }

    private static let positionBits = 64 - CommandFingerprint.tagBits
    private static let positionMask: UInt64 = 1 << positionBits - 1
    private static let leastSlots = 8

    /// None until there is a command.
    private var shards: [Shard] = []
    /// Positions too great for a slot.
    private(set) var far: [CommandID: UInt64] = [:]

    /// The positions of all commands that may be the one of that id, in the order of the log; mostly none or one.
    ///
    /// - Complexity: O(1).
    func positions(of id: CommandID, _ fingerprint: CommandFingerprint) -> [UInt64] {
        var found: [UInt64] = []
        if !shards.isEmpty, !shards[fingerprint.shard].slots.isEmpty {
            let slots = shards[fingerprint.shard].slots
            var slot = Self.home(of: fingerprint.tag, among: slots.count)
            while slots[slot] != 0 {
                if slots[slot] >> Self.positionBits == fingerprint.tag { found.append(slots[slot] & Self.positionMask) }
                slot = slot + 1 < slots.count ? slot + 1 : 0
            }
        }
        if found.count > 1 { found.sort() }
        if !far.isEmpty, let position = far[id] { found.append(position) }
        return found
    }

    /// Notes a command.
    ///
    /// - Complexity: O(1), amortised.
    mutating func insert(_ id: CommandID, _ fingerprint: CommandFingerprint, at position: UInt64) {
        guard position <= Self.positionMask else {
            far[id] = position
            return
        }
        insert(fingerprint.tag << Self.positionBits | position, into: fingerprint.shard)
    }

    private mutating func insert(_ entry: UInt64, into shard: Int) {
        makeShards()
        // At most four of five slots are taken, so that a search always meets an empty one.
        let slots = shards[shard].slots.count
        if (shards[shard].count + 1) * 5 > slots * 4 { grow(shard, to: max(slots + slots / 4, Self.leastSlots)) }
        Self.put(entry, into: &shards[shard].slots)
        shards[shard].count += 1
    }

    private mutating func makeShards() {
        if shards.isEmpty { shards = Array(repeating: Shard(), count: CommandFingerprint.shardCount) }
    }

    private mutating func grow(_ shard: Int, to count: Int) {
        var grown = [UInt64](repeating: 0, count: count)
        for entry in shards[shard].slots where entry != 0 { Self.put(entry, into: &grown) }
        shards[shard].slots = grown
    }

    private static func put(_ entry: UInt64, into slots: inout [UInt64]) {
        var slot = home(of: entry >> positionBits, among: slots.count)
        while slots[slot] != 0 { slot = slot + 1 < slots.count ? slot + 1 : 0 }
        slots[slot] = entry
    }

    /// Where a search for a tag begins: the tags in order are spread over all slots, however many there are.
    private static func home(of tag: UInt64, among slots: Int) -> Int {
        Int(truncatingIfNeeded: tag * UInt64(slots) >> CommandFingerprint.tagBits)
    }
}

extension FingerprintIndex {
    /// The numbers of the shards that hold commands, ascending.
    var shardsInUse: [Int] { shards.indices.filter { shards[$0].count > 0 } }

    /// How many commands a shard holds.
    func entryCount(of shard: Int) -> Int { shards[shard].count }

    /// Tags and positions of a shard, ascending: the same for the same commands, in whatever order they came.
    func entries(of shard: Int) -> [UInt64] { shards[shard].slots.filter { $0 != 0 }.sorted() }

    /// The position of an entry.
    static func position(of entry: UInt64) -> UInt64 { entry & positionMask }

    /// Puts back a shard that a snapshot kept.
    ///
    /// - Precondition: None of `entries` is 0.
    mutating func restore(_ entries: [UInt64], in shard: Int) {
        makeShards()
        shards[shard] = Shard()
        // Some slots are free, so that the next command does not make it grow.
        grow(shard, to: max(entries.count * 5 / 4 + entries.count / 16 + 1, Self.leastSlots))
        for entry in entries { Self.put(entry, into: &shards[shard].slots) }
        shards[shard].count = entries.count
    }

    /// Puts back a position that a snapshot kept; false where it would lie in a slot, or the id has one.
    mutating func restore(_ id: CommandID, at position: UInt64) -> Bool {
        position > Self.positionMask && far.updateValue(position, forKey: id) == nil
    }
}
