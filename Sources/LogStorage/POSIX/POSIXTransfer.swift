internal import SystemPackage

/// Reads and writes that go on until all is done: a short transfer and an interrupt are no failures.
enum POSIXTransfer {
    static func read(
        _ descriptor: FileDescriptor,
        into buffer: inout [UInt8],
        _ range: Range<Int>,
        at offset: Int
    ) throws(Errno) -> Int {
        try asErrno {
            // Safe: the range was checked by the caller, and the pointer does not leave the closure.
            try unsafe buffer.withUnsafeMutableBytes { raw in
                var done = 0
                while done < range.count {
                    let rest = unsafe UnsafeMutableRawBufferPointer(
                        rebasing: raw[range.lowerBound + done..<range.upperBound]
                    )
                    let count = try unsafe descriptor.read(fromAbsoluteOffset: Int64(offset + done), into: rest)
                    guard count > 0 else { break }
                    done += count
                }
                return done
            }
        }
    }

    static func write(_ bytes: [UInt8], to descriptor: FileDescriptor, at offset: Int) throws(Errno) {
        try asErrno {
            // Safe: the pointer covers exactly the array and does not leave the closure.
            try unsafe bytes.withUnsafeBytes { raw in
                var done = 0
                while done < raw.count {
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: raw[done...])
                    let count = try unsafe descriptor.write(toAbsoluteOffset: Int64(offset + done), rest)
                    // A write of nothing that is no error would go on for ever.
                    guard count > 0 else { throw Errno.ioError }
                    done += count
                }
            }
        }
    }
}
