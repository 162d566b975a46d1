import LogStorage
import Synchronization
import SystemPackage

/// The real disk, which keeps the last write and may take another time to sync.
final class MeasuredStorage: LogStorage {
    /// How a sync is done.
    enum Sync: Sendable {
        /// By the device.
        case device
        /// Not at all: for the cost of everything else, never for a figure of its own.
        case none
        /// By waiting until so much time has gone by.
        case fixed(Duration)
    }

    /// Bytes and where they were written.
    struct Write: Sendable {
        var bytes: [UInt8] = []
        var offset = 0
    }

    private let base = POSIXStorage()
    private let last = Mutex(Write())
    fileprivate let sync: Sync

    init(sync: Sync = .device) { self.sync = sync }

    /// The last write to any file.
    var lastWrite: Write { last.withLock { $0 } }

    fileprivate func note(_ bytes: [UInt8], at offset: Int) {
        // A copy: to hold on to the caller's own buffer would cost it a new one at its next write.
        let copy = bytes.withUnsafeBufferPointer { Array($0) }
        last.withLock { $0 = Write(bytes: copy, offset: offset) }
    }

    func list(_ directory: FilePath) throws(StorageError) -> [String] { try base.list(directory) }
    func createDirectory(_ path: FilePath) throws(StorageError) { try base.createDirectory(path) }
    func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile {
        MeasuredFile(try base.createFile(path, size: size), self)
    }
    func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile {
        MeasuredFile(try base.open(path, for: access), self)
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

private final class MeasuredFile: LogFile {
    private let base: any LogFile
    private let storage: MeasuredStorage

    init(_ base: any LogFile, _ storage: MeasuredStorage) {
        self.base = base
        self.storage = storage
    }

    var path: FilePath { base.path }
    func size() throws(StorageError) -> Int { try base.size() }
    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int {
        try base.read(into: &buffer, range, at: offset)
    }
    func willRead(_ range: Range<Int>) { base.willRead(range) }
    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        storage.note(bytes, at: offset)
        try base.write(bytes, at: offset)
    }
    func sync() throws(StorageError) {
        switch storage.sync {
        case .device: try base.sync()
        case .none: break
        case .fixed(let duration): Pause.wait(duration)
        }
    }
    func syncAll() throws(StorageError) { try base.syncAll() }
    func truncate(to size: Int) throws(StorageError) { try base.truncate(to: size) }
    func close() throws(StorageError) { try base.close() }
}
