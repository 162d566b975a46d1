/// The 16 random bytes that tell one log from every other.
public struct LogID: Hashable, Sendable {
    /// The bytes, 16 of them.
    public let bytes: [UInt8]

    /// The number of bytes in an id.
    public static let byteCount = 16

    /// Takes 16 bytes; nil if there are more or fewer, or if all are zero.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount, bytes.contains(where: { $0 != 0 }) else { return nil }
        self.bytes = bytes
    }

    /// Reads 32 lower-case hexadecimal digits; nil for anything else.
    public init?(hexadecimal text: String) {
        guard let bytes = Hexadecimal.bytes(text, count: Self.byteCount) else { return nil }
        self.init(bytes)
    }

    private init(random: inout some RandomNumberGenerator) {
        bytes = (0..<Self.byteCount).map { index in
            // One byte is never zero, so that the whole never is.
            index == 0 ? UInt8.random(in: 1...255, using: &random) : UInt8.random(in: 0...255, using: &random)
        }
    }

    /// A new id.
    public static func random() -> LogID {
        var generator = SystemRandomNumberGenerator()
        return LogID(random: &generator)
    }

    /// A new id from a generator, so that a seeded run repeats it.
    public static func random(using generator: inout some RandomNumberGenerator) -> LogID { LogID(random: &generator) }
}

extension LogID: CustomStringConvertible {
    /// 32 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }
}
