/// A short name a service gives to a staff member, a device or a place: 1 to 64 UTF-8 bytes without control characters (R20).
public struct Label: Hashable, Sendable {
    /// The text.
    public let text: String

    /// Creates a label, or nil where the text is empty, too long or holds a control character.
    public init?(_ text: some StringProtocol) {
        guard isIdentifier(text, longest: 64) else { return nil }
        self.text = String(text)
    }
}

/// Whether text may serve as an identifier: not empty, not too long, no control characters.
func isIdentifier(_ text: some StringProtocol, longest: Int) -> Bool {
    (1...longest).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
}
