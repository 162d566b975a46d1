package import LoyaltyDomain

extension ProgramCalendar {
    /// The instant as a person reads it off the wall, such as `1997-12-12 09:30`.
    package func shortText(of instant: Timestamp) -> String {
        let local = localTime(of: instant)
        let minutes = local.millisecondOfDay / 60_000
        return "\(local.day) \(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
    }
}
