import EventCoding
import LogFormat
import LoyaltyDomain
import Testing

@testable import LoyaltyLedger

@Suite("Histories that the writer keeps")
struct HistoryCacheTests {
    @Test(
        "whatever is kept of a card is all of it, however often generations turn over",
        arguments: [0, 500, 5000, 1 << 20],
        [UInt64(1), 2, 3]
    )
    func whole(largestGeneration: Int, seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let cache = HistoryCache(largestGeneration: largestGeneration)
        var records: [CardNumber: [CardRecord]] = [:]
        var answered = 0
        for number in UInt64(1)...3000 {
            // One card in two comes so often that its fold is kept, too.
            let choice = UInt32(truncatingIfNeeded: random.next() % 24)
            let card = CardNumber(choice < 12 ? choice + 1 : 1)
            if random.next() % 5 > 0 {
                let record = try Self.record(number, of: card, isFirst: records[card] == nil)
                records[card, default: []].append(record)
                cache.note(record, first: number, encoded: Self.encoded(record))
            }
            guard random.next() % 3 == 0, let known = records[card] else { continue }
            if let kept = cache.history(of: card) {
                answered += 1
                guard try Self.transactions(kept) == Self.transactions(known) else {
                    Issue.record("seed \(seed): record \(number): \(kept.records.count) of \(known.count) records")
                    return
                }
            } else {
                let kept = KeptHistory(of: card)
                for record in known {
                    kept.records.append(record, first: record.firstPosition, encoded: Self.encoded(record))
                }
                cache.keep(kept)
            }
        }
        #expect(answered > 0)
    }

    @Test("what was not written is forgotten")
    func forgets() throws {
        let cache = HistoryCache(largestGeneration: 1000)
        let record = try Self.record(1, of: CardNumber(1), isFirst: true)
        cache.note(record, first: 1, encoded: Self.encoded(record))
        #expect(cache.history(of: CardNumber(1)) != nil)
        cache.forget()
        #expect(cache.history(of: CardNumber(1)) == nil)
    }

    @Test("a card that was neither issued nor read here is not known by its later records")
    func unknown() throws {
        let cache = HistoryCache(largestGeneration: 1000)
        let record = try Self.record(1, of: CardNumber(1), isFirst: false)
        cache.note(record, first: 1, encoded: Self.encoded(record))
        #expect(cache.history(of: CardNumber(1)) == nil)
    }

    @Test("a fold that throws loses nothing: the next one begins with the first record")
    func throwing() throws {
        let kept = KeptHistory(of: CardNumber(1))
        let records = try (UInt64(1)...600).map { try Self.record($0, of: CardNumber(1), isFirst: $0 == 1) }
        for record in records.prefix(550) {
            kept.records.append(record, first: record.firstPosition, encoded: Self.encoded(record))
        }
        _ = try Self.transactions(kept)
        for record in records.dropFirst(550) {
            kept.records.append(record, first: record.firstPosition, encoded: Self.encoded(record))
        }
        var met = 0
        #expect(throws: CommandError.self) {
            _ = try kept.transactions { _, _ throws(CommandError) in
                met += 1
                if met == 20 { throw .malformed("no more") }
            }
        }
        #expect(met == 20)
        #expect(try Self.transactions(kept) == Self.transactions(records))
    }

    @Test("records of every kind of event, with texts and ids of every form, come back as they were")
    func packed() throws {
        let ids: [CommandID] = [
            .sequence(source: 7, number: 1), .uuid7(high: 0x7000, low: 1 << 63), .opaque(high: 9, low: .max),
        ]
        var texts = RecordTexts()
        texts.reference = "R-1"
        texts.customerComment = "caf\u{e9}"
        let records = SampleHistory.events.enumerated().map { index, event in
            let instant = SampleHistory.start.advanced(byMilliseconds: Int64(index % 7) * 90_000_000)
            return CardRecord(
                commandID: ids[index % ids.count],
                card: CardNumber(3),
                moment: CardState.Moment(occurredAt: instant, occurredOn: instant.dayInUTC),
                recordedAt: instant.advanced(byMilliseconds: Int64(index) * 1_000_000_000),
                source: .offline,
                attribution: AttributionNumber(UInt32(index % 2)),
                texts: index % 3 == 0 ? texts : RecordTexts(),
                events: [EffectiveEvent(event, effectiveAt: instant)]
            )
        }
        var packed = PackedRecords()
        for (index, record) in records.enumerated() { packed.append(record, first: UInt64(index * index)) }
        var found: [CardRecord] = []
        try packed.forEach(of: CardNumber(3)) { found.append($0) }
        #expect(found == records && packed.count == records.count)
    }

    private static func encoded(_ record: CardRecord) -> (facts: [UInt8], details: [UInt8]) {
        var (facts, details) = (ByteWriter(), ByteWriter())
        CardRecordCoding.encode(record, facts: &facts, details: &details)
        return (facts.bytes, details.bytes)
    }

    private static func transactions(_ kept: KeptHistory) throws -> TransactionHistory {
        try kept.transactions { record, history throws(CommandError) in history.evolve(record) }
    }

    private static func transactions(_ records: [CardRecord]) -> TransactionHistory {
        var history = TransactionHistory()
        for record in records { history.evolve(record) }
        return history
    }

    private static func record(_ number: UInt64, of card: CardNumber, isFirst: Bool) throws -> CardRecord {
        let instant = Timestamp(milliseconds: Int64(number) * 1000)
        var events: [CardEvent] = [
            .purchaseRecorded(amount: MinorUnits(100), award: Award(ruleVersion: RuleVersion(1), stamps: 1))
        ]
        if isFirst {
            let id = try #require(CardID("card-\(card.rawValue)"))
            let customer = try #require(CustomerID("customer"))
            events.insert(.cardIssued(card: id, customer: customer, program: ProgramNumber(0)), at: 0)
        }
        return CardRecord(
            commandID: .sequence(source: 1, number: number),
            card: card,
            moment: CardState.Moment(occurredAt: instant, occurredOn: instant.dayInUTC),
            recordedAt: instant,
            source: .scanner,
            attribution: .none,
            texts: RecordTexts(),
            events: events.map { EffectiveEvent($0, effectiveAt: instant) }
        )
    }
}

extension CardRecord {
    /// The position that the record has here: its number.
    fileprivate var firstPosition: UInt64 {
        if case .sequence(_, let number) = commandID { number } else { 0 }
    }
}
