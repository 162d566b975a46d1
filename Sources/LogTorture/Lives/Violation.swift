import EventLog

/// Something the log did that its law forbids.
struct Violation: Error, CustomStringConvertible {
    /// What the log did, in a sentence.
    let description: String

    init(_ description: String) { self.description = description }

    /// Demands that a condition holds.
    static func unless(_ condition: Bool, _ description: @autoclosure () -> String) throws(Violation) {
        if !condition { throw Violation(description()) }
    }
}

extension LogError {
    /// What it is, shortly, for a story.
    var summary: String { "\(code), \(message)\(row.map { ", row \($0.rawValue)" } ?? "")" }
}
