import LoyaltyLedger

/// A program's JSON document named on the command line.
struct ProgramFile {
    /// The path as it was typed.
    let path: String

    /// Reads the program.
    func read() throws(CommandFailure) -> Program {
        let bytes = try InputFile(path: path).bytes()
        do throws(ProgramDocumentError) {
            return try Program(document: bytes)
        } catch {
            throw CommandFailure(
                .failure,
                "\(path): \(error)",
                hint: "Correct the document there; nothing was recorded."
            )
        }
    }
}
