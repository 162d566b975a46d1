import LogStorage
import Synchronization
import SystemPackage

/// A storage that writes down every call before it passes it on, and may make reads slow.
final class RecordingStorage: LogStorage {
    /// One call.
    struct Call: Hashable, CustomStringConvertible {
        enum Name: String {
            case list, createDirectory, create, open, rename, remove, removeDirectory, exists, syncDirectory, lock,
                isLocked, size, read, willRead, write, fdatasync, fsync, truncate, close
        }

        var name: Name
        var path: FilePath
        var offset: Int?
        /// The bytes read or written, or the size of a file that is created or truncated.
        var count: Int?
        /// What was written.
        var bytes: [UInt8] = []

        /// The name and the last component of the path, without offsets.
        var description: String { "\(name) \(path.lastComponent?.string ?? path.string)" }
    }

    private let base: any LogStorage
    private let recorded = Mutex<[Call]>([])
    /// Called at each read, before it.
    private let onRead: @Sendable () -> Void

    init(_ base: any LogStorage, onRead: @escaping @Sendable () -> Void = {}) {
        self.base = base
        self.onRead = onRead
    }

    var calls: [Call] { recorded.withLock { $0 } }

    /// The calls that change something or make it durable, since the last time this was asked.
    func takeChanges() -> [Call] {
        let calls = recorded.withLock { calls in
            defer { calls.removeAll() }
            return calls
        }
        let changing: Set<Call.Name> = [
            .createDirectory, .create, .rename, .remove, .removeDirectory, .syncDirectory, .write, .fdatasync, .fsync,
            .truncate, .close,
        ]
        return calls.filter { changing.contains($0.name) }
    }

    fileprivate func note(
        _ name: Call.Name,
        _ path: FilePath,
        offset: Int? = nil,
        count: Int? = nil,
        bytes: [UInt8] = []
    ) {
        if name == .read { onRead() }
        recorded.withLock { $0.append(Call(name: name, path: path, offset: offset, count: count, bytes: bytes)) }
    }

    func list(_ directory: FilePath) throws(StorageError) -> [String] {
        note(.list, directory)
        return try base.list(directory)
    }

    func createDirectory(_ path: FilePath) throws(StorageError) {
        note(.createDirectory, path)
        try base.createDirectory(path)
    }

    func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        note(.create, path, count: size)
        return RecordingFile(self, try base.createFile(path, size: size))
    }

    func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        note(.open, path)
        return RecordingFile(self, try base.open(path, for: access))
    }

    func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError) {
        note(.rename, path)
        try base.rename(path, to: newPath)
    }

    func remove(_ path: FilePath) throws(StorageError) {
        note(.remove, path)
        try base.remove(path)
    }

    func removeDirectory(_ path: FilePath) throws(StorageError) {
        note(.removeDirectory, path)
        try base.removeDirectory(path)
    }

    func exists(_ path: FilePath) throws(StorageError) -> Bool {
        note(.exists, path)
        return try base.exists(path)
    }

    func syncDirectory(_ path: FilePath) throws(StorageError) {
        note(.syncDirectory, path)
        try base.syncDirectory(path)
    }

    func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock {
        note(.lock, path)
        return try base.lock(path, holder: holder)
    }

    func isLocked(_ path: FilePath) throws(StorageError) -> Bool {
        note(.isLocked, path)
        return try base.isLocked(path)
    }
}

private final class RecordingFile: LogFile {
    private let storage: RecordingStorage
    private let base: any LogFile

    init(_ storage: RecordingStorage, _ base: any LogFile) {
        self.storage = storage
        self.base = base
    }

    var path: FilePath { base.path }

    func size() throws(StorageError) -> Int {
        storage.note(.size, path)
        return try base.size()
    }

    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int {
        storage.note(.read, path, offset: offset, count: range.count)
        return try base.read(into: &buffer, range, at: offset)
    }

    func willRead(_ range: Range<Int>) {
        storage.note(.willRead, path, offset: range.lowerBound, count: range.count)
        base.willRead(range)
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        storage.note(.write, path, offset: offset, count: bytes.count, bytes: bytes)
        try base.write(bytes, at: offset)
    }

    func sync() throws(StorageError) {
        storage.note(.fdatasync, path)
        try base.sync()
    }

    func syncAll() throws(StorageError) {
        storage.note(.fsync, path)
        try base.syncAll()
    }

    func truncate(to size: Int) throws(StorageError) {
        storage.note(.truncate, path, count: size)
        try base.truncate(to: size)
    }

    func close() throws(StorageError) {
        storage.note(.close, path)
        try base.close()
    }
}
