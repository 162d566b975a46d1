/// A command's idempotency key: the ledger answers each one once (R20).
///
/// The caller makes it and keeps it before sending, so that a retry carries the same one.
public enum CommandID: Hashable, Sendable {
    /// The numbered command of a registered source: an import's row or a device's sequence. The cheapest form on disk.
    case sequence(source: UInt32, number: UInt64)

    /// A UUID of version 7.
    case uuid7(high: UInt64, low: UInt64)

    /// Any other 16 bytes.
    case opaque(high: UInt64, low: UInt64)
}

extension CommandID {
    /// Creates a key from 16 bytes, recognising a UUID of version 7 by its version and variant bits.
    public init(high: UInt64, low: UInt64) {
        let isVersion7 = (high >> 12) & 0xF == 7 && low >> 62 == 0b10
        self = isVersion7 ? .uuid7(high: high, low: low) : .opaque(high: high, low: low)
    }

    /// Creates a key from a UUID's text (any version, either case), or nil where it is not one.
    public init?(uuid text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return nil }
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for (index, byte) in bytes.enumerated() {
            if [8, 13, 18, 23].contains(index) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            words.high = words.high << 4 | words.low >> 60
            words.low = words.low << 4 | UInt64(digit)
        }
        self.init(high: words.high, low: words.low)
    }
}

extension CommandID: CustomStringConvertible {
    /// `source/number` for a sequence, the UUID's usual text for the others.
    public var description: String {
        switch self {
        case .sequence(let source, let number): return "\(source)/\(number)"
        case .uuid7(let high, let low), .opaque(let high, let low):
            let digits = hexadecimal(high) + hexadecimal(low)
            let cuts = [0, 8, 12, 16, 20, 32].map { digits.index(digits.startIndex, offsetBy: $0) }
            return zip(cuts, cuts.dropFirst()).map { String(digits[$0..<$1]) }.joined(separator: "-")
        }
    }
}

private func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
