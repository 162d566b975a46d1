import Crypto
public import LoyaltyDomain

extension CommandID {
    /// The key that a text stands for: a UUID for itself, any other text for the first 16 bytes of its SHA-256.
    ///
    /// Other systems name their transactions as they please; the same name is always the same key.
    public init(text: some StringProtocol) {
        if let uuid = CommandID(uuid: text) {
            self = uuid
            return
        }
        var hasher = SHA256()
        hasher.update(data: Array("loyalty-ledger command id\0".utf8))
        hasher.update(data: Array(text.utf8))
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for byte in hasher.finalize().prefix(16) {
            words.high = words.high << 8 | words.low >> 56
            words.low = words.low << 8 | UInt64(byte)
        }
        self.init(high: words.high, low: words.low)
    }
}
