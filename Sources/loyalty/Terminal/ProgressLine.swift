/// The text of a progress bar: the work, rows, rows a second, time left.
struct ProgressLine {
    /// What is being done; nil where the command says it.
    var work: String?

    /// Rows done; nil where the work has none.
    var rows: Int?

    /// The part of the work that is done, 0...1.
    var fraction: Double

    /// Seconds since the start.
    var seconds: Double

    /// The line, at most `columns` wide.
    func text(columns: Int) -> String {
        let name = work.map { " \($0)" } ?? ""
        let figures = "\(name) \(Int(fraction * 100))%\(rowFigures)\(timeLeft)"
        let room = min(columns - 1 - figures.count - 2, 40)
        guard room >= 8 else { return String(figures.dropFirst().prefix(max(0, columns - 1))) }
        let filled = Int(Double(room) * min(max(fraction, 0), 1))
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: room - filled) + "]"
            + figures
    }

    /// `  1,000 rows  500 rows/s`, or nothing.
    private var rowFigures: String {
        guard let rows else { return "" }
        let perSecond = seconds > 0 ? Int(Double(rows) / seconds) : 0
        return "  \(grouped(rows)) rows  \(grouped(perSecond)) rows/s"
    }

    /// `  1:05 left`, or nothing while it is too early to tell.
    private var timeLeft: String {
        guard seconds >= 0.5, fraction > 0 else { return "" }
        let left = Int((seconds / fraction * (1 - fraction)).rounded(.up))
        let minutes = "\(left / 60 % 60)"
        let rest = left % 60
        let clock = "\(left >= 3600 && minutes.count < 2 ? "0" : "")\(minutes):\(rest < 10 ? "0" : "")\(rest)"
        return "  " + (left >= 3600 ? "\(left / 3600):" : "") + clock + " left"
    }
}

/// The number with a comma between groups of three digits.
func grouped(_ number: some BinaryInteger) -> String {
    var digits = String(number.magnitude)
    var groups: [Substring] = []
    while digits.count > 3 {
        groups.insert(digits.suffix(3)[...], at: 0)
        digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits[...]] + groups).joined(separator: ",")
}
