import LogStorage
import Synchronization
import SystemPackage

/// The real disk, counting how often it was asked to sync a file, and failing on request.
final class CountingStorage: LogStorage {
    private let base = POSIXStorage()
    private let counts = Mutex((syncs: 0, reads: 0, failsSync: false))

    var syncs: Int { counts.withLock { $0.syncs } }
    var reads: Int { counts.withLock { $0.reads } }

    fileprivate func countRead() { counts.withLock { $0.reads += 1 } }

    func failSyncs() { counts.withLock { $0.failsSync = true } }

    fileprivate func countSync() throws(StorageError) {
        let fails = counts.withLock { counts in
            counts.syncs += 1
            return counts.failsSync
        }
        if fails { throw StorageError(.sync, "failing", errno: .ioError) }
    }

    func list(_ directory: FilePath) throws(StorageError) -> [String] { try base.list(directory) }
    func createDirectory(_ path: FilePath) throws(StorageError) { try base.createDirectory(path) }
    func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        CountingFile(base: try base.createFile(path, size: size), storage: self)
    }
    func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        CountingFile(base: try base.open(path, for: access), storage: self)
    }
    func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError) { try base.rename(path, to: newPath) }
    func remove(_ path: FilePath) throws(StorageError) { try base.remove(path) }
    func exists(_ path: FilePath) throws(StorageError) -> Bool { try base.exists(path) }
    func syncDirectory(_ path: FilePath) throws(StorageError) { try base.syncDirectory(path) }
    func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock {
        try base.lock(path, holder: holder)
    }
    func isLocked(_ path: FilePath) throws(StorageError) -> Bool { try base.isLocked(path) }
}

private final class CountingFile: LogFile {
    let base: any LogFile
    let storage: CountingStorage

    init(base: any LogFile, storage: CountingStorage) {
        self.base = base
        self.storage = storage
    }

    var path: FilePath { base.path }
    func size() throws(StorageError) -> Int { try base.size() }
    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int {
        storage.countRead()
        return try base.read(into: &buffer, range, at: offset)
    }
    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) { try base.write(bytes, at: offset) }
    func sync() throws(StorageError) {
        try storage.countSync()
        try base.sync()
    }
    func syncAll() throws(StorageError) { try base.syncAll() }
    func truncate(to size: Int) throws(StorageError) { try base.truncate(to: size) }
    func close() throws(StorageError) { try base.close() }
}
