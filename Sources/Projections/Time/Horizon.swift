public import LoyaltyDomain

/// How far one looks on both clocks: an event counts if it took effect by one instant and was recorded by another.
///
/// A day ends at another instant in each zone, so each program has instants of its own.
public struct Horizon: Hashable, Sendable {
    /// The local day on which one looks, by program number.
    private let days: [LocalDay]
    /// The last instant from which something may count, by program number; nil for no limit.
    private let effective: [Timestamp]?
    /// The last instant at which something may have been recorded, by program number; nil for no limit.
    private let recorded: [Timestamp]?

    /// No event is that early.
    private static let never = Timestamp(milliseconds: .min)

    /// Sets a horizon.
    ///
    /// - Parameters:
    ///   - days: The local day on which one looks, for each program from number 0 on.
    ///   - effective: By when events must take effect; nil for no limit. Where a program is not named, none of its events count.
    ///   - recorded: By when they must be recorded; the same.
    public init(
        days: [LocalDay],
        effective: [ProgramNumber: Timestamp]? = nil,
        recorded: [ProgramNumber: Timestamp]? = nil
    ) {
        func byNumber(_ instants: [ProgramNumber: Timestamp]) -> [Timestamp] {
            days.indices.map { instants[ProgramNumber(UInt16($0))] ?? Self.never }
        }
        self.days = days
        self.effective = effective.map(byNumber)
        self.recorded = recorded.map(byNumber)
    }

    /// Whether an event of a program's card counts (D5).
    ///
    /// - Complexity: O(1).
    public func counts(_ event: EffectiveEvent, recordedAt: Timestamp, of program: ProgramNumber) -> Bool {
        let number = Int(program.rawValue)
        guard number < days.count else { return false }
        if let recorded, recordedAt > recorded[number] { return false }
        if let effective, event.counts(ifRecordedAt: recordedAt) > effective[number] { return false }
        return true
    }

    /// Whether something that was recorded at an instant, and counts from another, is in sight of every program.
    public func covers(effectiveAt: Timestamp, recordedAt: Timestamp) -> Bool {
        (effective?.allSatisfy { effectiveAt <= $0 } ?? true) && (recorded?.allSatisfy { recordedAt <= $0 } ?? true)
    }

    /// Whether rules were known and in force.
    public func counts(_ version: ProgramCatalog.Version, recordedAt: Timestamp) -> Bool {
        let number = Int(version.number.rawValue)
        guard number < days.count else { return false }
        if let recorded, recordedAt > recorded[number] { return false }
        return effective.map { version.effectiveFrom <= $0[number] } ?? true
    }

    /// The local day on which one looks at a program's cards; nil where it has no such program.
    public func day(of program: ProgramNumber) -> LocalDay? {
        Int(program.rawValue) < days.count ? days[Int(program.rawValue)] : nil
    }

    /// The last instant at which anything that counts was recorded; nil for no limit.
    public var lastRecorded: Timestamp? { recorded?.max() }
}
