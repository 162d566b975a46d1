/// Which snapshots stay when another is written: the newest ones, and of those before them ever fewer.
///
/// Older ones make questions about the past cheap and are used for nothing else. Ages are told by when the last event in a
/// snapshot was recorded.
public struct SnapshotRetention: Hashable, Sendable {
    /// How many of the newest stay, whatever their age; at least 1.
    public var newest: Int
    /// Of how many days that have any the last one stays.
    public var days: Int
    /// Of how many weeks.
    public var weeks: Int
    /// Of how many spans of 30 days.
    public var months: Int

    /// Sets how many stay.
    public init(newest: Int, days: Int, weeks: Int, months: Int) {
        self.newest = newest
        self.days = days
        self.weeks = weeks
        self.months = months
    }

    /// The newest two, and the last one of 7 days, of 13 weeks and of 24 spans of 30 days: at most 46.
    public static let thinned = SnapshotRetention(newest: 2, days: 7, weeks: 13, months: 24)
    /// The newest two and no others: as few bytes as opening needs.
    public static let newestTwo = SnapshotRetention(newest: 2, days: 0, weeks: 0, months: 0)

    /// How many there are at most.
    public var largestCount: Int { max(newest, 1) + days + weeks + months }

    /// Which of some snapshots stay.
    ///
    /// The last one of a span that is over stays the last one of it, so that what a longer span wants is never gone before it
    /// is wanted.
    ///
    /// - Parameter recordedAt: When the last event in each was recorded, UTC milliseconds, newest first.
    public func kept(_ recordedAt: [Int64]) -> [Bool] {
        var kept = recordedAt.indices.map { $0 < max(newest, 1) }
        let day: Int64 = 86_400_000
        for (length, count) in [(day, days), (7 * day, weeks), (30 * day, months)] {
            var (span, left): (Int64?, Int) = (nil, count)
            for (index, instant) in recordedAt.enumerated() {
                let own = instant >= 0 ? instant / length : (instant + 1) / length - 1
                guard own != span, left > 0 else { continue }
                (span, left) = (own, left - 1)
                kept[index] = true
            }
        }
        return kept
    }
}
