public import SystemPackage

/// The smallest pieces of unsynced state: each survives a crash whole or not at all.
public enum UnsyncedUnit: Hashable, Sendable {
    /// A sector of a file, by its number; `call` is the write that changed it last.
    case sector(FilePath, Int, call: Int)
    /// The size of a file; `from` is the durable one.
    case size(FilePath, from: Int, to: Int)
    /// The `index`th unsynced change to the names in a directory.
    case entry(FilePath, Int)
}

extension UnsyncedUnit: CustomStringConvertible {
    /// The value as text, for people.
    public var description: String {
        switch self {
        case .sector(let file, let number, let call): "sector \(number) of \(file), written by call \(call)"
        case .size(let file, let from, let to): "the size of \(file), from \(from) to \(to)"
        case .entry(let directory, let index): "change \(index) to the names in \(directory)"
        }
    }
}
