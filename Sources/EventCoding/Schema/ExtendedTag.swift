internal import LogFormat
internal import LoyaltyDomain

/// What stands in front of an event of a type from 64 on, so that a version that does not know the type can still find its end.
///
/// Tag byte: bit 7 set, bit 0 set where the type is ignorable, bits 1-5 zero; then a varint type, and behind the delay of bit 6,
/// which only card events have, a varint length.
struct ExtendedTag {
    static let flag: UInt8 = 0x80
    static let ignorable: UInt8 = 0x81
    static let leastType: UInt64 = 64

    let type: UInt64
    let isIgnorable: Bool
    private let offset: Int

    /// Reads the type behind a tag byte without bit 6.
    init(_ tag: UInt8, at offset: Int, _ reader: inout ByteReader) throws(DecodingFailure) {
        guard tag & ~Self.ignorable == 0 else {
            throw DecodingFailure(offset: offset, expected: "zero in bits 1-5 of a tag", found: "\(tag)")
        }
        let start = reader.offset
        type = try reader.varint()
        guard type >= Self.leastType else {
            throw DecodingFailure(offset: start, expected: "a type from \(Self.leastType) on", found: "\(type)")
        }
        isIgnorable = tag == Self.ignorable
        self.offset = offset
    }

    /// The event with its fields as they are; a failure where it may change figures.
    func unknownEvent(_ reader: inout ByteReader) throws(DecodingFailure) -> UnknownEvent {
        guard isIgnorable else { throw .unknownType(type, at: offset) }
        let count = try reader.varint(upTo: UInt64(reader.remaining), "fields that fit")
        return UnknownEvent(type: type, bytes: try reader.bytes(Int(count)))
    }
}

extension ExtendedTag {
    /// Reads the fields of a type that this version knows, which must be as long as the tag says.
    ///
    /// - Parameters:
    ///   - isIgnorable: What the table says of the type.
    ///   - fields: Reads the fields and nothing behind them.
    func known<Event>(
        _ reader: inout ByteReader,
        isIgnorable: Bool,
        _ fields: (inout ByteReader) throws(DecodingFailure) -> Event
    ) throws(DecodingFailure) -> Event {
        guard self.isIgnorable == isIgnorable else {
            let expected = "bit 0 of the tag \(isIgnorable ? "set" : "clear"), as type \(type) has it"
            throw DecodingFailure(offset: offset, expected: expected, found: "the other")
        }
        let start = reader.offset
        let count = try reader.varint()
        guard count <= UInt64(reader.remaining) else {
            let found = "\(count) where \(reader.remaining) bytes are left"
            throw DecodingFailure(offset: start, expected: "a length of fields that fit", found: found)
        }
        let first = reader.offset
        let event = try fields(&reader)
        let length = reader.offset - first
        guard length == count else {
            let expected = "a length of \(length), as the fields of type \(type) have"
            throw DecodingFailure(offset: start, expected: expected, found: "\(count)")
        }
        return event
    }
}

extension ByteWriter {
    /// Writes an event of any type: a tag byte and the fields below 64; from there on what an `ExtendedTag` reads.
    ///
    /// - Parameter later: By how many milliseconds it counts later than it occurred.
    mutating func event(
        ofType type: UInt64,
        isIgnorable: Bool,
        later: Int64 = 0,
        _ fields: (inout ByteWriter) -> Void
    ) {
        let laterFlag = later > 0 ? CardEventType.laterFlag : 0
        guard type >= ExtendedTag.leastType else {
            precondition(!isIgnorable, "type \(type) cannot carry its length")
            u8(UInt8(type) | laterFlag)
            if later > 0 { varint(UInt64(later)) }
            return fields(&self)
        }
        u8((isIgnorable ? ExtendedTag.ignorable : ExtendedTag.flag) | laterFlag)
        varint(type)
        if later > 0 { varint(UInt64(later)) }
        var body = ByteWriter()
        fields(&body)
        varint(UInt64(body.count))
        bytes(body.bytes)
    }
}

extension DecodingFailure {
    /// An event that this version does not know and may not pass over.
    static func unknownType(_ type: UInt64, at offset: Int) -> DecodingFailure {
        var failure = DecodingFailure(offset: offset, expected: "a type of event this version knows", found: "\(type)")
        // No version writes type 0: that is damage, or no record.
        failure.unknownType = type == 0 ? nil : type
        return failure
    }
}
