/// Bytes that are not what the format says: where, what should be there, and what is.
///
/// A failure is a value, never a trap: every byte on disk is hostile until it is checked.
public struct DecodingFailure: Error, Hashable, Sendable {
    /// The offset of the first wrong byte in the buffer that was read, in bytes.
    public var offset: Int
    /// What the format asks for at that offset.
    public var expected: String
    /// What lies there.
    public var found: String
    /// The single flipped bit that explains it, where there is one.
    public var flippedBit: FlippedBit?
    /// The number of a type of event that this version does not know and may not pass over, where that is what is wrong.
    public var unknownType: UInt64?

    /// Describes wrong bytes at `offset`.
    public init(offset: Int, expected: String, found: String, flippedBit: FlippedBit? = nil) {
        self.offset = offset
        self.expected = expected
        self.found = found
        self.flippedBit = flippedBit
    }

    /// The same failure in a buffer that starts `distance` bytes earlier, such as the file around a batch.
    public func shifted(by distance: Int) -> DecodingFailure {
        let bit = flippedBit.map { FlippedBit(byte: $0.byte + distance, bit: $0.bit) }
        var shifted = self
        shifted.offset += distance
        shifted.flippedBit = bit
        return shifted
    }
}

extension DecodingFailure: CustomStringConvertible {
    /// The value as text, for people.
    public var description: String {
        let bit = flippedBit.map { "; one flipped bit explains it: \($0)" } ?? ""
        return "at byte \(offset): expected \(expected), found \(found)\(bit)"
    }
}
