internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// The names of the files in a ledger's directory.
struct LogDirectory: Sendable {
    let root: FilePath
    let storage: any LogStorage

    var lock: FilePath { root.appending("LOCK") }
    var manifest: FilePath { root.appending("MANIFEST") }
    var log: FilePath { root.appending("log") }

    private static let segmentSuffix = ".segment"
    private static let temporarySuffix = ".tmp"
    private static let sideInfix = ".torn-"

    /// The name of a file while it is made.
    func temporary(_ path: FilePath) -> FilePath { FilePath(path.string + Self.temporarySuffix) }
    func segment(_ first: Position) -> FilePath { log.appending(first.hexadecimal + Self.segmentSuffix) }
    func cards(_ first: Position) -> FilePath { log.appending(first.hexadecimal + ".cards") }

    /// The `attempt`th name for the bytes cut at an offset, from 1.
    func torn(_ first: Position, offset: Int, attempt: Int) -> FilePath {
        let digits = String(offset, radix: 16)
        let padded = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        return log.appending(first.hexadecimal + Self.sideInfix + padded + (attempt == 1 ? "" : "-\(attempt)"))
    }

    /// Checks that there is something to open, before anything is created.
    func checkIsLog() throws(LogError) {
        let isThere = try LogError.storage("the directory cannot be read") { () throws(StorageError) in
            try storage.exists(root)
        }
        guard isThere else { throw LogError(.notALog, "there is no directory here", file: root) }
        let holdsLog: Bool
        do throws(StorageError) {
            holdsLog = try storage.exists(log)
        } catch  where error.errno == .notDirectory {
            throw LogError(.notALog, "this is a file and no directory", file: root)
        } catch {
            throw LogError(error, "the directory cannot be read")
        }
        guard holdsLog else { throw LogError(.notALog, "this directory holds no ledger", file: root) }
    }

    /// The first positions of all segments, ascending.
    func segments() throws(LogError) -> [Position] {
        var found: [Position] = []
        for name in try names(in: log) {
            if let first = try segment(named: name) { found.append(first) }
        }
        return found.sorted()
    }

    /// What was cut from a segment: the side files, and the offsets that their names give.
    func sideFiles(of first: Position) throws(LogError) -> [(path: FilePath, offset: Int)] {
        let prefix = first.hexadecimal + Self.sideInfix
        return try names(in: log).sorted().compactMap { name in
            guard name.hasPrefix(prefix), !name.hasSuffix(Self.temporarySuffix) else { return nil }
            let digits = name.dropFirst(prefix.count).prefix { $0 != "-" }
            guard let offset = Int(digits, radix: 16), offset >= 0 else { return nil }
            return (log.appending(name), offset)
        }
    }

    /// The first position that the name of a segment gives; nil for the names of other files.
    func segment(named name: String) throws(LogError) -> Position? {
        guard name.hasSuffix(Self.segmentSuffix) else { return nil }
        guard let first = Position(hexadecimal: name.dropLast(Self.segmentSuffix.count)), first > .zero else {
            throw LogError(
                .corrupt,
                "a segment has a name that is no position",
                file: log.appending(name),
                expected: "16 hexadecimal digits",
                found: name,
                row: .strangeName
            )
        }
        return first
    }

    /// Removes files that were never finished; false if there were none.
    @discardableResult
    func removeTemporaries() throws(LogError) -> Bool {
        var found = false
        for directory in [root, log] {
            for name in try names(in: directory) where name.hasSuffix(Self.temporarySuffix) {
                try LogError.storage("an unfinished file cannot be removed") { () throws(StorageError) in
                    try storage.remove(directory.appending(name))
                }
                found = true
            }
        }
        return found
    }

    private func names(in directory: FilePath) throws(LogError) -> [String] {
        try LogError.storage("the directory cannot be read") { () throws(StorageError) in try storage.list(directory) }
    }
}
