import Foundation

/// A file named on the command line.
struct InputFile {
    /// The path as it was typed.
    let path: String

    /// All of its bytes.
    func bytes() throws(CommandFailure) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe))
        } catch {
            let reason = (error as NSError).localizedFailureReason ?? error.localizedDescription
            throw CommandFailure(
                .failure,
                "cannot read \(path): \(reason)",
                hint: "Check the path and its permissions."
            )
        }
    }
}
