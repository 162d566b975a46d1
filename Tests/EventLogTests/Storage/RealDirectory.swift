import LogStorage
import LoyaltyLedgerTesting
import SystemPackage

/// A directory of the real file system, removed with all that is in it when it is dropped.
final class RealDirectory {
    let root: FilePath
    private let storage = POSIXStorage()

    /// An empty directory that does not exist yet.
    init() { root = FilePath("/tmp/loyalty-log-\(UInt64.random(in: 0...UInt64.max))") }

    /// The files of `/ledger` on a disk in memory.
    convenience init(copying disk: MemoryDisk) throws {
        self.init()
        for path in disk.paths {
            var relative = path
            _ = relative.removePrefix(LogFixture.root)
            let target = root.pushing(relative)
            try storage.createDirectory(root)
            try storage.createDirectory(target.removingLastComponent())
            let file = try storage.createFile(target, size: 0)
            try file.write(disk[path] ?? [], at: 0)
            try file.close()
        }
    }

    deinit { try? remove(root) }

    private func remove(_ directory: FilePath) throws(StorageError) {
        for name in try storage.list(directory) {
            let path = directory.appending(name)
            do throws(StorageError) {
                try storage.remove(path)
            } catch {
                try remove(path)
            }
        }
        try storage.removeDirectory(directory)
    }
}
