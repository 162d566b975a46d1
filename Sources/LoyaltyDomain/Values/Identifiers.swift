/// A card's serial number as the shop writes it: any text of 1 to 64 UTF-8 bytes without control characters (S4).
///
/// Two serials are one only where their bytes are: Unicode's other spellings of a character are other serials.
public struct CardID: Hashable, Sendable {
    /// The text.
    public let text: String

    /// Creates an identifier, or nil where the text is empty, too long or holds a control character.
    public init?(_ text: some StringProtocol) {
        guard isIdentifier(text, longest: 64) else { return nil }
        self.text = String(text)
    }
}

extension CardID {
    /// Creates an identifier from a whole text, or nil where it is none.
    public init?(_ text: String) {
        guard isIdentifier(text, longest: 64) else { return nil }
        self.text = text
    }

    /// Whether the serials have the same bytes.
    public static func == (left: CardID, right: CardID) -> Bool { hasSameBytes(left.text, right.text) }
}

/// A customer's pseudonym: never a name, an e-mail address or a telephone number (D8).
public struct CustomerID: Hashable, Sendable {
    /// The text.
    public let text: String

    /// Creates an identifier, or nil where the text is empty, longer than 64 UTF-8 bytes or holds a control character.
    public init?(_ text: some StringProtocol) {
        guard isIdentifier(text, longest: 64) else { return nil }
        self.text = String(text)
    }
}

extension CustomerID {
    /// Creates an identifier from a whole text, or nil where it is none.
    public init?(_ text: String) {
        guard isIdentifier(text, longest: 64) else { return nil }
        self.text = text
    }

    /// The customer who is called as a card is.
    package init(called card: CardID) { text = card.text }

    /// Whether it has the very bytes of a card's serial.
    package func isCalled(as card: CardID) -> Bool { hasSameBytes(text, card.text) }
}

/// The short name of a program within its ledger, such as `coffee`.
public struct ProgramID: Hashable, Sendable {
    /// The text.
    public let text: String

    /// Creates an identifier, or nil where the text is empty, longer than 64 UTF-8 bytes or holds a control character.
    public init?(_ text: some StringProtocol) {
        guard isIdentifier(text, longest: 64) else { return nil }
        self.text = String(text)
    }
}

/// The number of one version of one program's rules; numbered ledger-wide from 1.
public struct RuleVersion: Hashable, Comparable, Sendable {
    /// The number, from 1.
    public let rawValue: UInt32

    /// Creates a version number.
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Whether the left number is smaller.
    public static func < (left: RuleVersion, right: RuleVersion) -> Bool { left.rawValue < right.rawValue }
}

/// Which of a card's purses is meant.
public enum PurseKind: UInt8, Hashable, Sendable, CaseIterable {
    /// The one its stamps are in.
    case main = 0
    /// The one its bonus points are in (3.2).
    case bonus = 1
}

/// The dense number the ledger gives a card when it is issued, from 1; it is also the card's stream in the log.
public struct CardNumber: Hashable, Comparable, Sendable {
    /// The number, from 1.
    public let rawValue: UInt32

    /// Creates a card number.
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Whether the left number is smaller.
    public static func < (left: CardNumber, right: CardNumber) -> Bool { left.rawValue < right.rawValue }
}

/// The dense number of an event on its card, from 1.
///
/// It names an event within the card for ever.
public struct CardVersion: Hashable, Comparable, Sendable {
    /// The number, from 1; 0 stands before the first event.
    public let rawValue: UInt32

    /// Creates a card version.
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Whether the left number is smaller.
    public static func < (left: CardVersion, right: CardVersion) -> Bool { left.rawValue < right.rawValue }
}

/// The dense number of a program within its ledger, from 0.
public struct ProgramNumber: Hashable, Sendable {
    /// The number, from 0.
    public let rawValue: UInt16

    /// Creates a program number.
    public init(_ rawValue: UInt16) { self.rawValue = rawValue }
}
