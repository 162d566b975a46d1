import LogFormat
import LoyaltyDomain
import Testing

@testable import EventCoding

/// A card's state on disk (DESIGN.md 7.4): in a snapshot, and in the event of a merge.
@Suite struct CardStateCodingTests {
    private static let moment = CardState.Moment(
        occurredAt: Timestamp(milliseconds: 86_400_000),
        occurredOn: LocalDay(daysSince1970: 1)
    )

    private func state(redeeming event: CardEvent?) -> CardState {
        var state = CardState(issuedAt: Self.moment.occurredAt, program: ProgramNumber(0))
        state.evolve(EffectiveEvent(.rewardsGranted(2, purchase: .zero), effectiveAt: .epoch), at: Self.moment)
        if let event { state.evolve(EffectiveEvent(event, effectiveAt: Self.moment.occurredAt), at: Self.moment) }
        return state
    }

    private static let redemptions: [(CardEvent?, RedeemedReward?, UInt8)] = [
        (nil, nil, 1), (.rewardsRedeemed(1, purchase: .zero), .plain, 1),
        (
            .milestoneRedeemed(
                MilestoneRedemption(MilestoneNumber(1), value: 6, isNamed: true, purchase: .zero, restart: nil)
            ), .milestone(6), 2
        ),
        (
            .claimUsed(named: .opaque(high: 1, low: 2), purchase: .zero), .claim(.opaque(high: 1, low: 2)), 2
        ),
        (
            .claimUsed(named: .sequence(source: 3, number: 4), purchase: .zero),
            .claim(.sequence(source: 3, number: 4)), 2
        ),
    ]

    @Test("the reward redeemed last comes back; a merge carries it where it has a name", arguments: redemptions)
    func redeemed(event: CardEvent?, reward: RedeemedReward?, layout: UInt8) throws {
        let state = state(redeeming: event)
        #expect(state.lastRedeemedReward == reward)
        for chosen in [CardStateCoding.Layout.full, CardStateCoding.Layout(carrying: state)] {
            var writer = ByteWriter(capacity: 64)
            CardStateCoding.encode(state, in: chosen, to: &writer)
            #expect(writer.bytes.count >= CardStateCoding.leastByteCount)
            var reader = ByteReader(writer.bytes)
            #expect(try CardStateCoding.decode(&reader, in: chosen) == state)
            #expect(reader.isAtEnd)
        }
        #expect(CardStateCoding.Layout(carrying: state).rawValue == layout)
    }

    @Test("a merge that carries a plain reward in the layout of named ones, or an unknown one, is damage")
    func damage() throws {
        let state = state(redeeming: nil)
        for (layout, end) in [(UInt8(2), [UInt8(0)]), (3, []), (2, [3]), (2, [2, 1])] {
            var writer = ByteWriter(capacity: 64)
            writer.u8(51)
            writer.varint(1)
            writer.u8(layout)
            CardStateCoding.encode(state, in: .plain, to: &writer)
            let bytes = writer.bytes + end
            #expect(throws: DecodingFailure.self) {
                var reader = ByteReader(bytes)
                _ = try reader.cardEvent(occurredAt: .epoch)
            }
        }
    }
}
