/// A bounds-checked cursor over a byte array, or over a range of one.
///
/// Every read either returns a value and moves on, or throws and stays where it was. Nothing is allocated before the bytes
/// it is made of are known to be there.
public struct ByteReader: Sendable {
    @usableFromInline let buffer: [UInt8]
    @usableFromInline var cursor: Int
    @usableFromInline let end: Int

    /// Reads all of `bytes`.
    public init(_ bytes: [UInt8]) {
        self.init(bytes, in: 0..<bytes.count)
    }

    /// Reads `range` of `bytes`; offsets stay those of the whole array.
    ///
    /// - Precondition: `range` lies in the array.
    public init(_ bytes: [UInt8], in range: Range<Int>) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= bytes.count,
            "\(range) lies outside 0..<\(bytes.count)"
        )
        buffer = bytes
        cursor = range.lowerBound
        end = range.upperBound
    }

    /// The offset of the next byte in the array.
    public var offset: Int { cursor }
    /// The number of bytes that are left.
    public var remaining: Int { end - cursor }
    /// Whether nothing is left.
    public var isAtEnd: Bool { cursor == end }

    /// Reads one byte.
    @inlinable
    public mutating func u8() throws(DecodingFailure) -> UInt8 {
        guard cursor < end else { throw truncated(1) }
        defer { cursor += 1 }
        return buffer[cursor]
    }

    /// Reads a little-endian 16-bit integer.
    public mutating func u16() throws(DecodingFailure) -> UInt16 { try integer() }
    /// Reads a little-endian 32-bit integer.
    public mutating func u32() throws(DecodingFailure) -> UInt32 { try integer() }
    /// Reads a little-endian 64-bit integer.
    public mutating func u64() throws(DecodingFailure) -> UInt64 { try integer() }
    /// Reads a little-endian two's complement 64-bit integer.
    public mutating func i64() throws(DecodingFailure) -> Int64 { try integer() }

    /// Reads an unsigned LEB128 of at most 10 bytes, which must not be longer than its value needs.
    @inlinable @inline(__always)
    public mutating func varint() throws(DecodingFailure) -> UInt64 {
        if cursor < end, buffer[cursor] < 0x80 {
            defer { cursor += 1 }
            return UInt64(buffer[cursor])
        }
        return try longVarint()
    }

    /// Reads a varint that must not exceed `limit`; `what` names it in the failure.
    public mutating func varint(upTo limit: UInt64, _ what: StaticString) throws(DecodingFailure) -> UInt64 {
        let start = cursor
        let value = try varint()
        guard value <= limit else {
            cursor = start
            throw DecodingFailure(offset: start, expected: "\(what) of at most \(limit)", found: "\(value)")
        }
        return value
    }

    /// Reads a zigzag varint: 0, 1, 2, 3 stand for 0, -1, 1, -2.
    @inlinable @inline(__always)
    public mutating func zigzag() throws(DecodingFailure) -> Int64 {
        let raw = try varint()
        return Int64(bitPattern: (raw >> 1) ^ (0 &- (raw & 1)))
    }

    /// Copies the next `count` bytes.
    public mutating func bytes(_ count: Int) throws(DecodingFailure) -> [UInt8] { Array(try slice(count)) }

    /// The next `count` bytes where they lie.
    public mutating func slice(_ count: Int) throws(DecodingFailure) -> ArraySlice<UInt8> { buffer[try skip(count)] }

    /// Passes over the next `count` bytes and returns their range in the array.
    public mutating func skip(_ count: Int) throws(DecodingFailure) -> Range<Int> {
        guard count >= 0, count <= remaining else { throw truncated(count) }
        defer { cursor += count }
        return cursor..<cursor + count
    }

    /// Reads `count` bytes of UTF-8.
    public mutating func string(_ count: Int) throws(DecodingFailure) -> String {
        if count == 0 { return "" }
        let start = cursor
        let range = try skip(count)
        do {
            return String(copying: try UTF8Span(validating: buffer.span.extracting(range)))
        } catch {
            cursor = start
            throw DecodingFailure(offset: start, expected: "\(count) bytes of UTF-8", found: "bytes that are not UTF-8")
        }
    }

    /// Reads a varint count and then that many bytes of UTF-8.
    public mutating func string() throws(DecodingFailure) -> String {
        let start = cursor
        let count = try varint()
        guard count <= UInt64(remaining) else {
            cursor = start
            throw DecodingFailure(offset: start, expected: "\(count) bytes of UTF-8", found: "\(remaining) bytes")
        }
        return try string(Int(count))
    }

    /// Checks that nothing is left.
    public func finish() throws(DecodingFailure) {
        guard isAtEnd else {
            throw DecodingFailure(offset: cursor, expected: "the end", found: "\(remaining) more bytes")
        }
    }
}

extension ByteReader {
    private mutating func integer<T: FixedWidthInteger & BitwiseCopyable>() throws(DecodingFailure) -> T {
        guard MemoryLayout<T>.size <= remaining else { throw truncated(MemoryLayout<T>.size) }
        defer { cursor += MemoryLayout<T>.size }
        return ByteAccess.load(buffer, at: cursor, as: T.self)
    }

    /// Reads a varint of two bytes or more: one of up to eight from a single word.
    @usableFromInline
    mutating func longVarint() throws(DecodingFailure) -> UInt64 {
        guard buffer.count - cursor >= MemoryLayout<UInt64>.size else { return try checkedVarint() }
        let word = ByteAccess.load(buffer, at: cursor, as: UInt64.self)
        let length = (~word & 0x8080_8080_8080_8080).trailingZeroBitCount / 8 + 1
        guard length <= min(end - cursor, MemoryLayout<UInt64>.size) else { return try checkedVarint() }
        let bytes = word & (.max >> UInt64(64 - 8 * length))
        // A last byte of zero is a longer form than needed.
        guard bytes >> UInt64(8 * length - 8) != 0 else { return try checkedVarint() }
        cursor += length
        // Seven bits of each byte move together: bytes in pairs, pairs in fours, fours in eights.
        var value = bytes & 0x007f_007f_007f_007f | (bytes & 0x7f00_7f00_7f00_7f00) >> 1
        value = value & 0x0000_3fff_0000_3fff | (value & 0x3fff_0000_3fff_0000) >> 2
        return value & 0x0fff_ffff | (value & 0x0fff_ffff_0000_0000) >> 4
    }

    /// Reads a varint byte by byte, with every check one by one.
    @inline(never)
    private mutating func checkedVarint() throws(DecodingFailure) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        var index = cursor
        while index < end {
            let byte = buffer[index]
            index += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 {
                // The tenth byte holds bit 63 alone; a last byte of zero is a longer form than needed.
                guard byte != 0 || shift == 0, shift < 63 || byte <= 1 else { break }
                cursor = index
                return value
            }
            shift += 7
            guard shift <= 63 else { break }
        }
        if index == end, index - cursor < 10, end > cursor, buffer[end - 1] >= 0x80 { throw truncated(remaining + 1) }
        guard cursor < end else { throw truncated(1) }
        throw DecodingFailure(offset: cursor, expected: "a shortest varint of 64 bits", found: "one that is longer")
    }

    @usableFromInline @inline(never)
    func truncated(_ count: Int) -> DecodingFailure {
        DecodingFailure(offset: cursor, expected: "\(count) more bytes", found: "\(remaining)")
    }
}
