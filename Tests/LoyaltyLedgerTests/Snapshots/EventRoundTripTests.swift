import EventCoding
import LogFormat
import Testing

@testable import LoyaltyLedger

/// Every event, action and refusal reads back from its bytes as what was written.
@Suite struct EventRoundTripTests {
    private func roundTrip(_ event: CardEvent) throws -> CardEvent {
        let moment = CardState.Moment(occurredAt: SampleHistory.start, occurredOn: SampleHistory.start.dayInUTC)
        let record = CardRecord(
            commandID: .opaque(high: 1, low: 2),
            card: CardNumber(1),
            moment: moment,
            recordedAt: SampleHistory.start,
            source: .offline,
            attribution: .none,
            texts: RecordTexts(),
            events: [EffectiveEvent(event, effectiveAt: SampleHistory.start.advanced(byMilliseconds: 5))]
        )
        var facts = ByteWriter(capacity: 64)
        var details = ByteWriter(capacity: 64)
        CardRecordCoding.encode(record, facts: &facts, details: &details)
        let read = try CardRecordCoding.decode(
            facts: ByteReader(facts.bytes),
            details: ByteReader(details.bytes),
            id: .opaque(high: 1, low: 2),
            card: CardNumber(1),
            eventCount: 1,
            recordedAt: SampleHistory.start
        )
        #expect(read == record)
        return read.events[0].event
    }

    @Test(arguments: SampleHistory.events.indices) func events(index: Int) throws {
        #expect(try roundTrip(SampleHistory.events[index]) == SampleHistory.events[index])
    }

    @Test(arguments: SampleHistory.partActions.indices) func actions(index: Int) throws {
        let event = CardEvent.commandRefused(SampleHistory.partActions[index], .limitExceeded)
        #expect(try roundTrip(event) == event)
    }

    @Test(arguments: SampleHistory.partRefusals) func refusals(refusal: Refusal) throws {
        let event = CardEvent.commandRefused(.delete, refusal)
        #expect(try roundTrip(event) == event)
    }
}
