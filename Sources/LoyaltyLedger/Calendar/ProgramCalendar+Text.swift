public import LoyaltyDomain

extension ProgramCalendar {
    /// Reads an instant in RFC 3339, or nil where the text is none or lies outside the years the ledger accepts.
    ///
    /// `2026-11-01T05:30:00Z`, with `Z` or an offset such as `-05:00`. Without an offset the time is local to the
    /// program's zone; a date alone is the first instant of that day. Seconds may be left out; up to nine digits of a
    /// fraction are read and truncated to milliseconds; a space may stand for the T. Second 60 and hour 24 are refused.
    public func instant(reading text: String) -> Timestamp? {
        guard let parts = InstantText(text) else { return nil }
        let instant: Timestamp
        if let time = parts.time {
            instant = parts.offset.map { Timestamp(time, ahead: $0) } ?? self.instant(of: time)
        } else {
            instant = firstInstant(of: parts.day)
        }
        return instant.isRepresentable ? instant : nil
    }

    /// The instant in RFC 3339 with the zone's offset, such as `1997-01-01T00:00:00-05:00`.
    ///
    /// `Z` stands for a zero offset; a fraction, of three digits, is written only where it is not zero. What RFC 3339
    /// cannot express (local mean times with odd seconds, local years outside 0...9999) is written in UTC.
    public func text(of instant: Timestamp) -> String {
        var offset = offset(at: instant)
        var local = LocalTime(wallMilliseconds: Int(instant.milliseconds) + offset * 1000)
        if offset % 60 != 0 || !(0...9999).contains(local.day.fields.year) {
            offset = 0
            local = LocalTime(wallMilliseconds: Int(instant.milliseconds))
        }
        return "\(local.day)T\(local.clockText)\(ProgramCalendar.offsetText(offset))"
    }

    private static func offsetText(_ offset: Int) -> String {
        guard offset != 0 else { return "Z" }
        let minutes = abs(offset) / 60
        return "\(offset < 0 ? "-" : "+")\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
    }
}

extension LocalTime {
    /// `hh:mm:ss`, with three more digits where the milliseconds are not zero.
    fileprivate var clockText: String {
        let seconds = millisecondOfDay / 1000
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }.joined(separator: ":")
        let fraction = millisecondOfDay % 1000
        return fraction == 0 ? clock : "\(clock).\(padded(fraction, to: 3))"
    }
}

extension Timestamp {
    fileprivate init(_ time: LocalTime, ahead offset: Int) {
        self.init(milliseconds: Int64(time.wallMilliseconds - offset * 1000))
    }
}
