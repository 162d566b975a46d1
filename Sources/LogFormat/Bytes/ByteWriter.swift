/// An append-only byte buffer that writes what ``ByteReader`` reads.
public struct ByteWriter: Sendable, Hashable {
    /// The bytes written so far.
    public internal(set) var bytes: [UInt8]

    /// Starts empty, with room for `capacity` bytes.
    public init(capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// The number of bytes written so far.
    @inlinable
    public var count: Int { bytes.count }
    /// Whether nothing was written yet.
    @inlinable
    public var isEmpty: Bool { bytes.isEmpty }

    /// Forgets what was written and keeps the room.
    public mutating func removeAll(keepingCapacity: Bool = true) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
    }

    /// Writes one byte.
    public mutating func u8(_ value: UInt8) { bytes.append(value) }
    /// Writes a little-endian 16-bit integer.
    public mutating func u16(_ value: UInt16) { ByteAccess.append(value, to: &bytes) }
    /// Writes a little-endian 32-bit integer.
    public mutating func u32(_ value: UInt32) { ByteAccess.append(value, to: &bytes) }
    /// Writes a little-endian 64-bit integer.
    public mutating func u64(_ value: UInt64) { ByteAccess.append(value, to: &bytes) }
    /// Writes a little-endian two's complement 64-bit integer.
    public mutating func i64(_ value: Int64) { ByteAccess.append(value, to: &bytes) }

    /// Writes an unsigned LEB128, never longer than needed.
    public mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes a zigzag varint: 0, -1, 1, -2 become 0, 1, 2, 3.
    public mutating func zigzag(_ value: Int64) {
        varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    /// Writes bytes as they are, without their count.
    public mutating func bytes(_ value: [UInt8]) { bytes.append(contentsOf: value) }
    /// Writes a slice of bytes as they are, without their count.
    public mutating func bytes(_ value: ArraySlice<UInt8>) { bytes.append(contentsOf: value) }

    /// Writes the UTF-8 of a string behind its count as a varint.
    public mutating func string(_ value: String) {
        varint(UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    /// Writes `count` zero bytes.
    public mutating func zeros(_ count: Int) { bytes.append(contentsOf: repeatElement(0, count: count)) }
}
