public import LoyaltyDomain

/// A point in time on the two clocks of a ledger: what had happened by then, and what was known by then.
///
/// For example, what is known today of the end of October, and what was known of it on the first of November at nine:
///
///     let october = PointInTime.Limit.endOf(day)
///     let today = try await ledger.card(card, asOf: .occurred(october))
///     let then = try await ledger.card(card, asOf: .occurred(october, knownAt: .instant(nine)))
///
/// An event counts if it takes effect by the first limit (D5) and was recorded by the second one; nothing is decided again.
public struct PointInTime: Hashable, Sendable {
    /// How far a clock is followed.
    public enum Limit: Hashable, Sendable {
        /// Up to and including an instant.
        case instant(Timestamp)
        /// To the end of a local day, in each program's own zone.
        case endOf(LocalDay)
    }

    /// By when events take effect; nil for all that are known.
    public var occurred: Limit?
    /// By when events were recorded; nil for all.
    public var known: Limit?

    /// Sets a point in time.
    public init(occurred: Limit? = nil, known: Limit? = nil) {
        self.occurred = occurred
        self.known = known
    }

    /// Everything, as it is known now.
    public static let now = PointInTime()

    /// What had happened by a limit, as far as it was known by another one.
    public static func occurred(_ limit: Limit, knownAt known: Limit? = nil) -> PointInTime {
        PointInTime(occurred: limit, known: known)
    }

    /// What had happened by an instant, as far as it was known by another one.
    public static func occurred(_ instant: Timestamp, knownAt known: Timestamp? = nil) -> PointInTime {
        PointInTime(occurred: .instant(instant), known: known.map { .instant($0) })
    }

    /// What was known by a limit, whenever it happened.
    public static func known(at limit: Limit) -> PointInTime { PointInTime(known: limit) }

    /// What was known by an instant, whenever it happened.
    public static func known(at instant: Timestamp) -> PointInTime { PointInTime(known: .instant(instant)) }
}

extension PointInTime.Limit {
    /// The last instant within the limit, in a zone.
    func last(in calendar: ProgramCalendar) -> Timestamp {
        switch self {
        case .instant(let instant): instant
        case .endOf(let day): calendar.firstInstant(of: day.advanced(byDays: 1)).advanced(byMilliseconds: -1)
        }
    }

    /// The local day of the limit, in a zone.
    func day(in calendar: ProgramCalendar) -> LocalDay {
        switch self {
        case .instant(let instant): calendar.localDay(of: instant)
        case .endOf(let day): day
        }
    }
}

extension LedgerState {
    /// A point in time as instants of each program.
    ///
    /// - Parameter now: The machine's clock, for the day of a point that leaves both clocks open.
    func horizon(of point: PointInTime, now: Timestamp) -> Horizon {
        func instants(_ limit: PointInTime.Limit?) -> [ProgramNumber: Timestamp]? {
            limit.map { limit in calendars.mapValues { limit.last(in: $0) } }
        }
        let days = (0..<calendars.count).compactMap { number -> LocalDay? in
            let program = ProgramNumber(UInt16(number))
            guard let limit = point.occurred ?? point.known else { return today(of: program, now: now) }
            return calendars[program].map { limit.day(in: $0) }
        }
        return Horizon(days: days, effective: instants(point.occurred), recorded: instants(point.known))
    }
}
