/// The id of a record: the command that caused it.
///
/// The forms differ in what they cost on disk: a next number of the same source is one byte, the other two are 17.
public enum RecordID: Hashable, Sendable {
    /// The `number`th record of an import file, a device or another source that counts.
    case sequence(source: UInt32, number: UInt64)
    /// A UUID of version 7.
    case uuid7(high: UInt64, low: UInt64)
    /// Any 16 bytes, the first in the highest bits of `high`.
    case opaque(high: UInt64, low: UInt64)

    /// The number of bytes of the canonical form, the form byte included.
    static let canonicalByteCount = 17
    /// The whole of an id that is the next number of the same source.
    static let nextForm = IDForm.next.rawValue
}

/// Form bytes of the id section; the raw values are on disk.
private enum IDForm: UInt8 {
    case next = 1
    case sequence = 2
    case uuid7 = 3
    case opaque = 4
}

extension RecordID: CustomStringConvertible {
    /// `source:number`, or 32 hexadecimal digits.
    public var description: String {
        switch self {
        case .sequence(let source, let number): "\(source):\(number)"
        case .uuid7(let high, let low), .opaque(let high, let low): Hexadecimal.text(high) + Hexadecimal.text(low)
        }
    }
}

extension ByteWriter {
    /// Writes an id in its shortest form behind the id before it in the block.
    public mutating func recordID(_ id: RecordID, after previous: RecordID?) {
        switch id {
        case .sequence(let source, let number):
            if case .sequence(source, let before) = previous, before != .max, before + 1 == number {
                u8(IDForm.next.rawValue)
            } else {
                u8(IDForm.sequence.rawValue)
                varint(UInt64(source))
                varint(number)
            }
        case .uuid7(let high, let low):
            u8(IDForm.uuid7.rawValue)
            halves(high, low)
        case .opaque(let high, let low):
            u8(IDForm.opaque.rawValue)
            halves(high, low)
        }
    }

    /// Writes the 17 bytes of an id in the canonical form, which knows no id before it.
    mutating func canonicalID(_ id: RecordID) {
        switch id {
        case .sequence(let source, let number):
            u8(IDForm.sequence.rawValue)
            u32(source)
            u32(0)
            u64(number)
        case .uuid7(let high, let low):
            u8(IDForm.uuid7.rawValue)
            halves(high, low)
        case .opaque(let high, let low):
            u8(IDForm.opaque.rawValue)
            halves(high, low)
        }
    }

    private mutating func halves(_ high: UInt64, _ low: UInt64) {
        u64(high.byteSwapped)
        u64(low.byteSwapped)
    }
}

extension ByteReader {
    /// Reads an id behind the id before it in the block.
    public mutating func recordID(after previous: RecordID?) throws(DecodingFailure) -> RecordID {
        let start = offset
        let form = try u8()
        switch IDForm(rawValue: form) {
        case .next:
            guard case .sequence(let source, let before) = previous, before != .max else {
                throw DecodingFailure(offset: start, expected: "a number before a next number", found: "none")
            }
            return .sequence(source: source, number: before + 1)
        case .sequence:
            let source = try varint(upTo: UInt64(UInt32.max), "a source")
            return .sequence(source: UInt32(source), number: try varint())
        case .uuid7:
            return .uuid7(high: try u64().byteSwapped, low: try u64().byteSwapped)
        case .opaque:
            return .opaque(high: try u64().byteSwapped, low: try u64().byteSwapped)
        case nil:
            throw DecodingFailure(offset: start, expected: "an id form of 1...4", found: "\(form)")
        }
    }
}
