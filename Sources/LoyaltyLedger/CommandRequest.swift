public import LoyaltyDomain

/// One command of a batch with everything the ledger needs to answer it.
public struct CommandRequest: Sendable {
    /// What is asked for.
    public var command: CardCommand
    /// The idempotency key; a retry carries the same one.
    public var id: CommandID
    /// Who asks, and what they wrote beside it.
    public var context: CommandContext
    /// How to issue the card if it is unknown; nil refuses unknown cards.
    public var issuing: CardIssue?
    /// When it is recorded; for ledgers with a manual clock, and only for those.
    public var recordedAt: Timestamp?

    /// Creates a request.
    public init(
        _ command: CardCommand,
        id: CommandID,
        context: CommandContext = CommandContext(),
        issuing: CardIssue? = nil,
        recordedAt: Timestamp? = nil
    ) {
        self.command = command
        self.id = id
        self.context = context
        self.issuing = issuing
        self.recordedAt = recordedAt
    }
}

/// How an unknown card is issued on the way to its first command: at that command's time, not installed.
public struct CardIssue: Hashable, Sendable {
    /// The customer; the card's own serial serves as pseudonym where there is none.
    public var customer: CustomerID?
    /// The program; the ledger's only one where there is none.
    public var program: ProgramID?

    /// Creates the way to issue.
    public init(customer: CustomerID? = nil, program: ProgramID? = nil) {
        self.customer = customer
        self.program = program
    }
}
