internal import SystemPackage

/// Sole ownership of an open file descriptor: closed exactly once.
struct Descriptor: ~Copyable, Sendable {
    let raw: FileDescriptor

    init(_ raw: FileDescriptor) { self.raw = raw }

    consuming func close() throws {
        let descriptor = raw
        discard self
        // Linux gives the descriptor up even when close reports an error, so it is never tried again.
        try descriptor.close()
    }

    deinit { try? raw.close() }
}
