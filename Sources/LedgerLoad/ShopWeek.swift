/// The hours of a shop: when the next command comes.
///
/// Weekdays have a morning, a lunch and an evening peak; Saturday is long and full, Sunday short; at night nothing happens.
struct ShopWeek: Sendable {
    /// 2024-01-01T00:00:00+01:00, a Monday.
    private static let firstWeek: Int64 = 1_704_063_600_000
    private static let hour: Int64 = 3_600_000
    private static let week: Int64 = 168 * hour

    /// How busy each hour of the week is.
    private static let weights: [Int64] = {
        let weekday: [Int64] = [0, 0, 0, 0, 0, 0, 0, 8, 12, 7, 5, 6, 13, 11, 5, 5, 6, 10, 9, 3, 0, 0, 0, 0]
        let saturday: [Int64] = [0, 0, 0, 0, 0, 0, 0, 3, 8, 12, 14, 14, 13, 12, 11, 10, 8, 6, 3, 0, 0, 0, 0, 0]
        let sunday: [Int64] = [0, 0, 0, 0, 0, 0, 0, 0, 4, 9, 11, 9, 6, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        return Array(repeating: weekday, count: 5).flatMap { $0 } + saturday + sunday
    }()

    /// Commands of each card in a week.
    private static let commandsPerCard: Int64 = 2

    /// Milliseconds since the first week began.
    private var now: Int64 = 0
    private let start: Int64
    /// Milliseconds between two commands in an hour of weight 1.
    private let gap: Int64

    init(cards: Int, notBefore earliest: Int64) {
        let weeks = max(earliest - Self.firstWeek + Self.week - 1, 0) / Self.week
        start = Self.firstWeek + weeks * Self.week
        let busy = Self.weights.reduce(0, +) * Self.hour
        gap = max(busy / (Self.commandsPerCard * Int64(cards)), 1)
    }

    /// The hour of the day of the last command, as the shop's own clock shows it in winter.
    var hourOfDay: Int { Int(now / Self.hour % 24) }

    /// When the next command happens, in UTC milliseconds; never before the one before it.
    mutating func next(_ random: inout LoadRandom) -> Int64 {
        let weight = Self.weights[Int(now / Self.hour) % Self.weights.count]
        now += gap * Int64(random.below(1 << 16)) / (max(weight, 1) << 15)
        while Self.weights[Int(now / Self.hour) % Self.weights.count] == 0 {
            now += Self.hour - now % Self.hour
        }
        return start + now
    }
}
