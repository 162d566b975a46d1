public import SystemPackage

/// The file-system seam: all that a log asks of a disk.
///
/// One call serves a whole batch, so calls go through an existential. Whoever implements this runs the conformance suite of
/// the tests over it.
public protocol LogStorage: Sendable {
    /// The names in a directory, without `.` and `..`, in no order.
    func list(_ directory: FilePath) throws(StorageError) -> [String]
    /// Creates a directory; one that exists is fine.
    func createDirectory(_ path: FilePath) throws(StorageError)
    /// Creates a file that must not exist, with `size` zero bytes that are allocated on disk, open for reading and writing.
    ///
    /// A file that could not be allocated is removed again.
    func createFile(_ path: FilePath, size: Int) throws(StorageError) -> any LogFile
    /// Opens a file that exists.
    func open(_ path: FilePath, for access: FileAccess) throws(StorageError) -> any LogFile
    /// Renames a file, over another one if there is one.
    func rename(_ path: FilePath, to newPath: FilePath) throws(StorageError)
    /// Removes a file.
    func remove(_ path: FilePath) throws(StorageError)
    /// Removes an empty directory; a storage that cannot leaves it there and throws.
    func removeDirectory(_ path: FilePath) throws(StorageError)
    /// Whether a file or directory exists.
    func exists(_ path: FilePath) throws(StorageError) -> Bool
    /// Makes the entries of a directory durable.
    func syncDirectory(_ path: FilePath) throws(StorageError)
    /// Takes an exclusive lock on a file, creating the file if need be, and writes `holder` into it.
    ///
    /// - Throws: a ``StorageError`` of operation `lock` with the holder's text if another process or handle has it.
    func lock(_ path: FilePath, holder: String) throws(StorageError) -> any LogLock
    /// Whether somebody holds the lock on a file; writes nothing.
    func isLocked(_ path: FilePath) throws(StorageError) -> Bool
}

/// What an open file may be used for.
public enum FileAccess: Sendable {
    /// Reading.
    case read
    /// Reading and writing.
    case readWrite
}

/// An open file.
///
/// Reads may come from any thread; the writing calls from one at a time.
public protocol LogFile: AnyObject, Sendable {
    /// The path it was opened by.
    var path: FilePath { get }
    /// The size in bytes.
    func size() throws(StorageError) -> Int
    /// Reads into `range` of `buffer` from `offset` on and returns how many bytes that were.
    ///
    /// It may be fewer than asked for at any time, as with read(2); it is none at the end of the file alone. Callers want
    /// ``fill(_:_:at:)``.
    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int
    /// Says that bytes will be read soon, so that the disk may begin; whether it does makes no other difference.
    func willRead(_ range: Range<Int>)
    /// Writes all of `bytes` at `offset`, or throws.
    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError)
    /// Makes what was written durable, as fdatasync does. Never call it again after it failed.
    func sync() throws(StorageError)
    /// Makes what was written and the file's size durable, as fsync does. Never call it again after it failed.
    func syncAll() throws(StorageError)
    /// Cuts the file to `size` bytes.
    func truncate(to size: Int) throws(StorageError)
    /// Closes the file. Dropping the last reference closes it too, but cannot report a failure.
    func close() throws(StorageError)
}

extension LogFile {
    /// Does nothing.
    public func willRead(_ range: Range<Int>) {}

    /// Fills `range` of `buffer` from `offset` on and returns how many bytes there were: fewer only at the end of the file.
    public func fill(_ buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int {
        var done = 0
        while done < range.count {
            let rest = range.lowerBound + done..<range.upperBound
            let count = try read(into: &buffer, rest, at: offset + done)
            guard count > 0 else { break }
            done += count
        }
        return done
    }

    /// Up to `count` bytes from `offset` on: fewer only at the end of the file.
    public func read(at offset: Int, count: Int) throws(StorageError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let found = try fill(&bytes, 0..<count, at: offset)
        bytes.removeLast(count - found)
        return bytes
    }
}

/// A lock that is held until it is released or dropped.
public protocol LogLock: AnyObject, Sendable {
    /// Gives the lock back.
    func release() throws(StorageError)
}

extension LogStorage {
    /// Leaves the directory there.
    public func removeDirectory(_ path: FilePath) throws(StorageError) {
        throw StorageError(.remove, path, errno: .notSupported)
    }

    /// The whole contents of a file of at most `limit` bytes; a longer one is an error of `read`, "file too large".
    public func contents(of path: FilePath, limit: Int) throws(StorageError) -> [UInt8] {
        let file = try open(path, for: .read)
        let size = try file.size()
        guard size <= limit else { throw StorageError(.read, path, errno: .fileTooLarge) }
        return try file.read(at: 0, count: size)
    }

    /// Puts a whole file in place of another, durably: temporary name, write, sync, rename, directory sync.
    public func replace(_ path: FilePath, with bytes: [UInt8]) throws(StorageError) {
        let temporary = FilePath(path.string + ".tmp")
        if try exists(temporary) { try remove(temporary) }
        let file = try createFile(temporary, size: 0)
        try file.write(bytes, at: 0)
        try file.syncAll()
        try file.close()
        try rename(temporary, to: path)
        try syncDirectory(path.removingLastComponent())
    }
}
