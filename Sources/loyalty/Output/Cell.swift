import LoyaltyLedger

/// One value of a report, in the forms that its readers want.
struct Cell: Hashable {
    /// For a person: amounts with their decimals.
    let shown: String

    /// For a program, in CSV: nil for no value.
    let plain: String?

    /// For a program, in JSON.
    let json: JSONValue

    /// Whether a table sets it flush right.
    let isNumber: Bool

    /// No value.
    static let none = Cell(shown: "", plain: nil, json: .null, isNumber: false)

    /// A text.
    static func text(_ text: String?) -> Cell {
        guard let text else { return .none }
        return Cell(shown: text, plain: text, json: .string(text), isNumber: false)
    }

    /// A text that people see in other words than programs.
    static func text(_ text: String, shown: String) -> Cell {
        Cell(shown: shown, plain: text, json: .string(text), isNumber: false)
    }

    /// A whole number.
    static func integer(_ value: (some BinaryInteger)?) -> Cell {
        guard let value else { return .none }
        return Cell(shown: String(value), plain: String(value), json: .integer(value), isNumber: true)
    }

    /// A number with decimals, as its digits.
    static func decimal(_ digits: String) -> Cell {
        Cell(shown: digits, plain: digits, json: .number(digits), isNumber: true)
    }

    /// A number of stamps, rewards or visits.
    static func count<Unit>(_ count: Count<Unit>?) -> Cell { .integer(count?.rawValue) }

    /// An amount: minor units for programs, decimals for people.
    static func amount(_ amount: MinorUnits?, in currency: Currency) -> Cell {
        guard let amount else { return .none }
        let plain = String(amount.rawValue)
        return Cell(shown: amount.decimal(in: currency), plain: plain, json: .number(plain), isNumber: true)
    }

    /// What an event added to a number; a table shows only what is not zero, with its sign.
    static func change<Unit>(_ change: Count<Unit>) -> Cell {
        let shown = change.rawValue == 0 ? "" : (change.rawValue > 0 ? "+" : "") + String(change.rawValue)
        return Cell(shown: shown, plain: "\(change)", json: .integer(change.rawValue), isNumber: true)
    }

    /// What an event added to an amount.
    static func amountChange(_ change: MinorUnits, in currency: Currency) -> Cell {
        let cell = amount(change, in: currency)
        let shown = change == .zero ? "" : (change > .zero ? "+" : "") + cell.shown
        return Cell(shown: shown, plain: cell.plain, json: cell.json, isNumber: true)
    }

    /// An instant in the program's zone: RFC 3339 for programs, day and time of day for people.
    static func instant(_ instant: Timestamp?, in calendar: ProgramCalendar) -> Cell {
        guard let instant else { return .none }
        let plain = calendar.text(of: instant)
        return Cell(shown: calendar.shortText(of: instant), plain: plain, json: .string(plain), isNumber: false)
    }

    /// A day.
    static func day(_ day: LocalDay?) -> Cell {
        .text(day?.description)
    }
}
