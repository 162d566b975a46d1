import EventCoding
import EventLog
import LogFormat
import LoyaltyDomain
import LoyaltyLedgerTesting
import Testing

/// Both readers pass over what a later version marks so, and show it alike; at anything else they stop.
@Suite(.enabled(if: !CompatibilityTests.isRecording)) struct UnknownEventReaderTests {
    /// The golden log with one more record of its first card, or of the ledger, whose last event is not known.
    private func disk(tag: UInt8, card: Bool) throws -> MemoryDisk {
        let disk = try GoldenLog.stamps.stored()
        let log = try EventLog.open(at: GoldenLog.root, storage: disk)
        var facts = ByteWriter()
        if card {
            facts.zigzag(60_000)
            facts.u8(3 | 1 << 3)
            facts.u8(tag | 0x40)
            facts.varint(EventSchema.firstUnassigned)
            facts.varint(500)
        } else {
            facts.u8(tag)
            facts.varint(64)
        }
        facts.string("later")
        var batch = BatchBuilder()
        try batch.append(
            id: .opaque(high: 5, low: 5),
            stream: StreamNumber(rawValue: card ? 1 : 0),
            eventCount: 1,
            facts: facts.bytes,
            details: []
        )
        _ = try log.append(batch, recordedAt: log.head.recordedAt)
        try log.close()
        return disk
    }

    @Test("an ignorable one is a line like any other", arguments: [true, false])
    func ignorable(card: Bool) throws {
        let disk = try disk(tag: 0x81, card: card)
        let lines = try LedgerDump.lines(EventLog.openReadOnly(at: GoldenLog.root, storage: disk).makeReader())
        #expect(lines.count == (try GoldenLog.stamps.lines().count) + 1)
        let fields = card ? "\(EventSchema.firstUnassigned)" : "64"
        #expect(lines.last?.contains("\"kind\":\"unknown\"") == true)
        #expect(lines.last?.contains("\"fields\":[\(fields),\"6c61746572\"]") == true, "\(lines.last ?? "")")
        let answers = try SecondReader.Reading(of: [disk]).answers()
        #expect(answers.map(\.verdict) == [.good] && answers.first?.lines == lines)
    }

    @Test("any other is none that either reads", arguments: [0x80, 0x83, 0xa1] as [UInt8], [true, false])
    func fatal(tag: UInt8, card: Bool) throws {
        let disk = try disk(tag: tag, card: card)
        #expect(throws: DecodingFailure.self) {
            try LedgerDump.lines(EventLog.openReadOnly(at: GoldenLog.root, storage: disk).makeReader())
        }
        let answer = try #require(try SecondReader.Reading(of: [disk]).answers().first)
        #expect(answer.verdict == .damaged)
        #expect(answer.lines == (try GoldenLog.stamps.lines()))
    }
}
