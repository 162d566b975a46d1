import LogStorage
import LoyaltyLedgerTesting
import SystemPackage

/// A disk with one range of one file that cannot be read.
struct FailingDisk: LogStorage {
    private let base: MemoryDisk
    private let bad: FilePath
    private let range: Range<Int>

    init(_ base: MemoryDisk, _ bad: FilePath, _ range: Range<Int>) {
        self.base = base
        self.bad = bad
        self.range = range
    }

    func list(_ directory: FilePath) throws(StorageError) -> [String] { try base.list(directory) }
    func createDirectory(_ path: FilePath) throws(StorageError) { base.createDirectory(path) }
    func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        try base.createFile(path, size: size)
    }
    func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        let file = try base.open(path, for: access)
        return path == bad ? FailingFile(file, range) : file
    }
    func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError) { try base.rename(path, to: newPath) }
    func remove(_ path: FilePath) throws(StorageError) { try base.remove(path) }
    func removeDirectory(_ path: FilePath) throws(StorageError) { try base.removeDirectory(path) }
    func exists(_ path: FilePath) throws(StorageError) -> Bool { base.exists(path) }
    func syncDirectory(_ path: FilePath) throws(StorageError) {}
    func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock {
        try base.lock(path, holder: holder)
    }
    func isLocked(_ path: FilePath) throws(StorageError) -> Bool { base.isLocked(path) }
}

/// A file with a range that cannot be read.
private final class FailingFile: LogFile {
    private let base: any LogFile
    private let range: Range<Int>

    init(_ base: any LogFile, _ range: Range<Int>) {
        self.base = base
        self.range = range
    }

    var path: FilePath { base.path }
    func size() throws(StorageError) -> Int { try base.size() }
    func read(into buffer: inout [UInt8], _ place: Range<Int>, at offset: Int) throws(StorageError) -> Int {
        guard !range.overlaps(offset..<offset + place.count) else {
            throw StorageError(.read, path, offset: offset, errno: .ioError)
        }
        return try base.read(into: &buffer, place, at: offset)
    }
    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) { try base.write(bytes, at: offset) }
    func sync() throws(StorageError) { try base.sync() }
    func syncAll() throws(StorageError) { try base.syncAll() }
    func truncate(to size: Int) throws(StorageError) { try base.truncate(to: size) }
    func close() throws(StorageError) { try base.close() }
}
