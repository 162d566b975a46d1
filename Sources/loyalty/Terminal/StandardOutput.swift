import Foundation

/// Standard output for reports: text is gathered and written in large pieces.
struct StandardOutput: TextOutputStream {
    private var pending = ""
    private var failure: (any Error)?

    /// Keeps the text; the first failure to write ends all writing and is thrown by `finish`.
    mutating func write(_ text: String) {
        pending += text
        if pending.utf8.count >= 1 << 16 { flush() }
    }

    /// Writes what is left.
    ///
    /// - Throws: A failure where any of the text could not be written.
    consuming func finish() throws(CommandFailure) {
        flush()
        if let failure {
            throw CommandFailure(
                .failure,
                "cannot write to standard output: \(failure.localizedDescription)",
                hint: "The report is incomplete; check the disk or the program behind the pipe."
            )
        }
    }

    private mutating func flush() {
        guard failure == nil else { return }
        do {
            try StandardStream.output.write(pending)
        } catch {
            failure = error
        }
        pending = ""
    }
}
