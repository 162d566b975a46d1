// Every load and store of more than one byte in this module goes through this file.

/// Little-endian loads and stores on byte arrays.
enum ByteAccess {
    /// The little-endian integer at `offset`, which the caller has checked to lie in the array.
    @inline(__always)
    static func load<T: FixedWidthInteger & BitwiseCopyable>(_ bytes: [UInt8], at offset: Int, as type: T.Type) -> T {
        precondition(
            offset >= 0 && offset + MemoryLayout<T>.size <= bytes.count,
            "load at \(offset) of \(MemoryLayout<T>.size) bytes lies outside 0..<\(bytes.count)"
        )
        // Safe: the range was checked just above, and every bit pattern is an integer.
        let raw = unsafe bytes.span.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: T.self)
        return T(littleEndian: raw)
    }

    /// Appends the little-endian bytes of an integer.
    @inline(__always)
    static func append<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, to bytes: inout [UInt8]) {
        // Safe: the pointer covers exactly the integer and does not leave the closure.
        unsafe withUnsafeBytes(of: value.littleEndian) { raw in
            unsafe bytes.append(contentsOf: raw)
        }
    }

    /// Overwrites the bytes at `offset` with the little-endian bytes of an integer.
    static func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, in bytes: inout [UInt8], at offset: Int) {
        for index in 0..<MemoryLayout<T>.size {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
        }
    }

    /// Whether every byte of a range is zero.
    static func isZero(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "\(range) lies outside the buffer")
        var offset = range.lowerBound
        while offset + 8 <= range.upperBound {
            if load(bytes, at: offset, as: UInt64.self) != 0 { return false }
            offset += 8
        }
        while offset < range.upperBound {
            if bytes[offset] != 0 { return false }
            offset += 1
        }
        return true
    }
}
