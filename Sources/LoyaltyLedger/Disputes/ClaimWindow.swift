public import LoyaltyDomain

/// The instants a claim is about: a local day, or a minute of it, which a clock that is set back shows twice.
public struct ClaimWindow: Hashable, Sendable {
    /// The instants, ascending; none where the clock on the wall jumped over the time that was named.
    public let spans: [ClosedRange<Timestamp>]

    /// The first instant; of the day where the time was jumped over.
    public let start: Timestamp

    /// The last instant, by which the ledger is asked what it knew.
    public let end: Timestamp

    /// The instants of a claim, none of them later than now.
    ///
    /// - Throws: `ClaimProblem` where all of them lie in the future.
    init(of claim: Claim, in calendar: ProgramCalendar, now: Timestamp) throws(ClaimProblem) {
        let first = calendar.firstInstant(of: claim.day)
        let last = calendar.firstInstant(of: claim.day.advanced(byDays: 1)).advanced(byMilliseconds: -1)
        // A zone that moves over the date line may leave out a whole day.
        var spans = last < first ? [] : [first...last]
        if let minute = claim.minute {
            spans = calendar.instants(of: claim.day, minute: minute).map { $0...$0.advanced(byMilliseconds: 59_999) }
        }
        let begun = spans.filter { $0.lowerBound <= now }.map { $0.lowerBound...min($0.upperBound, now) }
        guard first <= now, begun.isEmpty == spans.isEmpty else {
            throw ClaimProblem("the claim is about a time that has not come yet")
        }
        self.spans = begun
        start = begun.first?.lowerBound ?? first
        end = begun.last?.upperBound ?? min(max(first, last), now)
    }

    /// Whether the clock on the wall never showed the time that was named.
    public var isSkipped: Bool { spans.isEmpty }
}

extension ProgramCalendar {
    /// The instants at which the wall shows a minute of a day: none where it is skipped, two where it is repeated.
    func instants(of day: LocalDay, minute: Int32) -> [Timestamp] {
        guard let time = LocalTime(day: day, hour: Int(minute) / 60, minute: Int(minute) % 60) else { return [] }
        let first = instant(of: time)
        guard localTime(of: first) == time else { return [] }
        // Clocks are set back by a quarter of an hour to a day; zones change at whole quarters.
        let again = stride(from: Int64(15), through: 24 * 60, by: 15).lazy
            .map { first.advanced(byMilliseconds: $0 * 60_000) }
            .first { self.localTime(of: $0) == time }
        return [first] + [again].compactMap(\.self)
    }
}
