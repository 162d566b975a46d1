public import SystemPackage

/// The file system of the operating system.
public struct POSIXStorage: LogStorage {
    /// A process that dies gives its lock up a moment late; so the lock is tried this often.
    private static let lockAttempts = 5
    private static let lockPauseMilliseconds = 50
    private static let holderLimit = 4096

    /// The file system.
    public init() {}

    /// The names in a directory.
    public func list(_ directory: FilePath) throws(StorageError) -> [String] {
        try naming(.list, directory) { () throws(Errno) in try SystemCalls.list(directory) }
    }

    /// Creates a directory.
    public func createDirectory(_ path: FilePath) throws(StorageError) {
        try naming(.createDirectory, path) { () throws(Errno) in try SystemCalls.createDirectory(path) }
    }

    /// Creates a file of zeros.
    public func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        let file = POSIXFile(path, try descriptor(.createFile, path, .readWrite, [.create, .exclusiveCreate]))
        do {
            try file.allocate(size)
        } catch {
            try? SystemCalls.remove(path)
            throw error
        }
        return file
    }

    /// Opens a file.
    public func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        POSIXFile(path, try descriptor(.open, path, access == .read ? .readOnly : .readWrite, []))
    }

    /// Renames a file.
    public func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError) {
        try naming(.rename, path) { () throws(Errno) in try SystemCalls.rename(path, to: newPath) }
    }

    /// Removes a file.
    public func remove(_ path: FilePath) throws(StorageError) {
        try naming(.remove, path) { () throws(Errno) in try SystemCalls.remove(path) }
    }

    /// Removes an empty directory.
    public func removeDirectory(_ path: FilePath) throws(StorageError) {
        try naming(.remove, path) { () throws(Errno) in try SystemCalls.removeDirectory(path) }
    }

    /// Whether there is such a file or directory.
    public func exists(_ path: FilePath) throws(StorageError) -> Bool {
        try naming(.size, path) { () throws(Errno) in try SystemCalls.exists(path) }
    }

    /// Makes the entries of a directory durable.
    public func syncDirectory(_ path: FilePath) throws(StorageError) {
        let directory = try descriptor(.syncDirectory, path.isEmpty ? "." : path, .readOnly, [.directory])
        try naming(.syncDirectory, path) { () throws(Errno) in try SystemCalls.fsync(directory.raw) }
    }

    /// Takes a lock.
    public func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock {
        let descriptor = try descriptor(.lock, path, .readWrite, [.create])
        for attempt in 1...Self.lockAttempts {
            let isOurs = try naming(.lock, path) { () throws(Errno) in
                try SystemCalls.tryLock(descriptor.raw, exclusively: true)
            }
            if isOurs {
                try name(holder, in: descriptor.raw, path)
                return POSIXLock(path, descriptor)
            }
            if attempt < Self.lockAttempts { SystemCalls.sleep(milliseconds: Self.lockPauseMilliseconds) }
        }
        let text = try? contents(of: path, limit: Self.holderLimit)
        let name = text.map { String(decoding: $0.prefix { $0 != 0x0a }, as: UTF8.self) }
        throw StorageError(.lock, path, errno: .wouldBlock, holder: name ?? "a process that did not name itself")
    }

    /// Writes the holder into the lock file; a full disk does not keep anybody from the lock.
    private func name(_ holder: String, in descriptor: FileDescriptor, _ path: FilePath) throws(StorageError) {
        do {
            try naming(.lock, path) { () throws(Errno) in
                // In this order it is written over what the last holder left, and needs no room of its own.
                try POSIXTransfer.write(Array(holder.utf8), to: descriptor, at: 0)
                try asErrno { try descriptor.resize(to: Int64(holder.utf8.count)) }
            }
        } catch  where error.errno == .noSpace || error.errno == .diskQuotaExceeded {
            return
        }
    }

    /// Whether somebody holds a lock.
    public func isLocked(_ path: FilePath) throws(StorageError) -> Bool {
        guard try exists(path) else { return false }
        let descriptor = try self.descriptor(.lock, path, .readOnly, [])
        let isFree = try naming(.lock, path) { () throws(Errno) in
            try SystemCalls.tryLock(descriptor.raw, exclusively: false)
        }
        return !isFree
    }

    private func descriptor(
        _ operation: StorageError.Operation,
        _ path: FilePath,
        _ mode: FileDescriptor.AccessMode,
        _ options: FileDescriptor.OpenOptions
    ) throws(StorageError) -> Descriptor {
        try naming(operation, path) { () throws(Errno) in
            let raw = try asErrno {
                try FileDescriptor.open(
                    path,
                    mode,
                    options: options.union(.closeOnExec),
                    permissions: [.ownerReadWrite, .groupRead, .otherRead]
                )
            }
            return Descriptor(raw)
        }
    }

    private func naming<R: ~Copyable>(
        _ operation: StorageError.Operation,
        _ path: FilePath,
        _ call: () throws(Errno) -> R
    ) throws(StorageError) -> R {
        do {
            return try call()
        } catch {
            throw StorageError(operation, path, errno: error)
        }
    }
}
