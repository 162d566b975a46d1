private import CIntrinsics

/// CRC-32C (Castagnoli), by processor instructions where there are any and by a table where there are none.
public enum CRC32C {
    /// Whether this processor's CRC-32C instructions are in use.
    public static let usesHardware = ll_crc32c_hardware_available()

    /// The checksum of all of `bytes`, continuing from the checksum of the bytes before them.
    public static func checksum(_ bytes: [UInt8], continuing crc: UInt32 = 0) -> UInt32 {
        checksum(bytes, in: 0..<bytes.count, continuing: crc)
    }

    /// The checksum of a range of `bytes`, continuing from the checksum of the bytes before it.
    ///
    /// - Precondition: `range` lies in the array.
    public static func checksum(_ bytes: [UInt8], in range: Range<Int>, continuing crc: UInt32 = 0) -> UInt32 {
        usesHardware ? hardware(bytes, in: range, crc) : software(bytes, in: range, crc)
    }

    /// The checksum of the eight little-endian bytes of a word, continuing from that of the bytes before it.
    static func checksum(word: UInt64, continuing crc: UInt32) -> UInt32 {
        guard usesHardware else {
            var state = ~crc
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                state = next(state, UInt8(truncatingIfNeeded: word >> shift))
            }
            return ~state
        }
        // Safe: the bytes are those of the word, and C only reads them.
        return unsafe withUnsafeBytes(of: word.littleEndian) { raw in
            guard let base = raw.baseAddress else { return crc }
            return unsafe ll_crc32c_hardware(crc, base.assumingMemoryBound(to: UInt8.self), raw.count)
        }
    }

    static func hardware(_ bytes: [UInt8], in range: Range<Int>, _ crc: UInt32) -> UInt32 {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "\(range) lies outside the buffer")
        // Safe: the range was checked, and C only reads it.
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return crc }
            return unsafe ll_crc32c_hardware(crc, base + range.lowerBound, range.count)
        }
    }

    static func software(_ bytes: [UInt8], in range: Range<Int>, _ crc: UInt32) -> UInt32 {
        var state = ~crc
        for index in range { state = next(state, bytes[index]) }
        return ~state
    }

    private static func next(_ state: UInt32, _ byte: UInt8) -> UInt32 {
        table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ (state >> 8)
    }

    /// The reflected polynomial.
    static let polynomial: UInt32 = 0x82f6_3b78

    /// One remainder for each byte.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { state, _ in (state >> 1) ^ (state & 1 == 1 ? polynomial : 0) }
    }
}
