// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction; a wrong one should stop the test where it stands.
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
        #expect(try throughSnapshot(state) == state)
    }

    private func throughSnapshot(_ state: CardState) throws -> CardState {
        var writer = ByteWriter(capacity: 64)
        SparseCardCoding.encode(state, to: &writer)
        #expect(writer.bytes.count >= SparseCardCoding.leastByteCount)
        var reader = ByteReader(writer.bytes)
        let again = try SparseCardCoding.decode(&reader)
        try reader.finish()
        return again
    }

    @Test("a card that was just issued takes a few bytes in a snapshot")
    func blank() throws {
        for milliseconds in [0, Int64.min, .max] {
            let state = CardState(issuedAt: Timestamp(milliseconds: milliseconds), program: ProgramNumber(.max))
            #expect(try throughSnapshot(state) == state)
        }
        var writer = ByteWriter()
        SparseCardCoding.encode(CardState(issuedAt: .earliest, program: ProgramNumber(0)), to: &writer)
        #expect(writer.count <= 16)
    }

    /// Each figure by itself at its ends, so that none is read in another's place.
    @Test("every figure comes back, alone and beside all others", arguments: [Int32.min, -1, 1, .max])
    func figures(value: Int32) throws {
        let (wide, count) = (Int64(value) << 31 | 5, Int64(value))
        let changes: [(inout CardState) -> Void] = [
            { $0.installation = .deleted }, { $0.installation = .installed(.android) },
            { $0.expiresOn = LocalDay(daysSince1970: 0) }, { $0.isExpiryRecorded = true },
            { $0.greatestEffectiveAt = Timestamp(milliseconds: wide) }, { $0.lifetimeValue = MinorUnits(wide) },
            { $0.transactionAmount = MinorUnits(wide) }, { $0.visits = Count(exactly: count)! },
            { $0.stampedVisits = Count(exactly: count)! }, { $0.purchases = Count(exactly: count)! },
            { $0.lastDays = LastDays(visit: LocalDay(daysSince1970: value | 1), purchase: nil) },
            { $0.lastDays = LastDays(visit: nil, purchase: LocalDay(daysSince1970: value | 1)) },
            { $0.purse.balance = Count(exactly: count)! }, { $0.purse.debt = Count(exactly: count)! },
            { $0.purse.earned = Count(exactly: count)! }, { $0.purse.removed = Count(exactly: count)! },
            { $0.purse.uncollected = Count(exactly: count)! }, { $0.purse.converted = Count(exactly: count)! },
            { $0.purse.debtPaid = Count(exactly: count)! }, { $0.purse.debtCarried = Count(exactly: count)! },
            { $0.purse.spent = Count(exactly: count)! }, { $0.purse.lapsed = Count(exactly: count)! },
            { $0.purse.restored = Count(exactly: count)! }, { $0.purse.overspent = Count(exactly: count)! },
            { $0.rewardsEarned = Count(exactly: count)! }, { $0.rewardsRedeemed = Count(exactly: count)! },
            { $0.rewardsCorrected = Count(exactly: count)! }, { $0.rewardsExpired = Count(exactly: count)! },
            { $0.rewardsAvailable = Count(exactly: count)! }, { $0.lastStampAt = Timestamp(milliseconds: wide) },
            { $0.lastRewardAt = Timestamp(milliseconds: wide) }, { $0.lastRedeemedAt = Self.moment.occurredAt },
            { $0.remainder = RemainderBase(ruleVersion: RuleVersion(.max), open: MinorUnits(wide)) },
            { $0.capped = CappedDay(day: LocalDay(daysSince1970: 0), awarded: Count(exactly: count)!) },
            { $0.refusals = value }, { $0.lastStampOn = LocalDay(daysSince1970: 0) },
            { $0.lastAwardAt = Timestamp(milliseconds: wide) }, { $0.claims = Count(exactly: count)! },
        ]
        let blank = CardState(issuedAt: Self.moment.occurredAt, program: ProgramNumber(0))
        var all = blank
        for change in changes {
            var one = blank
            change(&one)
            #expect(one != blank)
            #expect(try throughSnapshot(one) == one)
            change(&all)
            #expect(try throughSnapshot(all) == all)
        }
    }

    @Test(
        "a figure too wide for its type, an unknown platform or a bit of no figure is damage",
        arguments: [
            [1 << 6, 1 << 32], [1, 199], [1 << 2, 2], [1 << 1, 1 << 31], [1 << 40], [1 << 31, 1 << 32],
        ] as [[Int64]]
    )
    func sparseDamage(bitsAndFigures: [Int64]) {
        var writer = ByteWriter()
        for head in [0, 0, 0, UInt64(bitsAndFigures[0])] { writer.varint(head) }
        for figure in bitsAndFigures.dropFirst() { writer.zigzag(figure + 1) }
        let bytes = writer.bytes
        #expect(throws: DecodingFailure.self) {
            var reader = ByteReader(bytes)
            _ = try SparseCardCoding.decode(&reader)
        }
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
