public import LogStorage
internal import Synchronization
public import SystemPackage

extension SimulatedDisk {
    /// The names in a directory, sorted, so that a run can be repeated.
    public func list(_ directory: FilePath) throws(StorageError) -> [String] {
        try call(.list, directory) { (state, _) throws(Errno) in
            guard let names = state.directories[directory.string]?.live.keys else { throw .noSuchFileOrDirectory }
            return names.sorted()
        }
    }

    /// Creates a directory; one whose parent the disk does not know is the root of a file system, and durable at once.
    public func createDirectory(_ path: FilePath) throws(StorageError) {
        try call(.createDirectory, path) { (state, _) throws(Errno) in
            guard state.directories[path.string] == nil else { return }
            let (parent, name) = State.split(path.string)
            guard state.entry(at: path) == nil else { throw .fileExists }
            state.directories[path.string] = DiskDirectory()
            if parent == path.string || state.directories[parent] == nil {
                state.roots.insert(path.string)
            } else {
                state.directories[parent]?.add(name, .directory)
            }
        }
    }

    /// Creates a file of zeros.
    public func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        let (number, epoch) = try call(.createFile, path, count: size) { (state, _) throws(Errno) in
            let (parent, name) = State.split(path.string)
            guard state.directories[parent] != nil else { throw .noSuchFileOrDirectory }
            guard state.entry(at: path) == nil else { throw .fileExists }
            let number = state.nodes.count
            state.nodes.append(DiskNode(live: [UInt8](repeating: 0, count: size), durableCount: 0))
            state.directories[parent]?.add(name, .file(number))
            return (number, state.epoch)
        }
        return SimulatedFile(self, path, number, .readWrite, epoch)
    }

    /// Opens a file.
    public func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        let (number, epoch) = try call(.open, path) { (state, _) throws(Errno) in
            guard let number = state.node(at: path) else { throw .noSuchFileOrDirectory }
            return (number, state.epoch)
        }
        return SimulatedFile(self, path, number, access, epoch)
    }

    /// Renames a file.
    public func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError) {
        try call(.rename, path) { (state, _) throws(Errno) in
            guard let number = state.node(at: path) else { throw .noSuchFileOrDirectory }
            let (parent, name) = State.split(path.string)
            let (newParent, newName) = State.split(newPath.string)
            guard state.directories[newParent] != nil else { throw .noSuchFileOrDirectory }
            if parent == newParent {
                state.directories[parent]?.rename(name, to: newName, .file(number))
            } else {
                state.directories[newParent]?.add(newName, .file(number))
                state.directories[parent]?.remove(name)
            }
        }
    }

    /// Removes a file.
    public func remove(_ path: FilePath) throws(StorageError) {
        try call(.remove, path) { (state, _) throws(Errno) in
            guard state.node(at: path) != nil else { throw .noSuchFileOrDirectory }
            let (parent, name) = State.split(path.string)
            state.directories[parent]?.remove(name)
        }
    }

    /// Whether there is such a file or directory.
    public func exists(_ path: FilePath) throws(StorageError) -> Bool {
        try call(.size, path) { (state, _) throws(Errno) in
            state.directories[path.string] != nil || state.node(at: path) != nil
        }
    }

    /// Makes the entries of a directory durable.
    public func syncDirectory(_ path: FilePath) throws(StorageError) {
        try call(.syncDirectory, path) { (state, _) throws(Errno) in
            // The root of a file system may have a parent that the disk does not know.
            state.directories[path.string]?.sync()
        }
    }

    /// Takes a lock.
    public func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock {
        let (taken, epoch) = try call(.lock, path) { (state, turn) throws(Errno) -> (String?, Int) in
            if state.locks.contains(path) {
                let text = state.node(at: path).map { state.nodes[$0].live } ?? []
                return (String(decoding: text.prefix { $0 != 0x0a }, as: UTF8.self), state.epoch)
            }
            let (parent, name) = State.split(path.string)
            guard state.directories[parent] != nil else { throw .noSuchFileOrDirectory }
            let bytes = Array(holder.utf8)
            var number = state.nodes.count
            if let known = state.node(at: path) {
                number = known
            } else {
                state.nodes.append(DiskNode(live: [], durableCount: 0))
                state.directories[parent]?.add(name, .file(number))
            }
            state.nodes[number].truncate(to: 0, call: turn.number)
            state.nodes[number].write(bytes, count: bytes.count, at: 0, call: turn.number)
            state.locks.insert(path)
            return (nil, state.epoch)
        }
        if let taken { throw StorageError(.lock, path, errno: .wouldBlock, holder: taken) }
        return SimulatedLock(self, path, epoch)
    }

    /// Whether somebody holds a lock.
    public func isLocked(_ path: FilePath) throws(StorageError) -> Bool {
        try call(.lock, path) { (state, _) throws(Errno) in state.locks.contains(path) }
    }
}

/// A lock on a simulated disk.
final class SimulatedLock: LogLock {
    private let disk: SimulatedDisk
    private let path: FilePath
    private let epoch: Int
    private let isHeld = Mutex(true)

    init(_ disk: SimulatedDisk, _ path: FilePath, _ epoch: Int) {
        self.disk = disk
        self.path = path
        self.epoch = epoch
    }

    func release() throws(StorageError) {
        let wasHeld = isHeld.withLock { held in
            defer { held = false }
            return held
        }
        guard wasHeld else { return }
        disk.state.withLock { state in
            if state.epoch == epoch { state.locks.remove(path) }
        }
    }

    deinit { try? release() }
}
