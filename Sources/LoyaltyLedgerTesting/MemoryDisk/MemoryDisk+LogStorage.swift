public import LogStorage
internal import Synchronization
public import SystemPackage

extension MemoryDisk {
    /// The names in a directory.
    public func list(_ directory: FilePath) throws(StorageError) -> [String] {
        let names = state.withLock { state -> [String]? in
            guard state.directories.contains(directory) else { return nil }
            let paths = Array(state.files.keys) + Array(state.directories)
            return paths.filter { $0 != directory && $0.removingLastComponent() == directory }
                .compactMap { $0.lastComponent?.string }
        }
        guard let names else { throw StorageError(.list, directory, errno: .noSuchFileOrDirectory) }
        return names
    }

    /// Creates a directory.
    public func createDirectory(_ path: FilePath) { state.withLock { _ = $0.directories.insert(path) } }

    /// Creates a file of zeros.
    public func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        let node = MemoryNode([UInt8](repeating: 0, count: size))
        let isNew = state.withLock { state in
            guard state.files[path] == nil else { return false }
            state.files[path] = node
            return true
        }
        guard isNew else { throw StorageError(.createFile, path, errno: .fileExists) }
        return MemoryFile(path, node, .readWrite)
    }

    /// Opens a file.
    public func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        guard let node = state.withLock({ $0.files[path] }) else {
            throw StorageError(.open, path, errno: .noSuchFileOrDirectory)
        }
        return MemoryFile(path, node, access)
    }

    /// Renames a file, or a directory with all that is in it.
    public func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError) {
        let isThere = state.withLock { state in
            if let node = state.files.removeValue(forKey: path) {
                state.files[newPath] = node
                return true
            }
            guard state.directories.remove(path) != nil else { return false }
            state.directories.insert(newPath)
            for old in state.directories where old.starts(with: path) {
                state.directories.remove(old)
                state.directories.insert(Self.moved(old, path, newPath))
            }
            for (old, node) in state.files where old.starts(with: path) {
                state.files[old] = nil
                state.files[Self.moved(old, path, newPath)] = node
            }
            return true
        }
        guard isThere else { throw StorageError(.rename, path, errno: .noSuchFileOrDirectory) }
    }

    private static func moved(_ path: FilePath, _ old: FilePath, _ new: FilePath) -> FilePath {
        var rest = path
        _ = rest.removePrefix(old)
        return new.pushing(rest)
    }

    /// Removes a file.
    public func remove(_ path: FilePath) throws(StorageError) {
        guard state.withLock({ $0.files.removeValue(forKey: path) }) != nil else {
            throw StorageError(.remove, path, errno: .noSuchFileOrDirectory)
        }
    }

    /// Removes an empty directory.
    public func removeDirectory(_ path: FilePath) throws(StorageError) {
        guard state.withLock({ $0.directories.remove(path) }) != nil else {
            throw StorageError(.remove, path, errno: .noSuchFileOrDirectory)
        }
    }

    /// Whether there is such a file or directory.
    public func exists(_ path: FilePath) -> Bool {
        state.withLock { $0.files[path] != nil || $0.directories.contains(path) }
    }

    /// Everything is durable as soon as it is written.
    public func syncDirectory(_ path: FilePath) {}

    /// Takes a lock.
    public func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock {
        let isOurs = state.withLock { state in
            guard state.locks.insert(path).inserted else { return false }
            state.files[path] = MemoryNode(Array(holder.utf8))
            return true
        }
        guard isOurs else { throw StorageError(.lock, path, errno: .wouldBlock, holder: "another handle") }
        return MemoryLock(self, path)
    }

    /// Whether somebody holds a lock.
    public func isLocked(_ path: FilePath) -> Bool { state.withLock { $0.locks.contains(path) } }
}

/// A lock on a disk in memory.
final class MemoryLock: LogLock {
    private let disk: MemoryDisk
    private let path: FilePath
    private let isHeld = Mutex(true)

    init(_ disk: MemoryDisk, _ path: FilePath) {
        self.disk = disk
        self.path = path
    }

    func release() {
        let wasHeld = isHeld.withLock { held in
            defer { held = false }
            return held
        }
        if wasHeld { disk.state.withLock { state in _ = state.locks.remove(path) } }
    }

    deinit { release() }
}
