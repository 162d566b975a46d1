public import LogStorage
internal import Synchronization
public import SystemPackage

extension SimulatedDisk {
    /// The names in a directory.
    public func list(_ directory: FilePath) throws(StorageError) -> [String] {
        try call(.list, directory) { (state) throws(Errno) in
            guard state.directories.contains(directory) else { throw .noSuchFileOrDirectory }
            let paths = Set(state.live.keys).union(state.directories)
            return paths.filter { $0.removingLastComponent() == directory && $0 != directory }
                .compactMap { $0.lastComponent?.string }
        }
    }

    /// Creates a directory.
    public func createDirectory(_ path: FilePath) throws(StorageError) {
        try call(.createDirectory, path) { (state) throws(Errno) in _ = state.directories.insert(path) }
    }

    /// Creates a file of zeros.
    public func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        let number = try call(.createFile, path) { (state) throws(Errno) in
            guard state.live[path] == nil else { throw .fileExists }
            guard state.directories.contains(path.removingLastComponent()) else { throw .noSuchFileOrDirectory }
            state.nextNode += 1
            state.nodes[state.nextNode] = Node(live: [UInt8](repeating: 0, count: size))
            state.live[path] = state.nextNode
            return state.nextNode
        }
        return SimulatedFile(self, path, number, .readWrite)
    }

    /// Opens a file.
    public func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        let number = try call(.open, path) { (state) throws(Errno) in
            guard let number = state.live[path] else { throw .noSuchFileOrDirectory }
            return number
        }
        return SimulatedFile(self, path, number, access)
    }

    /// Renames a file.
    public func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError) {
        try call(.rename, path) { (state) throws(Errno) in
            guard let number = state.live.removeValue(forKey: path) else { throw .noSuchFileOrDirectory }
            state.live[newPath] = number
        }
    }

    /// Removes a file.
    public func remove(_ path: FilePath) throws(StorageError) {
        try call(.remove, path) { (state) throws(Errno) in
            guard state.live.removeValue(forKey: path) != nil else { throw .noSuchFileOrDirectory }
        }
    }

    /// Whether there is such a file or directory.
    public func exists(_ path: FilePath) throws(StorageError) -> Bool {
        try call(.size, path) { (state) throws(Errno) in
            state.live[path] != nil || state.directories.contains(path)
        }
    }

    /// Makes the entries of a directory durable.
    public func syncDirectory(_ path: FilePath) throws(StorageError) {
        try call(.syncDirectory, path) { (state) throws(Errno) in
            for entry in state.durable.keys where entry.removingLastComponent() == path { state.durable[entry] = nil }
            for (entry, number) in state.live where entry.removingLastComponent() == path {
                state.durable[entry] = number
            }
        }
    }

    /// Takes a lock.
    public func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock {
        let taken = try call(.lock, path) { (state) throws(Errno) -> String? in
            if state.locks.contains(path) {
                let text = state.live[path].flatMap { state.nodes[$0]?.live } ?? []
                return String(decoding: text.prefix { $0 != 0x0a }, as: UTF8.self)
            }
            state.nextNode += 1
            let number = state.live[path] ?? state.nextNode
            state.live[path] = number
            state.nodes[number] = Node(live: Array(holder.utf8), durable: state.nodes[number]?.durable ?? [])
            state.locks.insert(path)
            return nil
        }
        if let taken { throw StorageError(.lock, path, errno: .wouldBlock, holder: taken) }
        return SimulatedLock(self, path)
    }

    /// Whether somebody holds a lock.
    public func isLocked(_ path: FilePath) throws(StorageError) -> Bool {
        try call(.lock, path) { (state) throws(Errno) in state.locks.contains(path) }
    }
}

/// A lock on a simulated disk.
final class SimulatedLock: LogLock {
    private let disk: SimulatedDisk
    private let path: FilePath
    private let isHeld = Mutex(true)

    init(_ disk: SimulatedDisk, _ path: FilePath) {
        self.disk = disk
        self.path = path
    }

    func release() throws(StorageError) {
        let wasHeld = isHeld.withLock { held in
            defer { held = false }
            return held
        }
        if wasHeld { disk.state.withLock { state in _ = state.locks.remove(path) } }
    }

    deinit { try? release() }
}
