import LoyaltyDomain
import Testing

@testable import LoyaltyLedger

@Suite("Histories that the writer keeps")
struct HistoryCacheTests {
    @Test(
        "whatever is kept of a card is all of it, however often generations turn over",
        arguments: [1, 3, 10, 1000],
        [UInt64(1), 2, 3]
    )
    func whole(largestGeneration: Int, seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let cache = HistoryCache(largestGeneration: largestGeneration)
        var records: [CardNumber: [CardRecord]] = [:]
        var answered = 0
        for number in UInt64(1)...3000 {
            let card = CardNumber(UInt32(random.next() % 12) + 1)
            if random.next() % 5 > 0 {
                let record = try Self.record(number, of: card, isFirst: records[card] == nil)
                records[card, default: []].append(record)
                cache.note(record)
            }
            guard random.next() % 3 == 0, let known = records[card] else { continue }
            var whole = TransactionHistory()
            for record in known { whole.evolve(record) }
            if let history = cache.history(of: card) {
                answered += 1
                guard history == whole else {
                    Issue.record(
                        "seed \(seed): record \(number): \(history.transactions.count) of \(known.count) records"
                    )
                    return
                }
            } else {
                cache.keep(whole, of: card)
            }
        }
        #expect(answered > 0)
    }

    @Test("what was not written is forgotten")
    func forgets() throws {
        let cache = HistoryCache()
        cache.note(try Self.record(1, of: CardNumber(1), isFirst: true))
        #expect(cache.history(of: CardNumber(1)) != nil)
        cache.forget()
        #expect(cache.history(of: CardNumber(1)) == nil)
    }

    @Test("a card that was neither issued nor read here is not known by its later records")
    func unknown() throws {
        let cache = HistoryCache()
        cache.note(try Self.record(1, of: CardNumber(1), isFirst: false))
        #expect(cache.history(of: CardNumber(1)) == nil)
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
