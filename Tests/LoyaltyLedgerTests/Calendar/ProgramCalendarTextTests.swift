import Testing

@testable import LoyaltyLedger

@Suite struct ProgramCalendarTextTests {
    @Test(
        "Reads RFC 3339 and its neighbours",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01t00:00:00z", 0),
            ("1970-01-01T00:00:00-00:00", 0),
            ("1970-01-01 00:00:00+00:00", 0),
            ("1970-01-01T01:00:00+01:00", 0),
            ("1969-12-31T18:30:00-05:30", 0),
            ("1970-01-01T00:00Z", 0),
            ("1970-01-01T00:00:01.5Z", 1500),
            ("1970-01-01T00:00:01.05Z", 1050),
            ("1970-01-01T00:00:01.123456789Z", 1123),
            ("1969-12-31T23:59:59.999Z", -1),
            ("1969-12-31T19:00:00", 0),
            ("1969-12-31 19:00", 0),
            ("1969-12-31", -68_400_000),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ]
    )
    func reads(text: String, milliseconds: Int64) throws {
        let calendar = try #require(ProgramCalendar(timeZone: "America/New_York"))
        #expect(calendar.instant(reading: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "yesterday", "1997-13-01", "1997-02-29", "1997-1-1", "97-01-01", "01/02/1997", "19970101", " 1997-01-01",
        "1997-01-01T", "1997-01-01T24:00:00Z", "1997-01-01T23:60:00Z", "1997-06-30T23:59:60Z", "1997-01-01T1:00Z",
        "1997-01-01Z", "1997-01-01T10Z", "1997-01-01T10:00:00.Z", "1997-01-01T10:00:00.1234567890Z",
        "1997-01-01T10:00:00,5Z", "1997-01-01T10:00:00+24:00", "1997-01-01T10:00:00+01:60", "1997-01-01T10:00:00+0100",
        "1997-01-01T10:00:00 -05:00", "1997-01-01T10:00:00Z ", "1997-01-01T10:00:00ZZ", "１997-01-01",
        "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "1997-01-01T-1:00:00Z",
    ])
    func refuses(text: String) throws {
        let calendar = try #require(ProgramCalendar(timeZone: "America/New_York"))
        #expect(calendar.instant(reading: text) == nil)
    }

    @Test(arguments: [
        ("America/New_York", "1997-01-01T05:00:00Z", "1997-01-01T00:00:00-05:00"),
        ("America/New_York", "1997-07-01T16:30:15.250Z", "1997-07-01T12:30:15.250-04:00"),
        ("America/New_York", "2026-11-01T06:30:00.007Z", "2026-11-01T01:30:00.007-05:00"),
        ("Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-01T05:30:00+05:30"),
        ("America/St_Johns", "2026-01-01T00:00:00Z", "2025-12-31T20:30:00-03:30"),
        ("UTC", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ("Europe/London", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ("Europe/London", "2026-07-01T00:00:00Z", "2026-07-01T01:00:00+01:00"),
        // Four hours, 56 minutes and two seconds behind: RFC 3339 has no word for it.
        ("America/New_York", "1800-01-01T00:00:00Z", "1800-01-01T00:00:00Z"),
        ("Asia/Tokyo", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
    ])
    func writes(zone: String, utc: String, text: String) throws {
        let calendar = try #require(ProgramCalendar(timeZone: zone))
        let instant = try #require(calendar.instant(reading: utc))
        #expect(calendar.text(of: instant) == text)
        #expect(calendar.instant(reading: text) == instant)
    }
}
