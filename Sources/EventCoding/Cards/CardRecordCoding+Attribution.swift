public import LogFormat
public import LoyaltyDomain

extension CardRecordCoding {
    /// The facts of a record with another attribution, and everything else as it is.
    public static func replacingAttribution(
        in facts: [UInt8],
        with number: AttributionNumber
    ) throws(DecodingFailure) -> [UInt8] {
        var reader = ByteReader(facts)
        let difference = try reader.zigzag()
        let flags = try reader.u8()
        if flags & attributionFlag != 0 { _ = try reader.varint(upTo: UInt64(UInt32.max), "an attribution number") }
        var writer = ByteWriter(capacity: facts.count + 5)
        writer.zigzag(difference)
        writer.u8(flags & ~attributionFlag | (number == .none ? 0 : attributionFlag))
        if number != .none { writer.varint(UInt64(number.rawValue)) }
        writer.bytes(try reader.bytes(reader.remaining))
        return writer.bytes
    }
}
