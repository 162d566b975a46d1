private import Crypto

/// The SHA-256 that binds a batch and everything before it.
public struct ChainHash: Hashable, Sendable {
    /// The bytes, 32 of them.
    public let bytes: [UInt8]

    /// The number of bytes in a hash.
    public static let byteCount = 32

    /// The hash before the first batch: 32 zero bytes.
    public static let zero = ChainHash(unchecked: Array(repeating: 0, count: byteCount))

    /// Takes 32 bytes; nil if there are more or fewer.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Reads 64 lower-case hexadecimal digits; nil for anything else.
    public init?(hexadecimal text: some StringProtocol) {
        guard let bytes = Hexadecimal.bytes(text, count: Self.byteCount) else { return nil }
        self.bytes = bytes
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// The hash after a batch whose canonical bytes stand behind the hash before it in `linked`.
    init(hashing linked: [UInt8]) { bytes = Array(SHA256.hash(data: linked)) }

    /// The first eight bytes, by which a batch names the hash before it.
    public var link: UInt64 { ByteAccess.load(bytes, at: 0, as: UInt64.self) }
}

extension ChainHash: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }
}
