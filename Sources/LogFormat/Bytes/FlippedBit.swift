/// The one bit whose change explains a bad checksum.
///
/// A checksum is linear: what a flipped bit does to it depends on the bit's distance from the end alone. So one walk over the
/// distances finds the bit, without a checksum for each candidate. Below 2^28 bytes no two single bits do the same.
public struct FlippedBit: Hashable, Sendable {
    /// The offset of the byte, counted as the failure around it counts.
    public var byte: Int
    /// The bit in the byte, from 0, the lowest.
    public var bit: Int

    /// Names a bit.
    public init(byte: Int, bit: Int) {
        self.byte = byte
        self.bit = bit
    }

    /// Nothing longer than a section is searched.
    static let searchLimit = FormatLimits.sectionBytes

    /// The bit of `range`, or of the stored checksum itself, that turns one checksum into the other; nil if no single one does.
    ///
    /// - Parameter checksumOffset: Where the stored checksum lies; nil if it is known to be right.
    /// - Complexity: O(n) in the bytes of the range, without reading them.
    static func explaining(
        stored: UInt32,
        actual: UInt32,
        in range: Range<Int>,
        checksumOffset: Int?
    ) -> FlippedBit? {
        let syndrome = stored ^ actual
        if let checksumOffset, let bit = single(syndrome) {
            return FlippedBit(byte: checksumOffset + bit / 8, bit: bit % 8)
        }
        guard range.count <= searchLimit else { return nil }
        var change = CRC32C.polynomial
        for distance in 0..<range.count * 8 {
            if change == syndrome {
                let index = range.count * 8 - 1 - distance
                return FlippedBit(byte: range.lowerBound + index / 8, bit: index % 8)
            }
            change = (change >> 1) ^ (change & 1 == 1 ? CRC32C.polynomial : 0)
        }
        return nil
    }

    /// The one bit in which `range` differs from zeros; nil if there is none, or more than one.
    public static func alone(in bytes: [UInt8], _ range: Range<Int>) -> FlippedBit? {
        var found: FlippedBit?
        for index in range where bytes[index] != 0 {
            guard found == nil, let bit = single(UInt32(bytes[index])) else { return nil }
            found = FlippedBit(byte: index, bit: bit)
        }
        return found
    }

    /// The one bit in which a stored word differs from what it should be.
    static func between(_ stored: UInt32, _ expected: UInt32, at offset: Int) -> FlippedBit? {
        single(stored ^ expected).map { FlippedBit(byte: offset + $0 / 8, bit: $0 % 8) }
    }

    private static func single(_ word: UInt32) -> Int? {
        word.nonzeroBitCount == 1 ? word.trailingZeroBitCount : nil
    }
}

extension FlippedBit: CustomStringConvertible {
    /// The value as text, for people.
    public var description: String { "bit \(bit) of byte \(byte)" }
}
