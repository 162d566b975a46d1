/// Lower-case hexadecimal text, in and out.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// An integer in all its digits: 16 for a `UInt64`, 8 for a `UInt32`.
    static func text(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
        let short = String(value, radix: 16)
        return String(repeating: "0", count: value.bitWidth / 4 - short.count) + short
    }

    /// The bytes of `count` pairs of lower-case digits; nil for anything else.
    static func bytes(_ text: some StringProtocol, count: Int) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count == count * 2 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: characters.count, by: 2) {
            guard let high = nibble(characters[index]), let low = nibble(characters[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    /// The value of exactly 16 lower-case digits; nil for anything else.
    static func word(_ text: some StringProtocol) -> UInt64? {
        bytes(text, count: 8)?.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func nibble(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x61...0x66: character - 0x61 + 10
        default: nil
        }
    }
}
