/// Why a command stopped, for the person who typed it, and what to do next.
struct CommandFailure: Error, Hashable {
    /// The exit status.
    let status: ExitStatus

    /// What went wrong: one line, without a period.
    let message: String

    /// What to do next: one line.
    let hint: String

    /// Creates a failure.
    init(_ status: ExitStatus, _ message: String, hint: String) {
        self.status = status
        self.message = message
        self.hint = hint
    }

    /// The command line asks for something that is not there or contradicts itself.
    static func usage(_ message: String, hint: String) -> CommandFailure {
        CommandFailure(.usage, message, hint: hint)
    }
}

extension CommandFailure: CustomStringConvertible {
    /// The two lines that go to standard error.
    var description: String { "loyalty: \(message)\n\(hint)" }
}
