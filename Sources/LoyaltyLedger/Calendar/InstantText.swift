import LoyaltyDomain

/// An RFC 3339 text taken apart, before a time zone gives it meaning.
struct InstantText {
    let day: LocalDay

    /// The time of day; nil where the text is a date only.
    private(set) var time: LocalTime?

    /// Seconds ahead of UTC; nil where the text names no offset.
    private(set) var offset: Int?

    init?(_ text: String) {
        var cursor = ByteCursor(text)
        guard let year = cursor.digits(4), cursor.take("-"), let month = cursor.digits(2), cursor.take("-"),
            let dayOfMonth = cursor.digits(2), let day = LocalDay(year: year, month: month, day: dayOfMonth)
        else {
            return nil
        }
        self.day = day
        if cursor.isAtEnd { return }
        guard cursor.take("T") || cursor.take("t") || cursor.take(" "), let time = InstantText.time(&cursor, on: day)
        else {
            return nil
        }
        self.time = time
        if cursor.isAtEnd { return }
        guard let offset = InstantText.offset(&cursor), cursor.isAtEnd else { return nil }
        self.offset = offset
    }

    /// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f` with one to nine digits, of which those beyond milliseconds are dropped.
    private static func time(_ cursor: inout ByteCursor, on day: LocalDay) -> LocalTime? {
        guard let hour = cursor.digits(2), cursor.take(":"), let minute = cursor.digits(2) else { return nil }
        guard cursor.take(":") else { return LocalTime(day: day, hour: hour, minute: minute) }
        guard let second = cursor.digits(2) else { return nil }
        var millisecond = 0
        if cursor.take(".") {
            let fraction = cursor.digits()
            guard (1...9).contains(fraction.count) else { return nil }
            for place in 0..<3 {
                millisecond = millisecond * 10 + (place < fraction.count ? fraction[place] : 0)
            }
        }
        return LocalTime(day: day, hour: hour, minute: minute, second: second, millisecond: millisecond)
    }

    /// `Z`, `+hh:mm` or `-hh:mm`, in seconds.
    private static func offset(_ cursor: inout ByteCursor) -> Int? {
        if cursor.take("Z") || cursor.take("z") { return 0 }
        let isAhead = cursor.take("+")
        guard isAhead || cursor.take("-"), let hours = cursor.digits(2), hours < 24, cursor.take(":"),
            let minutes = cursor.digits(2), minutes < 60
        else {
            return nil
        }
        let seconds = (hours * 60 + minutes) * 60
        return isAhead ? seconds : -seconds
    }
}

/// A place in a short ASCII text that is read from left to right.
private struct ByteCursor {
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }

    /// Moves past the character, if it is the next one.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard !isAtEnd, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// The value of exactly so many digits.
    mutating func digits(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + count] {
            guard ByteCursor.digits.contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        position += count
        return value
    }

    /// The values of all digits that follow.
    mutating func digits() -> [Int] {
        let run = bytes[position...].prefix { ByteCursor.digits.contains($0) }
        position += run.count
        return run.map { Int($0 - UInt8(ascii: "0")) }
    }
}
