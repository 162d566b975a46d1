import Foundation

/// The physical limit of the same disk: the same bytes in the same number of writes, each followed by fdatasync.
struct RawLoop {
    let bytes: Int
    let syncs: Int

    func measure() throws -> Double {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("raw-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.EIO) }
        defer { close(descriptor) }
        // The ledger writes into files allocated ahead; so does this loop.
        let zeros = [UInt8](repeating: 0, count: bytes)
        guard write(descriptor, zeros, bytes) == bytes, fsync(descriptor) == 0 else { throw POSIXError(.EIO) }
        let chunk = [UInt8](repeating: 0xA7, count: max(bytes / syncs, 1))
        let clock = ContinuousClock()
        let start = clock.now
        for index in 0..<syncs {
            guard pwrite(descriptor, chunk, chunk.count, off_t(index * chunk.count)) == chunk.count,
                fdatasync(descriptor) == 0
            else { throw POSIXError(.EIO) }
        }
        return seconds(start.duration(to: clock.now))
    }
}
