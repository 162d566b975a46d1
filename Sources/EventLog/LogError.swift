public import LogFormat
public import LogStorage
public import SystemPackage

/// An operation of the log that failed: what happened, where, and what to do next.
public struct LogError: Error, Hashable, Sendable {
    /// What kind of failure it is.
    ///
    /// New kinds may be added.
    public struct Code: Hashable, Sendable {
        private enum Kind: String {
            case corrupt, locked, poisoned, notALog, alreadyExists, newerFormat, noSpace, tooLarge, outOfOrder, closed,
                io
        }

        private let kind: Kind

        private init(_ kind: Kind) { self.kind = kind }

        /// Bytes that are not what was written.
        ///
        /// Nothing was changed.
        public static let corrupt = Code(.corrupt)
        /// Another process writes this log.
        public static let locked = Code(.locked)
        /// An earlier write or sync failed, so nothing more is accepted.
        public static let poisoned = Code(.poisoned)
        /// The directory holds no log.
        public static let notALog = Code(.notALog)
        /// The directory already holds a log.
        public static let alreadyExists = Code(.alreadyExists)
        /// The log was written by a later version of this library.
        public static let newerFormat = Code(.newerFormat)
        /// The disk is full.
        ///
        /// The log is intact, and may be appended to when there is room.
        public static let noSpace = Code(.noSpace)
        /// A batch that no segment of this log can hold.
        public static let tooLarge = Code(.tooLarge)
        /// A recorded time before that of the batch before.
        public static let outOfOrder = Code(.outOfOrder)
        /// The log was closed.
        public static let closed = Code(.closed)
        /// The file system refused.
        public static let io = Code(.io)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What happened, in a clause.
    public var message: String
    /// The file it happened to.
    public var file: FilePath?
    /// The byte in the file.
    public var offset: Int?
    /// The position in the log.
    public var position: Position?
    /// What the format asks for there.
    public var expected: String?
    /// What lies there.
    public var found: String?
    /// What the file system said.
    public var underlying: StorageError?
    /// The single flipped bit of the file that explains it, where there is one.
    public var flippedBit: FlippedBit?
    /// The row of the decision table that says what to do with it.
    public var row: RecoveryRow?

    /// Describes a failure.
    public init(
        _ code: Code,
        _ message: String,
        file: FilePath? = nil,
        offset: Int? = nil,
        position: Position? = nil,
        expected: String? = nil,
        found: String? = nil,
        underlying: StorageError? = nil,
        flippedBit: FlippedBit? = nil,
        row: RecoveryRow? = nil
    ) {
        self.code = code
        self.message = message
        self.file = file
        self.offset = offset
        self.position = position
        self.expected = expected
        self.found = found
        self.underlying = underlying
        self.flippedBit = flippedBit
        self.row = row
    }
}

extension LogError {
    /// Damage in a file.
    init(
        _ failure: DecodingFailure,
        in file: FilePath,
        _ message: String,
        position: Position? = nil,
        row: RecoveryRow?
    ) {
        self.init(
            .corrupt,
            message,
            file: file,
            offset: failure.offset,
            position: position,
            expected: failure.expected,
            found: failure.found,
            flippedBit: failure.flippedBit,
            row: row
        )
    }

    /// A call to the file system that failed.
    init(_ error: StorageError, _ message: String) {
        let code: Code =
            switch (error.operation, error.errno) {
            case (.lock, .wouldBlock): .locked
            case (_, .noSpace), (_, .diskQuotaExceeded): .noSpace
            default: .io
            }
        let said = code == .locked ? "another process writes this ledger: \(error.holder ?? "unknown")" : message
        self.init(code, said, file: error.path, offset: error.offset, underlying: error)
    }

    /// Runs storage calls whose failures all mean the same to the caller.
    static func storage<R>(_ message: String, _ body: () throws(StorageError) -> R) throws(LogError) -> R {
        do {
            return try body()
        } catch {
            throw LogError(error, message)
        }
    }
}

extension LogError: CustomStringConvertible {
    /// The failure and what to do about it, for people.
    public var description: String {
        var text = message
        if let file { text += "; file \(file)" }
        if let offset { text += ", byte \(offset)" }
        if let position { text += ", position \(position)" }
        if let expected { text += "; expected \(expected)" }
        if let found { text += ", found \(found)" }
        if let flippedBit { text += "; one flipped bit explains it: \(flippedBit)" }
        if let underlying { text += "; the system said: \(underlying)" }
        if let row { text += " (row \(row.rawValue))" }
        return text + ". " + code.advice
    }
}

extension LogError.Code: CustomStringConvertible {
    /// The value as text, for people.
    public var description: String { kind.rawValue }

    /// What to do next, in a sentence.
    var advice: String {
        switch kind {
        case .corrupt: "Nothing was changed: keep a copy of the directory, then run verify to see all of the damage."
        case .locked: "Wait for that process to end, or open the ledger for reading only."
        case .poisoned: "Close this ledger and open it again: opening finds out what is durable."
        case .notALog: "Check the path, or create a ledger there first."
        case .alreadyExists: "Open it, or choose another directory."
        case .newerFormat: "Use a later version of this program. Nothing was changed."
        case .noSpace: "Make room on the disk and try again."
        case .tooLarge: "Split the batch, or create the ledger with larger segments."
        case .outOfOrder: "Record the batch at the time of the batch before it, or later."
        case .closed: "Open the ledger again."
        case .io: "Check the disk and the permissions of the directory, then open the ledger again."
        }
    }
}
