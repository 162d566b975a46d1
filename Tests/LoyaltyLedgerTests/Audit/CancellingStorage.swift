import LogStorage
import Synchronization
import SystemPackage

/// The real disk, which stops a task when a certain file is opened: an audit that is interrupted.
final class CancellingStorage: LogStorage {
    private let base = POSIXStorage()
    private let armed = Mutex<(name: String, opens: Int, body: @Sendable () -> Void)?>(nil)

    /// Calls `body` when a file whose path ends so is opened for so many times.
    func whenOpened(_ name: String, times: Int, _ body: @escaping @Sendable () -> Void) {
        armed.withLock { $0 = (name, times, body) }
    }

    func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        let body = armed.withLock { armed -> (@Sendable () -> Void)? in
            guard let found = armed, path.string.hasSuffix(found.name) else { return nil }
            armed?.opens -= 1
            guard found.opens == 1 else { return nil }
            armed = nil
            return found.body
        }
        body?()
        return try base.open(path, for: access)
    }

    func list(_ directory: FilePath) throws(StorageError) -> [String] { try base.list(directory) }
    func createDirectory(_ path: FilePath) throws(StorageError) { try base.createDirectory(path) }
    func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        try base.createFile(path, size: size)
    }
    func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError) { try base.rename(path, to: newPath) }
    func remove(_ path: FilePath) throws(StorageError) { try base.remove(path) }
    func removeDirectory(_ path: FilePath) throws(StorageError) { try base.removeDirectory(path) }
    func exists(_ path: FilePath) throws(StorageError) -> Bool { try base.exists(path) }
    func syncDirectory(_ path: FilePath) throws(StorageError) { try base.syncDirectory(path) }
    func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock {
        try base.lock(path, holder: holder)
    }
    func isLocked(_ path: FilePath) throws(StorageError) -> Bool { try base.isLocked(path) }
}
