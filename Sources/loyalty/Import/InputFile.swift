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

    /// Whether another path leads to the same file, through whatever links and detours.
    func isFile(at other: String) -> Bool {
        var (own, others) = (stat(), stat())
        guard stat(path, &own) == 0, stat(other, &others) == 0 else { return false }
        return own.st_dev == others.st_dev && own.st_ino == others.st_ino
    }
}
