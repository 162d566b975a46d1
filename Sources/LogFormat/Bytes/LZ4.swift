private import CLZ4

/// LZ4 blocks, in and out of byte arrays.
package enum LZ4 {
    /// Appends the compressed form of `range` to `output`, quickly; false, and nothing appended, if it would not be smaller.
    package static func compress(_ input: [UInt8], in range: Range<Int>, appendingTo output: inout [UInt8]) -> Bool {
        // Safe: LZ4 writes at most as many bytes as the target has, and returns 0 if they do not do.
        unsafe append(input, range, &output) { from, to, count, room in
            unsafe LZ4_compress_default(from, to, count, room)
        }
    }

    /// Compresses blocks thoroughly where they are large; what it searches with is kept from call to call.
    package struct Compressor: Sendable {
        /// The room of the search; empty before the first range that is worth it.
        private var memory: [UInt64] = []

        /// Ranges from this many bytes on are searched thoroughly.
        private static let leastThorough = 8 << 10
        /// Where more search finds next to nothing more.
        private static let level: Int32 = 4

        /// A compressor that has compressed nothing yet.
        package init() {}

        /// Appends the compressed form of `range` to `output`; false, and nothing appended, if it would not be smaller.
        package mutating func compress(
            _ input: [UInt8],
            in range: Range<Int>,
            appendingTo output: inout [UInt8]
        ) -> Bool {
            guard range.count >= Self.leastThorough else { return LZ4.compress(input, in: range, appendingTo: &output) }
            if memory.isEmpty { memory = [UInt64](repeating: 0, count: Int(LZ4_sizeofStateHC()) / 8 + 1) }
            // Safe: the memory has the size LZ4 asks for and the alignment of a word, and LZ4 keeps no pointer into it; it writes at most as
            // many bytes as the target has, and returns 0 if they do not do.
            return unsafe memory.withUnsafeMutableBytes { memory in
                unsafe LZ4.append(input, range, &output) { from, to, count, room in
                    unsafe LZ4_compress_HC_extStateHC(memory.baseAddress, from, to, count, room, Self.level)
                }
            }
        }
    }

    private static func append(
        _ input: [UInt8],
        _ range: Range<Int>,
        _ output: inout [UInt8],
        _ compress: (UnsafePointer<CChar>, UnsafeMutablePointer<CChar>, Int32, Int32) -> Int32
    ) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= input.count, "\(range) lies outside the buffer")
        guard range.count > 12 else { return false }
        let start = output.count
        let room = range.count - 1
        output.append(contentsOf: repeatElement(0, count: room))
        // Safe: both ranges were checked or made just above.
        let written = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target -> Int32 in
                guard let source = source.baseAddress, let target = target.baseAddress else { return 0 }
                return unsafe compress(
                    source.advanced(by: range.lowerBound).assumingMemoryBound(to: CChar.self),
                    target.advanced(by: start).assumingMemoryBound(to: CChar.self),
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
        // Safe: the pointer covers bytes that are there and does not leave the closure.
        return unsafe output.withUnsafeMutableBytes { target in
            unsafe decompress(input, in: range, filling: UnsafeMutableRawBufferPointer(rebasing: target[..<count]))
        }
    }

    /// Decompresses `range` over all of `output`, which may never have been written; false if it is not exactly that many bytes.
    package static func decompress(
        _ input: [UInt8],
        in range: Range<Int>,
        filling output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= input.count, "\(range) lies outside the buffer")
        // Safe: LZ4_decompress_safe never reads or writes outside the counts it is given, whatever the bytes are.
        let written = unsafe input.withUnsafeBytes { source in
            unsafe LZ4_decompress_safe(
                source.baseAddress.map { unsafe $0.advanced(by: range.lowerBound).assumingMemoryBound(to: CChar.self) },
                output.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(range.count),
                Int32(output.count)
            )
        }
        return Int(written) == output.count
    }
}
