public import LoyaltyDomain

/// Folds events into what each staff member did, program by program (section 7: "staff favouring friends").
public struct StaffFold: Sendable {
    /// Whose work, on which program's cards.
    public struct Key: Hashable, Sendable {
        /// The staff member; nil where the command named none.
        public var staff: Label?
        /// The program.
        public var program: ProgramNumber
    }

    private var programs: [ProgramNumber] = []
    private var activities: [Key: StaffActivity] = [:]
    private let days: ClosedRange<LocalDay>?
    private let horizon: Horizon?

    /// Starts a fold.
    ///
    /// - Parameters:
    ///   - days: The local days on which what counts occurred; nil for all of them.
    ///   - horizon: Which events count; nil for all of them.
    public init(days: ClosedRange<LocalDay>? = nil, within horizon: Horizon? = nil) {
        self.days = days
        self.horizon = horizon
    }

    /// Folds the next record of the ledger; what the ledger did of its own accord is nobody's work.
    public mutating func fold(_ record: borrowing CardRecord, by staff: Label?) {
        for event in record.events {
            if case .cardIssued(_, _, let program) = event.event { programs.append(program) }
        }
        let index = Int(record.card.rawValue) - 1
        guard record.source != .system, programs.indices.contains(index) else { return }
        guard days?.contains(record.moment.occurredOn) ?? true else { return }
        let key = Key(staff: staff, program: programs[index])
        var activity = activities[key] ?? StaffActivity()
        for event in record.events {
            guard horizon?.counts(event, recordedAt: record.recordedAt, of: key.program) ?? true else { continue }
            activity.count(event.event)
        }
        activities[key] = activity
    }

    /// The activities, ordered by the UTF-8 bytes of the names, then by program; what names nobody comes first.
    public var rows: [(key: Key, activity: StaffActivity)] {
        activities.filter { $0.value != StaffActivity() }
            .map { (key: $0.key, activity: $0.value) }
            .sorted { left, right in
                let (first, second) = (left.key.staff?.text ?? "", right.key.staff?.text ?? "")
                if first != second { return first.utf8.lexicographicallyPrecedes(second.utf8) }
                return left.key.program.rawValue < right.key.program.rawValue
            }
    }
}
