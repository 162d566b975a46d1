internal import LogStorage
internal import SystemPackage

/// The files of a log that were read last, kept open for all of its readers.
struct OpenFiles: Sendable {
    /// The most files that are kept open.
    static let limit = 128

    private var files: [FilePath: any LogFile] = [:]

    /// The file at a path, if it is open.
    subscript(path: FilePath) -> (any LogFile)? { files[path] }

    /// Keeps a file open; when there are too many, all others go, and those still in use are opened again.
    mutating func keep(_ file: any LogFile, at path: FilePath) {
        if files.count >= Self.limit { files.removeAll() }
        files[path] = file
    }
}
