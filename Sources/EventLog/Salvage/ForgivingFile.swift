internal import LogFormat
internal import LogStorage
internal import Synchronization
internal import SystemPackage

/// A file on a failing disk: sectors that cannot be read are read as zeros, which no checksum accepts, and remembered.
final class ForgivingFile: LogFile {
    let path: FilePath
    private let base: any LogFile
    private let failures = Mutex<[(offset: Int, error: StorageError)]>([])

    init(_ base: any LogFile) {
        self.base = base
        path = base.path
    }

    func size() throws(StorageError) -> Int { try base.size() }

    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int {
        if let count = try? base.read(into: &buffer, range, at: offset) { return count }
        var done = 0
        while done < range.count {
            // To the end of the sector, so that a bad one costs no more than itself.
            let sector = FormatLimits.sectorBytes
            let wanted = min(range.count - done, sector - (offset + done) % sector)
            let piece = range.lowerBound + done..<range.lowerBound + done + wanted
            do {
                let count = try base.read(into: &buffer, piece, at: offset + done)
                done += count
                if count < wanted { return done }
            } catch {
                for index in piece { buffer[index] = 0 }
                failures.withLock { $0.append((offset + done, error)) }
                done += wanted
            }
        }
        return done
    }

    /// What the disk said about the bytes from one offset to another; nil where it gave them all.
    func failure(in range: Range<Int>) -> StorageError? {
        failures.withLock { all in
            all.first { $0.offset < range.upperBound && $0.offset + FormatLimits.sectorBytes > range.lowerBound }?.error
        }
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) { throw refused(.write) }
    func sync() throws(StorageError) { throw refused(.sync) }
    func syncAll() throws(StorageError) { throw refused(.sync) }
    func truncate(to size: Int) throws(StorageError) { throw refused(.truncate) }
    func close() throws(StorageError) { try base.close() }

    /// A damaged log is read and nothing else.
    private func refused(_ operation: StorageError.Operation) -> StorageError {
        StorageError(operation, path, errno: .readOnlyFileSystem)
    }
}
