/// Stamps that have a last day of their own, in the order in which they are consumed: by last day, then by when they were
/// earned, then by when that was recorded (D12).
///
/// Stamps without a last day are in no lot and are consumed after all of these.
public struct LotBook: Hashable, Sendable {
    /// Stamps that one event earned.
    public struct Lot: Hashable, Sendable {
        /// The event that earned them.
        public internal(set) var version: CardVersion
        /// The last day on which they are there.
        public let lastDay: LocalDay
        /// When they were earned.
        public let occurredAt: Timestamp
        /// What is left of them.
        public internal(set) var left: Stamps
        /// What lapsed of them and no refund has consumed.
        public internal(set) var lapsed: Stamps = 0

        init(version: CardVersion, lastDay: LocalDay, occurredAt: Timestamp, left: Stamps) {
            self.version = version
            self.lastDay = lastDay
            self.occurredAt = occurredAt
            self.left = left
        }
    }

    /// Stamps drawn from one lot.
    struct Draw: Hashable, Sendable {
        var lot: CardVersion
        var stamps: Stamps
    }

    /// All lots, in the order of consumption.
    public private(set) var lots: [Lot] = []
    /// No lot before this place has anything left.
    private var start = 0

    /// Creates an empty book.
    public init() {}

    /// Adds a lot in its place.
    mutating func add(_ lot: Lot) {
        var place = lots.count
        while place > 0 && key(of: lot) < key(of: lots[place - 1]) { place -= 1 }
        lots.insert(lot, at: place)
        start = min(start, place)
    }

    /// Consumes stamps, those that lapse first before others; what no lot has comes from stamps without a last day.
    @discardableResult
    mutating func consume(_ count: Stamps) -> [Draw] {
        var (draws, left, place) = ([Draw](), count, start)
        while left > 0 && place < lots.count {
            let taken = min(left, lots[place].left)
            if taken > 0 { draws.append(Draw(lot: lots[place].version, stamps: taken)) }
            lots[place].left -= taken
            left -= taken
            if place == start && lots[place].left == 0 { start += 1 }
            place += 1
        }
        return draws
    }

    /// Puts stamps back into the very lots they were drawn from.
    mutating func restore(_ draws: [Draw]) {
        for draw in draws {
            guard let place = lots.firstIndex(where: { $0.version == draw.lot }) else { continue }
            lots[place].left += draw.stamps
            start = min(start, place)
        }
    }

    /// Takes stamps from the lot of one event, as many as it has; tells how many.
    mutating func take(_ count: Stamps, of version: CardVersion) -> Stamps {
        guard count > 0, let place = lots.firstIndex(where: { $0.version == version }) else { return 0 }
        let taken = min(count, lots[place].left)
        lots[place].left -= taken
        return taken
    }

    /// Takes stamps from the newest lots first (D12).
    mutating func takeNewest(_ count: Stamps) {
        var left = count
        for place in lots.indices.reversed() where left > 0 {
            let taken = min(left, lots[place].left)
            lots[place].left -= taken
            left -= taken
        }
    }

    /// Stamps that lapse if that is the last day gone by.
    func due(through day: LocalDay) -> Stamps {
        lots[start...].reduce(0) { $1.lastDay <= day ? $0 + $1.left : $0 }
    }

    /// The latest last day among lots that lapse if that is the last day gone by.
    func lastDay(through day: LocalDay) -> LocalDay? {
        lots[start...].last { $0.lastDay <= day && $0.left > 0 }?.lastDay
    }

    /// The first last day after a day among lots that have anything left.
    func next(after day: LocalDay) -> LocalDay? {
        lots[start...].first { $0.lastDay > day && $0.left > 0 }?.lastDay
    }

    /// Lets lapse what ends on or before a day.
    mutating func lapse(through day: LocalDay) {
        while start < lots.count && lots[start].lastDay <= day {
            lots[start].lapsed += lots[start].left
            lots[start].left = 0
            start += 1
        }
    }

    /// What lapsed of an event's stamps, or nil where they have no last day of their own.
    func lapsed(of version: CardVersion) -> Stamps? { lots.first { $0.version == version }?.lapsed }

    /// Notes that a refund consumed lapsed stamps of an event; false where they have no lot.
    mutating func absorbLapsed(_ count: Stamps, of version: CardVersion) -> Bool {
        guard let place = lots.firstIndex(where: { $0.version == version }) else { return false }
        lots[place].lapsed -= count
        return true
    }

    /// Whether there is no lot.
    var isEmpty: Bool { lots.isEmpty }

    private func key(of lot: Lot) -> (LocalDay, Timestamp, CardVersion) { (lot.lastDay, lot.occurredAt, lot.version) }
}
