import LoyaltyDomain
import Testing

@Suite("Local days")
struct LocalDayTests {
    @Test(
        "count from 1970-01-01",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("1998-06-30", 10_407),
            ("2026-11-01", 20_758),
            ("0000-01-01", -719_528), ("9999-12-31", 2_932_896),
        ] as [(String, Int32)]
    )
    func vectors(text: String, days: Int32) {
        #expect(LocalDay(text)?.daysSince1970 == days)
        #expect(LocalDay(daysSince1970: days).description == text)
    }

    @Test(
        "exist only where the calendar has them",
        arguments: [
            "1900-02-29", "2023-02-29", "2024-02-30", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00",
            "2024-1-1",
            "24-01-01", "2024/01/01", "2024-01-01T", "", "2024-01-1a", "-024-01-01",
        ]
    )
    func invalid(text: String) {
        #expect(LocalDay(text) == nil)
    }

    @Test("go through four centuries without a gap")
    func roundTrip() {
        var previous = (year: 1599, month: 12, day: 31)
        for days in Int32(-135_140)...10_957 {
            let fields = LocalDay(daysSince1970: days).fields
            #expect(LocalDay(year: fields.year, month: fields.month, day: fields.day)?.daysSince1970 == days)
            let isNextDay = fields.day == previous.day + 1 && fields.month == previous.month
            #expect(isNextDay || fields.day == 1)
            previous = fields
        }
    }

    @Test("advance, and stop at the ends")
    func advancing() {
        let day = LocalDay(daysSince1970: 5)
        #expect(day.advanced(byDays: -7) == LocalDay(daysSince1970: -2))
        #expect(day.advanced(byDays: .max) == LocalDay(daysSince1970: .max))
        #expect(LocalDay(daysSince1970: -5).advanced(byDays: .min) == LocalDay(daysSince1970: .min))
        #expect(day > LocalDay(daysSince1970: 4))
    }

    @Test(
        "follow from an instant in UTC",
        arguments: [(0, 0), (86_399_999, 0), (86_400_000, 1), (-1, -1), (-86_400_000, -1)]
            as [(Int64, Int32)]
    )
    func ofInstants(milliseconds: Int64, day: Int32) {
        #expect(Timestamp(milliseconds: milliseconds).dayInUTC == LocalDay(daysSince1970: day))
    }

    @Test("lie within what the ledger accepts: the years 0 to 9999")
    func instants() {
        #expect(Timestamp.earliest.dayInUTC.description == "0000-01-01")
        #expect(Timestamp.latest.dayInUTC.description == "9999-12-31")
        #expect(Timestamp.latest.advanced(byMilliseconds: 1) == .latest)
        #expect(Timestamp.latest.advanced(byMilliseconds: .max) == .latest)
        #expect(Timestamp.earliest.advanced(byMilliseconds: .min) == .earliest)
        #expect(!Timestamp(milliseconds: Timestamp.latest.milliseconds + 1).isRepresentable)
        #expect(Timestamp.epoch.isRepresentable)
    }
}
