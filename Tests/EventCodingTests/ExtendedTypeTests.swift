import LogFormat
import LoyaltyDomain
import Testing

@testable import EventCoding

/// A type from 64 on that this version knows: writer and reader agree on its length, and an older reader finds its end (DESIGN.md 9).
///
/// The types here are of those that are never assigned.
@Suite struct ExtendedTypeTests {
    private static let type = EventSchema.firstUnassigned + 9
    private static let occurredAt = Timestamp(milliseconds: 86_400_000)

    /// What a version that declares the type writes: a text and a number.
    private func written(isIgnorable: Bool, later: Int64 = 0) -> [UInt8] {
        var writer = ByteWriter()
        writer.event(ofType: Self.type, isIgnorable: isIgnorable, later: later) { fields in
            fields.string("abc")
            fields.varint(300)
        }
        return writer.bytes
    }

    /// What that version reads.
    private func read(_ bytes: [UInt8], isIgnorable: Bool) throws -> (text: String, number: UInt64, rest: Int) {
        var reader = ByteReader(bytes)
        let tag = try reader.u8()
        let extended = try ExtendedTag(tag & ~CardEventType.laterFlag, at: 0, &reader)
        #expect(extended.type == Self.type)
        if tag & CardEventType.laterFlag != 0 { #expect(try reader.varint() == 5) }
        let event = try extended.known(&reader, isIgnorable: isIgnorable) { (fields) throws(DecodingFailure) in
            (try fields.string(), try fields.varint())
        }
        return (event.0, event.1, reader.remaining)
    }

    @Test(arguments: [true, false], [0, 5] as [Int64])
    func comesBackWithItsLength(isIgnorable: Bool, later: Int64) throws {
        let bytes = written(isIgnorable: isIgnorable, later: later)
        let found = try read(bytes + [0xff], isIgnorable: isIgnorable)
        #expect(found.text == "abc" && found.number == 300 && found.rest == 1)
        // Tag, type in three bytes, the delay, the length, and six bytes of fields.
        #expect(bytes.count == 1 + 3 + (later > 0 ? 1 : 0) + 1 + 6)
    }

    /// How the number of an assigned type is written does not change: one byte, then the fields.
    @Test func belowSixtyFourNothingStandsInFront() {
        var writer = ByteWriter()
        writer.event(ofType: 6, isIgnorable: false, later: 5) { $0.varint(9) }
        #expect(writer.bytes == [0x46, 5, 9])
    }

    @Test func anOlderReaderPassesOverIt() throws {
        var behind = ByteWriter()
        behind.cardEvent(EffectiveEvent(.stampsAdded(2), effectiveAt: Self.occurredAt), occurredAt: Self.occurredAt)
        var reader = ByteReader(written(isIgnorable: true, later: 5) + behind.bytes)
        let event = try reader.cardEvent(occurredAt: Self.occurredAt)
        #expect(event.event == .unknown(UnknownEvent(type: Self.type, bytes: [3, 0x61, 0x62, 0x63, 0xac, 2])))
        #expect(event.effectiveAt.milliseconds == Self.occurredAt.milliseconds + 5)
        #expect(try reader.cardEvent(occurredAt: Self.occurredAt).event == .stampsAdded(2))
    }

    @Test func anOlderReaderStopsAtOneThatMayChangeFigures() {
        let failure = #expect(throws: DecodingFailure.self) {
            var reader = ByteReader(written(isIgnorable: false))
            _ = try reader.cardEvent(occurredAt: Self.occurredAt)
        }
        #expect(failure?.unknownType == Self.type && failure?.offset == 0)
    }

    /// The length lies at byte 4, behind the tag and the type; the fields need 6 bytes.
    @Test(arguments: [0, 5, 7, 8, 200] as [UInt8])
    func aWrongLengthIsAnError(length: UInt8) {
        var bytes = written(isIgnorable: true)
        bytes[4] = length
        let failure = #expect(throws: DecodingFailure.self) { _ = try read(bytes + [0, 0, 0], isIgnorable: true) }
        #expect(failure?.offset == 4, "\(failure as DecodingFailure?)")
    }

    @Test func fieldsThatEndEarlyAreAnError() {
        let bytes = written(isIgnorable: true).dropLast()
        let failure = #expect(throws: DecodingFailure.self) { _ = try read(Array(bytes), isIgnorable: true) }
        #expect(failure?.offset == 4)
    }

    @Test(arguments: [true, false])
    func theTagSaysWhatTheTableSays(isIgnorable: Bool) {
        let bytes = written(isIgnorable: isIgnorable)
        let failure = #expect(throws: DecodingFailure.self) { _ = try read(bytes, isIgnorable: !isIgnorable) }
        #expect(failure?.offset == 0)
    }

    /// An ignorable type must carry its length.
    @Test(arguments: CardEventType.allCases)
    func ignorableTypesAreLong(type: CardEventType) {
        #expect(!type.isIgnorable || type.number >= ExtendedTag.leastType)
        #expect(CardEventType(number: type.number) == type && CardEventType(number: type.number + 256) == nil)
    }
}
