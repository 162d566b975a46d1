/// Who asked, through what, where, and what they wrote beside it (R18, R20).
public struct CommandContext: Hashable, Sendable {
    /// The way the command came in.
    public var source: CommandSource

    /// Who, with what, where.
    public var attribution: Attribution

    /// The shop's own number for the transaction, such as a till receipt's.
    public var reference: String?

    /// A comment the customer may read; the display default is "Manual adjustments" (S54).
    public var customerComment: String?

    /// A note for staff only, never shown to a customer (S53, I9).
    public var internalNote: String?

    /// Creates a context.
    public init(
        source: CommandSource = .api,
        attribution: Attribution = Attribution(),
        reference: String? = nil,
        customerComment: String? = nil,
        internalNote: String? = nil
    ) {
        self.source = source
        self.attribution = attribution
        self.reference = reference
        self.customerComment = customerComment
        self.internalNote = internalNote
    }

    /// The most UTF-8 bytes a reference may have.
    public static let longestReference = 256

    /// The most UTF-8 bytes a comment or note may have.
    public static let longestText = 4096
}

/// The staff member, device and place behind a command; each may be unknown.
public struct Attribution: Hashable, Sendable {
    /// Who did it.
    public var staff: Label?
    /// With what.
    public var device: Label?
    /// Where.
    public var location: Label?

    /// Creates an attribution.
    public init(staff: Label? = nil, device: Label? = nil, location: Label? = nil) {
        self.staff = staff
        self.device = device
        self.location = location
    }

    /// Whether nothing is known.
    public var isEmpty: Bool { staff == nil && device == nil && location == nil }
}

/// The way a command came in (R20).
public enum CommandSource: UInt8, Hashable, Sendable, CaseIterable {
    /// A person at a screen.
    case dashboard = 1
    /// A scanner at the till.
    case scanner = 2
    /// Another program.
    case api = 3
    /// A file.
    case `import` = 4
    /// The ledger itself.
    case system = 5
    /// A device that did it without being able to ask; what it did is recorded even where there was not enough (D23).
    case offline = 6
}
