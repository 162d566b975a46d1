/// A calendar day (proleptic Gregorian) as a shop reads it off the wall, without a time zone of its own.
///
/// Which day an instant falls on is computed once, when an event is recorded, in the program's zone; folds never touch zones.
public struct LocalDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public var daysSince1970: Int32

    /// Creates the day that many days after 1970-01-01.
    public init(daysSince1970: Int32) {
        self.daysSince1970 = daysSince1970
    }

    /// Creates a day from its calendar fields, or nil where there is no such day (1900-02-29) or the year is not 0...9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= LocalDay.daysIn(month: month, year: year) else { return nil }
        // Years begin in March here, so that the leap day is the last day of its year.
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let leapDays = floorDivide(marchYear, 4) - floorDivide(marchYear, 100) + floorDivide(marchYear, 400)
        self.daysSince1970 = Int32(marchYear * 365 + leapDays + dayOfYear - 719_468)
    }

    /// Creates a day from text of the exact form `YYYY-MM-DD`, or nil.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        guard let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]), let day = decimal(bytes[8..<10])
        else {
            return nil
        }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month (1...12) and day of the month (1...31).
    public var fields: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSince1970) + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// The day that many days later; stops at the first and the last day that 32 bits hold.
    public func advanced(byDays days: Int32) -> LocalDay {
        let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
        guard overflow else { return LocalDay(daysSince1970: sum) }
        return LocalDay(daysSince1970: days < 0 ? .min : .max)
    }

    /// Whether the left day is earlier.
    public static func < (left: LocalDay, right: LocalDay) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }

    private static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

extension LocalDay: CustomStringConvertible {
    /// The day as `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = fields
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}

/// Division that rounds toward negative infinity, as calendars need before year 0 and before 1970.
package func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
}

/// A decimal number with zeros in front up to `width` digits.
package func padded(_ value: some BinaryInteger, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// The value of ASCII digits, or nil where there is none or anything else is among them.
package func decimal(_ digits: some Collection<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    var value = 0
    for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
}
