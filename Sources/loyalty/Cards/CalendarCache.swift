import LoyaltyLedger

/// The calendars of a ledger's programs, taken once.
struct CalendarCache {
    private let calendars: [ProgramID: ProgramCalendar]
    private let first: ProgramCalendar?

    /// Takes the calendars.
    init(_ ledger: Ledger) {
        var calendars: [ProgramID: ProgramCalendar] = [:]
        for program in ledger.programs { calendars[program.id] = ledger.calendar(of: program.id) }
        self.calendars = calendars
        first = ledger.programs.first.flatMap { calendars[$0.id] }
    }

    /// The calendar of a program of this ledger.
    subscript(program: Program) -> ProgramCalendar {
        guard let calendar = calendars[program.id] ?? first else {
            preconditionFailure("program \(program.id.text) is of this ledger, and every program has a calendar")
        }
        return calendar
    }
}
