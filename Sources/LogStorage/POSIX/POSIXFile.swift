internal import Synchronization
internal import SystemPackage

/// A file of the operating system.
final class POSIXFile: LogFile {
    let path: FilePath
    /// Taken out by `close`.
    ///
    /// The lock is held to look at it, never during a call.
    private let descriptor: Mutex<Descriptor?>

    init(_ path: FilePath, _ descriptor: consuming Descriptor) {
        self.path = path
        self.descriptor = Mutex(descriptor)
    }

    /// Zeros are written in pieces of this many bytes.
    private static let zeroBytes = 1 << 20

    func size() throws(StorageError) -> Int {
        try call(.size) { (descriptor) throws(Errno) in try SystemCalls.size(descriptor) }
    }

    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count, "\(range) lies outside the buffer")
        let descriptor = try open(.read)
        do {
            return try POSIXTransfer.read(descriptor, into: &buffer, range, at: offset)
        } catch {
            throw StorageError(.read, path, offset: offset, errno: error)
        }
    }

    func willRead(_ range: Range<Int>) {
        guard let raw = descriptor.withLock({ $0?.raw }) else { return }
        SystemCalls.adviseReading(raw, range)
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        try call(.write, offset) { (descriptor) throws(Errno) in
            try POSIXTransfer.write(bytes, to: descriptor, at: offset)
        }
    }

    func sync() throws(StorageError) {
        try call(.sync) { (descriptor) throws(Errno) in try SystemCalls.fdatasync(descriptor) }
    }

    func syncAll() throws(StorageError) {
        try call(.sync) { (descriptor) throws(Errno) in try SystemCalls.fsync(descriptor) }
    }

    func truncate(to size: Int) throws(StorageError) {
        try call(.truncate, size) { (descriptor) throws(Errno) in
            try asErrno { try descriptor.resize(to: Int64(size)) }
        }
    }

    func close() throws(StorageError) {
        guard let taken = descriptor.withLock({ $0.take() }) else { return }
        do {
            try taken.close()
        } catch {
            throw StorageError(.close, path, errno: (error as? Errno) ?? .ioError)
        }
    }

    /// Reserves `size` bytes and writes zeros over them: overwriting later costs no change of metadata.
    func allocate(_ size: Int) throws(StorageError) {
        try call(.createFile) { (descriptor) throws(Errno) in
            try SystemCalls.allocate(descriptor, size: size)
            let zeros = [UInt8](repeating: 0, count: min(size, Self.zeroBytes))
            var offset = 0
            while offset < size {
                let piece = size - offset >= zeros.count ? zeros : Array(zeros[..<(size - offset)])
                try POSIXTransfer.write(piece, to: descriptor, at: offset)
                offset += piece.count
            }
        }
    }

    private func open(_ operation: StorageError.Operation) throws(StorageError) -> FileDescriptor {
        guard let raw = descriptor.withLock({ $0?.raw }) else {
            throw StorageError(operation, path, errno: .badFileDescriptor)
        }
        return raw
    }

    private func call<R>(
        _ operation: StorageError.Operation,
        _ offset: Int? = nil,
        _ body: (FileDescriptor) throws(Errno) -> R
    ) throws(StorageError) -> R {
        let raw = try open(operation)
        do {
            return try body(raw)
        } catch {
            throw StorageError(operation, path, offset: offset, errno: error)
        }
    }
}

/// Runs a call of `SystemPackage`, whose errors are all `Errno`.
func asErrno<R>(_ body: () throws -> R) throws(Errno) -> R {
    do {
        return try body()
    } catch let error as Errno {
        throw error
    } catch {
        throw .ioError
    }
}
