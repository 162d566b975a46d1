internal import Synchronization
internal import SystemPackage

/// A lock by flock(2), which the system gives back when the process dies.
final class POSIXLock: LogLock {
    private let path: FilePath
    private let descriptor: Mutex<Descriptor?>

    init(_ path: FilePath, _ descriptor: consuming Descriptor) {
        self.path = path
        self.descriptor = Mutex(descriptor)
    }

    func release() throws(StorageError) {
        guard let taken = descriptor.withLock({ $0.take() }) else { return }
        do {
            try taken.close()
        } catch {
            throw StorageError(.close, path, errno: (error as? Errno) ?? .ioError)
        }
    }
}
