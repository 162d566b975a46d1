internal import LogStorage
internal import SystemPackage

/// A storage whose syncs wait for the end: a log that nobody waits for is written in one go and made durable as a whole.
struct LateSyncStorage: LogStorage {
    let base: any LogStorage

    func list(_ directory: FilePath) throws(StorageError) -> [String] { try base.list(directory) }
    func createDirectory(_ path: FilePath) throws(StorageError) { try base.createDirectory(path) }
    func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        LateSyncFile(base: try base.createFile(path, size: size))
    }
    func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        LateSyncFile(base: try base.open(path, for: access))
    }
    func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError) { try base.rename(path, to: newPath) }
    func remove(_ path: FilePath) throws(StorageError) { try base.remove(path) }
    func removeDirectory(_ path: FilePath) throws(StorageError) { try base.removeDirectory(path) }
    func exists(_ path: FilePath) throws(StorageError) -> Bool { try base.exists(path) }
    func syncDirectory(_ path: FilePath) throws(StorageError) {}
    func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock {
        try base.lock(path, holder: holder)
    }
    func isLocked(_ path: FilePath) throws(StorageError) -> Bool { try base.isLocked(path) }

    /// Makes every file of a directory durable; its entries are the caller's.
    func syncFiles(in directory: FilePath) throws(StorageError) {
        for name in try base.list(directory) {
            let path = directory.appending(name)
            // Directories are synced by their own call.
            guard let file = try? base.open(path, for: .readWrite) else { continue }
            try file.syncAll()
            try file.close()
        }
    }
}

/// A file whose syncs wait for the end.
final class LateSyncFile: LogFile {
    private let base: any LogFile

    init(base: any LogFile) { self.base = base }

    var path: FilePath { base.path }
    func size() throws(StorageError) -> Int { try base.size() }
    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int {
        try base.read(into: &buffer, range, at: offset)
    }
    func willRead(_ range: Range<Int>) { base.willRead(range) }
    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) { try base.write(bytes, at: offset) }
    func sync() throws(StorageError) {}
    func syncAll() throws(StorageError) {}
    func truncate(to size: Int) throws(StorageError) { try base.truncate(to: size) }
    func close() throws(StorageError) { try base.close() }
}
