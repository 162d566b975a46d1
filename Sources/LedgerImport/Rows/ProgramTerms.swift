package import LoyaltyLedger

/// What it takes to read a row of one program's card: in which currency its amounts are, and by which clock its times.
package struct ProgramTerms: Sendable {
    /// The currency of every amount.
    package let currency: Currency

    /// The calendar of every date and of every time without an offset (D22).
    package let calendar: ProgramCalendar

    /// Creates terms.
    package init(currency: Currency, calendar: ProgramCalendar) {
        self.currency = currency
        self.calendar = calendar
    }
}
