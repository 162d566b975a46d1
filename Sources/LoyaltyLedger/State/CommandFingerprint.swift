internal import LogFormat
internal import LoyaltyDomain

/// Forty bits that stand for a command id of sixteen bytes.
///
/// Two ids may have the same, so whoever finds one looks at the record.
struct CommandFingerprint: Hashable, Sendable {
    /// Bits of a tag.
    static let tagBits = 28
    /// How many shards there are.
    static let shardCount = 1 << shardBits
    private static let shardBits = 12

    /// The shard of the index.
    let shard: Int
    /// What tells ids of one shard apart.
    let tag: UInt64

    /// Takes the highest bits of a hash.
    init(of hash: UInt64) {
        shard = Int(hash >> (64 - Self.shardBits))
        tag = (hash << Self.shardBits) >> (64 - Self.tagBits)
    }
}

/// What fingerprints are made with: the id of the log, so that nobody who does not know it can choose ids that look alike.
struct FingerprintKey: Hashable, Sendable {
    let first: UInt64
    let second: UInt64

    /// The key of a log; that of none is for states that are never looked up in.
    init(_ logID: LogID?) {
        let bytes = logID?.bytes ?? []
        first = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        second = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The fingerprint of an id; nil for one that counts, which needs none.
    func fingerprint(of id: CommandID) -> CommandFingerprint? {
        switch id {
        case .sequence: return nil
        case .uuid7(let high, let low), .opaque(let high, let low):
            // The multipliers are odd and have about as many ones as zeros; what they are is part of a snapshot's format.
            let front = Self.folded(high ^ first, 0x9E37_79B9_7F4A_7C15)
            let hash = Self.folded(front ^ low ^ second, 0xD6E8_FEB8_6659_FD93)
            return CommandFingerprint(of: hash)
        }
    }

    /// Both halves of a product of 128 bits, one upon the other.
    static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
