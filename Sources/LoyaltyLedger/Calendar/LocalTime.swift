public import LoyaltyDomain

/// What a clock on the shop's wall shows: a day and a time of that day, without a time zone.
public struct LocalTime: Hashable, Comparable, Sendable {
    /// The day on the wall calendar.
    public let day: LocalDay

    /// Milliseconds since midnight as the clock counts them: 0...86,399,999.
    public let millisecondOfDay: Int

    /// Creates a local time, or nil where a field is out of range.
    ///
    /// There is no second 60 and no hour 24.
    public init?(day: LocalDay, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
            (0..<1000).contains(millisecond)
        else {
            return nil
        }
        self.init(day: day, millisecondOfDay: ((hour * 60 + minute) * 60 + second) * 1000 + millisecond)
    }

    init(day: LocalDay, millisecondOfDay: Int) {
        self.day = day
        self.millisecondOfDay = millisecondOfDay
    }

    /// The time that a clock shows which counts milliseconds since 1970-01-01T00:00 on the wall.
    init(wallMilliseconds: Int) {
        let day = floorDivide(wallMilliseconds, millisecondsPerDay)
        self.day = LocalDay(daysSince1970: Int32(day))
        self.millisecondOfDay = wallMilliseconds - day * millisecondsPerDay
    }

    /// Milliseconds since 1970-01-01T00:00 as the wall shows it.
    var wallMilliseconds: Int { Int(day.daysSince1970) * millisecondsPerDay + millisecondOfDay }

    /// Whether the left one stands earlier on the wall.
    public static func < (left: LocalTime, right: LocalTime) -> Bool {
        (left.day, left.millisecondOfDay) < (right.day, right.millisecondOfDay)
    }
}

let millisecondsPerDay = 86_400_000
