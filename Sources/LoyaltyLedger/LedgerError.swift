public import EventLog
public import LoyaltyDomain

/// A failure of the ledger itself: of its files, of their contents, or of how it is used.
///
/// Never a business "no".
public struct LedgerError: Error, Sendable {
    /// What kind of failure it is, by what the caller can do next.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable word for the kind.
        public let description: String

        /// The log failed; `log` says how and where.
        public static let log = Code(description: "log")
        /// The log is intact, but an event in it is not what this version understands.
        public static let undecodable = Code(description: "undecodable")
        /// The log is intact, but its events contradict one another.
        public static let inconsistent = Code(description: "inconsistent")
        /// The ledger was opened for reading only.
        public static let readOnly = Code(description: "read-only")
        /// The ledger is closed.
        public static let closed = Code(description: "closed")
        /// The program or its change contradicts itself or the ledger.
        public static let badProgram = Code(description: "bad-program")
        /// A recorded time was given to a ledger with a system clock, or none to one with a manual clock.
        public static let wrongClock = Code(description: "wrong-clock")
        /// No ledger can be created at that path.
        public static let badPath = Code(description: "bad-path")
        /// A file whose first rows are those of an earlier import (D28).
        public static let grownFile = Code(description: "grown-file")
        /// A supposition names a position or program that is not there.
        public static let badSupposition = Code(description: "bad-supposition")
    }

    /// The kind of failure.
    public var code: Code
    /// What happened, in one sentence.
    public var message: String
    /// The position of the event concerned, where there is one.
    public var position: UInt64?
    /// The log's own error, where it is the cause.
    public var log: LogError?

    /// Creates an error.
    public init(_ code: Code, _ message: String, position: UInt64? = nil, log: LogError? = nil) {
        self.code = code
        self.message = message
        self.position = position
        self.log = log
    }

    init(_ error: LogError) {
        self.init(.log, error.description, log: error)
    }
}

extension LedgerError: CustomStringConvertible {
    /// The message, with the position where there is one.
    public var description: String {
        position.map { "\(message) (position \($0))" } ?? message
    }
}

/// Why one command of a batch got no receipt.
///
/// Nothing was recorded for it.
public enum CommandError: Error, Sendable {
    /// The same id was used before with another body; this is what the first one got (R20).
    case conflict(Receipt)
    /// No card of that name is issued.
    case unknownCard(CardID)
    /// The ledger has no program of that name.
    case unknownProgram(ProgramID)
    /// The command cannot be recorded as it stands: a text too long or an instant out of range.
    case malformed(String)
    /// The card would be issued more than ten minutes from now (D9); there is no card yet to record a refusal on.
    case occurredInFuture
    /// The ledger failed; nothing is known to be recorded.
    case ledger(LedgerError)
}

extension CommandError: CustomStringConvertible {
    /// One sentence for a person.
    public var description: String {
        switch self {
        case .conflict: "the command id was used before with another body"
        case .unknownCard(let card): "card \(card.text) is not issued"
        case .unknownProgram(let program): "the ledger has no program \(program.text)"
        case .malformed(let reason): reason
        case .occurredInFuture: "it occurred more than ten minutes after now; check the clock of the till"
        case .ledger(let error): error.description
        }
    }
}
