import LogStorage
import Synchronization
import SystemPackage

/// A storage on which, as long as it is full, no file can be created or grow; what is allocated can be written over.
final class FullDisk: LogStorage {
    private let base: any LogStorage
    private let full = Mutex(false)

    init(_ base: any LogStorage) { self.base = base }

    var isFull: Bool {
        get { full.withLock { $0 } }
        set { full.withLock { $0 = newValue } }
    }

    func list(_ directory: FilePath) throws(StorageError) -> [String] { try base.list(directory) }
    func createDirectory(_ path: FilePath) throws(StorageError) { try base.createDirectory(path) }

    func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        // An empty file takes a directory entry only; it is its first bytes that do not fit.
        if isFull, size > 0 { throw StorageError(.createFile, path, errno: .noSpace) }
        return File(self, try base.createFile(path, size: size))
    }

    func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        File(self, try base.open(path, for: access))
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

    private final class File: LogFile {
        private let disk: FullDisk
        private let base: any LogFile

        init(_ disk: FullDisk, _ base: any LogFile) {
            self.disk = disk
            self.base = base
        }

        var path: FilePath { base.path }
        func size() throws(StorageError) -> Int { try base.size() }
        func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int {
            try base.read(into: &buffer, range, at: offset)
        }
        func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
            if disk.isFull, try base.size() < offset + bytes.count {
                throw StorageError(.write, path, offset: offset, errno: .noSpace)
            }
            try base.write(bytes, at: offset)
        }
        func sync() throws(StorageError) { try base.sync() }
        func syncAll() throws(StorageError) { try base.syncAll() }
        func truncate(to size: Int) throws(StorageError) { try base.truncate(to: size) }
        func close() throws(StorageError) { try base.close() }
    }
}
