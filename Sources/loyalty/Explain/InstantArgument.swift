import LoyaltyLedger

extension ProgramCalendar {
    /// Reads an instant of the command line: a day means the end of that local day.
    func instant(ofArgument text: String, for option: String) throws(CommandFailure) -> Timestamp {
        if let day = LocalDay(text) {
            return firstInstant(of: day.advanced(byDays: 1)).advanced(byMilliseconds: -1)
        }
        guard let instant = instant(reading: text) else {
            throw .usage(
                "\(option) must be a day or an instant, not \(text)",
                hint: "Such as 2026-11-25 or 2026-11-25T18:30."
            )
        }
        return instant
    }
}
