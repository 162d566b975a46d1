internal import LoyaltyDomain

/// What events say about more than one card: stamps by staff member and day, and references that earned (DESIGN.md 7.3).
struct Couplings: Hashable, Sendable {
    /// A staff member's local day under one program.
    struct StaffDay: Hashable, Sendable {
        var program: ProgramNumber
        var staff: Label
        var day: LocalDay
    }

    /// Stamps awarded by purchases and visits, for programs that ever had a staff cap.
    private(set) var staffStamps: [StaffDay: Stamps] = [:]
    /// Hashes of the references that earned.
    private(set) var references: Set<UInt64> = []

    /// Folds one event.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - program: The card's program, where its staff is counted; nil where it is not.
    ///   - staff: Who did it.
    ///   - day: The local day on which it happened.
    mutating func evolve(_ event: CardEvent, countedProgram program: ProgramNumber?, staff: Label?, on day: LocalDay) {
        switch event {
        case .purchaseRecorded(_, let award), .visitRecorded(_, let award):
            guard award.stamps > 0, let program, let staff else { return }
            staffStamps[StaffDay(program: program, staff: staff, day: day), default: 0] += award.stamps
        case .referenceClaimed(let hash): references.insert(hash)
        default: break
        }
    }

    /// Puts back what a snapshot kept.
    mutating func restore(_ stamps: Stamps, on day: StaffDay) { staffStamps[day] = stamps }

    /// Puts back a reference that a snapshot kept; false where it was there.
    mutating func restore(_ reference: UInt64) -> Bool { references.insert(reference).inserted }
}

extension Guards {
    /// Whether what one card earns depends on other cards.
    var couplesCards: Bool { dailyStaffCap != nil || singleUseReferences }
}

extension ProgramCatalog {
    /// Whether any version of a program caps what a staff member may give, so that its stamps are counted.
    func countsStaff(of program: ProgramNumber) -> Bool {
        versions.contains { $0.number == program && $0.program.rules.guards.dailyStaffCap != nil }
    }
}
