private import CLZ4

/// LZ4 blocks, in and out of byte arrays.
package enum LZ4 {
    /// Appends the compressed form of `range` to `output`; false, and nothing appended, if it would not be smaller.
    package static func compress(_ input: [UInt8], in range: Range<Int>, appendingTo output: inout [UInt8]) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= input.count, "\(range) lies outside the buffer")
        guard range.count > 12 else { return false }
        let start = output.count
        let room = range.count - 1
        output.append(contentsOf: repeatElement(0, count: room))
        // Safe: both ranges were checked or made just above; LZ4 writes at most `room` bytes and returns 0 if they do not do.
        let written = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                unsafe LZ4_compress_default(
                    source.baseAddress.map {
                        unsafe $0.advanced(by: range.lowerBound).assumingMemoryBound(to: CChar.self)
                    },
                    target.baseAddress.map { unsafe $0.advanced(by: start).assumingMemoryBound(to: CChar.self) },
                    Int32(range.count),
                    Int32(room)
                )
            }
        }
        output.removeLast(room - Int(max(written, 0)))
        return written > 0
    }

    /// Decompresses `range` over the first `count` bytes of `output`; false if it is not exactly that many.
    package static func decompress(
        _ input: [UInt8],
        in range: Range<Int>,
        into output: inout [UInt8],
        count: Int
    ) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= input.count, "\(range) lies outside the buffer")
        precondition(count <= output.count, "room for \(output.count) bytes, \(count) wanted")
        // Safe: LZ4_decompress_safe never reads or writes outside the counts it is given, whatever the bytes are.
        let written = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                unsafe LZ4_decompress_safe(
                    source.baseAddress.map {
                        unsafe $0.advanced(by: range.lowerBound).assumingMemoryBound(to: CChar.self)
                    },
                    target.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32(range.count),
                    Int32(count)
                )
            }
        }
        return Int(written) == count
    }
}
