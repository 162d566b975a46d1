public import LogStorage
internal import Synchronization
public import SystemPackage

/// A disk in memory that keeps what is written, counts nothing and fails nothing: for a great many short lives.
///
/// A copy shares the bytes of its files until one side changes them.
public final class MemoryDisk: LogStorage {
    struct State: Sendable {
        var files: [FilePath: MemoryNode] = [:]
        var directories: Set<FilePath> = []
        var locks: Set<FilePath> = []
    }

    let state: Mutex<State>

    /// A disk with an empty root directory.
    public init() { state = Mutex(State(directories: ["/"])) }

    /// A disk with the same files and no locks.
    public init(copying other: MemoryDisk) {
        var copy = other.state.withLock { $0 }
        copy.files = copy.files.mapValues { MemoryNode($0.bytes) }
        copy.locks = []
        state = Mutex(copy)
    }

    /// The paths of all files, in order.
    public var paths: [FilePath] { state.withLock { $0.files.keys.sorted { $0.string < $1.string } } }

    /// The bytes of a file; nil if there is none.
    public subscript(path: FilePath) -> [UInt8]? { state.withLock { $0.files[path]?.bytes } }

    /// Puts a file there, with the directories above it, over another one.
    public func put(_ bytes: [UInt8], at path: FilePath) {
        state.withLock { state in
            state.files[path] = MemoryNode(bytes)
            var directory = path.removingLastComponent()
            while state.directories.insert(directory).inserted { directory.removeLastComponent() }
        }
    }

    /// Changes the bytes of a file behind everybody's back.
    public func tamper(with path: FilePath, _ change: (inout [UInt8]) -> Void) {
        guard var bytes = self[path] else { return }
        change(&bytes)
        put(bytes, at: path)
    }

    /// Takes a file away behind everybody's back.
    public func lose(_ path: FilePath) { state.withLock { _ = $0.files.removeValue(forKey: path) } }

    /// The files of a directory of another disk, and of the directories in it, under the same paths.
    public func load(_ root: FilePath, from other: any LogStorage) throws(StorageError) {
        for name in try other.list(root) {
            let path = root.appending(name)
            do throws(StorageError) {
                put(try other.contents(of: path, limit: 1 << 30), at: path)
            } catch {
                try load(path, from: other)
            }
        }
    }
}

/// The bytes of one file; those who have it open go on seeing it when it is renamed or replaced.
final class MemoryNode: Sendable {
    private let content: Mutex<[UInt8]>

    init(_ bytes: [UInt8]) { content = Mutex(bytes) }

    var bytes: [UInt8] { content.withLock { $0 } }

    func change<R: Sendable>(_ body: (inout [UInt8]) -> R) -> R { content.withLock { body(&$0) } }
}
