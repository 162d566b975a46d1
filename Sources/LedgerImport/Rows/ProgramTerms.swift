package import LoyaltyLedger

/// What it takes to read a row of one program's card: in which currency its amounts are, by which clock its times, and how its
/// tiers are called.
package struct ProgramTerms: Sendable {
    /// The currency of every amount.
    package let currency: Currency

    /// The calendar of every date and of every time without an offset (D22).
    package let calendar: ProgramCalendar

    /// The program.
    package let program: ProgramID?

    /// The names of its tiers, lowest first.
    package let tiers: [String]

    /// Creates terms.
    package init(
        currency: Currency,
        calendar: ProgramCalendar,
        program: ProgramID? = nil,
        tiers: [String] = []
    ) {
        self.currency = currency
        self.calendar = calendar
        self.program = program
        self.tiers = tiers
    }
}
