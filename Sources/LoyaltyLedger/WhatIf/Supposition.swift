public import LoyaltyDomain

/// What a ledger is supposed to have been told, where that differs from what it was told (D6).
///
/// For example, "without the purchase at position 41, and under these rules since March":
///
///     var supposition = Supposition()
///     supposition.leftOut = [41]
///     supposition.rules = [Supposition.Rules(program, from: march)]
///     let report = try await ledger.whatIf(supposition)
public struct Supposition: Sendable {
    /// Commands that were never given, by the position of any of their events.
    ///
    /// A card that was issued on the way to one of them is issued on the way to the next command on it.
    public var leftOut: Set<UInt64> = []
    /// Commands that asked for something else, by the position of any of their events.
    public var changed: [UInt64: Change] = [:]
    /// Commands that were given besides.
    ///
    /// One with a recorded time is decided in its place in the order of those. One without is decided right before the first command on its card
    /// that occurred later, or behind all others where there is none, as if it had come in then.
    public var added: [CommandRequest] = []
    /// Rules in place of those the programs had.
    public var rules: [Rules] = []

    /// Supposes nothing: every command is decided again as it was.
    public init() {}

    /// How a command differs from the one that was given.
    public struct Change: Hashable, Sendable {
        /// What it asks for; nil for what it asked for.
        public var action: CardAction?
        /// When it happened at the till; nil for when it did.
        public var occurredAt: Timestamp?

        /// Creates a change.
        public init(action: CardAction? = nil, occurredAt: Timestamp? = nil) {
            self.action = action
            self.occurredAt = occurredAt
        }
    }

    /// Rules of a program that were others.
    public struct Rules: Hashable, Sendable {
        /// The program with its rules; its id names the ledger's program.
        public var program: Program
        /// From when they hold; nil for all the program's life.
        ///
        /// No rules that the program got later hold beside them.
        public var from: Timestamp?

        /// Creates rules.
        public init(_ program: Program, from: Timestamp? = nil) {
            self.program = program
            self.from = from
        }
    }
}
