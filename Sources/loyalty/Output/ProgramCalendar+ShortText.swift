import LoyaltyLedger

extension ProgramCalendar {
    /// The instant as a person reads it off the wall, such as `1997-12-12 09:30`.
    func shortText(of instant: Timestamp) -> String {
        let local = localTime(of: instant)
        let minutes = local.millisecondOfDay / 60_000
        let clock = [minutes / 60, minutes % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return "\(local.day) \(clock.joined(separator: ":"))"
    }
}
