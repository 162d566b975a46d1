import LoyaltyLedger

/// What it takes to read a row of one program's card: in which currency its amounts are, and by which clock its times.
struct ProgramTerms: Sendable {
    /// The currency of every amount.
    let currency: Currency

    /// The calendar of every date and of every time without an offset (D22).
    let calendar: ProgramCalendar
}
