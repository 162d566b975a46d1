import Testing

@testable import LoyaltyLedger

@Suite struct ProgramCalendarTests {
    /// D22's vectors: the day of 2026-11-01 has 25 hours in New York.
    @Test(arguments: [
        ("2026-11-01T05:30:00Z", "2026-11-01"),
        ("2026-11-02T04:59:59Z", "2026-11-01"),
        ("2026-11-02T05:00:00Z", "2026-11-02"),
        ("1997-01-01T04:59:59.999Z", "1996-12-31"),
        ("1997-01-01T05:00:00Z", "1997-01-01"),
        ("1997-07-01T03:59:59Z", "1997-06-30"),
        ("1997-07-01T04:00:00Z", "1997-07-01"),
    ])
    func findsTheDayInNewYork(instant: String, day: String) throws {
        let calendar = try newYork
        let parsed = try #require(calendar.instant(reading: instant))
        #expect(calendar.localDay(of: parsed).description == day)
    }

    @Test(
        "A gap shifts forward, an ambiguous time is its first reading",
        arguments: [
            // In 1997 the United States changed on the first Sunday of April and the last of October.
            ("America/New_York", "1997-04-06T02:30", "1997-04-06T07:30:00Z"),
            ("America/New_York", "1997-10-26T01:30", "1997-10-26T05:30:00Z"),
            ("America/New_York", "2026-03-08T01:59:59", "2026-03-08T06:59:59Z"),
            ("America/New_York", "2026-03-08T02:00", "2026-03-08T07:00:00Z"),
            ("America/New_York", "2026-03-08T02:59:59", "2026-03-08T07:59:59Z"),
            ("America/New_York", "2026-03-08T03:00", "2026-03-08T07:00:00Z"),
            ("America/New_York", "2026-11-01T00:59:59", "2026-11-01T04:59:59Z"),
            ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z"),
            ("America/New_York", "2026-11-01T02:00", "2026-11-01T07:00:00Z"),
            // Half an hour, and a whole day that Samoa left out.
            ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45:00Z"),
            ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00Z"),
            ("UTC", "2026-03-08T02:30", "2026-03-08T02:30:00Z"),
        ]
    )
    func readsLocalTimes(zone: String, local: String, utc: String) throws {
        let calendar = try #require(ProgramCalendar(timeZone: zone))
        #expect(calendar.instant(reading: local) == calendar.instant(reading: utc))
    }

    @Test(arguments: [
        ("America/New_York", "1997-01-01", "1997-01-01T05:00:00Z"),
        ("America/New_York", "2026-11-01", "2026-11-01T04:00:00Z"),
        ("America/New_York", "2026-11-02", "2026-11-02T05:00:00Z"),
        ("UTC", "2026-11-01", "2026-11-01T00:00:00Z"),
        // No midnight: the clock went from 23:59:59 to 01:00.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
        ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z"),
        // From 23:30 straight to 00:30 of the next day.
        ("America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z"),
        // Two midnights: back from 01:00 to 00:00, and back from 00:01 to 23:01 of the day before.
        ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"),
        ("America/St_Johns", "2006-10-29", "2006-10-29T02:30:00Z"),
        // A day that never was begins where the next one does.
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),
    ])
    func findsTheFirstInstantOfADay(zone: String, day: String, utc: String) throws {
        let calendar = try #require(ProgramCalendar(timeZone: zone))
        let first = calendar.firstInstant(of: try #require(LocalDay(day)))
        #expect(first == calendar.instant(reading: utc))
        #expect(calendar.instant(reading: day) == first)
        #expect(calendar.localDay(of: first.advanced(byMilliseconds: -1)) < calendar.localDay(of: first))
    }

    @Test(arguments: [
        "America/New_York", "America/Sao_Paulo", "Asia/Beirut", "Africa/Casablanca", "Pacific/Apia", "Africa/Freetown",
    ])
    func agreesWithItselfThroughTwoCenturies(zone: String) throws {
        let calendar = try #require(ProgramCalendar(timeZone: zone))
        var instant = try #require(calendar.instant(reading: "1895-01-01T00:00Z"))
        let end = try #require(calendar.instant(reading: "2105-01-01T00:00Z"))
        while instant < end {
            let local = calendar.localTime(of: instant)
            let first = calendar.instant(of: local)
            // The first reading of a repeated time is earlier and shows the same.
            #expect(first <= instant && calendar.localTime(of: first) == local)
            #expect(calendar.firstInstant(of: local.day) <= instant)
            instant = instant.advanced(byMilliseconds: 31 * 3_600_000 + 1)
        }
    }

    @Test(arguments: ["America/New_York", "Europe/Kyiv", "Etc/GMT+5", "UTC", "GMT", "EST5EDT", "CET"])
    func knowsIANAIdentifiers(identifier: String) {
        #expect(ProgramCalendar(timeZone: identifier)?.timeZone == identifier)
    }

    @Test(arguments: ["", "Mars/Olympus", "america/new_york", "GMT+3", "UTC+2", "+05:00", "BST", "PST", "New York"])
    func refusesOtherNames(identifier: String) {
        #expect(ProgramCalendar(timeZone: identifier) == nil)
    }

    private var newYork: ProgramCalendar {
        get throws { try #require(ProgramCalendar(timeZone: "America/New_York")) }
    }
}
