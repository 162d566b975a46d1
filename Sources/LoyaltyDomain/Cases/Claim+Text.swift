/// Why a text is no claim, for whoever wrote it.
public struct ClaimProblem: Error, Hashable, Sendable {
    /// What is wrong, without a period.
    public let message: String
    /// How to write it.
    public let hint: String

    /// The three forms a claim may have.
    public static let grammar = """
        Write "9 stamps on 2026-11-20 18:30" (or rewards, visits, points), "120.00 spent on 2026-11-20" (or balance), or \
        "purchase 27.50 on 2026-11-20 ref R-118"; the time and the receipt may be left out.
        """

    /// Creates a problem.
    public init(_ message: String, hint: String = ClaimProblem.grammar) {
        self.message = message
        self.hint = hint
    }
}

extension Claim {
    /// Reads a claim: `N stamps|rewards|visits|points on DATE[ HH:MM]`, `AMOUNT spent|balance on DATE[ HH:MM]` or
    /// `purchase AMOUNT on DATE[ HH:MM][ ref R]`.
    ///
    /// - Parameters:
    ///   - text: The claim.
    ///   - currency: The currency of its amounts.
    /// - Throws: `ClaimProblem` with the first word that does not fit.
    public init(reading text: String, in currency: Currency) throws(ClaimProblem) {
        var words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
        guard let first = words.popFirst() else { throw ClaimProblem("the claim is empty") }
        var subject: Subject
        if first == "purchase" {
            guard let word = words.popFirst() else { throw ClaimProblem("the claim names no amount") }
            subject = .purchase(try Claim.amount(word, in: currency), reference: nil)
        } else {
            guard let unit = words.popFirst() else { throw ClaimProblem("the claim says \(first), and not of what") }
            subject = try Claim.figure(first, of: unit, in: currency)
        }
        guard words.popFirst() == "on" else { throw ClaimProblem("the claim names no day: it needs \"on\" and a date") }
        guard let date = words.popFirst() else { throw ClaimProblem("there is no date behind \"on\"") }
        guard let day = LocalDay(date) else { throw ClaimProblem("\(date) is no day of the calendar") }
        var minute: Int32?
        if let word = words.first, word != "ref" {
            minute = try Claim.minute(word)
            words.removeFirst()
        }
        if case .purchase(let amount, _) = subject, words.first == "ref" {
            subject = .purchase(amount, reference: try Claim.reference(words.dropFirst()))
            words = []
        }
        if let rest = words.first { throw ClaimProblem("\(rest) does not belong to the claim") }
        self.init(subject, on: day, minute: minute)
    }

    private static func figure(
        _ number: Substring,
        of unit: Substring,
        in currency: Currency
    ) throws(ClaimProblem) -> Subject {
        switch unit {
        case "spent": return .spent(try amount(number, in: currency))
        case "balance": return .balance(try amount(number, in: currency))
        case "stamp", "stamps": return .stamps(try count(number))
        case "reward", "rewards": return .rewards(try count(number))
        case "visit", "visits": return .visits(try count(number))
        case "point", "points": return .points(try count(number))
        default: throw ClaimProblem("\(unit) is nothing a claim can be about")
        }
    }

    private static func count<Unit>(_ word: Substring) throws(ClaimProblem) -> Count<Unit> {
        guard let value = decimal(Array(word.utf8)), let count = Count<Unit>(exactly: Int64(value)),
            count <= Count<Unit>.largest
        else { throw ClaimProblem("\(word) is no whole number of at most \(Count<Unit>.largest)") }
        return count
    }

    private static func amount(_ word: Substring, in currency: Currency) throws(ClaimProblem) -> MinorUnits {
        guard let money = Money(decimal: word, currency) else {
            throw ClaimProblem("\(word) is no amount in \(currency.code), such as 27.50")
        }
        return money.minorUnits
    }

    private static func minute(_ word: Substring) throws(ClaimProblem) -> Int32 {
        let bytes = Array(word.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = decimal(bytes[0..<2]), hour < 24,
            let minute = decimal(bytes[3..<5]), minute < 60
        else { throw ClaimProblem("\(word) is no time of day such as 18:30") }
        return Int32(hour * 60 + minute)
    }

    private static func reference(_ words: ArraySlice<Substring>) throws(ClaimProblem) -> String {
        let text = words.joined(separator: " ")
        guard Label(text) != nil else { throw ClaimProblem("the receipt behind \"ref\" must be 1 to 64 bytes") }
        return text
    }
}

extension Claim {
    /// The claim as it is written, such as `9 stamps on 2026-11-20 18:30`.
    public func text(in currency: Currency) -> String {
        let time = minute.map { " \(padded($0 / 60, to: 2)):\(padded($0 % 60, to: 2))" } ?? ""
        switch subject {
        case .stamps(let count): return "\(counted(count, "stamp")) on \(day)\(time)"
        case .rewards(let count): return "\(counted(count, "reward")) on \(day)\(time)"
        case .visits(let count): return "\(counted(count, "visit")) on \(day)\(time)"
        case .points(let count): return "\(counted(count, "point")) on \(day)\(time)"
        case .spent(let amount): return "\(amount.decimal(in: currency)) spent on \(day)\(time)"
        case .balance(let amount): return "\(amount.decimal(in: currency)) balance on \(day)\(time)"
        case .purchase(let amount, let reference):
            let receipt = reference.map { " ref \($0)" } ?? ""
            return "purchase \(amount.decimal(in: currency)) on \(day)\(time)\(receipt)"
        }
    }

    private func counted<Unit>(_ count: Count<Unit>, _ word: String) -> String {
        "\(count) \(word)\(count == 1 ? "" : "s")"
    }
}
