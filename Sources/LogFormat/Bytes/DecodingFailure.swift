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

    /// Describes wrong bytes at `offset`.
    public init(offset: Int, expected: String, found: String) {
        self.offset = offset
        self.expected = expected
        self.found = found
    }

    /// The same failure in a buffer that starts `distance` bytes earlier, such as the file around a batch.
    public func shifted(by distance: Int) -> DecodingFailure {
        DecodingFailure(offset: offset + distance, expected: expected, found: found)
    }
}

extension DecodingFailure: CustomStringConvertible {
    /// The value as text, for people.
    public var description: String { "at byte \(offset): expected \(expected), found \(found)" }
}
