import LogFormat
import LoyaltyLedgerTesting
import Snapshots
import Testing

/// Kept snapshots grow ever fewer with their age, and what a longer span wants is there when it is wanted.
@Suite struct SnapshotRetentionTests {
    private static let day: Int64 = 86_400_000

    @Test func keepsTheNewestTwoAndTheLastOfEachDayWeekAndMonth() {
        // Four a day for 100 days, newest first.
        let times = (0..<400).reversed().map { Int64($0) * Self.day / 4 }
        let retention = SnapshotRetention(newest: 2, days: 3, weeks: 2, months: 2)
        let kept = zip(times, retention.kept(times)).filter(\.1).map(\.0)
        let (hour, end) = (Self.day / 24, 100 * Self.day)
        // The newest two; the last of three days; the last of week 14, and of 13 that ended with day 97; the last of days 60 to 89.
        let expected = [
            end - 6 * hour, end - 12 * hour, end - 30 * hour, end - 54 * hour, 98 * Self.day - 6 * hour,
            90 * Self.day - 6 * hour,
        ]
        #expect(kept == Array(Set(expected)).sorted(by: >))
    }

    @Test(arguments: [
        SnapshotRetention.thinned, .newestTwo, SnapshotRetention(newest: 1, days: 2, weeks: 2, months: 3),
    ])
    func neverKeepsMoreThanItSays(retention: SnapshotRetention) {
        let times = (0..<20_000).reversed().map { Int64($0) * Self.day / 5 }
        #expect(retention.kept(times).count { $0 } <= retention.largestCount)
        #expect(retention.kept(times)[0])
        #expect(retention.kept([]).isEmpty)
    }

    /// Thinning after each snapshot leaves what thinning all of them at once would leave: nothing is gone too early.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func thinningByAndByLeavesTheSame(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let retention = SnapshotRetention(newest: 2, days: 4, weeks: 3, months: 5)
        var (all, left, now): ([Int64], [Int64], Int64) = ([], [], -40 * Self.day)
        for _ in 0..<600 {
            now += Int64(random.below(Int(2 * Self.day)))
            all.insert(now, at: 0)
            left.insert(now, at: 0)
            left = zip(left, retention.kept(left)).filter(\.1).map(\.0)
            #expect(left == zip(all, retention.kept(all)).filter(\.1).map(\.0), "SEED=\(seed)")
        }
    }

    @Test func aShelfIsThinnedAsItIsWritten() throws {
        let shelf = try Shelf()
        for number in 1...60 as ClosedRange<UInt64> {
            try shelf.store.write([1], shelf.binding(at: number, recordedAt: Int64(number) * Self.day / 2))
        }
        let positions = try shelf.store.positions().map(\.rawValue)
        #expect(positions.prefix(3) == [60, 59, 57])
        #expect(positions.count <= SnapshotRetention.thinned.largestCount)
        #expect(try shelf.store.summary(at: .init(rawValue: 57)).binding.recordedAt == 57 * Self.day / 2)
        try shelf.store.write([1], shelf.binding(at: 61, recordedAt: 61 * Self.day / 2), keeping: .newestTwo)
        #expect(try shelf.store.positions().map(\.rawValue) == [61, 60])
    }
}
