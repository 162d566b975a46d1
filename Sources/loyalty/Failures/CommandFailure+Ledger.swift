import LoyaltyLedger

extension CommandFailure {
    /// What a failure of the ledger means to the person at the command line.
    init(_ error: any Error, ledger path: String) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as LedgerError: self.init(error, ledger: path)
        case CommandError.ledger(let error): self.init(error, ledger: path)
        case is CancellationError:
            self.init(
                .failure,
                "the work was interrupted",
                hint: "What was acknowledged is durable; run the command again."
            )
        default: self.init(.failure, "\(error)", hint: "Run loyalty verify \(path) to check the ledger.")
        }
    }

    /// What a failure of the log means, with its place in the files.
    init(_ error: LogError, ledger path: String) {
        let hint = CommandFailure.hint(for: error.code, ledger: path)
        self.init(error.code == .locked ? .locked : .failure, "\(path): \(CommandFailure.clause(error))", hint: hint)
    }

    private init(_ error: LedgerError, ledger path: String) {
        if let log = error.log {
            self.init(log, ledger: path)
        } else {
            self.init(.failure, error.description, hint: CommandFailure.hint(for: error.code))
        }
    }

    /// What happened and where, without the advice.
    static func clause(_ error: LogError) -> String {
        var clause = error.message
        if let file = error.file { clause += "; file \(file)" }
        if let offset = error.offset { clause += ", byte \(offset)" }
        if let position = error.position { clause += ", position \(position)" }
        if let expected = error.expected { clause += "; expected \(expected)" }
        if let found = error.found { clause += ", found \(found)" }
        if let bit = error.flippedBit { clause += "; one flipped bit explains it: \(bit)" }
        if let row = error.row { clause += " (row \(row.rawValue))" }
        if let underlying = error.underlying, error.code != .locked { clause += "; the system said: \(underlying)" }
        return clause
    }

    private static func hint(for code: LogError.Code, ledger path: String) -> String {
        switch code {
        case .locked: "Wait for that process to end; commands that only read work meanwhile."
        case .notALog: "Check the path, or create a ledger there with loyalty init \(path) --program PROGRAM.json."
        case .newerFormat: "Use a later version of loyalty; nothing was changed."
        case .corrupt:
            "Nothing was changed. Keep a copy of the directory; loyalty verify \(path) shows all of the damage, and loyalty salvage "
                + "\(path) --to DIR saves what can be read."
        case .noSpace: "Make room on the disk and run the command again; it goes on where it stopped."
        case .alreadyExists: "Choose another directory, or import into the ledger that is there; nothing was changed."
        default:
            "Check the disk and the directory's permissions and run the command again; what was acknowledged is durable."
        }
    }

    private static func hint(for code: LedgerError.Code) -> String {
        switch code {
        case .grownFile:
            "Keep only the rows that are new; or import the file with --again if they are other purchases all the same."
        case .wrongClock: "A ledger made with --clock manual needs --now TIME; any other one takes none."
        case .badSupposition:
            "loyalty history and loyalty program show tell positions and programs; nothing was decided."
        case .badProgram: "Correct the program; Fixtures/programs shows the form."
        case .undecodable, .inconsistent:
            "Use the latest version of loyalty; if that does not help, keep a copy and report it."
        default: "Check the path and run the command again; what was acknowledged is durable."
        }
    }
}
