import Foundation

/// A file filled with zeros, into which the raw loop writes.
final class RawFile {
    private let descriptor: Int32
    private let path: String

    /// Creates the file with its zeros on the device.
    init(at path: String, capacity: Int) throws {
        self.path = path
        descriptor = open(path, O_CREAT | O_TRUNC | O_RDWR, 0o600)
        let zeros = [UInt8](repeating: 0, count: capacity)
        guard descriptor >= 0, posix_fallocate(descriptor, 0, off_t(capacity)) == 0,
            pwrite(descriptor, zeros, capacity, 0) == capacity, fsync(descriptor) == 0
        else { throw POSIXError(.EIO) }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// Writes bytes and syncs them, and tells how long that took.
    func commit(_ bytes: [UInt8], at offset: Int) throws -> Duration {
        let start = ContinuousClock.now
        guard pwrite(descriptor, bytes, bytes.count, off_t(offset)) == bytes.count, fdatasync(descriptor) == 0 else {
            throw POSIXError(.EIO)
        }
        return ContinuousClock.now - start
    }
}
