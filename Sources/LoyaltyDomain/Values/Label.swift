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
func isIdentifier(_ text: some StringProtocol, longest: Int) -> Bool { isIdentifier(String(text), longest: longest) }

/// Whether a text may serve as an identifier; it is walked over where it lies, as a generic walk costs ten times as much.
func isIdentifier(_ text: String, longest: Int) -> Bool {
    let bytes = text.utf8.span
    guard bytes.count >= 1 && bytes.count <= longest else { return false }
    for index in bytes.indices where bytes[index] < 0x20 || bytes[index] == 0x7F { return false }
    return true
}

/// Whether two texts have the same UTF-8 bytes, which is narrower than Swift's own equality of strings.
func hasSameBytes(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8.span, right.utf8.span)
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
}
