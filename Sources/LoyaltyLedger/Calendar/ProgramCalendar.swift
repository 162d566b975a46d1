public import LoyaltyDomain

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The calendar of a program: which day an instant falls on in its time zone, and back (D22).
///
/// A local time that a forward change skips is shifted forward by the length of the gap; one that a backward change
/// repeats is its first reading. For example, in New York 2026-03-08 02:30 is 03:30, and 2026-11-01 01:30 is 05:30 UTC.
///
/// Making one costs some milliseconds, using it some nanoseconds; it may be used from many threads at once.
public struct ProgramCalendar: Sendable {
    /// The IANA identifier of the time zone, such as `America/New_York`.
    public let timeZone: String

    private let offsets: ZoneOffsets

    /// Creates the calendar of a time zone, or nil where the identifier names none in the IANA database.
    public init?(timeZone identifier: String) {
        guard let zone = ProgramCalendar.zone(identifier) else { return nil }
        self.timeZone = identifier
        self.offsets = ZoneOffsets(of: zone)
    }

    /// Whether the identifier names a time zone of the IANA database.
    public static func isTimeZone(_ identifier: String) -> Bool { zone(identifier) != nil }

    /// The day on which the instant falls.
    public func localDay(of instant: Timestamp) -> LocalDay {
        localTime(of: instant).day
    }

    /// What the wall clock shows at the instant.
    public func localTime(of instant: Timestamp) -> LocalTime {
        LocalTime(wallMilliseconds: Int(instant.milliseconds) + offset(at: instant) * 1000)
    }

    /// The instant at which the wall clock shows that time, by the rules for gaps and repetitions above.
    public func instant(of local: LocalTime) -> Timestamp {
        switch reading(of: local) {
        case .shown(let instant): instant
        case .skipped(let before, _): Timestamp(wall: local.wallMilliseconds, offset: before)
        }
    }

    /// The first instant of the day.
    ///
    /// Where the day has no midnight, that is the change which skipped it; where the zone
    /// skipped the whole day, it is the first instant of the next one.
    public func firstInstant(of day: LocalDay) -> Timestamp {
        let midnight = LocalTime(day: day, millisecondOfDay: 0)
        switch reading(of: midnight) {
        case .shown(let instant): return instant
        case .skipped(let before, let after):
            let seconds = midnight.wallMilliseconds / 1000
            let change = LoyaltyLedger.firstInstant(in: seconds - after...seconds - before) {
                offsets.offset(at: $0) == after
            }
            return Timestamp(milliseconds: Int64(change) * 1000)
        }
    }

    /// Seconds to add to UTC at the instant.
    func offset(at instant: Timestamp) -> Int {
        offsets.offset(at: floorDivide(Int(instant.milliseconds), 1000))
    }

    private enum Reading {
        /// The clock shows the time, at this instant first.
        case shown(Timestamp)

        /// The clock jumps over the time, from one offset to another.
        case skipped(before: Int, after: Int)
    }

    private func reading(of local: LocalTime) -> Reading {
        let wall = local.wallMilliseconds
        // No offset exceeds 16 hours, and no two changes are that close: at most one lies between these two.
        let before = offsets.offset(at: floorDivide(wall, 1000) - 16 * 3600)
        let after = offsets.offset(at: floorDivide(wall, 1000) + 16 * 3600)
        let first = Timestamp(wall: wall, offset: before)
        if offset(at: first) == before { return .shown(first) }
        let second = Timestamp(wall: wall, offset: after)
        return offset(at: second) == after ? .shown(second) : .skipped(before: before, after: after)
    }

    private static func zone(_ identifier: String) -> TimeZone? {
        guard !foreignAbbreviations.contains(identifier), let zone = TimeZone(identifier: identifier) else {
            return nil
        }
        // The library also reads GMT+3 and the like, and answers with a name of its own.
        return zone.identifier == identifier || otherNamesOfUTC.contains(identifier) ? zone : nil
    }

    private static let otherNamesOfUTC: Set<String> = ["UTC", "GMT+0", "GMT-0"]

    /// Abbreviations that the time zone library reads in its own way (BST as Bangladesh) and IANA does not know.
    private static let foreignAbbreviations: Set<String> = [
        "ACT", "AET", "AGT", "ART", "AST", "BET", "BST", "CAT", "CNT", "CST", "CTT", "EAT", "ECT", "IET", "IST", "JST",
        "MIT", "NET", "NST", "PLT", "PNT", "PRT", "PST", "SST", "VST",
    ]
}

extension Timestamp {
    /// The instant at which a clock that is `offset` seconds ahead of UTC shows `wall` milliseconds since 1970.
    fileprivate init(wall: Int, offset: Int) {
        self.init(milliseconds: Int64(wall - offset * 1000))
    }
}
