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

    /// A whole number.
    static func integer(_ value: (some BinaryInteger)?) -> Cell {
        guard let value else { return .none }
        return Cell(shown: String(value), plain: String(value), json: .integer(value), isNumber: true)
    }

    /// An amount: minor units for programs, decimals for people.
    static func amount(_ amount: MinorUnits?, in currency: Currency) -> Cell {
        guard let amount else { return .none }
        let plain = String(amount.rawValue)
        return Cell(shown: amount.decimal(in: currency), plain: plain, json: .number(plain), isNumber: true)
    }

    /// An instant, in the program's zone.
    static func instant(_ instant: Timestamp?, in calendar: ProgramCalendar) -> Cell {
        .text(instant.map { calendar.text(of: $0) })
    }

    /// A day.
    static func day(_ day: LocalDay?) -> Cell {
        .text(day?.description)
    }
}
